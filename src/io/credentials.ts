/** The names of the environment variables that hold credentials. Their values are read where they are sent, never here. */

import type { System } from "../core/model/system.ts";

export const CREDENTIAL_NAMES: Readonly<Record<System, readonly string[]>> = {
  jira: ["JIRA_HOST", "JIRA_EMAIL", "JIRA_API_TOKEN"],
  linear: ["LINEAR_API_KEY"],
  github: ["GITHUB_TOKEN"],
  azure: ["AZURE_DEVOPS_ORG_URL", "AZURE_DEVOPS_PAT"],
  local: [],
};

/** Those that are set and not empty, in the order of the table. */
export function presentCredentials(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.values(CREDENTIAL_NAMES)
    .flat()
    .filter((name) => (environment[name] ?? "") !== "");
}
