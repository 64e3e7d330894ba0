/** `canon plan`: compares what the specs want with what the trackers hold, and writes nothing. */

import type { Plan } from "../core/model/plan.ts";
import { annotatePlan, annotateWays } from "../core/plan/annotate-plan.ts";
import type { Steps } from "../core/plan/status-way.ts";
import { gather, type GatherOptions, type Gathered } from "./gather.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import type { FieldEdit, Tracker } from "../trackers/tracker.ts";
import type { Workspace } from "./workspace.ts";

export async function planTickets(workspace: Workspace, options: GatherOptions): Promise<Plan> {
  const gathered = await gather(workspace, options);
  try {
    return await withHistory(gathered);
  } finally {
    await gathered.close();
  }
}

/** Who edited what people must know of, and when; outside the digest, and asked for only where there is something to tell. */
export async function withHistory(gathered: Gathered): Promise<Plan> {
  const { plan } = gathered.made;
  const shown = [...plan.observed, ...plan.conflicts, ...plan.changes.filter(({ pulled }) => pulled.length > 0)];
  const edits = await Promise.all(
    [...gathered.targets].map(async ([name, { tracker }]) => {
      const keys = [...new Set(shown.flatMap(({ target, key }) => (target === name && key !== null ? [key] : [])))];
      const known = keys.length > 0 && tracker.capabilities.history ? await historyOf(tracker, keys) : [];
      return known.map((edit) => ({ ...edit, target: name }));
    }),
  );
  return annotateWays(annotatePlan(plan, edits.flat()), (name, type) => stepsOf(gathered, name, type));
}

function stepsOf({ targets }: Gathered, name: string, type: string | null): Steps | null {
  const target = targets.get(name);
  if (!target || target.config.transitions !== "walk") return null;
  return target.project.steps?.[type ?? ""] ?? target.project.steps?.[""] ?? null;
}

/** Names and times are a kindness: a plan is as good without them. */
async function historyOf(tracker: Tracker, keys: readonly string[]): Promise<readonly FieldEdit[]> {
  try {
    return await tracker.history(keys, null);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return [];
  }
}
