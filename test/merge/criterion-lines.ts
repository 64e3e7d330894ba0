/** Criteria as lines, `[x] words`, in which `*` and `_` mark the same: so tests read like lists. */

import type { KnownCriterion } from "../../src/core/merge/match-criteria.ts";
import type { CriterionConflict, MergedCriteria, MergedCriterion } from "../../src/core/merge/merge-criteria.ts";
import type { TextCriterion } from "../../src/core/text/text-format.ts";

export function criteriaOf(lines: readonly string[]): readonly TextCriterion[] {
  return lines.map((line) => ({ text: line.slice(4), canonical: canonicalOf(line.slice(4)), checked: line.startsWith("[x]") }));
}

/** Both sides had these. */
export function knownOf(lines: readonly string[]): readonly KnownCriterion[] {
  return criteriaOf(lines).map(({ text, canonical, checked }) => ({ spec: text, echo: canonical, checked }));
}

/** What either side is given. */
export function linesFor(side: "spec" | "live", merged: readonly MergedCriterion[]): readonly string[] {
  return merged.map((one) => lineOf({ text: side === "spec" ? one.specText : one.liveText, checked: one.checked }));
}

/** `base | spec | ticket`, with `-` where it is not. */
export function conflictLine({ base, spec, live }: CriterionConflict): string {
  const known = base === null ? null : { text: base.spec, checked: base.checked };
  return [known, spec, live].map((one) => (one === null ? "-" : lineOf(one))).join(" | ");
}

/** Both sides as the merge leaves them, with a base that says so. */
export function afterwards({ merged }: MergedCriteria): {
  readonly base: readonly KnownCriterion[];
  readonly spec: readonly TextCriterion[];
  readonly live: readonly TextCriterion[];
} {
  const base = merged.map(({ specText, liveText, checked }) => ({ spec: specText, echo: canonicalOf(liveText), checked }));
  return { base, spec: criteriaOf(linesFor("spec", merged)), live: criteriaOf(linesFor("live", merged)) };
}

function lineOf({ text, checked }: { readonly text: string; readonly checked: boolean }): string {
  return `[${checked ? "x" : " "}] ${text}`;
}

function canonicalOf(text: string): string {
  return text.replaceAll("_", "*");
}
