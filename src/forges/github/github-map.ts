/** From what GitHub says to the words of the contract. */

import type { Comment, Commit, PullRequest, Thread } from "../forge.ts";
import type { WireComment, WireCommit, WirePull, WireThread } from "./github-wire.ts";

/** The account that GitHub shows where somebody deleted theirs. */
const GHOST = "ghost";

/** `endedBy` stands elsewhere than in the pull request. */
export function pullRequestOf(pull: WirePull, endedBy: string | null): PullRequest {
  const { head, base, merged_at: mergedAt } = pull;
  const isMerged = typeof mergedAt === "string";
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? "",
    state: isMerged ? "merged" : pull.state === "open" ? "open" : "closed",
    author: pull.user?.login ?? GHOST,
    // The repository of a fork may be gone.
    head: { branch: head.ref, commit: head.sha, fork: head.repo?.full_name !== base.repo?.full_name },
    base: { branch: base.ref, commit: base.sha },
    // Before, this is a merge that GitHub only tried.
    mergeCommit: isMerged ? (pull.merge_commit_sha ?? null) : null,
    endedBy,
    labels: namesOf(pull.labels),
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
  };
}

export function commentOf({ id, user, body, created_at: createdAt, updated_at: updatedAt }: WireComment): Comment {
  return { id: String(id), author: user?.login ?? GHOST, body: body ?? "", createdAt, updatedAt };
}

export function threadOf(thread: WireThread): Thread {
  return {
    number: thread.number,
    url: thread.html_url,
    title: thread.title,
    body: thread.body ?? "",
    open: thread.state === "open",
    author: thread.user?.login ?? GHOST,
    labels: namesOf(thread.labels),
  };
}

export function commitOf({ sha, parents, author, commit }: WireCommit): Commit {
  return {
    id: sha,
    parents: parents.map((one) => one.sha),
    author: author?.login ?? commit.author?.email ?? GHOST,
    message: commit.message,
    at: commit.committer?.date ?? "",
  };
}

function namesOf(labels: WirePull["labels"]): readonly string[] {
  return labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? [])));
}
