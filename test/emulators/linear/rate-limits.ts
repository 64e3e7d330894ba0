/** Two budgets an hour for each user, requests and complexity, with Linear's headers on every answer. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";

export interface RateLimitOptions {
  readonly clock: EmulatorClock;
  readonly requestsPerHour: number;
  readonly complexityPerHour: number;
}

interface Window {
  readonly ends: number;
  requests: number;
  complexity: number;
}

const HOUR = 3_600_000;

export class RateLimits {
  readonly #options: RateLimitOptions;
  readonly #windows = new Map<string, Window>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** False: the user has none left, and the request is turned away unread. */
  take(user: string, complexity: number): boolean {
    const window = this.#window(user);
    if (window.requests + 1 > this.#options.requestsPerHour || window.complexity + complexity > this.#options.complexityPerHour) return false;
    window.requests += 1;
    window.complexity += complexity;
    return true;
  }

  /** The reset is in epoch MILLISECONDS (FACTS.md). `resetIn`: of a limit that was imposed by a fault. */
  headers(user: string, complexity: number, resetIn: number | null = null): Readonly<Record<string, string>> {
    const { requestsPerHour, complexityPerHour, clock } = this.#options;
    const window = this.#window(user);
    const reset = String(resetIn === null ? window.ends : clock.now() + resetIn);
    const remaining = (limit: number, used: number): string => String(resetIn === null ? Math.max(0, limit - used) : 0);
    return {
      "x-complexity": String(complexity),
      "x-ratelimit-requests-limit": String(requestsPerHour),
      "x-ratelimit-requests-remaining": remaining(requestsPerHour, window.requests),
      "x-ratelimit-requests-reset": reset,
      "x-ratelimit-complexity-limit": String(complexityPerHour),
      "x-ratelimit-complexity-remaining": remaining(complexityPerHour, window.complexity),
      "x-ratelimit-complexity-reset": reset,
    };
  }

  /** Milliseconds until there is something left. */
  wait(user: string): number {
    return this.#window(user).ends - this.#options.clock.now();
  }

  #window(user: string): Window {
    const now = this.#options.clock.now();
    const before = this.#windows.get(user);
    if (before && before.ends > now) return before;
    const window = { ends: now + HOUR, requests: 0, complexity: 0 };
    this.#windows.set(user, window);
    return window;
  }
}
