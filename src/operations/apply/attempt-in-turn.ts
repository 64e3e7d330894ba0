/** Sends elements as often as the tracker's limits ask for: only what was turned away unread is sent again, after the time that it named. */

import type { Outcome } from "../../trackers/tracker.ts";
import type { Settlement } from "./ledger.ts";
import { attempt } from "./attempt.ts";
import { waitForLimit, type WaitContext } from "./wait-for-limit.ts";

export interface Sending<T> {
  /** How many go into one call. */
  readonly size: number;
  /** The target's name, for the words about waiting. */
  readonly target: string;
  readonly send: (batch: readonly T[]) => Promise<readonly Outcome[]>;
}

/** One outcome per element, in order. What is interrupted while it waits stays unsent. */
export async function attemptInTurn<T>(
  elements: readonly T[],
  { size, target, send }: Sending<T>,
  context: WaitContext,
): Promise<readonly (Outcome | undefined)[]> {
  const outcomes = new Map<T, Outcome>();
  for (let left = elements; left.length > 0;) {
    const answers = await attempt(left, size, send);
    for (const [index, element] of left.entries()) {
      const answer = answers[index];
      if (answer) outcomes.set(element, answer);
    }
    left = left.filter((element) => secondsToWait(outcomes.get(element)) !== null);
    const seconds = Math.max(0, ...left.map((element) => secondsToWait(outcomes.get(element)) ?? 0));
    if (left.length > 0 && !(await waitForLimit(target, seconds, context))) break;
  }
  return elements.map((element) => outcomes.get(element));
}

/** What the account says of an element that nothing was written of. Only an interruption leaves one that was to wait. */
export function notDone(outcome: Extract<Outcome, { readonly state: "refused" | "unsent" }>): Settlement {
  const { message, hint } = outcome.error;
  return secondsToWait(outcome) === null
    ? { state: "failed", message, hint }
    : { state: "held", message: "Interrupted while it waited for the tracker's limit." };
}

/** How long this element is to wait before it is sent again; null where that would not help, or not be safe. */
export function secondsToWait(outcome: Outcome | undefined): number | null {
  return outcome?.state === "unsent" ? outcome.error.retryAfter : null;
}
