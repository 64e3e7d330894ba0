/** A clock that only the simulation moves: waiting takes no time, and the same steps happen at the same times. */

import type { Clock } from "../../src/io/clock.ts";

export interface SimClock extends Clock {
  advance(milliseconds: number): void;
}

export function simClock(): SimClock {
  let passed = 0;
  return {
    now: () => new Date(Date.UTC(2026, 0, 5, 9) + passed),
    monotonic: () => passed,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      passed += milliseconds;
    },
    advance: (milliseconds) => {
      passed += milliseconds;
    },
  };
}
