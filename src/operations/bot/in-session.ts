/** Plans and writes in one turn of the workspace, as `canon apply` does, with nobody to ask. */

import type { Selection } from "../../core/model/plan.ts";
import { startApply, type ApplySession } from "../apply.ts";
import type { Workspace } from "../workspace.ts";

/** null: another run holds the lock. */
export async function inSession<T>(
  workspace: Workspace,
  selection: Selection,
  signal: AbortSignal,
  work: (session: ApplySession) => Promise<T>,
): Promise<T | null> {
  const started = await startApply(workspace, { selection, anyBranch: false, command: "canon bot apply", onEvent: () => undefined, signal });
  if (!started.ok) return null;
  try {
    return await work(started.session);
  } finally {
    await started.session.end();
  }
}
