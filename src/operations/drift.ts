/** `canon drift`: a plan that is only looked at, with the titles of all specs. */

import type { Plan } from "../core/model/plan.ts";
import { gather, type GatherOptions } from "./gather.ts";
import { withHistory } from "./plan.ts";
import type { Workspace } from "./workspace.ts";

export async function findDrift(workspace: Workspace, options: GatherOptions): Promise<Plan> {
  const gathered = await gather(workspace, options);
  try {
    const plan = await withHistory(gathered);
    return { ...plan, titles: Object.fromEntries([...gathered.docs.values()].map(({ path, sections }) => [path, sections[0]?.title ?? path])) };
  } finally {
    await gathered.close();
  }
}
