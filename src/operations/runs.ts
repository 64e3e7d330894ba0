/** `canon runs`: what earlier applies did, newest first. */

import { listRuns, type RunSummary } from "../io/journal.ts";
import { stateDirOf } from "../io/state.ts";
import type { Workspace } from "./workspace.ts";

export async function readRuns(workspace: Pick<Workspace, "disk" | "root">): Promise<readonly RunSummary[]> {
  return listRuns(workspace.disk, await stateDirOf(workspace.disk, workspace.root));
}
