/** The door to the repository: a clone of objects without a work tree, and what the remote is asked; makes every ForgeError of git's. */

import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { presentCommits } from "../../io/git-history.ts";
import { listRefs, reasonOf, swapRef, type SwapWish } from "../../io/git-swap.ts";
import { runGit, textOf, type Git, type GitAnswer } from "../../io/run-git.ts";
import { ForgeError } from "../forge-error.ts";

export interface GitClient {
  /** In the clone; never throws. */
  readonly git: Git;
  /** What git printed; throws where it fails. */
  ask(args: readonly string[], input?: string): Promise<GitAnswer>;
  /** References of the remote that `wanted` says yes to; `patterns` as ls-remote takes them. */
  refs(patterns: readonly string[], wanted: (ref: string) => boolean): Promise<ReadonlyMap<string, string>>;
  defaultBranch(): Promise<string>;
  /** Makes sure that the clone has them; throws `not-found`. */
  need(commits: readonly string[]): Promise<void>;
  swap(wish: SwapWish): Promise<{ readonly state: "done" } | { readonly state: "moved"; readonly now: string | null }>;
}

export interface GitClientOptions {
  readonly remote: string;
  /** Made where it is missing. */
  readonly work: string;
  /** For words; without secrets. */
  readonly name: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const FETCH = ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules"];
const TIMEOUT = 120_000;

export function gitClient({ remote, work, name, env }: GitClientOptions): GitClient {
  const git: Git = (args, extra) => runGit(args, { cwd: work, env, ...extra });
  // Nothing is pruned from the clone and no commit changes: what was here once is here.
  const here = new Set<string>();
  const missing = async (commits: readonly string[]): Promise<readonly string[]> => {
    const asked = commits.filter((commit) => !here.has(commit));
    for (const commit of await presentCommits(git, asked)) here.add(commit);
    return asked.filter((commit) => !here.has(commit));
  };
  // Two fetches at once would be in each other's way.
  let fetching: Promise<unknown> = Promise.resolve();
  const fetch = async (refspecs: readonly string[]): Promise<GitAnswer> => {
    const mine = fetching.then(() => git([...FETCH, "--end-of-options", remote, ...refspecs], { timeout: TIMEOUT }));
    fetching = mine;
    return mine;
  };
  return {
    git,
    ask: async (args, input) => {
      const answer = await git(args, input === undefined ? {} : { input });
      if (answer.code === 0) return answer;
      throw new ForgeError("unavailable", `git could not answer for ${name}: ${reasonOf(answer)}`, {
        hint: "Check that git is new enough (2.38) and that its folder may be written.",
      });
    },
    refs: async (patterns, wanted) => {
      const found = await listRefs(git, remote, patterns);
      if (found.state === "unreachable") throw unreachable(name, found.why);
      return new Map([...found.commits].filter(([ref]) => wanted(ref)));
    },
    defaultBranch: async () => {
      const answer = await git(["ls-remote", "--symref", "--end-of-options", remote, "HEAD"], { timeout: TIMEOUT });
      if (answer.code !== 0) throw unreachable(name, reasonOf(answer));
      const branch = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(textOf(answer))?.[1];
      if (branch === undefined)
        throw new ForgeError("not-found", `${name} has no default branch.`, {
          hint: "Push a first commit, or let HEAD of the repository name a branch that exists.",
        });
      return branch;
    },
    need: async (commits) => {
      if ((await missing(commits)).length === 0) return;
      const all = await fetch(["+refs/*:refs/seen/*"]);
      // Another process may have fetched meanwhile: what counts is what is here now.
      const [lost] = await missing(commits);
      if (lost === undefined) return;
      if (all.code !== 0) throw unreachable(name, reasonOf(all));
      // On no reference any more.
      await fetch([lost]);
      if ((await missing(commits)).length === 0) return;
      throw new ForgeError("not-found", `${name} has no commit ${lost}.`, { hint: "It may have been taken away by a push by force: read the branch again." });
    },
    swap: async (wish) => {
      const swap = await swapRef(git, remote, wish);
      switch (swap.state) {
        case "done":
        case "moved":
          return swap;
        case "refused":
          throw new ForgeError("forbidden", `${name} does not take ${wish.ref} from this account: ${swap.why}`, {
            hint: "Look at the rules of the repository for that branch.",
          });
        case "unsettled":
          throw new ForgeError("unknown-outcome", `${name} did not say whether it took ${wish.ref}: ${swap.why}`, {
            hint: "Run the same command again: it looks at what stands there first.",
          });
        case "unreachable":
          throw swap.why === "no answer in time"
            ? new ForgeError("unknown-outcome", `${name} did not say whether it took ${wish.ref}: ${swap.why}`, {
                hint: "Run the same command again: it looks at what stands there first.",
              })
            : unreachable(name, swap.why);
      }
    },
  };
}

/** Idempotent; several processes may do it at once. `git init` of one folder twice at a time breaks on its own lock files, so each makes one of its own and the first to rename wins. */
export async function prepareClone({ work, env }: Pick<GitClientOptions, "work" | "env">, parent: string): Promise<void> {
  if (existsSync(join(work, "HEAD"))) return;
  const draft = await mkdtemp(join(parent, ".clone-"));
  try {
    const made = await runGit(["init", "--quiet", "--bare", "--template=", "--initial-branch=none", "--end-of-options", draft], { cwd: parent, env });
    if (made.code !== 0) throw cannotClone(work, reasonOf(made));
    await rename(draft, work);
  } catch (error) {
    if (existsSync(join(work, "HEAD"))) return;
    throw error instanceof ForgeError ? error : cannotClone(work, String(error));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function cannotClone(work: string, why: string): ForgeError {
  return new ForgeError("unavailable", `The clone in ${work} cannot be made: ${why}`, {
    hint: "Check that git is installed and that the folder may be written.",
  });
}

/** git has no codes for these: its words are read once, here (LC_ALL is C). */
function unreachable(name: string, why: string): ForgeError {
  if (/authentication failed|could not read (?:username|password)|permission denied \(/i.test(why)) {
    return new ForgeError("auth", `${name} does not accept these credentials: ${why}`, { hint: "Check the token or key that git uses there." });
  }
  if (/does not appear to be a git repository|repository .*not found|does not exist/i.test(why)) {
    return new ForgeError("not-found", `There is no repository at ${name}: ${why}`, { hint: "Check its address, and that this account may see it." });
  }
  return new ForgeError("unavailable", `${name} does not answer: ${why}`, { hint: "Try again later; nothing was changed." });
}
