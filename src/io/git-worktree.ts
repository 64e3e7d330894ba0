/** Files of the work tree against HEAD, against the merge base, and as a commit has them. */

import type { RemoteState } from "../core/plan/branch-rule.ts";
import { globMatcher, isGlob } from "../core/text/glob.ts";
import { asCommit, readRef, type GitFiles } from "./git-files.ts";
import { textOf, type Git, type GitAnswer } from "./run-git.ts";

export interface MergeBase {
  readonly commit: string;
  /** Relative to the workspace; new and untracked files too. */
  readonly paths: readonly string[];
}

export async function readUncommitted(git: Git, prefix: string, globs: readonly string[]): Promise<readonly string[]> {
  const answer = await git(["status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all", "--", ...foldersOf(globs)]);
  // "XY path": from the top of the work tree, wherever git was started.
  const paths = namesIn(answer).map((entry) => entry.slice(3));
  return matching(
    globs,
    paths.flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])),
  );
}

/** With the tip itself, or with what the last fetch knew of it. */
export async function readMergeBase(git: Git, files: GitFiles, remote: RemoteState, globs: readonly string[]): Promise<MergeBase | null> {
  if (files.head === null || remote.state !== "known") return null;
  const fetched = remote.branch === null ? null : await readRef(files.commonDir, `refs/remotes/${remote.remote}/${remote.branch}`);
  const commit = (await mergeBase(git, files.head, remote.tip)) ?? (fetched === null ? null : await mergeBase(git, files.head, fetched));
  if (commit === null) return null;
  const folders = foldersOf(globs);
  const [changed, untracked] = await Promise.all([
    git(["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", "--end-of-options", commit, "--", ...folders]),
    git(["ls-files", "-z", "--others", "--exclude-standard", "--", ...folders]),
  ]);
  return { commit, paths: matching(globs, [...namesIn(changed), ...namesIn(untracked)]) };
}

export async function readAt(git: Git, prefix: string, commit: string, path: string): Promise<Uint8Array | null> {
  if (asCommit(commit) === null) return null;
  const answer = await git(["cat-file", "blob", "--end-of-options", `${commit}:${prefix}${path}`]);
  return answer.code === 0 ? answer.out : null;
}

async function mergeBase(git: Git, head: string, other: string): Promise<string | null> {
  return asCommit(textOf(await git(["merge-base", "--end-of-options", head, other])).trim());
}

/** Where to look: the part of each glob before its first wildcard, as a folder. git's own globs read differently. */
function foldersOf(globs: readonly string[]): readonly string[] {
  const folders = globs.map((glob) => {
    const parts = glob.split("/");
    const wild = parts.findIndex(isGlob);
    return (wild < 0 ? parts : parts.slice(0, wild)).join("/") || ".";
  });
  return [...new Set(folders)];
}

function matching(globs: readonly string[], paths: readonly string[]): readonly string[] {
  const matchers = globs.map(globMatcher);
  const found = paths.filter((path) => matchers.some((matches) => matches(path)));
  return [...new Set(found)].sort();
}

function namesIn(answer: GitAnswer): readonly string[] {
  return textOf(answer)
    .split("\0")
    .filter((name) => name !== "");
}
