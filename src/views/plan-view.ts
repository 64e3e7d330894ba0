/** The one view model of a plan: text, JSON and Markdown all show this, so they cannot disagree. */

import { pathOfAddress } from "../core/address.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Change, Orphan, Plan, Question } from "../core/model/plan.ts";
import { changeRow, conflictRow, observedRow, questionRow, type Row } from "./plan-row.ts";
import { nextSteps, summaryOf, type Summary } from "./plan-summary.ts";
import type { PlanContext } from "./plan-context.ts";
import { planNotes } from "./plan-notes.ts";
import { targetLabels } from "./target-label.ts";

/** What a spec has to show for one target; `path` "" gathers what belongs to no spec. */
export interface SpecGroup {
  readonly path: string;
  readonly title: string;
  readonly target: string;
  /** "jira ENG". */
  readonly targetLabel: string;
  /** Who Canon is there; only on the first group of a target. */
  readonly account: string | null;
  readonly decisions: readonly Row[];
  readonly rows: readonly Row[];
}

export interface ObservedGroup {
  readonly targetLabel: string;
  readonly rows: readonly Row[];
  /** Tickets that differ from their section as both sides left them. */
  readonly apart: number;
}

export interface OrphanGroup {
  readonly targetLabel: string;
  readonly orphans: readonly Orphan[];
}

export interface PlanView {
  readonly groups: readonly SpecGroup[];
  /** Questions beyond the first few, which are not shown. */
  readonly moreQuestions: number;
  readonly observed: readonly ObservedGroup[];
  readonly orphans: readonly OrphanGroup[];
  /** What was left out and why, in sentences. */
  readonly notes: readonly string[];
  /** Sections that need nothing, by target; targets without any are left out. */
  readonly inSync: readonly { readonly targetLabel: string; readonly sections: number }[];
  readonly summary: Summary;
  readonly next: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Questions are answered one at a time; more than this only hide the plan. */
const SHOWN_QUESTIONS = 5;

export function planView(plan: Plan, context: PlanContext = {}): PlanView {
  const now = context.now ?? plan.createdAt;
  const labels = targetLabels(plan.targets);
  const label = (target: string): string => labels.get(target) ?? target;
  return {
    groups: specGroups(plan, label, now),
    moreQuestions: Math.max(0, plan.questions.length - SHOWN_QUESTIONS),
    observed: observedGroups(plan, label, now),
    orphans: orphanGroups(plan.orphans, label),
    notes: planNotes(plan, label),
    inSync: plan.targets.filter((target) => target.inSync > 0).map((target) => ({ targetLabel: label(target.name), sections: target.inSync })),
    summary: summaryOf(plan, label),
    next: nextSteps(plan, context),
    diagnostics: plan.diagnostics,
  };
}

interface GroupParts {
  readonly path: string;
  readonly target: string;
  readonly conflicts: Change[];
  readonly questions: Question[];
  readonly changes: Change[];
}

/** Groups with decisions stand first; otherwise the order of the plan is kept. */
function specGroups(plan: Plan, label: (target: string) => string, now: string): readonly SpecGroup[] {
  const parts = new Map<string, GroupParts>();
  const partsOf = (path: string, target: string): GroupParts => {
    const key = `${target}\n${path}`;
    const found = parts.get(key) ?? { path, target, conflicts: [], questions: [], changes: [] };
    parts.set(key, found);
    return found;
  };
  for (const change of plan.conflicts) partsOf(pathOfAddress(change.address), change.target).conflicts.push(change);
  for (const question of plan.questions.slice(0, SHOWN_QUESTIONS)) partsOf(pathOfAddress(question.address ?? ""), question.target).questions.push(question);
  for (const change of plan.changes) if (change.action !== "noop") partsOf(pathOfAddress(change.address), change.target).changes.push(change);
  return finishGroups([...parts.values()], plan, label, now);
}

function finishGroups(parts: readonly GroupParts[], plan: Plan, label: (target: string) => string, now: string): readonly SpecGroup[] {
  const decided = [...parts.filter(needsDecision), ...parts.filter((part) => !needsDecision(part))];
  const first = new Map(decided.toReversed().map((part) => [part.target, part]));
  const targets = new Map(plan.targets.map((target) => [target.name, target]));
  const several = plan.targets.length > 1;
  return decided.map((part) => {
    const leads = first.get(part.target) === part;
    const target = targets.get(part.target);
    return {
      path: part.path,
      title: plan.titles?.[part.path] ?? "",
      target: part.target,
      targetLabel: leads || several ? label(part.target) : "",
      account: leads ? (target?.account ?? null) : null,
      decisions: [...part.conflicts.map((change) => conflictRow(change, target?.system ?? "live", now)), ...part.questions.map(questionRow)],
      rows: treeRows(part.changes, now),
    };
  });
}

function needsDecision(part: GroupParts): boolean {
  return part.conflicts.length + part.questions.length > 0;
}

/** Children under their parents, siblings in the order of the plan. */
function treeRows(changes: readonly Change[], now: string): readonly Row[] {
  const byName = new Map<string, Change>();
  for (const change of changes) {
    byName.set(change.address, change);
    if (change.key !== null) byName.set(`key:${change.key}`, change);
  }
  const children = new Map<Change | null, Change[]>();
  for (const change of changes) {
    const parent = parentIn(byName, change);
    const siblings = children.get(parent);
    if (siblings) siblings.push(change);
    else children.set(parent, [change]);
  }
  const rows: Row[] = [];
  const visit = (parent: Change | null, depth: number): void => {
    for (const change of children.get(parent) ?? []) {
      rows.push(changeRow(change, depth, now));
      visit(change, depth + 1);
    }
  };
  visit(null, 0);
  return rows.length === changes.length ? rows : changes.map((change) => changeRow(change, 0, now));
}

function parentIn(byName: ReadonlyMap<string, Change>, change: Change): Change | null {
  if (change.parent === null) return null;
  const found = byName.get("address" in change.parent ? change.parent.address : `key:${change.parent.key}`);
  return found === undefined || found === change ? null : found;
}

function observedGroups(plan: Plan, label: (target: string) => string, now: string): readonly ObservedGroup[] {
  return byTarget(plan.observed).map(([target, changes]) => {
    const pulled = changes.filter((change) => [...change.fields, ...change.held].some((field) => field.verdict === "pull"));
    return { targetLabel: label(target), rows: pulled.map((change) => observedRow(change, now)), apart: changes.length - pulled.length };
  });
}

function orphanGroups(orphans: readonly Orphan[], label: (target: string) => string): readonly OrphanGroup[] {
  return byTarget(orphans).map(([target, found]) => ({ targetLabel: label(target), orphans: found }));
}

function byTarget<T extends { readonly target: string }>(things: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  return [...Map.groupBy(things, (thing) => thing.target)];
}
