/** Finds the run that a person means: by the beginning of its id, or as the newest that created something. */

import { listRuns } from "../io/journal.ts";
import { stateDirOf } from "../io/state.ts";
import type { Workspace } from "./workspace.ts";

/** Ids that begin with what was typed; one that is it whole stands alone. */
export async function findRun({ disk, root }: Pick<Workspace, "disk" | "root">, typed: string): Promise<readonly string[]> {
  const runs = (await listRuns(disk, await stateDirOf(disk, root))).map(({ run }) => run);
  const wanted = typed.toLowerCase();
  return runs.includes(wanted) ? [wanted] : runs.filter((run) => run.startsWith(wanted));
}

/** null: no run has created anything. */
export async function newestCreatingRun({ disk, root }: Pick<Workspace, "disk" | "root">): Promise<string | null> {
  const runs = await listRuns(disk, await stateDirOf(disk, root));
  return runs.find(({ created }) => created > 0)?.run ?? null;
}
