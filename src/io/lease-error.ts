/** Why a lease could not be had, or is gone: thrown, because nothing may be sent without it, and told like any diagnostic. */

import type { DiagnosticCode } from "../core/codes.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { LeaseHolder } from "../core/plan/lease.ts";

export type LeaseErrorCode = Extract<DiagnosticCode, "locked" | `lease-${string}`>;

export class LeaseError extends Error {
  readonly code: LeaseErrorCode;
  readonly diagnostic: Diagnostic;
  /** Who has it; null where nobody does, or nobody knows. */
  readonly holder: LeaseHolder | null;

  constructor(code: LeaseErrorCode, message: string, hint: string, holder: LeaseHolder | null = null) {
    super(message);
    this.name = "LeaseError";
    this.code = code;
    this.diagnostic = { code, severity: "error", message, hint };
    this.holder = holder;
  }
}
