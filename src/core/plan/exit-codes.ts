/** Exit codes of plan and apply, from what they found (design 4). */

import type { ChangeResult } from "../model/apply-report.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT, worstExit, type ExitCode } from "../model/exit-code.ts";
import type { Plan } from "../model/plan.ts";

/** Conflicts are always told; `detailed` (--exit-code) also tells open questions, changes and drift. */
export function planExit(plan: Plan, detailed: boolean): ExitCode {
  const codes: ExitCode[] = [];
  if (hasErrors(plan.diagnostics)) codes.push(EXIT.error);
  if (hasTwins(plan)) codes.push(EXIT.unknown);
  if (plan.conflicts.length > 0) codes.push(EXIT.conflicts);
  if (plan.conflicts.some(({ reason }) => reason === "behind")) codes.push(EXIT.stale);
  if (detailed) {
    if (plan.questions.length > 0) codes.push(EXIT.conflicts);
    if (plan.changes.length > 0) codes.push(EXIT.changes);
    if (plan.observed.some(({ held }) => held.some(({ verdict }) => verdict === "pull"))) codes.push(EXIT.drift);
  }
  return worstExit(codes);
}

export interface RunEnd {
  readonly plan: Plan;
  readonly results: readonly ChangeResult[];
  readonly unmarked: number;
  readonly interrupted: boolean;
  /** True when the run itself could not go on, whatever its changes are about: a full disk. */
  readonly stopped?: boolean;
  /** True when that is because another run has the lease by now. */
  readonly lost?: boolean;
}

export function applyExit({ plan, results, unmarked, interrupted, stopped = false, lost = false }: RunEnd): ExitCode {
  const count = (state: ChangeResult["state"]): number => results.filter((result) => result.state === state).length;
  const failed = count("failed") + count("held") > 0 || results.length < plan.changes.length;
  const codes: ExitCode[] = [];
  if (interrupted) codes.push(EXIT.interrupted);
  if (count("unknown") > 0 || hasTwins(plan) || plan.questions.some(({ kind }) => kind === "in-doubt")) codes.push(EXIT.unknown);
  if ((failed || stopped || hasErrors(plan.diagnostics)) && count("done") > 0) codes.push(EXIT.partly);
  if (unmarked > 0) codes.push(EXIT.partly);
  if (failed && count("done") === 0) codes.push(lost ? EXIT.locked : stopped || count("failed") > 0 ? EXIT.error : EXIT.stale);
  if (hasErrors(plan.diagnostics)) codes.push(EXIT.error);
  if (plan.conflicts.some(({ reason }) => reason === "behind")) codes.push(EXIT.stale);
  if (plan.conflicts.length > 0 || plan.questions.length > 0) codes.push(EXIT.conflicts);
  return worstExit(codes);
}

/** Two tickets for one section: a request came later than anybody had to expect. */
function hasTwins({ diagnostics }: Plan): boolean {
  return diagnostics.some(({ code }) => code === "token-twice");
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
