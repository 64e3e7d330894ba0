/** How GitHub tells of its limits: headers for the hourly ones, refusals for the secondary ones, nothing for creations (FACTS.md, "Rate"). */

import { retryAfter, type HttpAnswer, type RateRules } from "../http/rate-rules.ts";

/** A secondary limit without a time is waited out this long, as GitHub's documents ask. */
const SECONDARY = 60;

export const GITHUB_RATES: RateRules = {
  limited: (answer, now) => {
    if (!isLimited(answer)) return null;
    return retryAfter(answer.headers, now) ?? untilReset(answer, now) ?? SECONDARY;
  },
  exhausted: (answer, now) => untilReset(answer, now),
  creations: [
    { within: 60_000, most: 80 },
    { within: 3_600_000, most: 500 },
  ],
};

function isLimited(answer: HttpAnswer): boolean {
  const { status, headers, text } = answer;
  if (status === 429) return true;
  if (status === 403) return headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after") || /secondary rate limit/i.test(text);
  // GraphQL says it with HTTP 200.
  return status === 200 && /"type"\s*:\s*"RATE_LIMITED"/.test(text) && /"errors"/.test(text) && headers.get("x-ratelimit-remaining") === "0";
}

/** Seconds until the hourly limit begins anew; null where some of it is left. Searches have a limit of their own, which stops nothing else. */
function untilReset({ headers }: HttpAnswer, now: number): number | null {
  if (headers.get("x-ratelimit-remaining") !== "0" || headers.get("x-ratelimit-resource") === "search") return null;
  const reset = Number(headers.get("x-ratelimit-reset"));
  return reset > 0 ? Math.max(1, Math.ceil(reset - now / 1000)) : null;
}
