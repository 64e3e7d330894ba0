/** Where commits lie in the history. They come from tickets, so they are text that anybody may have written. */

import type { BranchFacts, RemoteState } from "../core/plan/branch-rule.ts";
import type { CommitReach, History } from "../core/plan/behind.ts";
import { asCommit } from "./git-files.ts";
import { textOf, type Git } from "./run-git.ts";

export async function readHistory(
  git: Git,
  { head, shallow }: Pick<BranchFacts, "head" | "shallow">,
  remote: RemoteState,
  commits: Iterable<string>,
): Promise<History> {
  const complete = remote.state === "none" || (remote.state === "known" && remote.contained);
  const asked = [...new Set(commits)].filter((commit) => commit !== head && asCommit(commit) !== null);
  const tip = remote.state === "known" && !remote.contained ? remote.tip : null;
  const here = await presentCommits(git, tip === null ? asked : [...asked, tip]);
  const known = asked.filter((commit) => here.has(commit));
  const outside = head === null ? new Set(known) : await unreachable(git, known, head);
  const unmerged = tip !== null && here.has(tip) ? await unreachable(git, [...outside], tip) : null;
  const reach = (commit: string): CommitReach => {
    const inHead = !outside.has(commit);
    // Where HEAD contains the tip, what is not in HEAD is not merged either; without a remote nothing ever is.
    if (complete) return { inHead, inDefault: remote.state === "none" ? false : inHead };
    return { inHead, inDefault: inHead || unmerged === null ? null : !unmerged.has(commit) };
  };
  const entries = known.map((commit) => [commit, reach(commit)] as const);
  return { shallow, complete, commits: new Map(head === null ? entries : [[head, { inHead: true, inDefault: null }], ...entries]) };
}

/** Those that this clone has. */
export async function presentCommits(git: Git, commits: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = commits.filter((commit) => asCommit(commit) !== null);
  if (asked.length === 0) return new Set();
  const answer = await git(["cat-file", "--batch-check"], { input: `${asked.join("\n")}\n` });
  const lines = textOf(answer).split("\n");
  return new Set(lines.flatMap((line) => /^([0-9a-f]+) commit \d+$/.exec(line)?.[1] ?? []));
}

/** Those of `commits` that `from` does not contain; all of them must be here. */
async function unreachable(git: Git, commits: readonly string[], from: string): Promise<ReadonlySet<string>> {
  if (commits.length === 0) return new Set();
  const answer = await git(["rev-list", "--stdin"], { input: `${commits.join("\n")}\n^${from}\n` });
  // What git could not answer counts as not contained: the careful side.
  if (answer.code !== 0) return new Set(commits);
  const listed = new Set(textOf(answer).split("\n"));
  return new Set(commits.filter((commit) => listed.has(commit)));
}

export async function isAncestor(git: Git, commit: string, of: string): Promise<boolean> {
  if (asCommit(commit) === null || asCommit(of) === null) return false;
  return (await git(["merge-base", "--is-ancestor", "--end-of-options", commit, of])).code === 0;
}
