/** The last lines of a plan: what it amounts to in numbers, and what to type next. */

import type { Action } from "../core/model/action.ts";
import type { Change, Direction, Plan } from "../core/model/plan.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { shellWord } from "../core/text/shell-word.ts";
import type { PlanContext } from "./plan-context.ts";
import { count, roughly } from "./words.ts";

export interface Summary {
  readonly decisions: number;
  readonly questions: number;
  /** Only actions that occur. */
  readonly actions: Readonly<Partial<Record<Action, number>>>;
  readonly observed: number;
  readonly orphans: number;
  readonly inSync: number;
  readonly requests: number;
  readonly seconds: number;
  /** "1 decision", "1 create"; or in words what it means that there is nothing. */
  readonly words: readonly string[];
  /** "12 requests, ~4 s"; "" when nothing would be sent. */
  readonly effort: string;
  /** True when apply would have nothing to do. */
  readonly quiet: boolean;
}

const NOUNS: Readonly<Record<Exclude<Action, "noop">, readonly [string, string]>> = {
  create: ["create", "creates"],
  update: ["update", "updates"],
  transition: ["status", "statuses"],
  reparent: ["new parent", "new parents"],
  adopt: ["link", "links"],
  move: ["move", "moves"],
  close: ["close", "closes"],
  forget: ["given back", "given back"],
  marker: ["marker", "markers"],
  pull: ["pull", "pulls"],
};

export function summaryOf(plan: Plan, label: (target: string) => string): Summary {
  const actions: Partial<Record<Action, number>> = {};
  for (const { action } of plan.changes) if (action !== "noop") actions[action] = (actions[action] ?? 0) + 1;
  const requests = sum(plan.targets.map((target) => target.estimate.requests));
  const seconds = sum(plan.targets.map((target) => target.estimate.seconds));
  const quiet = Object.keys(actions).length === 0;
  const counted = {
    decisions: plan.conflicts.length,
    questions: plan.questions.length,
    actions,
    observed: plan.observed.length,
    orphans: plan.orphans.length,
    inSync: sum(plan.targets.map((target) => target.inSync)),
    requests: quiet ? 0 : requests,
    seconds: quiet ? 0 : seconds,
    quiet,
  };
  const parts = [...decisionWords(counted.decisions, counted.questions), ...actionWords(actions)];
  return {
    ...counted,
    words: quiet ? [quietWords(plan, parts, label)] : parts,
    effort: quiet ? "" : `${count(requests, "request")}, ${roughly(seconds)}`,
  };
}

function decisionWords(decisions: number, questions: number): readonly string[] {
  return [...(decisions > 0 ? [count(decisions, "decision")] : []), ...(questions > 0 ? [count(questions, "question")] : [])];
}

function actionWords(actions: Summary["actions"]): readonly string[] {
  const words: string[] = [];
  for (const action of ["create", "update", "transition", "reparent", "adopt", "move", "close", "forget", "marker", "pull"] as const) {
    const number = actions[action];
    if (number !== undefined) words.push(count(number, ...NOUNS[action]));
  }
  return words;
}

/** Nothing to do is said in words, never by silence. */
function quietWords(plan: Plan, decisions: readonly string[], label: (target: string) => string): string {
  const undone = plan.selection.decisions.find((decision) => decision.kind === "undo");
  if (undone) return `Nothing to undo: of what run ${undone.run} created, nothing is left to close.`;
  if (decisions.length > 0) return `Nothing to apply. ${decisions.join(" · ")}.`;
  const matching = plan.targets
    .filter((target) => target.inSync > 0)
    .map((target) => `${count(target.inSync, "section matches", "sections match")} ${label(target.name)}`);
  if (matching.length > 0) return `No changes. ${matching.join(", ")}.`;
  if (plan.observed.length > 0) return "Nothing to apply.";
  if (plan.diagnostics.some((diagnostic) => diagnostic.severity === "error")) return "Nothing to apply: see the errors above.";
  const { addresses } = plan.selection;
  return addresses.length > 0
    ? `Nothing to plan: no section that would be a ticket matches ${cleanLine(addresses.join(", "))}.`
    : "Nothing to plan: no section would be a ticket.";
}

/** What to do next; nothing is offered that would do nothing. */
export function nextSteps(plan: Plan, context: PlanContext): readonly string[] {
  const steps: string[] = [];
  const changes = plan.changes.some((change) => change.action !== "noop");
  if (changes && (plan.selection.direction === "back" || plan.targets.some((target) => target.applyable))) steps.push(applyCommand(plan, context));
  if (plan.selection.direction === "forward" && plan.observed.some(isBroughtBack)) steps.push(...backSteps(plan, changes));
  const behind = plan.conflicts.filter((change) => [...change.fields, ...change.held].some((field) => field.verdict === "behind")).length;
  const [conflict] = plan.conflicts.filter(({ reason }) => reason !== "behind");
  if (conflict && plan.conflicts.length > behind) steps.push(`decide: canon resolve ${shellWord(conflict.address)}`);
  if (behind > 0) steps.push("update this checkout");
  if (!changes && plan.conflicts.length + plan.questions.length + plan.observed.length === 0 && sum(plan.targets.map((target) => target.inSync)) === 0)
    steps.push(plan.leftOut.done > 0 ? "canon plan --include-done" : "canon list --all");
  return steps;
}

const VERBS: Readonly<Record<Direction, string>> = { forward: "apply", back: "pull", both: "sync" };

function applyCommand(plan: Plan, context: PlanContext): string {
  if (context.savedAs !== undefined && context.savedAs !== null) return `canon apply ${shellWord(context.savedAs)}`;
  return `canon ${VERBS[plan.selection.direction]}${selectionArguments(plan)}`;
}

/** Drift of what the spec owns is nothing that pull would bring. */
function isBroughtBack({ held }: Change): boolean {
  return held.some(
    ({ field, verdict, note }) => verdict === "pull" && (field === "criteria" || field === "status" || field === "labels" || note === "only-on-ticket"),
  );
}

function backSteps(plan: Plan, changes: boolean): readonly string[] {
  const words = selectionArguments(plan);
  return [`bring back: canon pull${words}`, ...(changes ? [`both: canon sync${words}`] : [])];
}

function selectionArguments({ selection }: Plan): string {
  const words = [
    ...selection.addresses.map(shellWord),
    ...selection.exclude.flatMap((address) => ["--exclude", shellWord(address)]),
    ...selection.targets.flatMap((target) => ["--target", shellWord(target)]),
    ...(selection.includeDone ? ["--include-done"] : []),
    ...(selection.revert.length > 0 ? ["--revert", selection.revert.join(",")] : []),
    ...(selection.absorb.length > 0 ? ["--absorb", selection.absorb.join(",")] : []),
  ];
  return words.map((word) => ` ${word}`).join("");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
