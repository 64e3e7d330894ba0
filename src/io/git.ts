/**
 * A repository as Canon asks it. What stands in its own files costs no process; everything else is asked lazily. For
 * embedded targets the files are all: they need the remote's name and HEAD, and start no git.
 */

import type { BranchFacts, RemoteState } from "../core/plan/branch-rule.ts";
import type { History } from "../core/plan/behind.ts";
import { lastValue } from "./git-config.ts";
import { asCommit, readGitFiles, type Head } from "./git-files.ts";
import { isAncestor, presentCommits, readHistory } from "./git-history.ts";
import { askRemote } from "./git-remote.ts";
import { normaliseRemote } from "./git-url.ts";
import { readAt, readMergeBase, readUncommitted, type MergeBase } from "./git-worktree.ts";
import type { Log } from "./log.ts";
import { runGit, textOf, type Git } from "./run-git.ts";

export interface Repository {
  /** Top of the work tree. */
  readonly top: string;
  /** From the top to the workspace: "" or "services/pay/". */
  readonly prefix: string;
  /** null: no commit yet. */
  readonly head: string | null;
  /** null: detached. */
  readonly branch: string | null;
  readonly shallow: boolean;
  /** `url` is normalised and without credentials: `github.com/org/repo`. */
  readonly remote: { readonly name: string; readonly url: string } | null;
  /** Asks the remote (once per repository) and the index: two processes at once, and a third where HEAD is not the tip. */
  branchFacts(globs: readonly string[]): Promise<BranchFacts>;
  /** Files under the globs that differ from HEAD, untracked ones too; relative to the workspace. One process. */
  uncommitted(globs: readonly string[]): Promise<readonly string[]>;
  /** Where the commits of bases are: none to three processes. */
  history(commits: Iterable<string>): Promise<History>;
  /** Files under the globs that differ from the merge base with the default branch. null: there is none to be found. */
  changedSinceMergeBase(globs: readonly string[]): Promise<MergeBase | null>;
  /** A file of the workspace as a commit has it; null where it has none. */
  readAt(commit: string, path: string): Promise<Uint8Array | null>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  hasCommit(commit: string): Promise<boolean>;
}

export interface RepositoryOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log?: Log;
  /** For the one question to the remote, in milliseconds. */
  readonly timeout?: number;
}

/** null outside a repository. Starts no process, and needs no git for what it answers by itself. */
export async function readRepository(root: string, options: RepositoryOptions): Promise<Repository | null> {
  const files = await readGitFiles(root, (top) => askHead(top, options));
  if (files === null) return null;
  const { timeout, ...rest } = options;
  const git: Git = (args, extra) => runGit(args, { cwd: root, sshCommand: lastValue(files.config, "core.sshcommand"), ...rest, ...extra });
  let answer: Promise<RemoteState> | null = null;
  const remote = (): Promise<RemoteState> => (answer ??= askRemote(git, files, timeout));
  const { top, prefix, head, branch, shallow } = files;
  return {
    ...{ top, prefix, head, branch, shallow },
    remote: files.remote === null ? null : { name: files.remote.name, url: normaliseRemote(files.remote.url) },
    branchFacts: async (globs) => {
      const [state, uncommitted] = await Promise.all([remote(), readUncommitted(git, prefix, globs)]);
      return { head, branch, shallow, remote: state, uncommitted };
    },
    uncommitted: (globs) => readUncommitted(git, prefix, globs),
    history: async (commits) => readHistory(git, files, await remote(), commits),
    changedSinceMergeBase: async (globs) => readMergeBase(git, files, await remote(), globs),
    readAt: (commit, path) => readAt(git, prefix, commit, path),
    isAncestor: (commit, of) => isAncestor(git, commit, of),
    hasCommit: async (commit) => (await presentCommits(git, [commit])).has(commit),
  };
}

async function askHead(top: string, options: RepositoryOptions): Promise<Head> {
  const ask = async (...args: readonly string[]): Promise<string> => textOf(await runGit(args, { cwd: top, env: options.env })).trim();
  const [head, branch] = await Promise.all([ask("rev-parse", "--verify", "--quiet", "HEAD"), ask("symbolic-ref", "--quiet", "--short", "HEAD")]);
  return { head: asCommit(head), branch: branch === "" ? null : branch };
}
