/** Sends elements in batches; an adapter that throws instead of answering per element makes every element of its batch unknown, or what the error says. */

import type { Outcome } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";

/** One outcome per element, in order; none where the tracker answered for fewer. Each batch is a call of its own, so a lease is looked at before each. */
export async function attempt<T>(
  elements: readonly T[],
  size: number,
  send: (batch: readonly T[]) => Promise<readonly Outcome[]>,
): Promise<readonly (Outcome | undefined)[]> {
  const outcomes: (Outcome | undefined)[] = [];
  for (let start = 0; start < elements.length; start += size) {
    const batch = elements.slice(start, start + size);
    const answers = await sendBatch(batch, send);
    outcomes.push(...batch.map((_, index) => answers[index]));
  }
  return outcomes;
}

async function sendBatch<T>(batch: readonly T[], send: (batch: readonly T[]) => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  try {
    return await send(batch);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    const state = outcomeOf(error);
    return batch.map(() => ({ state, error }));
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
