/** The load of an account in the vendor's unit over a sliding five minutes: told on every answer, delayed first, then turned away. */

import type { EmulatorClock } from "../../kit/emulator-clock.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import type { AzureRate } from "../azure-options.ts";
import { AzureRefusal, refusalAnswer } from "./azure-refusal.ts";

const WINDOW = 300_000;

export interface RateLimit {
  /** Counts it; an answer where it is turned away, else the milliseconds by which it is held back. */
  take(cost: number): WireAnswer | number;
  headers(cost: number, delay: number): Readonly<Record<string, string>>;
  /** Turned away, for so long. */
  blocked(ms: number): WireAnswer;
}

export function rateLimit(clock: EmulatorClock, rate: AzureRate): RateLimit {
  const spent: { readonly at: number; readonly cost: number }[] = [];
  let total = 0;

  const used = (): number => {
    const since = clock.now() - WINDOW;
    const gone = spent.findIndex(({ at }) => at > since);
    const old = gone === -1 ? spent.splice(0) : spent.splice(0, gone);
    for (const { cost } of old) total -= cost;
    return Math.max(0, total);
  };

  const standing = (): Record<string, string> => {
    const load = used();
    return {
      "x-ratelimit-limit": String(rate.limit),
      "x-ratelimit-remaining": String(Math.max(0, Math.floor(rate.limit - load))),
      // When all would be forgotten if nothing more came: seconds since 1970.
      "x-ratelimit-reset": String(Math.ceil(((spent.at(-1)?.at ?? clock.now()) + WINDOW) / 1_000)),
    };
  };

  const blocked = (ms: number): WireAnswer => {
    const message = "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'TSTU' in namespace 'User'.";
    const headers = { "retry-after": seconds(ms), "x-ratelimit-resource": "Global/TSTU/User", ...standing(), "x-ratelimit-remaining": "0" };
    return { ...refusalAnswer(new AzureRefusal(429, "RequestBlockedException", message)), headers };
  };

  return {
    take: (cost) => {
      const load = used();
      if (load + cost > rate.blockAt) return blocked(WINDOW - (clock.now() - (spent[0]?.at ?? clock.now())));
      spent.push({ at: clock.now(), cost });
      total += cost;
      return load + cost > rate.limit ? rate.delay : 0;
    },
    headers: (cost, delay) => ({
      ...standing(),
      "x-ratelimit-cost": cost.toFixed(4),
      ...(delay > 0
        ? { "retry-after": seconds(Math.max(delay, 1_000)), "x-ratelimit-delay": (delay / 1_000).toFixed(3), "x-ratelimit-resource": "Global/TSTU/User" }
        : {}),
    }),
    blocked,
  };
}

function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1_000)));
}
