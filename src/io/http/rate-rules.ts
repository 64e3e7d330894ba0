/** How one vendor tells of its limits: read from its answers, so that Canon waits as long as it is told and no longer. */

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RateRules {
  /** Seconds to wait when this answer turned the request away unread; null where it did not. `now` in milliseconds since 1970. */
  limited(answer: HttpAnswer, now: number): number | null;
  /** Seconds until requests are taken again, where this answer says that none are left; null where some are. */
  exhausted(answer: HttpAnswer, now: number): number | null;
  /** What the vendor allows and does not count in its headers: so many tickets created within so many milliseconds. */
  readonly creations: readonly { readonly within: number; readonly most: number }[];
}

/** `Retry-After` in seconds, given as a number or as a date; null where there is none that can be read. */
export function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return null;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

/** 429, and 503 with a time to come back: turned away unread. Vendors with other forms have rules of their own. */
export const PLAIN_RATES: RateRules = {
  limited: ({ status, headers }, now) => (status === 429 ? (retryAfter(headers, now) ?? 60) : null),
  exhausted: () => null,
  creations: [],
};
