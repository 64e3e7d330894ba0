/** One compared field: its verdict with the three values it was made from. */

import type { FieldName } from "../model/item.ts";
import type { FieldNote, PlanValue } from "../model/plan.ts";
import type { Verdict } from "../model/verdict.ts";
import { judgeField, type Comparison } from "./verdicts.ts";

export interface FieldVerdict {
  readonly field: FieldName;
  readonly verdict: Verdict;
  readonly base: PlanValue;
  readonly spec: PlanValue;
  readonly live: PlanValue;
  readonly preview?: { readonly before: string; readonly after: string };
  readonly note?: FieldNote;
}

export function fieldVerdict(
  field: FieldName,
  comparison: Comparison,
  { base, spec, live }: { readonly base: PlanValue; readonly spec: PlanValue; readonly live: PlanValue },
): FieldVerdict {
  return { field, verdict: judgeField(comparison), base, spec, live };
}
