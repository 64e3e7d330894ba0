/** What a tracker or a code host refuses or fails at: told apart by `kind`, never by text. The contracts make their own errors of it. */

import type { HttpFailure } from "./http-failure.ts";

/** unknown-outcome: a write that may have been carried out, or may still be. unavailable: nothing was, and a later try may help. */
export type RemoteErrorKind = "auth" | "forbidden" | "not-found" | "conflict" | "invalid" | "rate-limited" | "unavailable" | "unknown-outcome";

export interface RemoteErrorOptions {
  readonly hint?: string;
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

export class RemoteError extends Error {
  readonly kind: RemoteErrorKind;
  /** What to do next, in a sentence. */
  readonly hint: string | null;
  /** Seconds to wait before trying again, where the other side says so. */
  readonly retryAfter: number | null;

  constructor(kind: RemoteErrorKind, message: string, options: RemoteErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.hint = options.hint ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** What a request without an answer means. A read that got none is unavailable, however it failed. */
export function kindOfFailure({ state, retryAfter }: HttpFailure, writes: boolean): RemoteErrorKind {
  if (retryAfter !== null) return "rate-limited";
  return writes && state === "unknown" ? "unknown-outcome" : "unavailable";
}

export function optionsOfFailure(failure: HttpFailure): RemoteErrorOptions {
  return {
    ...(failure.hint === null ? {} : { hint: failure.hint }),
    ...(failure.retryAfter === null ? {} : { retryAfter: failure.retryAfter }),
    cause: failure,
  };
}

/** What an HTTP status means where the vendor's answer says nothing more exact. */
export function kindOfStatus(status: number, writes: boolean): RemoteErrorKind {
  switch (status) {
    case 401:
    case 407:
      return "auth";
    case 403:
    case 451:
      return "forbidden";
    case 404:
    case 410:
      return "not-found";
    case 409:
    case 412:
      return "conflict";
    case 429:
      return "rate-limited";
    default:
      // A server that fails may have carried the request out; one that answers with a redirect or a page is not the one meant.
      if (status >= 400 && status < 500) return "invalid";
      return writes ? "unknown-outcome" : "unavailable";
  }
}
