/** References of a remote: read without a fetch, and moved by pushes that are compare-and-swaps. Touches no local reference. */

import { asCommit } from "./git-files.ts";
import { textOf, type Git, type GitAnswer } from "./run-git.ts";

export type RemoteRefs = { readonly state: "known"; readonly commits: ReadonlyMap<string, string> } | { readonly state: "unreachable"; readonly why: string };

export interface SwapWish {
  readonly ref: string;
  /** What must stand there; null: nothing. */
  readonly expected: string | null;
  /** A commit that this clone has; null: the reference is taken away. */
  readonly next: string | null;
}

export type RefSwap =
  | { readonly state: "done" }
  /** Somebody wrote since, perhaps the very same. */
  | { readonly state: "moved"; readonly now: string | null }
  /** The remote does not take it from us there. */
  | { readonly state: "refused"; readonly why: string }
  /** No answer in time, and it has not landed yet. */
  | { readonly state: "unsettled"; readonly why: string }
  /** It may have landed, or still land: only onto what was expected. */
  | { readonly state: "unreachable"; readonly why: string };

const TIMEOUT = 30_000;

/** `patterns` as ls-remote takes them (they match the end of a name too), none for all references. One process. */
export async function listRefs(git: Git, place: string, patterns: readonly string[]): Promise<RemoteRefs> {
  const answer = await git(["ls-remote", "--end-of-options", place, ...patterns], { timeout: TIMEOUT });
  if (answer.code !== 0) return { state: "unreachable", why: reasonOf(answer) };
  const commits = new Map<string, string>();
  for (const line of textOf(answer).split("\n")) {
    const [id = "", ref = ""] = line.split("\t");
    if (asCommit(id) !== null) commits.set(ref, id);
  }
  return { state: "known", commits };
}

/** One push; a look at the reference after one that failed. `place` is a remote's name, a path or a URL. */
export async function swapRef(git: Git, place: string, { ref, expected, next }: SwapWish): Promise<RefSwap> {
  const flags = ["--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no", `--force-with-lease=${ref}:${expected ?? ""}`];
  const pushed = await git(["push", ...flags, "--end-of-options", place, `${next ?? ""}:${ref}`], { timeout: TIMEOUT });
  // git checks no lease where nothing is left to push.
  if (pushed.code === 0) return STOOD_THERE.test(textOf(pushed)) && next !== expected ? { state: "moved", now: next } : { state: "done" };
  // What stands there tells what became of the push, better than words that every server chooses for itself.
  const found = await listRefs(git, place, [ref]);
  if (found.state === "unreachable") return { state: "unreachable", why: reasonOf(pushed) };
  const now = found.commits.get(ref) ?? null;
  if (now === next) return REJECTED.test(textOf(pushed)) ? { state: "moved", now } : { state: "done" };
  if (now !== expected) return { state: "moved", now };
  return { state: pushed.code === null ? "unsettled" : "refused", why: reasonOf(pushed) };
}

const STOOD_THERE = /^=\t/m;
const REJECTED = /^!\t[^\t]*\t(.+)$/m;

/** The first thing git or the server said that is no mere progress, without addresses: they may carry a password. */
export function reasonOf(answer: GitAnswer): string {
  const said = REJECTED.exec(textOf(answer))?.[1] ?? null;
  const line = said ?? answer.error.split("\n").find((text) => text.trim() !== "") ?? "no answer";
  return line
    .replace(/^(?:fatal|error|remote): /, "")
    .replace(/['"]?[a-z][a-z0-9+.-]{0,20}:\/\/[^\s'"]{1,500}['"]?/gi, "its address")
    .slice(0, 200);
}
