/** Whose side a person takes where spec and ticket differ. */

import type { Keep } from "../model/decision.ts";
import type { Verdict } from "../model/verdict.ts";

/**
 * spec, tracker, merge decide conflicts (`resolve --keep`); revert and absorb end what people moved on the ticket alone
 * (`--revert`, `--absorb`); null: nobody has said anything.
 */
export type Side = Exclude<Keep, "both"> | "revert" | "absorb" | null;

/** How a merge settles what both sides changed. */
export function keepOf(side: Side): Exclude<Keep, "both"> | null {
  return side === "revert" || side === "absorb" ? null : side;
}

/** The verdict on a value that cannot be merged, once a person has taken a side. */
export function sidedVerdict(verdict: Verdict, side: Side): Verdict {
  switch (verdict) {
    case "conflict":
      return side === "spec" ? "push" : side === "tracker" ? "pull" : verdict;
    case "pull":
    case "apart":
      return side === "revert" ? "push" : side === "absorb" ? "pull" : verdict;
    case "push":
    case "converged":
    case "behind":
      return verdict;
  }
}
