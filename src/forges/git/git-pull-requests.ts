/** Pull requests of the plain-git forge: files say what people did, and the branches of the repository where they stand now. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Forge, PullRequest, PullRequestQuery, PullRequestWish } from "../forge.ts";
import { branchRef } from "../forge-names.ts";
import { invalid, notFound } from "./folder-client.ts";
import type { NumberedPullRequest } from "./folder-schema.ts";
import { ended, type FolderWriter } from "./forge-folder.ts";
import { mergeBaseOf, mergedTree } from "./git-commits.ts";
import type { GitSession } from "./git-session.ts";

/** References of the remote that say where pull requests stand. */
export type Heads = ReadonlyMap<string, string>;

type Methods = Pick<Forge, "pullRequest" | "mergeResult" | "pullRequests" | "openPullRequest" | "editPullRequest" | "addLabels">;

/** Where the commits of a fork's pull request are, as on GitHub. */
export function forkRef(number: number): string {
  return `refs/pull/${number}/head`;
}

export function pullRequestMethods(session: GitSession): Methods {
  const { client, folder, account, now } = session;
  const heads = (): Promise<Heads> => client.refs([], (ref) => ref.startsWith("refs/heads/") || ref.startsWith("refs/pull/"));
  const find = (number: number): NumberedPullRequest => {
    const found = folder.numbered(number);
    if (found?.kind === "pull-request") return found;
    throw notFound(`pull request ${number} in ${session.name}`);
  };
  const shown = (found: NumberedPullRequest, at: Heads): PullRequest => toPullRequest(session.folderPath, standing(found, at));
  return {
    pullRequest: async (number) => {
      find(number);
      const at = await heads();
      return shown(find(number), at);
    },
    mergeResult: async (number) => {
      const { state, head, base } = standing(find(number), await heads());
      if (state !== "open") throw invalid(`Pull request ${number} is ${state}: there is nothing to merge.`, "Ask for the merge result of an open one.");
      return mergedTree(client, base.commit, head.commit, { account, at: now() });
    },
    pullRequests: async (query) => {
      const at = await heads();
      const all = folder.all().flatMap((one) => (one.kind === "pull-request" ? [shown(one, at)] : []));
      return all.filter((one) => matches(one, query)).reverse();
    },
    openPullRequest: async (wish) => openPullRequest(session, wish, await heads()),
    editPullRequest: async (number, { title, body, state }) => {
      session.mayWrite();
      find(number);
      const at = await heads();
      return folder.change((writer) => {
        const before = standing(find(number), at);
        const next = state === undefined ? before : state === "open" ? reopened(session, before, at) : closed(before, account);
        return shown(editOne(writer, next, { title: title ?? before.title, body: body ?? before.body }), at);
      });
    },
    addLabels: async (number, labels) => {
      session.mayWrite();
      folder.change((writer) => writer.edit(number, (found) => ({ ...found, labels: [...new Set([...found.labels, ...labels])] })));
    },
  };
}

async function openPullRequest(session: GitSession, wish: PullRequestWish, at: Heads): Promise<PullRequest> {
  const { client, folder, account } = session;
  session.mayWrite();
  const [head, base] = [at.get(branchRef(wish.head)), at.get(branchRef(wish.base))];
  if (head === undefined || base === undefined) {
    throw invalid(`There is no branch ${head === undefined ? wish.head : wish.base} in ${session.name}.`, "Push it before a pull request is opened.");
  }
  const nothing = (await mergeBaseOf(client, base, head)) === head;
  return folder.change((writer) => {
    const open = openOf(session, wish.head, at);
    if (open !== undefined) return toPullRequest(session.folderPath, open);
    if (nothing) throw invalid(`${wish.head} has no commit that ${wish.base} lacks.`, "Commit something to it before a pull request is opened.");
    // A host asks nobody to review who is not of the repository, and no author.
    const reviewers = wish.reviewers.filter((name) => name !== account && folder.permissionOf(name) !== "none");
    const made = writer.add((number, now) => ({
      kind: "pull-request",
      number,
      title: wish.title,
      body: wish.body,
      state: "open",
      author: account,
      head: { branch: wish.head, commit: head, fork: false },
      base: { branch: wish.base, commit: base },
      mergeCommit: null,
      endedBy: null,
      labels: [...new Set(wish.labels)],
      reviewers: [...new Set(reviewers)],
      createdAt: now,
      updatedAt: now,
    }));
    if (made.kind !== "pull-request") throw notFound(`pull request ${made.number}`);
    return toPullRequest(session.folderPath, made);
  });
}

/** An open one follows its branches; one whose branch is gone has ended with it, whoever took it away. */
export function standing(found: NumberedPullRequest, at: Heads): NumberedPullRequest {
  if (found.state !== "open") return found;
  const commit = at.get(found.head.fork ? forkRef(found.number) : `refs/heads/${found.head.branch}`);
  const base = { ...found.base, commit: at.get(`refs/heads/${found.base.branch}`) ?? found.base.commit };
  return commit === undefined ? { ...found, base, state: "closed" } : { ...found, base, head: { ...found.head, commit } };
}

export function openOf({ folder }: Pick<GitSession, "folder">, branch: string, at: Heads): NumberedPullRequest | undefined {
  const all = folder.all().flatMap((one) => (one.kind === "pull-request" ? [standing(one, at)] : []));
  return all.find((one) => one.state === "open" && !one.head.fork && one.head.branch === branch);
}

function closed(found: NumberedPullRequest, by: string): NumberedPullRequest {
  return found.state === "open" ? ended(found, by, null) : found;
}

function reopened(session: GitSession, found: NumberedPullRequest, at: Heads): NumberedPullRequest {
  const { number, state, head } = found;
  if (state === "open") return found;
  if (state === "merged") throw invalid(`Pull request ${number} is merged and cannot be opened again.`, "Open a new one.");
  const open: NumberedPullRequest = { ...found, state: "open", endedBy: null };
  if (standing(open, at).state !== "open")
    throw invalid(`Pull request ${number} cannot be opened again: its branch ${head.branch} is gone.`, "Open a new one.");
  if (!head.fork && openOf(session, head.branch, at) !== undefined) throw invalid(`${head.branch} has another open pull request.`, "Close that one first.");
  return open;
}

function editOne(writer: FolderWriter, next: NumberedPullRequest, edit: { readonly title: string; readonly body: string }): NumberedPullRequest {
  const written = writer.edit(next.number, () => ({ ...next, ...edit }));
  if (written.kind !== "pull-request") throw notFound(`pull request ${next.number}`);
  return written;
}

function matches(one: PullRequest, { state, headPrefix = "", author, since }: PullRequestQuery): boolean {
  return (
    (state === undefined || (state === "open") === (one.state === "open")) &&
    one.head.branch.startsWith(headPrefix) &&
    (author === undefined || one.author === author) &&
    (since === undefined || one.updatedAt >= new Date(since).toISOString())
  );
}

function toPullRequest(folderPath: string, { kind: _kind, reviewers: _reviewers, ...found }: NumberedPullRequest): PullRequest {
  return { ...found, url: urlOf(folderPath, found.number) };
}

/** The file itself: the only place where a person can look at it. */
export function urlOf(folderPath: string, number: number): string {
  return pathToFileURL(join(folderPath, "numbered", `${number}.json`)).href;
}
