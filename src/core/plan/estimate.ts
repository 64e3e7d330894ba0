/** How many requests and seconds an apply is expected to take: told before, never part of the digest. */

import type { Change } from "../model/plan.ts";

export interface RequestShape {
  /** Largest batches. */
  readonly batch: { readonly read: number; readonly create: number; readonly update: number };
  /** What the tracker made of a create is written into its base afterwards. */
  readonly baseAlone: boolean;
  /** It answers from this machine, in no time. */
  readonly embedded: boolean;
  /** null: no such limit. */
  readonly creationsPerHour: number | null;
  /** Requests that reading took. */
  readonly reads: number;
}

/** Seconds a remote request usually takes; an assumption, shown as "~". */
const SECONDS_PER_REQUEST = 0.3;

function isBaseOnly({ action }: Change, moves: boolean): boolean {
  return action === "forget" || (action === "close" && !moves);
}

/** Creates go level by level, because a child needs the key of its parent. */
export function estimateOf(
  changes: readonly Change[],
  { batch, baseAlone, embedded, creationsPerHour, reads }: RequestShape,
): { readonly requests: number; readonly seconds: number } {
  const levels = new Map<string, number>();
  const perLevel: number[] = [];
  let guards = 0;
  let updates = 0;
  let transitions = 0;
  for (const change of changes) {
    if (change.action === "create") {
      const level = 1 + Math.max(-1, ...change.after.map((address) => levels.get(address) ?? -1));
      levels.set(change.address, level);
      perLevel[level] = (perLevel[level] ?? 0) + 1;
      continue;
    }
    if (change.action !== "marker") guards += 1;
    const moves = change.fields.some(({ field }) => field === "status");
    if (moves) transitions += 1;
    if (change.fields.length > (moves ? 1 : 0) || change.action === "move" || isBaseOnly(change, moves)) updates += 1;
  }
  const creates = perLevel.reduce((sum, count) => sum + Math.ceil(count / batch.create), 0);
  const watermark = creates > 0 ? 1 : 0;
  const requests =
    reads +
    watermark +
    creates * (baseAlone ? 2 : 1) +
    Math.ceil(guards / batch.read) +
    Math.ceil(updates / batch.update) +
    Math.ceil(transitions / batch.update);
  const created = perLevel.reduce((sum, count) => sum + count, 0);
  // The last of them go at once when their hour begins.
  const waited = creationsPerHour === null ? 0 : Math.max(0, Math.ceil(created / creationsPerHour) - 1) * 3_600;
  return { requests, seconds: embedded ? 0 : Math.ceil(requests * SECONDS_PER_REQUEST) + waited };
}
