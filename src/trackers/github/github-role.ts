/** What the account may do in the repository: of those who may not push, GitHub drops labels and types without a word (FACTS.md). */

import { refusal } from "./github-client.ts";
import type { GithubRepository } from "./github-project.ts";
import type { TrackerError } from "../tracker-error.ts";

export function mayPush(role: string): boolean {
  return ["admin", "maintain", "write"].includes(role);
}

/** Why nothing is created there: without its label Canon would not find the issue again, and its tags would look as if people took them away. */
export function dropsLabels({ role, nameWithOwner }: GithubRepository): TrackerError | null {
  if (role === null || mayPush(role)) return null;
  return refusal(
    "forbidden",
    `This account has the role ${role} in ${nameWithOwner}, and GitHub drops labels of those who may not push.`,
    "Give it the role write, then run the command again.",
  );
}
