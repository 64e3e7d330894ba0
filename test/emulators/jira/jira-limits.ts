/** Jira's rate limits: bursts by endpoint, and writes to one ticket. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { WireAnswer } from "../kit/wire.ts";
import type { JiraRates } from "./jira-options.ts";

export interface JiraLimits {
  /** Counts a request; the refusal when it is one too many. `ticket`: the one it writes. */
  count(endpoint: string, method: string, ticket: string | null): WireAnswer | null;
  /** What every answer tells of the endpoint that was counted last. */
  headers(): Readonly<Record<string, string>>;
}

const SECOND = 1_000;
const TICKET_WINDOW = 2_000;

export function jiraLimits(rates: JiraRates | null, clock: EmulatorClock): JiraLimits {
  const windows = new Map<string, { start: number; used: number }>();
  let told: Readonly<Record<string, string>> = {};

  const take = (name: string, limit: number, length: number): { readonly left: number; readonly wait: number } => {
    const now = clock.now();
    const known = windows.get(name);
    const window = known && now - known.start < length ? known : { start: now, used: 0 };
    windows.set(name, window);
    if (window.used >= limit) return { left: -1, wait: window.start + length - now };
    window.used += 1;
    return { left: limit - window.used, wait: 0 };
  };

  return {
    headers: () => told,
    count: (endpoint, method, ticket) => {
      if (rates === null) return null;
      const limit = method === "PUT" || method === "DELETE" ? rates.putsAndDeletes : rates.readsAndPosts;
      const burst = take(`${method} ${endpoint}`, limit, SECOND);
      told = {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, burst.left)),
        ...(burst.left * 5 < limit ? { "x-ratelimit-nearlimit": "true" } : {}),
      };
      if (burst.left < 0) return tooMany(burst.wait, "jira-burst-based");
      if (ticket === null || method === "GET") return null;
      const writes = take(`ticket ${ticket}`, rates.perTicket, TICKET_WINDOW);
      return writes.left < 0 ? tooMany(writes.wait, "jira-per-issue-on-write") : null;
    },
  };
}

/** Seconds are whole: a wait is rounded up. */
export function tooMany(ms: number, reason: string): WireAnswer {
  return {
    status: 429,
    headers: { "retry-after": String(Math.max(1, Math.ceil(ms / 1_000))), "ratelimit-reason": reason, "x-ratelimit-remaining": "0" },
    body: { errorMessages: ["Rate limit exceeded."], errors: {} },
  };
}
