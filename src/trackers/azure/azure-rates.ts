/** Azure's limits: 200 units of load in a sliding five minutes, told by Retry-After on what it turns away and on what it slows down. */

import { retryAfter, type RateRules } from "../../io/http/rate-rules.ts";

/** Seconds, where an answer names no time. */
const UNTOLD = 60;

export const AZURE_RATES: RateRules = {
  limited: ({ status, headers }, now) => (status === 429 ? (retryAfter(headers, now) ?? UNTOLD) : null),
  // An answer that was held back says how long to wait before the next request, although it was carried out.
  exhausted: ({ status, headers }, now) => (status < 300 ? retryAfter(headers, now) : null),
  creations: [],
};
