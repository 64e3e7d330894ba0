/** Opens, changes, merges and follows pull requests: the rules that GitHub holds for everybody. */

import { GithubRefusal } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Account, Issue, Repo } from "../state/github-state.ts";
import type { World } from "../state/github-world.ts";
import { writeState } from "../state/github-world.ts";
import { changeIssue, createIssue } from "../state/write-issues.ts";
import { emailOf } from "./code-world.ts";
import type { Pull } from "./code-world.ts";

export interface NewPull {
  readonly title: string;
  readonly body: string;
  readonly headRepo: Repo;
  readonly head: string;
  readonly base: string;
}

export function branchOf(name: string): string {
  return `refs/heads/${name}`;
}

export function openPull(world: World, repo: Repo, author: Account, given: NewPull, quiet: boolean): Pull {
  const { headRepo, head, base, title, body } = given;
  const git = world.code.git(repo);
  const headCommit = world.code.git(headRepo).ref(branchOf(head));
  const baseCommit = git.ref(branchOf(base));
  if (headCommit === null) throw refused("head", "invalid");
  if (baseCommit === null) throw refused("base", "invalid");
  if (openPullOf(world, repo, headRepo, head, base) !== null)
    throw refused(null, "custom", `A pull request already exists for ${headRepo.owner.login}:${head}.`);
  if (headRepo !== repo) git.take(world.code.git(headRepo).folder, headCommit);
  if (git.log(headCommit, [baseCommit]).length === 0) throw refused(null, "custom", `No commits between ${base} and ${head}`);
  const issue = createIssue(world, repo, author, { title, body, isPull: true });
  const pull: Pull = { issue, headRepo, headBranch: head, base, headCommit, baseCommit, baseSeen: baseCommit, merged: null, reviewers: [], tried: null };
  world.code.pulls.set(issue, pull);
  git.setRef(`refs/pull/${issue.number}/head`, headCommit);
  if (!quiet) world.code.workflows.push({ repo, event: "pull_request", commit: headCommit, actor: author });
  return pull;
}

/** GitHub holds one for each head and base; several bases may have one of the same head. */
export function openPullOf(world: World, repo: Repo, headRepo: Repo, head: string, base: string): Pull | null {
  return (
    [...world.code.pulls.values()].find(
      (one) => one.issue.repo === repo && one.headRepo === headRepo && one.headBranch === head && one.base === base && nowOf(one.issue).state === "open",
    ) ?? null
  );
}

export function pullOf(world: World, issue: Issue | undefined): Pull {
  const pull = issue === undefined ? undefined : world.code.pulls.get(issue);
  if (pull === undefined) throw new GithubRefusal("not-found", "Not Found");
  return pull;
}

export interface PullChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "closed";
  readonly base?: string;
}

export function changePull(world: World, pull: Pull, actor: Account, { base, ...change }: PullChange): void {
  const git = world.code.git(pull.issue.repo);
  if (change.state === "open" && nowOf(pull.issue).state === "closed") {
    if (pull.merged !== null) throw refused("state", "invalid", "Cannot reopen a merged pull request.");
    const head = world.code.git(pull.headRepo).ref(branchOf(pull.headBranch));
    if (head === null) throw refused("state", "invalid", `state cannot be changed. The ${pull.headBranch} branch has been deleted.`);
    if (openPullOf(world, pull.issue.repo, pull.headRepo, pull.headBranch, pull.base) !== null)
      throw refused("state", "invalid", `state cannot be changed. There is already an open pull request from ${pull.headBranch} to ${pull.base}.`);
    pull.headCommit = head;
  }
  if (base !== undefined && base !== pull.base) {
    const commit = git.ref(branchOf(base));
    if (commit === null) throw refused("base", "invalid");
    pull.base = base;
    pull.baseCommit = commit;
    pull.baseSeen = commit;
  }
  changeIssue(world, pull.issue, actor, change);
}

/** Merges without effect, as refs/pull/N/merge shows it; null where it conflicts. */
export function tryMerge(world: World, pull: Pull): void {
  const { repo, number } = pull.issue;
  const git = world.code.git(repo);
  const base = git.ref(branchOf(pull.base));
  if (base === null || nowOf(pull.issue).state === "closed" || (pull.tried?.head === pull.headCommit && pull.tried.base === base)) return;
  const tree = git.mergeTree(base, pull.headCommit);
  const who = { name: "GitHub", email: "noreply@github.com", at: world.clock.now() };
  const message = `Merge ${pull.headCommit} into ${base}`;
  const commit = tree === null ? null : git.writeCommit({ tree, parents: [base, pull.headCommit], message, author: who, committer: who });
  if (commit !== null) git.setRef(`refs/pull/${number}/merge`, commit);
  pull.tried = { head: pull.headCommit, base, commit };
}

export function mergePull(world: World, pull: Pull, actor: Account, method: "merge" | "squash" = "merge"): string {
  const { repo, number } = pull.issue;
  const git = world.code.git(repo);
  const base = git.ref(branchOf(pull.base));
  const tree = base === null ? null : git.mergeTree(base, pull.headCommit);
  if (base === null || tree === null) throw new GithubRefusal("unprocessable", "Pull Request is not mergeable");
  const who = { name: actor.name, email: emailOf(actor), at: world.clock.now() };
  const { title } = nowOf(pull.issue);
  const message =
    method === "squash" ? `${title} (#${number})` : `Merge pull request #${number} from ${pull.headRepo.owner.login}/${pull.headBranch}\n\n${title}`;
  const parents = method === "squash" ? [base] : [base, pull.headCommit];
  const commit = git.writeCommit({ tree, parents, message, author: who, committer: who });
  if (!git.setRef(branchOf(pull.base), commit, base)) throw new GithubRefusal("unprocessable", "Base branch was modified. Review and try the merge again.");
  finish(world, pull, actor, commit);
  world.code.workflows.push({ repo, event: "push", commit, actor });
  syncPulls(world, actor, false);
  return commit;
}

/** Open pull requests follow their branches: pushed, deleted, or merged outside of GitHub. */
export function syncPulls(world: World, actor: Account, quiet: boolean): void {
  for (const pull of world.code.pulls.values()) if (nowOf(pull.issue).state === "open") follow(world, pull, actor, quiet);
}

function follow(world: World, pull: Pull, actor: Account, quiet: boolean): void {
  const { repo, number } = pull.issue;
  const git = world.code.git(repo);
  const base = git.ref(branchOf(pull.base));
  const head = world.code.git(pull.headRepo).ref(branchOf(pull.headBranch));
  if (head === null || base === null) return changeIssue(world, pull.issue, actor, { state: "closed" });
  const isPushed = head !== pull.headCommit;
  if (isPushed) {
    if (pull.headRepo !== repo) git.take(world.code.git(pull.headRepo).folder, head);
    pull.headCommit = head;
    pull.tried = null;
    pull.baseCommit = base;
    git.setRef(`refs/pull/${number}/head`, head);
    writeState(world, pull.issue, {});
    if (!quiet) world.code.workflows.push({ repo, event: "pull_request", commit: head, actor });
  }
  if (!isPushed && base === pull.baseSeen) return undefined;
  pull.baseSeen = base;
  if (!git.isAncestor(head, base)) return undefined;
  // A head that was pushed back into its base has nothing to merge; a base that grew over the head has merged it.
  return isPushed ? changeIssue(world, pull.issue, actor, { state: "closed" }) : finish(world, pull, actor, base);
}

function finish(world: World, pull: Pull, actor: Account, commit: string): void {
  pull.merged = { at: world.clock.now(), by: actor, commit };
  changeIssue(world, pull.issue, actor, { state: "closed" });
}

function refused(field: string | null, code: string, message?: string): GithubRefusal {
  const problem = { resource: "PullRequest", code, ...(field === null ? {} : { field }), ...(message === undefined ? {} : { message }) };
  return new GithubRefusal("unprocessable", message ?? `${field} is ${code}`, { problems: [problem] });
}
