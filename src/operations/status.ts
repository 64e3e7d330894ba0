/** `canon status`: reads specs and trackers and counts; writes nothing. */

import type { StatusReport } from "../core/model/status-report.ts";
import { statusReport } from "../core/plan/status-report.ts";
import { gather, type GatherOptions } from "./gather.ts";
import { withHistory } from "./plan.ts";
import type { Workspace } from "./workspace.ts";

export async function specStatus(workspace: Workspace, options: GatherOptions): Promise<StatusReport> {
  const gathered = await gather(workspace, options);
  try {
    return statusReport(await withHistory(gathered), gathered.made.items, gathered.input);
  } finally {
    await gathered.close();
  }
}
