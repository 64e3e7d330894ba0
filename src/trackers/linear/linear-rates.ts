/** How Linear tells of its limits: an error with HTTP 400 and no time to come back, and headers whose resets are epoch milliseconds (FACTS.md). */

import * as z from "zod/mini";
import { retryAfter, type HttpAnswer, type RateRules } from "../../io/http/rate-rules.ts";

const KINDS = ["requests", "complexity"] as const;

/** Seconds, where an answer names no time at all: limits are counted per hour and flow back steadily. */
const UNTOLD = 60;

const limitError = z.object({ errors: z.array(z.object({ extensions: z.optional(z.object({ code: z.optional(z.string()) })) })) });

export const LINEAR_RATES: RateRules = {
  limited: (answer, now) => (isLimit(answer) ? (retryAfter(answer.headers, now) ?? untilReset(answer.headers, now) ?? UNTOLD) : null),
  exhausted: ({ headers }, now) => untilReset(headers, now),
  creations: [],
};

function isLimit({ status, text }: HttpAnswer): boolean {
  if (status === 429) return true;
  if (!text.includes("RATELIMITED")) return false;
  const body = z.safeParse(limitError, parsed(text));
  return body.success && body.data.errors.some(({ extensions }) => extensions?.code === "RATELIMITED");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Seconds until the limit of which nothing is left; null where something is left of each. */
function untilReset(headers: Headers, now: number): number | null {
  const waits = KINDS.flatMap((kind) => {
    const remaining = numberIn(headers, `x-ratelimit-${kind}-remaining`);
    const reset = numberIn(headers, `x-ratelimit-${kind}-reset`);
    return remaining !== null && remaining <= 0 && reset !== null ? [Math.max(1, Math.ceil((reset - now) / 1000))] : [];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}

function numberIn(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim();
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}
