/** Adds to a plan who moved a live value and when, and which statuses are passed on the way to another; digests stay as they are. */

import type { FieldName } from "../model/item.ts";
import type { Change, FieldChange, Plan } from "../model/plan.ts";
import { statusWay, type Steps } from "./status-way.ts";

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

/** `stepsOf`: of a target that walks its workflow, for a type; null: it does not, or nobody knows its steps. */
export function annotateWays(plan: Plan, stepsOf: (target: string, type: string | null) => Steps | null): Plan {
  return { ...plan, changes: plan.changes.map((change) => annotateWay(change, stepsOf(change.target, change.type))) };
}

function annotateWay(change: Change, steps: Steps | null): Change {
  if (steps === null || change.action === "create") return change;
  const fields = change.fields.map((field) => {
    const { live, spec } = field;
    const way = field.field === "status" && typeof live === "string" && typeof spec === "string" ? statusWay(steps, live, spec) : null;
    return way === null ? field : { ...field, way };
  });
  return { ...change, fields };
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
