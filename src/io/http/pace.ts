/** Says how long to hold a request back: by what the vendor's answers told, and by how many tickets were created lately. */

import type { HttpAnswer, RateRules } from "./rate-rules.ts";

export interface Pace {
  /** Seconds until this may be sent; 0: now. */
  wait(creations: number): number;
  sent(creations: number): void;
  /** Seconds to wait if the answer turned its request away; null where it did not. */
  learn(answer: HttpAnswer): number | null;
}

/** `now` in milliseconds since 1970: vendors tell of resets by the date. */
export function pace(rules: RateRules, now: () => number): Pace {
  let closedUntil = 0;
  let created: { readonly at: number; readonly count: number }[] = [];
  const longest = Math.max(0, ...rules.creations.map(({ within }) => within));

  const waitForRoom = (creations: number, at: number): number => {
    let wait = 0;
    for (const { within, most } of rules.creations) {
      const recent = created.filter((one) => one.at > at - within);
      let over = recent.reduce((sum, { count }) => sum + count, 0) + Math.min(creations, most) - most;
      for (const one of recent) {
        if (over <= 0) break;
        over -= one.count;
        wait = Math.max(wait, one.at + within - at);
      }
    }
    return wait;
  };

  return {
    wait: (creations) => {
      const at = now();
      const closed = Math.max(0, closedUntil - at);
      return Math.ceil(Math.max(closed, creations > 0 ? waitForRoom(creations, at) : 0) / 1000);
    },
    sent: (creations) => {
      if (creations === 0 || longest === 0) return;
      const at = now();
      created = [...created.filter((one) => one.at > at - longest), { at, count: creations }];
    },
    learn: (answer) => {
      const at = now();
      const limited = rules.limited(answer, at);
      const exhausted = rules.exhausted(answer, at);
      const seconds = Math.max(limited ?? 0, exhausted ?? 0);
      if (seconds > 0) closedUntil = Math.max(closedUntil, at + seconds * 1000);
      return limited;
    },
  };
}
