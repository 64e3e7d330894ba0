/** `canon runs`: what earlier applies did, newest first. */

import { listRuns, type RunSummary } from "../io/journal.ts";
import { lockHolder } from "../io/lock.ts";
import { stateDirOf } from "../io/state.ts";
import type { Workspace } from "./workspace.ts";

export interface PastRun extends RunSummary {
  /** It has no end yet because it is still at work. */
  readonly running: boolean;
}

export async function readRuns({ disk, root }: Pick<Workspace, "disk" | "root">): Promise<readonly PastRun[]> {
  const stateDir = await stateDirOf(disk, root);
  const runs = await listRuns(disk, stateDir);
  const open = runs.find(({ start, end }) => start !== null && end === null);
  const isLocked = open !== undefined && (await lockHolder(disk, stateDir)) !== null;
  return runs.map((run) => ({ ...run, running: isLocked && run === open }));
}
