/** What the remote says: its default branch and tip, by one ls-remote, and how HEAD lies to it. */

import type { RemoteState } from "../core/plan/branch-rule.ts";
import { asCommit, rememberedDefault, type GitFiles } from "./git-files.ts";
import { reasonOf } from "./git-swap.ts";
import { textOf, type Git } from "./run-git.ts";

export async function askRemote(git: Git, files: GitFiles, timeout = 20_000): Promise<RemoteState> {
  if (files.remote === null) return { state: "none" };
  const remote = files.remote.name;
  const answer = await git(["ls-remote", "--symref", "--end-of-options", remote, "HEAD"], { timeout });
  if (answer.code !== 0) return { state: "unreachable", remote, why: reasonOf(answer) };
  const text = textOf(answer);
  const tip = asCommit(/^([0-9a-f]+)\tHEAD$/m.exec(text)?.[1] ?? "");
  if (tip === null) return { state: "empty", remote };
  // A server may hide where its HEAD points: then what the clone noted when it was made.
  const branch = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(text)?.[1] ?? (await rememberedDefault(files));
  return { state: "known", remote, branch, tip, ...(await compareWithTip(git, files.head, tip)) };
}

/** How many commits each side has alone. git fails where the tip is not in this clone: then HEAD does not contain it. */
async function compareWithTip(git: Git, head: string | null, tip: string): Promise<{ contained: boolean; merged: boolean }> {
  if (head === tip) return { contained: true, merged: true };
  if (head === null) return { contained: false, merged: false };
  const answer = await git(["rev-list", "--left-right", "--count", "--end-of-options", `${tip}...${head}`]);
  const [missing, ahead] = textOf(answer).trim().split("\t");
  return { contained: missing === "0", merged: ahead === "0" };
}
