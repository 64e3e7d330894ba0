/** The targets of a configuration with the names, never the values, of their credentials. */

import type { Config } from "../core/model/config.ts";
import type { System } from "../core/model/system.ts";
import { CREDENTIAL_NAMES } from "../io/credentials.ts";

export interface ListedTarget {
  readonly name: string;
  readonly system: System;
  readonly project: string;
  readonly baseUrl: string | null;
  readonly credentials: readonly { readonly name: string; readonly isSet: boolean }[];
}

export function listedTargets({ targets }: Pick<Config, "targets">, env: Readonly<Record<string, string | undefined>>): readonly ListedTarget[] {
  return targets.map(({ name, system, project, baseUrl, envPrefix }) => ({
    ...{ name, system, project, baseUrl },
    credentials: CREDENTIAL_NAMES[system]
      .filter((variable) => isNeeded(variable, baseUrl))
      .map((variable) => ({ name: envPrefix + variable, isSet: (env[envPrefix + variable] ?? "").trim() !== "" })),
  }));
}

/** An address in the configuration stands for the variable that would name it; a Data Center token goes without an e-mail. */
function isNeeded(variable: string, baseUrl: string | null): boolean {
  return baseUrl === null || !["JIRA_HOST", "JIRA_EMAIL", "AZURE_DEVOPS_ORG_URL"].includes(variable);
}
