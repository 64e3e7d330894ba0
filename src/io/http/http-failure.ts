/** A request that got no answer: what is known of it, and what a person can do about it. */

/**
 * unsent: it never reached the tracker, or was held back: sending it again is safe.
 * unknown: it may have been carried out, or may still be.
 */
export type HttpFailureState = "unsent" | "unknown";

export class HttpFailure extends Error {
  readonly state: HttpFailureState;
  readonly hint: string | null;
  /** Seconds until sending it makes sense; null where nobody knows. */
  readonly retryAfter: number | null;

  constructor(state: HttpFailureState, message: string, options: { hint?: string; retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "HttpFailure";
    this.state = state;
    this.hint = options.hint ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}
