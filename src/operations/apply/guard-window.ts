/** How many guards are read together before a batch of writes. */

import type { Capabilities } from "../../trackers/tracker.ts";

/** The fewest tickets whose guards are read together: where a tracker takes updates a few at a time, reading as few would double the requests. */
const SMALLEST_WINDOW = 50;

/** How many tickets' guards are read at once, right before they are written. */
export function guardWindow({ read, update }: Capabilities["batch"]): number {
  return Math.min(Math.max(update, SMALLEST_WINDOW), read);
}
