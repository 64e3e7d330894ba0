/** GitHub's rate limits: points per hour with headers on every answer, and the secondary limits that come without any warning. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { WireAnswer } from "../kit/wire.ts";

export interface GithubLimits {
  /** Requests an hour by REST; points an hour by GraphQL; searches a minute. */
  readonly core: number;
  readonly graphql: number;
  readonly search: number;
  /** Secondary, within a minute: 1 point for a read, 5 for a write. */
  readonly restPoints: number;
  readonly graphqlPoints: number;
  /** Secondary: issues and comments created, whichever way. */
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  /** Secondary: requests under way at once. */
  readonly concurrent: number;
}

/** FACTS.md, GitHub, "Rate" [D]; the search limit is the documented one of REST. */
export const GITHUB_LIMITS: GithubLimits = {
  core: 5_000,
  graphql: 5_000,
  search: 30,
  restPoints: 900,
  graphqlPoints: 2_000,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
};

export type Resource = "core" | "graphql" | "search";

export interface Charge {
  readonly account: string;
  readonly resource: Resource;
  /** Of the hourly limit. */
  readonly cost: number;
  /** Of the secondary limit within a minute. */
  readonly points: number;
}

export interface LimitState {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Epoch seconds. */
  readonly reset: number;
}

export type Exceeded = { readonly kind: "primary"; readonly reset: number } | { readonly kind: "secondary"; readonly seconds: number };

export interface LimitMeter {
  /** Requests that may be under way at once. */
  readonly concurrent: number;
  /** Null: go on. The request counts only then. */
  admit(charge: Charge): Exceeded | null;
  /** A 304 costs nothing of the hourly limit. */
  refund(charge: Charge): void;
  /** Null: created; otherwise how many seconds the limit lasts. */
  create(account: string): number | null;
  /** Whether anything may be created now. */
  createWait(account: string): number | null;
  state(account: string, resource: Resource): LimitState;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

interface Window {
  start: number;
  used: number;
}

export function limitMeter(clock: EmulatorClock, limits: GithubLimits): LimitMeter {
  const windows = new Map<string, Window>();
  const logs = new Map<string, { at: number; points: number }[]>();
  const lengthOf = (resource: Resource): number => (resource === "search" ? MINUTE : HOUR);

  const windowOf = (account: string, resource: Resource): Window => {
    const key = `${account} ${resource}`;
    const known = windows.get(key);
    if (known && clock.now() < known.start + lengthOf(resource)) return known;
    const fresh = { start: clock.now(), used: 0 };
    windows.set(key, fresh);
    return fresh;
  };

  const state = (account: string, resource: Resource): LimitState => {
    const { start, used } = windowOf(account, resource);
    const limit = limits[resource];
    return { limit, used: Math.min(used, limit), remaining: Math.max(0, limit - used), reset: Math.ceil((start + lengthOf(resource)) / 1_000) };
  };

  /** How long until `points` more fit below the limit; null: they fit. */
  const wait = (key: string, points: number, limit: number, length: number): number | null => {
    const log = (logs.get(key) ?? []).filter(({ at }) => at > clock.now() - HOUR);
    logs.set(key, log);
    const inside = log.filter(({ at }) => at > clock.now() - length);
    let over = inside.reduce((sum, one) => sum + one.points, points) - limit;
    if (over <= 0) return null;
    for (const one of inside) {
      over -= one.points;
      if (over <= 0) return Math.max(1, Math.ceil((one.at + length - clock.now()) / 1_000));
    }
    return Math.ceil(length / 1_000);
  };

  const add = (key: string, points: number): void => {
    const log = logs.get(key) ?? [];
    log.push({ at: clock.now(), points });
    logs.set(key, log);
  };

  const createWait = (account: string): number | null => {
    const key = `${account} content`;
    const waits = [wait(key, 1, limits.contentPerMinute, MINUTE), wait(key, 1, limits.contentPerHour, HOUR)].filter((one) => one !== null);
    return waits.length === 0 ? null : Math.max(...waits);
  };

  return {
    concurrent: limits.concurrent,
    state,
    createWait,
    admit: ({ account, resource, cost, points }) => {
      const window = windowOf(account, resource);
      if (window.used + cost > limits[resource]) return { kind: "primary", reset: state(account, resource).reset };
      const key = `${account} ${resource === "graphql" ? "graphql" : "rest"}`;
      const seconds = wait(key, points, resource === "graphql" ? limits.graphqlPoints : limits.restPoints, MINUTE);
      if (seconds !== null) return { kind: "secondary", seconds };
      window.used += cost;
      add(key, points);
      return null;
    },
    refund: ({ account, resource, cost }) => {
      windowOf(account, resource).used -= cost;
    },
    create: (account) => {
      const seconds = createWait(account);
      if (seconds === null) add(`${account} content`, 1);
      return seconds;
    },
  };
}

export function limitHeaders(state: LimitState, resource: Resource): Readonly<Record<string, string>> {
  return {
    "x-ratelimit-limit": String(state.limit),
    "x-ratelimit-remaining": String(state.remaining),
    "x-ratelimit-used": String(state.used),
    "x-ratelimit-reset": String(state.reset),
    "x-ratelimit-resource": resource,
  };
}

/** The form of a secondary limit: GitHub answers 403 or 429, with Retry-After. */
export function secondaryAnswer(seconds: number, status: 403 | 429): WireAnswer {
  return {
    status,
    headers: { "retry-after": String(seconds) },
    body: {
      message:
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. For more on scraping GitHub and how it may affect your rights, please review our Terms of Service (https://docs.github.com/en/site-policy/github-terms/github-terms-of-service). If you reach out to GitHub Support for help, please include the request ID 0000:000000:000000:000000:00000000.",
      documentation_url: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
      status: String(status),
    },
  };
}
