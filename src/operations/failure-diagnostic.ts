/** Failures that have words already, as diagnostics: what is wrong with Canon's own files, and what a tracker said. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { StateError } from "../io/state-error.ts";
import { TrackerError } from "../trackers/tracker-error.ts";

/** null: nobody expected this. */
export function failureDiagnostic(error: unknown): Diagnostic | null {
  if (error instanceof StateError) return error.diagnostic;
  if (!(error instanceof TrackerError)) return null;
  return {
    code: isRefusal(error.kind) ? "tracker-refused" : "tracker-unreachable",
    severity: "error",
    message: error.message,
    ...(error.hint === null ? {} : { hint: error.hint }),
  };
}

function isRefusal(kind: TrackerError["kind"]): boolean {
  switch (kind) {
    case "not-found":
    case "conflict":
    case "invalid":
    case "forbidden":
      return true;
    case "auth":
    case "rate-limited":
    case "unavailable":
    case "unknown-outcome":
      return false;
  }
}
