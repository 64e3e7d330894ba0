/** What people do with git in their clones: commit, push, pull, branch, merge, come back to the default branch. */

import { spawnSync } from "node:child_process";
import type { Dice } from "./dice.ts";

export const GIT_DEEDS: readonly string[] = ["commit", "commit", "push", "push", "pull", "branch", "merge", "main"];

export function git(folder: string, ...args: readonly string[]): { readonly ok: boolean; readonly out: string } {
  const run = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  return { ok: run.status === 0, out: run.stdout.trim() };
}

/** Throws where the simulation itself went wrong. */
export function mustGit(folder: string, ...args: readonly string[]): string {
  const { ok, out } = git(folder, ...args);
  if (!ok) throw new Error(`git ${args.join(" ")} in ${folder}`);
  return out;
}

/** null: there was nothing to do it with. */
export function playGit(deed: string, folder: string, dice: Dice): string | null {
  switch (deed) {
    case "commit":
      return commitAll(folder) ? "commits" : null;
    case "push":
      return pushMain(folder) ? "pushes" : null;
    case "pull":
      return pullMain(folder, dice) ? "pulls" : null;
    case "branch": {
      commitAll(folder);
      const branch = dice.pick("feature/x", "feature/y");
      if (!git(folder, "checkout", "-q", branch).ok) mustGit(folder, "checkout", "-q", "-b", branch);
      return `is on ${branch}`;
    }
    case "merge": {
      commitAll(folder);
      const branch = dice.pick("feature/x", "feature/y");
      mustGit(folder, "checkout", "-q", "main");
      return mergeIn(folder, branch, dice) ? `merges ${branch} into main` : null;
    }
    case "main":
      commitAll(folder);
      return git(folder, "checkout", "-q", "main").ok ? "is on main" : null;
    default:
      throw new Error(`nobody knows how to ${deed}`);
  }
}

export function commitAll(folder: string): boolean {
  mustGit(folder, "add", "-A");
  return git(folder, "commit", "-qm", "work").ok;
}

/** From the default branch only, and only what has the remote's tip in it. */
function pushMain(folder: string): boolean {
  return git(folder, "push", "-q", "origin", "main").ok;
}

export function pullMain(folder: string, dice: Dice): boolean {
  commitAll(folder);
  mustGit(folder, "fetch", "-q");
  mustGit(folder, "checkout", "-q", "main");
  return mergeIn(folder, "origin/main", dice);
}

/** Where both changed the same lines, whoever merges takes one side's. */
function mergeIn(folder: string, branch: string, dice: Dice): boolean {
  if (!git(folder, "rev-parse", "-q", "--verify", branch).ok) return false;
  const side = dice.pick("ours", "theirs");
  if (git(folder, "merge", "-q", "--no-edit", "-X", side, branch).ok) return true;
  // A file that one side renamed or removed and the other edited: it stays.
  mustGit(folder, "add", "-A");
  mustGit(folder, "commit", "-qm", `merge ${branch}`);
  return true;
}
