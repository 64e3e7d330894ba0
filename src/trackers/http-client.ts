/** Turns what HTTP says into the errors and outcomes of the contract: the part that the clients of all vendors have in common. */

import type { HttpFailure } from "../io/http/http-failure.ts";
import { kindOfFailure, optionsOfFailure } from "../io/http/remote-error.ts";
import { TrackerError } from "./tracker-error.ts";
import type { Outcome } from "./tracker.ts";

/** A request without an answer. */
export function errorOfFailure(failure: HttpFailure, writes: boolean): TrackerError {
  return new TrackerError(kindOfFailure(failure, writes), failure.message, optionsOfFailure(failure));
}

/** What an error says of the write that met it. */
export function outcomeOfError(error: TrackerError): Exclude<Outcome, { readonly state: "done" }> {
  switch (error.kind) {
    case "auth":
    case "forbidden":
    case "not-found":
    case "conflict":
    case "invalid":
      return { state: "refused", error };
    case "rate-limited":
    case "unavailable":
      return { state: "unsent", error };
    case "unknown-outcome":
      return { state: "unknown", error };
  }
}

/** Runs a request that writes; what goes wrong with it is its outcome. Ours (anything but a TrackerError) goes on. */
export async function outcomesOf(elements: number, send: () => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    const outcome = outcomeOfError(error);
    return Array.from({ length: elements }, () => outcome);
  }
}
