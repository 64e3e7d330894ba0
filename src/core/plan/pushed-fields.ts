/** Makes the fields that creates send; those that many say alike are made once, for a plan may hold a hundred thousand creates. */

import type { FieldName } from "../model/item.ts";
import type { FieldChange, PlanValue } from "../model/plan.ts";

/** One for each plan. */
export type PushedFields = (field: FieldName, spec: PlanValue) => FieldChange;

/** Few values for many sections. */
const ALIKE: readonly FieldName[] = ["type", "parent", "status", "labels"];

export function pushedFields(): PushedFields {
  const known = new Map(ALIKE.map((field) => [field, new Map<PlanValue, FieldChange>()] as const));
  return (field, spec) => {
    const alike = known.get(field);
    const found = alike?.get(spec);
    if (found) return found;
    const made: FieldChange = { field, verdict: "push", base: null, spec, live: null };
    alike?.set(spec, made);
    return made;
  };
}
