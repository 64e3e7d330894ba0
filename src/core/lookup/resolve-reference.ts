/** Decides which platform a reference means and with whose credentials it is asked; what nobody can tell is said, never guessed (behaviours C1, threats 17 and 18). */

import type { Config, TargetConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { System } from "../model/system.ts";
import { ownersOfKey } from "../plan/key-owner.ts";
import { parseReference, type TicketReference } from "./parse-reference.ts";

/** `project` of `target` is where the ticket lives; the rest is how to get there. */
export interface ResolvedReference {
  readonly target: TargetConfig;
  readonly key: string;
}

export type Resolution = { readonly ok: true; readonly resolved: ResolvedReference } | { readonly ok: false; readonly diagnostic: Diagnostic };

export interface Platforms {
  readonly config: Pick<Config, "targets" | "defaultPlatform" | "defaultTeam">;
  /** Hosts with the platform behind them, by target: those credentials may be sent to. */
  readonly hosts: ReadonlyMap<string, System>;
  /** Platforms whose own hosts (github.com, linear.app, …) the environment has credentials for. */
  readonly withCredentials: ReadonlySet<System>;
  /** A target as if it were configured with nothing but its project. */
  readonly plainTarget: (system: System, project: string) => TargetConfig;
}

/** Hosts of the platforms themselves; Jira has none of its own: every site is somebody's. */
const OWN_HOSTS: Readonly<Partial<Record<System, RegExp>>> = {
  linear: /^linear\.app$/,
  github: /^(?:www\.)?github\.com$/,
  azure: /^(?:dev\.azure\.com|[\w-]+\.visualstudio\.com)$/,
};

export function resolveReference(text: string, platforms: Platforms): Resolution {
  const parsed = parseReference(text, platforms.hosts);
  if (!parsed.ok) return unclear(`"${shown(text)}" names no ticket: ${parsed.why}.`, `An address of ${PLATFORMS}, or a key such as ENG-123.`);
  const { reference } = parsed;
  return reference.host === null ? byKey(reference, platforms) : byAddress(reference, reference.host, platforms);
}

const PLATFORMS = "Jira, Linear, GitHub or Azure DevOps";

function byAddress(reference: TicketReference, host: string, { config, hosts, withCredentials, plainTarget }: Platforms): Resolution {
  const { system, place, key } = reference;
  if (system === null) return unclear(`${host} is no platform that Canon knows.`, `It knows ${PLATFORMS}.`);
  const project = place ?? "";
  const configured = config.targets.filter((target) => target.system === system && isThere(target, host));
  const exact = configured.find((target) => isPlace(system, target.project.toLowerCase(), project.toLowerCase()));
  const near = exact ?? configured[0];
  if (near && isKnownHost(system, host, hosts)) return found(near === exact ? near : { ...near, project }, key);
  // The names without a prefix hold one token: where a target sends it to a server of its own, it is none of the platform's.
  const isSpent = config.targets.some((target) => target.system === system && target.envPrefix === "" && !isThere(target, host));
  if (hosts.get(host) === system || (isOwn(system, host) && withCredentials.has(system) && !isSpent)) return found(plainTarget(system, project), key);
  return {
    ok: false,
    diagnostic: {
      code: "reference-foreign",
      severity: "error",
      message: `${host} is not asked: no credentials here belong to it.`,
      hint: isOwn(system, host)
        ? isSpent
          ? `Add a target of ${host} with credentials of its own: auth: { env_prefix: … }.`
          : `Set the credentials of ${system}; canon explain reference-foreign says how.`
        : `Add a target with base_url: https://${host}, or set JIRA_HOST=${host} for a Jira site.`,
    },
  };
}

/** Whether that host is the platform's own, or one that a target or the environment names. */
export function isKnownHost(system: System, host: string, hosts: ReadonlyMap<string, System>): boolean {
  return hosts.get(host) === system || isOwn(system, host);
}

/** Whether the target lives on that host. A GitHub Enterprise or Azure DevOps Server has other tickets under the same keys; nobody has a Linear of their own. */
export function isThere({ system, baseUrl }: TargetConfig, host: string): boolean {
  // The environment says where a Jira or an Azure DevOps without an address is.
  if (baseUrl === null) return system === "jira" || system === "azure" || isOwn(system, host);
  const base = hostOf(baseUrl);
  return base === host || (isOwn(system, host) && (system === "linear" || (base !== null && isOwn(system, base.replace(/^api\./, "")))));
}

/** An address of Azure may name the organisation alone: numbers are its own, whatever the project. */
function isPlace(system: System, project: string, place: string): boolean {
  return project === place || (system === "azure" && !place.includes("/") && (project.startsWith(`${place}/`) || !project.includes("/")));
}

function byKey({ system, place, key }: TicketReference, { config, withCredentials, plainTarget }: Platforms): Resolution {
  const known = system ?? null;
  const isNumber = /^\d+$/.test(key);
  const owners = ownersOfKey(key, config).filter((target) => known === null || target.system === known);
  // A bare number fits every project of GitHub and Azure: only a default says which is meant, or that there is no other target.
  const isOpen = isNumber && known === null && config.targets.length > 1;
  const [first, ...others] = isOpen ? owners.filter(({ system: of }) => of === config.defaultPlatform) : owners;
  if (first && others.length === 0) return found(first, key);
  if (first) return unclear(`${key} can be a ticket of ${[first, ...others].map(({ name }) => name).join(" or ")}.`, "Paste the address of the ticket.");
  const platform = known ?? config.defaultPlatform;
  if (platform === null)
    return unclear(`${key} does not say of which platform it is.`, "Paste the ticket's address, or set default_platform in canon.config.yaml.");
  return onPlatform(platform, place, key, config, withCredentials, plainTarget);
}

function onPlatform(
  platform: System,
  place: string | null,
  key: string,
  { targets, defaultTeam }: Platforms["config"],
  withCredentials: ReadonlySet<System>,
  plainTarget: Platforms["plainTarget"],
): Resolution {
  const isNumber = /^\d+$/.test(key);
  const project = place ?? defaultTeam;
  const needsTeam = isNumber && (platform === "jira" || platform === "linear" || platform === "local");
  if (project === null && (needsTeam || platform === "github"))
    return unclear(
      `${key} does not say of which ${platform === "github" ? "repository" : "team"} it is.`,
      "Set default_team in canon.config.yaml, or type the whole key.",
    );
  const full = needsTeam ? `${project ?? ""}-${key}` : key;
  const configured = targets.find((target) => target.system === platform);
  if (configured) return found({ ...configured, project: project ?? configured.project }, full);
  if (!withCredentials.has(platform))
    return unclear(
      `${full} would be a ticket of ${platform}, and no credentials for it are set.`,
      `canon explain reference-unclear; credentials of ${platform} are environment variables.`,
    );
  return found(plainTarget(platform, project ?? ""), full);
}

function found(target: TargetConfig, key: string): Resolution {
  return { ok: true, resolved: { target, key } };
}

function unclear(message: string, hint: string): Resolution {
  return { ok: false, diagnostic: { code: "reference-unclear", severity: "error", message, hint } };
}

function isOwn(system: System, host: string): boolean {
  return OWN_HOSTS[system]?.test(host) ?? false;
}

function hostOf(url: string): string | null {
  return URL.parse(url)?.host ?? null;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
