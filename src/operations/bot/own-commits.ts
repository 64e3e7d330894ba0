/**
 * Tells the bot's own commits from those of people by what is in them: a commit that somebody amended, rebased or
 * copied keeps its author and its message, but no longer holds what its message says it holds.
 */

import { canonicalJson } from "../../core/canonical-json.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Commit, FileChange, Forge } from "../../forges/forge.ts";

const TRAILER = /^Canon-Bot: (?:proposal|markers|setup) ([0-9a-f]{64})$/m;

/** `files`: those that differ from the parent. */
export function messageOf(kind: "proposal" | "markers" | "setup", subject: string, parent: string, files: readonly FileChange[]): string {
  return `${subject}\n\nCanon-Bot: ${kind} ${printOf(parent, files)}\n`;
}

/** A word only: whoever copies the message says so as well. */
export function saysItIsOwn(message: string): boolean {
  return TRAILER.test(message);
}

/** True where nobody but the bot committed anything between `base` and `head`. */
export async function isOwnUpTo(forge: Forge, base: string, head: string): Promise<boolean> {
  try {
    for (const commit of await forge.commits(base, head)) if (!(await isOwn(forge, commit))) return false;
    return true;
  } catch (error) {
    // A commit that is gone, or one with what is no text: not the bot's, or nothing to be sure of.
    if (error instanceof ForgeError && (error.kind === "not-found" || error.kind === "invalid")) return false;
    throw error;
  }
}

/** The last commit on the way from `base` to `head` up to which nobody but the bot committed anything; where they part, if that is none. */
export async function lastOwn(forge: Forge, base: string, head: string): Promise<string> {
  const parted = (await forge.mergeBase(base, head)) ?? base;
  let last = parted;
  for (const commit of (await forge.commits(base, head)).toReversed()) {
    if (commit.parents[0] !== last || !(await isOwn(forge, commit))) break;
    last = commit.id;
  }
  return last;
}

async function isOwn(forge: Forge, { id, parents, message }: Commit): Promise<boolean> {
  const [parent, another] = parents;
  const print = TRAILER.exec(message)?.[1];
  if (parent === undefined || another !== undefined || print === undefined) return false;
  const paths = await forge.changed(parent, id);
  const texts = await forge.read(id, paths);
  return (
    print ===
    printOf(
      parent,
      paths.map((path) => ({ path, text: texts.get(path) ?? null })),
    )
  );
}

function printOf(parent: string, files: readonly FileChange[]): string {
  const lines = files.map(({ path, text }) => canonicalJson([path, text]));
  return fingerprint(canonicalJson([parent, lines.toSorted()]));
}

/** Those that are not yet as they should be. */
export async function differing(forge: Forge, commit: string, files: readonly FileChange[]): Promise<readonly FileChange[]> {
  const there = await forge.read(
    commit,
    files.map(({ path }) => path),
  );
  return files.filter(({ path, text }) => (there.get(path) ?? null) !== text);
}
