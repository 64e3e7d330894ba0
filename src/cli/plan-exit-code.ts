/** The exit code of a plan that is only shown, or that leaves apply nothing to do. */

import { EXIT, worstExit, type ExitCode } from "../core/model/exit-code.ts";
import type { Change, Plan } from "../core/model/plan.ts";
import { hasErrors } from "./fail-on-errors.ts";

/** `detailed` (plan --exit-code) also tells pending changes, drift and open questions; without it they are a plan's normal answer. */
export function planExitCode(plan: Plan, detailed: boolean): ExitCode {
  const codes: ExitCode[] = [EXIT.ok];
  if (hasErrors(plan.diagnostics)) codes.push(EXIT.error);
  if (plan.conflicts.some(isBehind)) codes.push(EXIT.stale);
  if (plan.conflicts.some((change) => !isBehind(change))) codes.push(EXIT.conflicts);
  if (detailed && plan.questions.length > 0) codes.push(EXIT.conflicts);
  if (detailed && hasChanges(plan)) codes.push(EXIT.changes);
  if (detailed && plan.observed.some((change) => fieldsOf(change).some(({ verdict }) => verdict === "pull"))) codes.push(EXIT.drift);
  return worstExit(codes);
}

/** When apply finds nothing to do: what still waits for a person. */
export function idleExitCode(plan: Plan): ExitCode {
  return plan.questions.length > 0 ? worstExit([EXIT.conflicts, planExitCode(plan, false)]) : planExitCode(plan, false);
}

export function hasChanges(plan: Plan): boolean {
  return plan.changes.some(({ action }) => action !== "noop");
}

function isBehind(change: Change): boolean {
  return fieldsOf(change).some(({ verdict }) => verdict === "behind");
}

function fieldsOf(change: Change): Change["fields"] {
  return [...change.fields, ...change.held];
}
