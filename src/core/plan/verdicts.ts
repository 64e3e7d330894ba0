/** The verdict on one field, from who moved and whether both sides agree (the table of semantics 5). */

import type { Verdict } from "../model/verdict.ts";

export interface Comparison {
  /** False: the ticket has no base for this field. */
  readonly hasBase: boolean;
  readonly specMoved: boolean;
  readonly liveMoved: boolean;
  /** What the base says of the last write. */
  readonly agreed: boolean;
  /** canonical S = canonical L. */
  readonly equal: boolean;
}

export function judgeField(comparison: Comparison): Verdict {
  const { hasBase, specMoved, liveMoved, agreed, equal } = comparison;
  if (equal) return "converged";
  if (!hasBase) return "conflict";
  if (!specMoved && !liveMoved) return agreed ? "converged" : "apart";
  if (!specMoved) return "pull";
  return !liveMoved && agreed ? "push" : "conflict";
}
