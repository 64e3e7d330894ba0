/** A plan for programs: the sealed document as it is, with the same numbers and next steps that people see. */

import type { Plan } from "../core/model/plan.ts";
import type { PlanView } from "./plan-view.ts";

export interface PlanJson {
  readonly summary: Omit<PlanView["summary"], "words" | "effort">;
  readonly notes: readonly string[];
  readonly next: readonly string[];
  readonly plan: Plan;
}

export function planJson(plan: Plan, view: PlanView): PlanJson {
  const { words: _words, effort: _effort, ...summary } = view.summary;
  return { summary, notes: view.notes, next: view.next, plan };
}
