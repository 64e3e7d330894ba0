/** The base of criteria after a write: which criterion of the spec belongs to which of the ticket. */

import type { MergedCriteria, MergedCriterion } from "../merge/merge-criteria.ts";
import type { BaseCriterion, CriteriaField } from "../model/base.ts";
import type { CriterionValue } from "../model/item.ts";
import type { TextCriterion } from "../text/text-format.ts";
import { canonicalList, writtenCriteria } from "./spec-text.ts";

/**
 * written: the ticket was given what the spec has, and perhaps keeps what people added there. pulled: the spec was given
 * what the ticket has. both. noted: both stay as they are.
 */
export type CriteriaDeed = "written" | "pulled" | "both" | "noted";

export interface WrittenCriteria {
  /** Those of the spec, as it is by now. */
  readonly list: readonly CriterionValue[];
  /** The canonical form of each. */
  readonly forms: () => readonly string[];
  /** The merge that decided; null where one side's stand as a whole. */
  readonly merge: MergedCriteria | null;
  readonly deed: CriteriaDeed;
}

/** `ticket`: its criteria after the write. */
export function criteriaField({ list, forms, merge, deed }: WrittenCriteria, ticket: readonly TextCriterion[]): CriteriaField {
  if (merge === null) return pairedField(list, list.length === ticket.length ? ticket.map(({ canonical }) => canonical) : forms());
  switch (deed) {
    case "written":
      // What only the ticket has must still count as moved there: the base knows nothing of it.
      return pairedField(list, forms());
    case "both":
      return pairedField(
        list,
        list.length === ticket.length ? ticket.map(({ canonical }) => canonical) : forms(),
        list.length === ticket.length && sameForms(forms(), ticket),
      );
    case "pulled":
      return merge.pushes ? ticketField(merge, list, ticket) : pairedField(list, ticketForms(merge, ticket), sameForms(forms(), ticket));
    case "noted":
      return {
        spec: writtenCriteria(list),
        echo: canonicalList(ticket),
        list: merge.merged.flatMap((one) =>
          one.spec === null || one.live === null ? [] : [entry(one.specText, ticket[one.live]?.canonical ?? one.specText, one.checked)],
        ),
        agreed: false,
      };
  }
}

function pairedField(list: readonly CriterionValue[], echo: readonly string[], agreed: boolean = true): CriteriaField {
  return {
    spec: writtenCriteria(list),
    echo: canonicalList(list.map(({ checked, text }, index) => ({ checked, canonical: echo[index] ?? text }))),
    list: list.map(({ text, checked }, index) => entry(text, echo[index] ?? text, checked)),
    agreed,
  };
}

/** What the spec moved is still to be written to the ticket: of that the base knows what the ticket has. */
function ticketField({ merged }: MergedCriteria, list: readonly CriterionValue[], ticket: readonly TextCriterion[]): CriteriaField {
  const places = new Map(merged.map(({ live }, at) => [live, at] as const));
  const pairs = ticket.map(({ text, canonical, checked }, index) => {
    const at = places.get(index);
    const isSpecs = at === undefined || merged[at]?.from === "spec";
    return { written: isSpecs ? text : (list[at]?.text ?? text), canonical, checked };
  });
  return {
    spec: writtenCriteria(pairs.map(({ written, checked }) => ({ text: written, checked }))),
    echo: canonicalList(ticket),
    list: pairs.map(({ written, canonical, checked }) => entry(written, canonical, checked)),
    agreed: true,
  };
}

/** In the order of the spec. */
function ticketForms({ merged }: MergedCriteria, ticket: readonly TextCriterion[]): readonly string[] {
  return merged.map(({ live, specText }: MergedCriterion) => (live === null ? undefined : ticket[live]?.canonical) ?? specText);
}

function sameForms(forms: readonly string[], ticket: readonly TextCriterion[]): boolean {
  return forms.length === ticket.length && forms.every((form, index) => form === ticket[index]?.canonical);
}

function entry(spec: string, echo: string, checked: boolean): BaseCriterion {
  return { spec, echo: spec === echo ? null : echo, checked };
}
