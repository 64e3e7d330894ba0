/** Which changes of a plan may be carried out after a merge: those that somebody reviewed as they are now. */

import type { BotConfig } from "../model/config.ts";
import type { Change } from "../model/plan.ts";
import { reviewPrint } from "./review-print.ts";

export interface Chosen {
  readonly chosen: readonly Change[];
  readonly waiting: readonly Change[];
}

/** `reviewed`: prints of changes; `isStopped`: it waits whoever has seen it. */
export function chooseReviewed(
  changes: readonly Change[],
  reviewed: ReadonlySet<string>,
  onMoved: BotConfig["onMoved"],
  isStopped: (change: Change) => boolean = () => false,
): Chosen {
  const real = changes.filter(({ action }) => action !== "noop");
  // A marker that a crash or a race left out says what is so already: there is nothing to review.
  const mayGo = (change: Change): boolean => onMoved === "apply" || change.action === "marker" || reviewed.has(reviewPrint(change));
  let chosen = real.filter((change) => mayGo(change) && !isStopped(change));
  for (let before = -1; before !== chosen.length;) {
    before = chosen.length;
    const addresses = new Set(chosen.map(({ address }) => address));
    const planned = new Set(real.map(({ address }) => address));
    // What needs a change that waits, waits with it.
    chosen = chosen.filter(({ after }) => after.every((address) => addresses.has(address) || !planned.has(address)));
  }
  const taken = new Set(chosen);
  return { chosen, waiting: real.filter((change) => !taken.has(change)) };
}
