/** Sends one batch; an adapter that throws instead of answering per element makes every element's outcome unknown. */

import type { Outcome } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";

export async function attempt(size: number, send: () => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    const state = outcomeOf(error);
    return Array.from({ length: size }, () => ({ state, error }));
  }
}

function outcomeOf({ kind }: TrackerError): "refused" | "unsent" | "unknown" {
  switch (kind) {
    case "auth":
    case "forbidden":
    case "not-found":
    case "conflict":
    case "invalid":
      return "refused";
    case "rate-limited":
      return "unsent";
    case "unavailable":
    case "unknown-outcome":
      return "unknown";
  }
}
