/** Keys that people expect in a configuration and that belong into the environment, with the variable's name. */

import { nearestWord } from "../text/nearest-word.ts";
import { SYSTEMS } from "../model/system.ts";
import type { System } from "../model/system.ts";

const SECRET = /^(?:.*_)?(?:token|password|passwd|secret|pat|api_?key|access_?key|private_?key|credentials?)$/i;

const SECRET_VARIABLES: Readonly<Record<System, string | null>> = {
  jira: "JIRA_API_TOKEN",
  linear: "LINEAR_API_KEY",
  github: "GITHUB_TOKEN",
  azure: "AZURE_DEVOPS_PAT",
  local: null,
};

/** No secrets, and yet not part of a configuration. */
const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  email: "JIRA_EMAIL",
  user: "JIRA_EMAIL",
  username: "JIRA_EMAIL",
  host: "JIRA_HOST",
  org_url: "AZURE_DEVOPS_ORG_URL",
};

export function isSecretKey(key: string): boolean {
  return SECRET.test(key);
}

/** Where a secret goes instead; the system may be unknown or misspelt at this point. */
export function secretHint(system: unknown): string {
  const known = typeof system === "string" ? nearestWord(system, SYSTEMS) : null;
  const variable = SYSTEMS.find((one) => one === known);
  const name = variable === undefined ? null : SECRET_VARIABLES[variable];
  const names = name === null ? Object.values(SECRET_VARIABLES).filter((one) => one !== null) : [name];
  return `Take it out, revoke it, and set ${names.join(" or ")} in the environment.`;
}

/** For keys such as `email`, which are read from the environment too. */
export function environmentHint(key: string): string | null {
  const variable = Object.hasOwn(OTHER_VARIABLES, key) ? OTHER_VARIABLES[key] : undefined;
  return variable === undefined ? null : `Set ${variable} in the environment.`;
}
