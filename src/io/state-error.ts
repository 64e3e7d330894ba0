/** What is wrong with Canon's own files in `.canon/state`: thrown, because nothing may go on without them, and told like any diagnostic. */

import type { DiagnosticCode } from "../core/codes.ts";
import type { Diagnostic, Place } from "../core/model/diagnostic.ts";

export class StateError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: DiagnosticCode, message: string, place: Place, hint: string, cause?: unknown) {
    super(`${place.path}${place.line === undefined ? "" : `:${place.line}`}: ${message}`, cause === undefined ? {} : { cause });
    this.name = "StateError";
    this.diagnostic = { code, severity: "error", message, place, hint };
  }
}
