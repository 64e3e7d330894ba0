/** A plan without what only the tracker's own people may read: shown where the repository is more visible than the tracker (threat 28). */

import type { Change, FieldChange, Plan, PlanValue } from "../model/plan.ts";

const HIDDEN = "(hidden: the tracker is less visible than this repository)";

/** What the spec says stays; what the tickets say, and who wrote it, does not. */
export function withoutLive(plan: Plan, hidden: ReadonlySet<string>): Plan {
  const isHidden = (target: string): boolean => hidden.has(target);
  const hide = (change: Change): Change => (isHidden(change.target) ? hiddenChange(change) : change);
  return {
    ...plan,
    targets: plan.targets.map((target) => (isHidden(target.name) ? { ...target, account: null } : target)),
    changes: plan.changes.map(hide),
    observed: plan.observed.map((change) => (isHidden(change.target) ? hiddenObserved(change) : change)),
    conflicts: plan.conflicts.map(hide),
    questions: plan.questions.map((question) =>
      isHidden(question.target) ? { ...question, text: `A question about ${question.key ?? "a ticket"}.` } : question,
    ),
    orphans: plan.orphans.map((orphan) => (isHidden(orphan.target) ? { ...orphan, title: "" } : orphan)),
  };
}

function hiddenChange(change: Change): Change {
  return {
    ...change,
    // Of a ticket that is given back nothing else is known than what it is called itself.
    title: change.action === "close" || change.action === "forget" ? "" : change.title,
    fields: change.fields.map(hiddenField),
    pulled: change.pulled.map(hiddenField),
    held: change.held.map(hiddenField),
    edits: [],
    guards: [],
  };
}

/** How many criteria moved cannot be told without them: that the text did, can. */
function hiddenObserved(change: Change): Change {
  const hidden = hiddenChange(change);
  const held = hidden.held.map((field) => ({
    ...field,
    ...(field.field === "status" ? {} : { field: field.field === "criteria" ? ("body" as const) : field.field, spec: null }),
  }));
  return { ...hidden, title: "", held };
}

function hiddenField({ preview, by: _by, at: _at, ...field }: FieldChange): FieldChange {
  // A state is neither text nor a name.
  if (field.field === "status") return field;
  return {
    ...field,
    base: field.base === null ? null : HIDDEN,
    spec: ownWords(field),
    live: field.live === null ? null : HIDDEN,
    ...(preview === undefined ? {} : { preview: { before: HIDDEN, after: preview.after } }),
  };
}

/** Of a list that both sides changed, what is written to the ticket holds what people added there as well. */
function ownWords({ spec, base, live }: FieldChange): PlanValue {
  if (spec === null || typeof spec === "string") return spec;
  const agreed = new Set(base);
  const theirs = new Set(live);
  return spec.map((line) => (theirs.has(line) && !agreed.has(line) ? HIDDEN : line));
}
