/** What a plan shows to people, as words: what they decide about, they have seen here. */

import type { FieldName } from "../../src/core/model/item.ts";
import type { Change, FieldChange, Plan, PlanValue } from "../../src/core/model/plan.ts";
import { wordsIn } from "./words.ts";

export function fieldsOf({ fields, pulled, held }: Change): readonly FieldChange[] {
  return [...fields, ...pulled, ...held];
}

/** The words of these fields of these sections; null: of all. */
export function shownWords(plan: Plan, address: string | null, fields: readonly FieldName[] | null): Set<string> {
  const entries = [...plan.changes, ...plan.observed, ...plan.conflicts].filter((change) => address === null || change.address === address);
  const values = entries.flatMap(fieldsOf).filter(({ field }) => fields === null || fields.includes(field));
  return new Set(values.flatMap(({ base, spec, live, preview }) => [base, spec, live, preview?.before ?? null, preview?.after ?? null].flatMap(wordsOfValue)));
}

function wordsOfValue(value: PlanValue): readonly string[] {
  return value === null ? [] : [...wordsIn(typeof value === "string" ? value : value.join("\n"))];
}
