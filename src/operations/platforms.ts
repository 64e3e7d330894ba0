/** What the configuration and the environment say of platforms: their hosts, and which of them have credentials. */

import { resolveTarget } from "../core/config/resolve-target.ts";
import type { Platforms } from "../core/lookup/resolve-reference.ts";
import type { Config, TargetConfig } from "../core/model/config.ts";
import { SYSTEMS, type System } from "../core/model/system.ts";
import { CREDENTIAL_NAMES } from "../io/credentials.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export function platformsOf(config: Config, env: Environment): Platforms {
  return {
    config,
    hosts: hostsOf(config.targets, env),
    // The last name of each is its secret; a GitHub command line that is logged in serves as well.
    withCredentials: new Set(SYSTEMS.filter((system) => system === "github" || system === "local" || isSet(env, CREDENTIAL_NAMES[system].at(-1) ?? ""))),
    plainTarget,
  };
}

function isSet(env: Environment, name: string): boolean {
  return (env[name] ?? "").trim() !== "";
}

/** Hosts that a target or the environment names; credentials go to no others but the platforms' own. */
export function hostsOf(targets: readonly TargetConfig[], env: Environment): ReadonlyMap<string, System> {
  const hosts = new Map<string, System>();
  const add = (address: string | undefined, system: System): void => {
    const written = address?.trim() ?? "";
    if (written === "") return;
    const host = URL.parse(/^https?:\/\//i.test(written) ? written : `https://${written}`)?.host;
    if (host !== undefined && host !== "") hosts.set(host, system);
  };
  add(env["JIRA_HOST"], "jira");
  for (const { system, baseUrl, envPrefix } of targets) {
    add(baseUrl ?? undefined, system);
    if (system === "jira") add(env[`${envPrefix}JIRA_HOST`], system);
    if (system === "azure") add(env[`${envPrefix}AZURE_DEVOPS_ORG_URL`], system);
  }
  return hosts;
}

/** A target that nobody configured: all defaults. */
function plainTarget(system: System, project: string): TargetConfig {
  const nowhere = { line: 1, column: 1 };
  const source = { value: null, keyAt: () => nowhere, valueAt: () => nowhere };
  return resolveTarget(system, { system, project }, [], source).target;
}
