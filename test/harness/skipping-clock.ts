/** A clock on which waiting takes no time: it jumps, the date and the monotonic time together. */

import { systemClock, type Clock } from "../../src/io/clock.ts";

export interface SkippingClock extends Clock {
  /** Milliseconds that were waited so far. */
  waited(): number;
}

export function skippingClock(): SkippingClock {
  let skipped = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + skipped),
    monotonic: () => systemClock.monotonic() + skipped,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      skipped += milliseconds;
    },
    waited: () => skipped,
  };
}
