/** Adds to a plan who moved a live value and when; digests stay as they are. */

import type { FieldName } from "../model/item.ts";
import type { Change, FieldChange, Plan } from "../model/plan.ts";

/** One edit of one field, newest last or in any order. */
export interface KnownEdit {
  readonly target: string;
  readonly key: string;
  readonly field: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export function annotatePlan(plan: Plan, edits: readonly KnownEdit[]): Plan {
  if (edits.length === 0) return plan;
  const latest = new Map<string, KnownEdit>();
  for (const edit of edits) {
    const name = `${edit.target} ${edit.key} ${edit.field}`;
    const known = latest.get(name);
    if (!known || known.at <= edit.at) latest.set(name, edit);
  }
  const annotate = (change: Change): Change => ({
    ...change,
    pulled: change.pulled.map((field) => annotateField(field, change, latest)),
    held: change.held.map((field) => annotateField(field, change, latest)),
  });
  return { ...plan, changes: plan.changes.map(annotate), observed: plan.observed.map(annotate), conflicts: plan.conflicts.map(annotate) };
}

function annotateField(field: FieldChange, change: Change, latest: ReadonlyMap<string, KnownEdit>): FieldChange {
  if (field.verdict === "converged" || field.verdict === "apart") return field;
  const edit = namesOf(field.field)
    .map((name) => latest.get(`${change.target} ${change.key ?? ""} ${name}`))
    .find((found) => found !== undefined);
  return edit ? { ...field, by: edit.author, at: edit.at } : field;
}

/** Trackers keep criteria in the body, so an edit of one is told as an edit of the other. */
function namesOf(field: FieldName): readonly string[] {
  return field === "criteria" ? ["criteria", "body"] : [field];
}
