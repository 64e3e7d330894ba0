/** People at the plain-git forge: they write the folder that Canon reads, and commit to the repository itself. */

import { join } from "node:path";
import { openForgeFolder, ended, type ForgeFolder, type FolderWriter } from "../../src/forges/git/forge-folder.ts";
import { emailOf } from "../../src/forges/git/git-accounts.ts";
import { forkRef, openOf, standing, type Heads } from "../../src/forges/git/git-pull-requests.ts";
import type { Numbered, NumberedPullRequest } from "../../src/forges/git/folder-schema.ts";
import type { Permission } from "../../src/forges/forge.ts";
import { commitInto, deleteRef, mergeInto, refIn, refsIn, type Committer } from "./bare-repository.ts";
import type { ForgePerson } from "./stage.ts";

export interface GitForgePeople {
  readonly folder: ForgeFolder;
  person(name: string): ForgePerson;
  permit(name: string, permission: Permission): void;
}

export interface PeopleOptions {
  /** The bare repository's path. */
  readonly remote: string;
  /** The folder of pull requests. */
  readonly folder: string;
  readonly now: () => Date;
}

export function gitForgePeople({ remote, folder: path, now }: PeopleOptions): GitForgePeople {
  const folder = openForgeFolder(join(path), now);
  return {
    folder,
    person: (name) => personAt({ remote, folder, now, name }),
    permit: (account, permission) =>
      folder.change((writer) =>
        writer.setSettings((found) => ({ ...found, people: [...found.people.filter((one) => one.account !== account), { account, permission }] })),
      ),
  };
}

interface Desk {
  readonly remote: string;
  readonly folder: ForgeFolder;
  readonly now: () => Date;
  readonly name: string;
}

function personAt(desk: Desk): ForgePerson {
  const { remote, folder, name } = desk;
  const me = (): Committer => ({ name, email: emailOf(name), at: desk.now().toISOString() });
  const edit = (number: number, change: (found: Numbered) => Numbered): void => void folder.change((writer) => writer.edit(number, change));
  return {
    name,
    push: async (branch, files, { message = "By hand", onto, times } = {}) => {
      const ref = `refs/heads/${branch}`;
      const refs = refsIn(remote);
      const parent = onto ?? refs.get(ref) ?? refs.get("refs/heads/main") ?? null;
      const commit = commitInto(remote, { ref, parent, files, message, ...(times === undefined ? {} : { times }) }, me());
      follow(desk, branch, commit);
      return commit;
    },
    deleteBranch: async (branch) => {
      const ref = `refs/heads/${branch}`;
      const stood = refIn(remote, ref) ?? missing(branch);
      deleteRef(remote, ref);
      folder.change((writer) => {
        const open = openOf({ folder }, branch, new Map([[ref, stood]]));
        if (open !== undefined) writer.edit(open.number, () => ended(open, name, null));
      });
    },
    open: async ({ title, body = "", head, base = "main" }) => {
      const refs = refsIn(remote);
      const commit = refs.get(`refs/heads/${head}`) ?? missing(head);
      return folder.change((writer) => {
        if (openOf(desk, head, refs) !== undefined) throw new Error(`${head} has an open pull request`);
        return addPullRequest(desk, writer, { title, body, head: { branch: head, commit, fork: false }, base: baseIn(refs, base) });
      });
    },
    openFromFork: async ({ title, body = "", branch, files }) => {
      const base = baseIn(refsIn(remote), "main");
      return folder.change((writer) => {
        const number = addPullRequest(desk, writer, { title, body, head: { branch, commit: "", fork: true }, base });
        const commit = commitInto(remote, { ref: forkRef(number), parent: base.commit, files, message: title }, me());
        writer.edit(number, (found) => (found.kind === "thread" ? found : { ...found, head: { ...found.head, commit } }));
        return number;
      });
    },
    merge: async (number, how = "merge") => {
      const found = openOne(desk, number);
      const commit = mergeInto(remote, { base: found.base.branch, head: found.head.commit, how, message: `${found.title} (#${number})` }, me());
      edit(number, () => ended(found, name, commit));
      follow(desk, found.base.branch, commit);
      return commit;
    },
    close: async (number) => edit(number, (found) => (found.kind === "thread" ? { ...found, open: false } : ended(openOne(desk, number), name, null))),
    reopen: async (number) =>
      edit(number, (found) => {
        if (found.kind === "thread") return { ...found, open: true };
        if (found.state !== "closed") throw new Error(`pull request ${number} is ${found.state}`);
        return { ...found, state: "open", endedBy: null };
      }),
    edit: async (number, change) => edit(number, (found) => ({ ...found, title: change.title ?? found.title, body: change.body ?? found.body })),
    label: async (number, add, remove = []) =>
      edit(number, (found) => ({ ...found, labels: [...new Set([...found.labels, ...add])].filter((label) => !remove.includes(label)) })),
    comment: async (number, body) => folder.change((writer) => writer.addComment(number, name, body)).id,
    editComment: async (id, body) => void folder.change((writer) => writer.editComment(id, body)),
    deleteComment: async (id) => folder.change((writer) => writer.removeComment(id)),
    openThread: async ({ title, body, labels = [] }) =>
      folder.change((writer) => writer.add((number) => ({ kind: "thread", number, title, body, open: true, author: name, labels: [...labels] }))).number,
    deleteThread: async (number) => folder.change((writer) => writer.remove(number)),
  };
}

type Opened = Pick<NumberedPullRequest, "title" | "body" | "head" | "base">;

function addPullRequest({ name }: Desk, writer: FolderWriter, { title, body, head, base }: Opened): number {
  const made = writer.add((number, now) => ({
    kind: "pull-request",
    number,
    title,
    body,
    state: "open",
    author: name,
    head,
    base,
    mergeCommit: null,
    endedBy: null,
    labels: [],
    reviewers: [],
    createdAt: now,
    updatedAt: now,
  }));
  return made.number;
}

/** As it stands now; throws where it is not open. */
function openOne(desk: Desk, number: number): NumberedPullRequest {
  const found = desk.folder.numbered(number);
  if (found?.kind !== "pull-request") throw new Error(`there is no pull request ${number}`);
  const now = standing(found, refsIn(desk.remote));
  if (now.state !== "open") throw new Error(`pull request ${number} is ${now.state}`);
  return now;
}

function baseIn(refs: Heads, branch: string): NumberedPullRequest["base"] {
  return { branch, commit: refs.get(`refs/heads/${branch}`) ?? missing(branch) };
}

/** A push is news for the pull request of the branch. */
function follow({ folder }: Desk, branch: string, commit: string): void {
  folder.change((writer) => {
    const open = openOf({ folder }, branch, new Map([[`refs/heads/${branch}`, commit]]));
    if (open !== undefined) writer.edit(open.number, () => open);
  });
}

function missing(branch: string): never {
  throw new Error(`there is no branch ${branch}`);
}
