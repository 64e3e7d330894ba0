/** Finds the tickets that a text names: addresses, and keys of the projects that are configured; other words that look like keys are none. */

import type { Config, TargetConfig } from "../model/config.ts";
import type { System } from "../model/system.ts";
import { ownersOfKey } from "../plan/key-owner.ts";
import { parseReference } from "./parse-reference.ts";
import { isKnownHost, isThere } from "./resolve-reference.ts";

export interface ReferenceMatch {
  /** As it stands in the text. */
  readonly text: string;
  /** Where it begins, from 0, in characters. */
  readonly at: number;
  readonly system: System;
  readonly key: string;
  /** Names of the targets that it can belong to; several: it is ambiguous. */
  readonly targets: readonly string[];
}

const ADDRESS = /https?:\/\/[^\s<>()[\]"']{1,2000}/g;
/** The pattern of behaviours B1 (branch names are among the texts: feature/ENG-1-retry), and how GitHub and Azure write numbers. Bounded: linear time. */
const WORDS = /\b[A-Z][A-Z0-9_]{1,9}-\d{1,12}\b|(?<![\w/.#-])(?:AB#\d{1,12}|(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,12})(?![\w-])/g;

/** Each ticket once, in the order of the text. */
export function matchReferences(text: string, config: Pick<Config, "targets">, hosts: ReadonlyMap<string, System>): readonly ReferenceMatch[] {
  const addresses = [...text.matchAll(ADDRESS)].flatMap((match) => addressMatch(match[0], match.index, config, hosts));
  // What stands within an address is part of it.
  const rest = text.replace(ADDRESS, (address) => " ".repeat(address.length));
  const words = [...rest.matchAll(WORDS)].flatMap((match) => wordMatch(match[0], match.index, config));
  const seen = new Set<string>();
  return [...addresses, ...words]
    .sort((a, b) => a.at - b.at)
    .filter(({ system, key, targets }) => {
      const id = JSON.stringify([system, key, targets]);
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    });
}

function addressMatch(found: string, at: number, config: Pick<Config, "targets">, hosts: ReadonlyMap<string, System>): readonly ReferenceMatch[] {
  const text = found.replace(/[.,;:!?*_~]+$/, "");
  const parsed = parseReference(text, hosts);
  if (!parsed.ok || parsed.reference.system === null) return [];
  const { system, key, place, host } = parsed.reference;
  // A key says nothing of the instance: the same one in another Jira is another ticket.
  const isHere = (target: TargetConfig): boolean => host === null || (isKnownHost(system, host, hosts) && isThere(target, host));
  const owners = config.targets.filter((target) => target.system === system && (place === null || samePlace(target.project, place)) && isHere(target));
  return [{ text, at, system, key, targets: owners.map(({ name }) => name) }];
}

function samePlace(project: string, place: string): boolean {
  return project.toLowerCase() === place.toLowerCase();
}

function wordMatch(text: string, at: number, config: Pick<Config, "targets">): readonly ReferenceMatch[] {
  const key = text.replace(/^(?:AB)?#/, "");
  const system = text.startsWith("AB#") ? "azure" : text.includes("#") ? "github" : null;
  const owners = ownersOfKey(key, config).filter((target) => (system === null ? !/^\d/.test(key) : target.system === system));
  const [first] = owners;
  return first ? [{ text, at, system: first.system, key, targets: owners.map(({ name }) => name) }] : [];
}
