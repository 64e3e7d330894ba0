/** The plain-git forge, the reference: any git repository, and pull requests, comments and checks as files in a folder. */

import { mkdir } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import type { SwapWish } from "../../io/git-swap.ts";
import { normaliseRemote } from "../../io/git-url.ts";
import type { CommitOutcome, Forge, ForgeRepository } from "../forge.ts";
import { branchRef, checkCommit, checkRef } from "../forge-names.ts";
import { forbidden, invalid } from "./folder-client.ts";
import { ended, openForgeFolder } from "./forge-folder.ts";
import { isAccount } from "./git-accounts.ts";
import { gitClient, prepareClone } from "./git-client.ts";
import { changedBetween, commitsBetween, makeCommit, mergeBaseOf } from "./git-commits.ts";
import { openOf, pullRequestMethods } from "./git-pull-requests.ts";
import { gitSession, WRITE, type GitSession } from "./git-session.ts";
import { talkMethods } from "./git-talk.ts";
import { isFile, openTrees } from "./git-trees.ts";

export interface GitForgeOptions {
  /** Absolute path or URL of the repository; a bare one. */
  readonly remote: string;
  /** A folder for a clone of its objects; made where it is missing. Absolute, and one for each machine. */
  readonly work: string;
  /** The folder of pull requests as files; made where it is missing. Absolute, and one for all. */
  readonly folder: string;
  readonly account: string;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Asks the remote nothing yet. */
export async function openGitForge(options: GitForgeOptions): Promise<Forge> {
  return gitForgeOn(await openSession(options));
}

/** As it is, whatever its session does. */
export function gitForgeOn(session: GitSession): Forge {
  const { client, trees, account, now, name } = session;
  return {
    kind: "git",
    identity: name,
    repository: () => describe(session),
    branches: async (prefix) => {
      const refs = await client.refs(["refs/heads/*"], (ref) => ref.startsWith(`refs/heads/${prefix}`));
      return [...refs].map(([ref, head]) => ({ name: ref.slice("refs/heads/".length), head }));
    },
    head: async (ref) => (await client.refs([checkRef(ref)], (found) => found === ref)).get(ref) ?? null,
    paths: async (commit) => [...(await trees.of(checkCommit(commit)))].flatMap(([path, entry]) => (isFile(entry) ? [path] : [])),
    read: async (commit, paths) => trees.texts(checkCommit(commit), paths),
    fileUrl: async () => null,
    commits: async (base, head) => commitsBetween(client, checkCommit(base), checkCommit(head)),
    changed: async (base, head) => changedBetween(client, checkCommit(base), checkCommit(head)),
    mergeBase: async (one, other) => mergeBaseOf(client, checkCommit(one), checkCommit(other)),
    commit: async (wish) => {
      mayMove(session, checkRef(wish.ref));
      const expected = wish.expected === null ? null : checkCommit(wish.expected);
      const tree = wish.parent === null ? new Map() : await trees.of(checkCommit(wish.parent));
      const commit = await makeCommit(client, wish, tree, { account, at: now() });
      return swapped(session, { ref: wish.ref, expected, next: commit }, commit);
    },
    move: async (ref, expected, to) => {
      mayMove(session, checkRef(ref));
      if (to !== null) await client.need([checkCommit(to)]);
      return swapped(session, { ref, expected: checkCommit(expected), next: to }, to ?? expected);
    },
    ...pullRequestMethods(session),
    ...talkMethods(session),
    permissionOf: async (who) => session.folder.permissionOf(who),
    close: async () => undefined,
  };
}

async function openSession({ remote, work, folder: folderPath, account, now, env }: GitForgeOptions): Promise<GitSession> {
  if (!isAccount(account)) throw invalid(`${JSON.stringify(account.slice(0, 100))} is no name of an account.`, "Use letters, digits, dots and dashes.");
  if (![work, folderPath].every((path) => isAbsolute(path)))
    throw invalid("The folders of a plain-git forge must be absolute paths.", "Write them out from the top.");
  await mkdir(dirname(work), { recursive: true });
  await prepareClone({ work, env }, dirname(work));
  const name = normaliseRemote(remote);
  const client = gitClient({ remote, work, name, env });
  const folder = openForgeFolder(folderPath, now);
  // Who opens a new folder owns it.
  if (folder.settings().people.length === 0) {
    folder.change((writer) => writer.setSettings((found) => (found.people.length > 0 ? found : { ...found, people: [{ account, permission: WRITE }] })));
  }
  return gitSession({ client, trees: openTrees(client), folder, folderPath, account, name, now });
}

async function describe({ client, folder, account, name }: GitSession): Promise<ForgeRepository> {
  const permission = folder.permissionOf(account);
  const granted = permission === "admin" ? ["read", WRITE, "admin"] : permission === WRITE ? ["read", WRITE] : permission === "read" ? ["read"] : [];
  const [repository = name, owner = "local"] = name.split("/").reverse();
  return {
    name: `${owner}/${repository}`,
    defaultBranch: await client.defaultBranch(),
    visibility: folder.settings().visibility,
    takesThreads: true,
    account,
    granted,
    needed: [WRITE],
    token: { needs: { plan: [WRITE], apply: [WRITE], pull: [WRITE] }, remarks: [] },
  };
}

function mayMove(session: GitSession, ref: string): void {
  session.mayWrite();
  const branch = session.folder.settings().protected.find((one) => branchRef(one) === ref);
  if (branch !== undefined)
    throw forbidden(`${branch} of ${session.name} is protected: ${session.account} may not push to it.`, "Open a pull request instead.");
}

/** The push, and what it means for the pull request of that branch. `stood`: the last commit it had. */
async function swapped({ client, folder, account }: GitSession, wish: SwapWish, stood: string): Promise<CommitOutcome> {
  const swap = await client.swap(wish);
  if (swap.state === "moved") return swap;
  if (wish.ref.startsWith("refs/heads/")) {
    folder.change((writer) => {
      const open = openOf({ folder }, wish.ref.slice("refs/heads/".length), new Map([[wish.ref, stood]]));
      if (open !== undefined) writer.edit(open.number, () => (wish.next === null ? ended(open, account, null) : open));
    });
  }
  return { state: "done", commit: stood };
}
