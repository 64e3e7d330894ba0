/** `canon adopt`: which tickets may belong to which sections, the file that a person answers, and what the answers decide. */

import { dirname } from "node:path";
import { printAddress } from "../core/address.ts";
import { checkPairs, type CheckedPairs } from "../core/adopt/check-pairs.ts";
import { printMatchFile, readMatchFile, type Pair } from "../core/adopt/match-file.ts";
import { suggestMatches } from "../core/adopt/suggest-matches.ts";
import type { Keep } from "../core/model/decision.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Match } from "../core/model/match.ts";
import type { Selection } from "../core/model/plan.ts";
import { fullKey } from "../core/plan/key-owner.ts";
import { nearestAddress } from "../core/plan/unknown-addresses.ts";
import { readPlainFile } from "../io/read-plain-file.ts";
import { checkAddresses } from "./check-addresses.ts";
import type { OpenTarget } from "./read-targets.ts";
import { canBeTicket, readAdoptable, sectionsToMatch, ticketsToMatch, type AdoptableSpecs } from "./unmatched.ts";
import type { Workspace } from "./workspace.ts";

export interface Suggestions {
  readonly matches: readonly Match[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function suggestAdoptions(workspace: Workspace, selection: Selection, onProgress?: (text: string) => void): Promise<Suggestions> {
  const specs = await readAdoptable(workspace, selection.targets, onProgress);
  try {
    await checkAddresses(workspace, selection, specs.read);
    const { opened, compiled, read } = specs;
    const unmapped = await Promise.all([...opened.targets.values()].map((target) => ticketsToMatch(target, compiled)));
    const sections = sectionsToMatch(compiled, selection).filter(({ target }) => opened.targets.has(target));
    return {
      matches: suggestMatches(
        sections,
        unmapped.flatMap(({ tickets }) => tickets),
      ),
      diagnostics: [...workspace.diagnostics, ...read.diagnostics, ...opened.unreachable.values(), ...unmapped.flatMap(({ diagnostics }) => diagnostics)],
    };
  } finally {
    await specs.close();
  }
}

/** A file as the person named it. */
export interface NamedFile {
  /** Absolute. */
  readonly file: string;
  /** As it was typed. */
  readonly shown: string;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Answers why not, null when it is saved. Somebody's answers are never written over. */
export async function saveMatches({ disk }: Pick<Workspace, "disk">, matches: readonly Match[], { file, shown }: NamedFile): Promise<Diagnostic | null> {
  const there = await readPlainFile(file, MAX_BYTES);
  const against = there.ok ? againstReplacing(there.bytes, shown) : there.isMissing ? null : `cannot be written: ${there.why}`;
  if (against !== null) return { code: "matches-not-saved", severity: "error", message: `${shown} ${against}.` };
  await disk.makeDir(dirname(file));
  await disk.rename(await disk.writeTemp(file, new TextEncoder().encode(printMatchFile(matches))), file);
  return null;
}

function againstReplacing(bytes: Uint8Array, shown: string): string | null {
  const text = decode(bytes);
  const { answered, diagnostics } = text === null ? { answered: 0, diagnostics: null } : readMatchFile(text, shown);
  if (answered > 0) return `holds ${answered} ${answered === 1 ? "answer" : "answers"} already`;
  return diagnostics?.length === 0 ? null : "is there already, and is no file of matches without answers";
}

export interface AdoptOptions {
  readonly keep: Keep;
  /** Only these targets; empty: all. */
  readonly targets: readonly string[];
  readonly onProgress?: (text: string) => void;
}

/** The rows of a file that a person answered yes; none of them where anything is wrong with one. */
export async function adoptDecisions(workspace: Workspace, { file, shown }: NamedFile, options: AdoptOptions): Promise<CheckedPairs> {
  const read = await readPlainFile(file, MAX_BYTES);
  const text = read.ok ? decode(read.bytes) : null;
  if (text === null) {
    const why = read.ok ? "is not UTF-8" : read.isMissing ? "is not there" : `cannot be read: ${read.why}`;
    return { decisions: [], diagnostics: [{ code: "matches-unreadable", severity: "error", message: `The file of matches ${shown} ${why}.` }] };
  }
  const { pairs, diagnostics } = readMatchFile(text, shown);
  const checked = await adoptPairs(workspace, pairs, options);
  const all = [...diagnostics, ...checked.diagnostics];
  return { decisions: all.some(({ severity }) => severity === "error") ? [] : checked.decisions, diagnostics: all };
}

export async function adoptPairs(workspace: Workspace, pairs: readonly Pair[], { keep, targets, onProgress }: AdoptOptions): Promise<CheckedPairs> {
  if (pairs.length === 0) return { decisions: [], diagnostics: [] };
  const specs = await readAdoptable(workspace, targets, onProgress);
  try {
    const targetOf = new Map(
      specs.compiled.flatMap((spec) =>
        spec.sections.map(
          (entry) => [printAddress({ path: spec.doc.path, id: entry.section.id }), canBeTicket(entry) ? (entry.target?.name ?? null) : null] as const,
        ),
      ),
    );
    const whole = pairs.map((pair) => withWholeKey(pair, targetOf.get(pair.address) ?? null, workspace));
    const known = await readKeys(specs, whole, targetOf);
    const named = { targetOf: (address: string) => targetOf.get(address), nearestAddress: (address: string) => nearestAddress(address, specs.read.docs) };
    const elsewhere = pairs.flatMap((pair) => notAmong(pair, targetOf.get(pair.address) ?? null, targets));
    const checked = checkPairs(whole, { ...named, ...known }, keep);
    const diagnostics = [...specs.opened.unreachable.values(), ...elsewhere, ...checked.diagnostics];
    return { decisions: diagnostics.length === 0 ? checked.decisions : [], diagnostics };
  } finally {
    await specs.close();
  }
}

function withWholeKey(pair: Pair, target: string | null, { config }: Workspace): Pair {
  const found = config.targets.find(({ name }) => name === target);
  return found ? { ...pair, key: fullKey(found, pair.key) } : pair;
}

interface KnownKeys {
  readonly hasKey: (target: string, key: string) => boolean;
  readonly keysOf: (target: string) => readonly string[];
}

/** By key, because lists may miss what is new; a list only to say what a wrong key may have meant. */
async function readKeys({ opened }: AdoptableSpecs, pairs: readonly Pair[], targetOf: ReadonlyMap<string, string | null>): Promise<KnownKeys> {
  const missing = new Map<string, ReadonlySet<string>>();
  const keys = new Map<string, readonly string[]>();
  const read = async (name: string, { tracker }: OpenTarget): Promise<void> => {
    const asked = pairs.flatMap(({ key, address }) => (targetOf.get(address) === name ? [key] : []));
    if (asked.length === 0) return;
    const snapshot = await tracker.read({ keys: [...new Set(asked)] });
    missing.set(name, new Set(snapshot.missing));
    if (snapshot.missing.length > 0)
      keys.set(
        name,
        (await tracker.read({ project: true })).tickets.map(({ key }) => key),
      );
  };
  await Promise.all([...opened.targets].map(([name, target]) => read(name, target)));
  return { hasKey: (target, key) => missing.get(target)?.has(key) !== true, keysOf: (target) => keys.get(target) ?? [] };
}

function notAmong({ address, place }: Pair, target: string | null, targets: readonly string[]): readonly Diagnostic[] {
  if (target === null || targets.length === 0 || targets.includes(target)) return [];
  return [
    {
      code: "adopt-refused",
      severity: "error",
      message: `${address} belongs to ${target}, and --target names ${targets.join(", ")}.`,
      ...(place === null ? {} : { place }),
      hint: `Leave --target out, or route the section there first.`,
    },
  ];
}

/** null: it is not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
