/** Time as a value that is passed in: what the date is, how long something took, and waiting. */

import { setTimeout as delay } from "node:timers/promises";

export interface Clock {
  /** The date, for people and records. It may jump; never measure with it. */
  now(): Date;
  /** Milliseconds that only rise: the one to wait and measure by. */
  monotonic(): number;
  /** Rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  },
};

/** CANON_NOW=2026-01-31T09:00:00Z lets the date stand still, so that what the documents show can be made again. */
export function clockOf(env: Readonly<Record<string, string | undefined>>): Clock {
  const fixed = new Date(env["CANON_NOW"] ?? "");
  return Number.isNaN(fixed.getTime()) ? systemClock : { ...systemClock, now: () => fixed };
}
