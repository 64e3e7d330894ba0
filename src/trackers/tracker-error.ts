/** What can go wrong between Canon and a tracker; made only in `*-client.ts`, told apart by `kind`, never by text. */

export const TRACKER_ERROR_KINDS = ["auth", "forbidden", "not-found", "conflict", "invalid", "rate-limited", "unavailable", "unknown-outcome"] as const;

export type TrackerErrorKind = (typeof TRACKER_ERROR_KINDS)[number];

export class TrackerError extends Error {
  readonly kind: TrackerErrorKind;
  /** What to do next, in a sentence. */
  readonly hint: string | null;
  /** Seconds to wait before trying again, where the tracker says so. */
  readonly retryAfter: number | null;

  constructor(kind: TrackerErrorKind, message: string, options: { hint?: string; retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "TrackerError";
    this.kind = kind;
    this.hint = options.hint ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}
