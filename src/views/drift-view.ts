/** What `canon drift` shows of a plan: what people changed in the trackers and what both sides changed, by spec, in the form of a plan. */

import { pathOfAddress } from "../core/address.ts";
import type { FieldName } from "../core/model/item.ts";
import type { Change, Plan } from "../core/model/plan.ts";
import { driftOf } from "../core/plan/drift-of.ts";
import type { PlanContext } from "./plan-context.ts";
import { conflictRow, observedRow } from "./plan-row.ts";
import { nextSteps, summaryOf, type Summary } from "./plan-summary.ts";
import type { PlanView, SpecGroup } from "./plan-view.ts";
import { targetLabels } from "./target-label.ts";
import { count } from "./words.ts";

export function driftView(plan: Plan, context: PlanContext = {}): PlanView {
  const labels = targetLabels(plan.targets);
  const label = (target: string): string => labels.get(target) ?? target;
  const drift = driftOf(plan);
  const isQuiet = drift.length + plan.conflicts.length === 0;
  const inSync = plan.targets.filter((target) => target.inSync > 0).map((target) => ({ targetLabel: label(target.name), sections: target.inSync }));
  return {
    groups: groupsOf(plan, drift, label, context.now ?? plan.createdAt),
    moreQuestions: 0,
    observed: [],
    orphans: [],
    notes: notesOf(plan, drift, label),
    inSync: isQuiet ? [] : inSync,
    summary: summaryFor(plan, drift, inSync, label),
    next: stepsAfter(plan, drift, context),
    diagnostics: plan.diagnostics,
  };
}

function groupsOf(plan: Plan, drift: readonly Change[], label: (target: string) => string, now: string): readonly SpecGroup[] {
  const nameOf = ({ target, address }: Change): string => `${pathOfAddress(address)}\n${target}`;
  const [conflicts, edits] = [Map.groupBy(plan.conflicts, nameOf), Map.groupBy(drift, nameOf)];
  const targets = new Map(plan.targets.map((target) => [target.name, target]));
  const seen = new Set<string>();
  return [...new Set([...conflicts.keys(), ...edits.keys()])].toSorted().flatMap((name) => {
    const [decided, moved] = [conflicts.get(name) ?? [], edits.get(name) ?? []];
    const [first] = [...decided, ...moved];
    if (first === undefined) return [];
    const target = targets.get(first.target);
    const leads = !seen.has(first.target);
    seen.add(first.target);
    const path = pathOfAddress(first.address);
    return [
      {
        path,
        title: plan.titles?.[path] ?? "",
        target: first.target,
        targetLabel: leads || plan.targets.length > 1 ? label(first.target) : "",
        account: leads ? (target?.account ?? null) : null,
        decisions: decided.map((change) => conflictRow(change, target?.system ?? "live", now)),
        rows: moved.map((change) => observedRow(change, now)),
      },
    ];
  });
}

/** Tickets that differ as both sides left them, and targets that could not be read whole. */
function notesOf(plan: Plan, drift: readonly Change[], label: (target: string) => string): readonly string[] {
  const moved = new Set(drift);
  const apart = Map.groupBy(
    plan.observed.filter((change) => !moved.has(change)),
    ({ target }) => target,
  );
  return plan.targets.flatMap(({ name, complete }) => {
    const number = apart.get(name)?.length ?? 0;
    return [
      ...(number > 0
        ? [
            `${count(number, "ticket")} in ${label(name)} ${number === 1 ? "differs" : "differ"} from the spec as both sides left ${number === 1 ? "it" : "them"}`,
          ]
        : []),
      ...(complete ? [] : [`${label(name)} could not be read whole: there may be more`]),
    ];
  });
}

function summaryFor(plan: Plan, drift: readonly Change[], inSync: PlanView["inSync"], label: (target: string) => string): Summary {
  const changed = [...Map.groupBy(drift, ({ target }) => target)].map(([target, edits]) => `${count(edits.length, "ticket")} changed in ${label(target)}`);
  const parts = [...(plan.conflicts.length > 0 ? [count(plan.conflicts.length, "conflict")] : []), ...changed];
  const matching = inSync.map(({ targetLabel, sections }) => `${count(sections, "section matches", "sections match")} ${targetLabel}`);
  const failed = plan.diagnostics.some(({ severity }) => severity === "error");
  const quiet = `No drift${failed ? " that could be seen: see the errors above" : ""}.${matching.length > 0 ? ` ${matching.join(", ")}.` : ""}`;
  return { ...summaryOf(plan, label), observed: drift.length, words: parts.length > 0 ? parts : [quiet], effort: "" };
}

/** As after a plan that found nothing else; and both ways to end drift of what the spec owns, which pull leaves alone. */
function stepsAfter(plan: Plan, drift: readonly Change[], context: PlanContext): readonly string[] {
  if (drift.length + plan.conflicts.length === 0) return [];
  const fields = drift.flatMap((change) => [...change.fields, ...change.held]);
  const owned = OWNED.filter((name) => fields.some(({ field, verdict }) => field === name && verdict === "pull")).join(",");
  return [
    ...nextSteps({ ...plan, changes: [], questions: [] }, context),
    ...(owned === "" ? [] : [`take over: canon pull --absorb ${owned}`, `put back: canon apply --revert ${owned}`]),
  ];
}

const OWNED: readonly FieldName[] = ["title", "body"];
