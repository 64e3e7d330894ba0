/** Moves references, whoever does it: what follows for pull requests and workflows follows here. */

import type { Account, Repo } from "../state/github-state.ts";
import type { World } from "../state/github-world.ts";
import { syncPulls } from "./write-pulls.ts";

export interface RefMove {
  readonly ref: string;
  readonly to: string | null;
  /** Absent: whatever stands there. */
  readonly expected?: string | null;
}

/** `quiet`: by the token of GitHub Actions, whose pushes start no workflows (FACTS.md, GitHub). False: it stood elsewhere. */
export function moveRef(world: World, repo: Repo, actor: Account, { ref, to, expected }: RefMove, quiet: boolean): boolean {
  if (!world.code.git(repo).setRef(ref, to, expected)) return false;
  if (to !== null && !quiet && ref.startsWith("refs/heads/")) world.code.workflows.push({ repo, event: "push", commit: to, actor });
  syncPulls(world, actor, quiet);
  return true;
}
