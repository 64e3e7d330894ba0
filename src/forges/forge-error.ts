/** What can go wrong between Canon and a code host; made only in `*-client.ts` and `forge-names.ts`, told apart by `kind`, never by text. */

export const FORGE_ERROR_KINDS = ["auth", "forbidden", "not-found", "conflict", "invalid", "rate-limited", "unavailable", "unknown-outcome"] as const;

export type ForgeErrorKind = (typeof FORGE_ERROR_KINDS)[number];

export class ForgeError extends Error {
  readonly kind: ForgeErrorKind;
  /** What to do next, in a sentence. */
  readonly hint: string | null;
  /** Seconds to wait before trying again, where the host says so. */
  readonly retryAfter: number | null;

  constructor(kind: ForgeErrorKind, message: string, options: { hint?: string; retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "ForgeError";
    this.kind = kind;
    this.hint = options.hint ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}
