/** Failures that have words already, as diagnostics: Canon's own files, what a tracker said, what the system refused. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { LeaseError } from "../io/lease-error.ts";
import { StateError } from "../io/state-error.ts";
import { isFull, refusalSentence } from "../io/system-refusal.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import { ForgeError } from "../forges/forge-error.ts";
import { AddressError } from "./check-addresses.ts";

/** null: nobody expected this. */
export function failureDiagnostic(error: unknown): Diagnostic | null {
  if (error instanceof StateError || error instanceof LeaseError || error instanceof AddressError) return error.diagnostic;
  if (error instanceof ForgeError) return forgeDiagnostic(error);
  if (!(error instanceof TrackerError)) return refusalDiagnostic(error);
  return {
    code: isRefusal(error.kind) ? "tracker-refused" : "tracker-unreachable",
    severity: "error",
    message: error.message,
    ...(error.hint === null ? {} : { hint: error.hint }),
  };
}

function forgeDiagnostic({ kind, message, hint }: ForgeError): Diagnostic {
  return { code: isRefusal(kind) ? "forge-refused" : "forge-unreachable", severity: "error", message, ...(hint === null ? {} : { hint }) };
}

function refusalDiagnostic(error: unknown): Diagnostic | null {
  const message = refusalSentence(error);
  return message === null ? null : { code: isFull(error) ? "disk-full" : "file-refused", severity: "error", message };
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
