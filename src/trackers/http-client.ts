/** Turns what HTTP says into the errors and outcomes of the contract: the part that the clients of all vendors have in common. */

import type { HttpFailure } from "../io/http/http-failure.ts";
import { TrackerError, type TrackerErrorKind } from "./tracker-error.ts";
import type { Outcome } from "./tracker.ts";

/** A request without an answer. A read that got none is unavailable, however it failed. */
export function errorOfFailure(failure: HttpFailure, writes: boolean): TrackerError {
  const options = {
    ...(failure.hint === null ? {} : { hint: failure.hint }),
    ...(failure.retryAfter === null ? {} : { retryAfter: failure.retryAfter }),
    cause: failure,
  };
  if (failure.retryAfter !== null) return new TrackerError("rate-limited", failure.message, options);
  return new TrackerError(writes && failure.state === "unknown" ? "unknown-outcome" : "unavailable", failure.message, options);
}

/** What an HTTP status means where the vendor's answer says nothing more exact. */
export function kindOfStatus(status: number, writes: boolean): TrackerErrorKind {
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
      // A server that fails may have carried the request out; one that answers with a redirect or a page is not the tracker.
      if (status >= 400 && status < 500) return "invalid";
      return writes ? "unknown-outcome" : "unavailable";
  }
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
