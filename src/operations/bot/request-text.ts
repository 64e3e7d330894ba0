/** What a pull request says of itself, and what it changes: read while it is open, and again once it is merged. */

import { namedSections, type NamedThings, type PullRequestText } from "../../core/bot/named-sections.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Commit, Forge, ForgeRepository, PullRequest } from "../../forges/forge.ts";
import { hostsOf } from "../platforms.ts";
import type { Workspace } from "../workspace.ts";

/** The bot's own quote tickets: nothing in them is somebody's word. */
export function isOwnRequest({ author, head }: PullRequest, account: string): boolean {
  return author === account && !head.fork && head.branch.startsWith("canon/");
}

/** `base`: tip of the branch that it goes to. */
export async function openText(request: PullRequest, base: string, forge: Forge): Promise<PullRequestText> {
  const { title, body, head } = request;
  return { title, body, branch: head.branch, messages: messagesOf(await forge.commits(base, head.commit)) };
}

export function namesIn(text: PullRequestText, { config, env }: Pick<Workspace, "config" | "env">, repository: ForgeRepository): NamedThings {
  return namedSections(text, { config, hosts: hostsOf(config.targets, env), repository: repository.name });
}

export interface MergedText {
  readonly text: PullRequestText;
  /** Files that it changed and that its merge left there, by their paths from the top of the repository. */
  readonly files: readonly string[];
  /** What merged it. */
  readonly merge: Commit;
}

/** null: its merge commit is no longer to be found. */
export async function mergedText(request: PullRequest, forge: Forge): Promise<MergedText | null> {
  const { title, body, head, base, mergeCommit } = request;
  const merge = mergeCommit === null ? null : ((await orGone(forge.commits(base.commit, mergeCommit)))?.find(({ id }) => id === mergeCommit) ?? null);
  const before = merge?.parents[0];
  if (merge === null || before === undefined) return null;
  // A branch that was taken away after a squash may be gone for good: its one commit says it all then.
  const own = await orGone(forge.commits(before, head.commit));
  const fork = own === null ? null : await forge.mergeBase(before, head.commit);
  // From where it parted: a rebased one has its other commits below `before`.
  const changed = fork === null ? await forge.changed(before, merge.id) : await forge.changed(fork, head.commit);
  const there = new Set(await forge.paths(merge.id));
  // Whoever opened a fork's pull request may rewrite its title and body at any time; its commits were merged as they are.
  const said = head.fork ? { title: "", body: "", branch: "" } : { title, body, branch: head.branch };
  return { text: { ...said, messages: messagesOf([merge, ...(own ?? [])]) }, files: changed.filter((path) => there.has(path)), merge };
}

function messagesOf(commits: readonly Commit[]): readonly string[] {
  return [...new Set(commits.map(({ message }) => message))];
}

async function orGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ForgeError && error.kind === "not-found") return null;
    throw error;
  }
}
