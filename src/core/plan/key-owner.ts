/** Which target a ticket marker belongs to: the one whose project owns the key (semantics 2). */

import type { Config, TargetConfig } from "../model/config.ts";
import type { TicketMarker } from "../model/marker.ts";
import { isTicketKey } from "../spec/ticket-key.ts";

export type KeyOwner =
  | { readonly state: "owned"; readonly target: TargetConfig }
  /** No configured target of that system has the project. */
  | { readonly state: "nobody" }
  | { readonly state: "ambiguous"; readonly targets: readonly TargetConfig[] };

export function ownerOfKey(marker: TicketMarker, config: Config): KeyOwner {
  const owners = config.targets.filter((target) => target.system === marker.system && owns(target, marker.key));
  const [first, ...others] = owners;
  if (!first) return { state: "nobody" };
  return others.length === 0 ? { state: "owned", target: first } : { state: "ambiguous", targets: owners };
}

function owns(target: TargetConfig, key: string): boolean {
  switch (target.system) {
    case "jira":
    case "local":
      return projectOfKey(key) === target.project.toUpperCase();
    case "linear":
      // A Linear target may be named by its team's key or by its name; only a key can be told apart without asking.
      return projectOfKey(key) === target.project.toUpperCase() || !/^[A-Z][A-Z0-9]*$/.test(target.project);
    case "github":
      return ownsGithubKey(target.project, key);
    case "azure":
      return /^\d+$/.test(key);
  }
}

function projectOfKey(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf("-"))).toUpperCase();
}

/** `42`, `repo#42` and `owner/repo#42` against `owner/repo`. */
function ownsGithubKey(project: string, key: string): boolean {
  const place = key.includes("#") ? key.slice(0, key.indexOf("#")).toLowerCase() : "";
  const full = project.toLowerCase();
  return place === "" || place === full || place === full.slice(full.indexOf("/") + 1);
}

/** A ticket's key as its tracker says it whole: `42` and `payments#42` are `acme/payments#42` in their project. */
export function fullKey({ system, project }: Pick<TargetConfig, "system" | "project">, key: string): string {
  return system === "github" && /^(?:[^/#]*#)?\d+$/.test(key) ? `${project}#${key.slice(key.indexOf("#") + 1)}` : key;
}

/** The targets that a key which somebody typed could belong to. */
export function ownersOfKey(key: string, { targets }: Pick<Config, "targets">): readonly TargetConfig[] {
  return targets.filter((target) => isTicketKey(target.system, key) && owns(target, key));
}
