/** The words that a wanted criterion gets in the spec: its own where nothing changed, else the ticket's made safe. */

import type { Criterion } from "../model/section.ts";
import type { CriteriaEdit, WantedCriterion } from "../model/spec-edit.ts";
import { safeInline } from "../text/safe-inline.ts";

/** The criterion that it was; null for a new one. */
export function formerOf({ now }: CriteriaEdit, wanted: WantedCriterion): Criterion | null {
  return wanted.was === null ? null : (now[wanted.was] ?? null);
}

/** null: they stay as they stand. */
export function newWords(former: Criterion | null, wanted: WantedCriterion): string | null {
  if (former?.text === wanted.text) return null;
  const safe = safeInline(wanted.text);
  return former?.text === safe ? null : safe;
}
