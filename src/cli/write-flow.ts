/** How every command that writes goes on once it knows what it is about: plan, show, ask, carry out exactly that, tell the end. */

import type { ApplyReport } from "../core/model/apply-report.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../core/model/exit-code.ts";
import { applyExit, planExit } from "../core/plan/exit-codes.ts";
import { refusalOf, type Refusal } from "../core/plan/refusal.ts";
import type { Plan, Selection } from "../core/model/plan.ts";
import { startApply, type ApplySession, type RunOutcome } from "../operations/apply.ts";
import type { Workspace } from "../operations/workspace.ts";
import { applyEnd } from "../views/apply-text.ts";
import { planJson } from "../views/plan-json.ts";
import { planParts } from "../views/plan-text.ts";
import { planView } from "../views/plan-view.ts";
import { approve, readApproval, tooMany } from "./approval.ts";
import { withInterrupts } from "./interrupts.ts";
import { LiveRun } from "./live-run.ts";
import { makeProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { CommandFailure } from "./usage-error.ts";

/** `-n`: the plan, and nothing else. */
export function showOnly(session: Session, plan: Plan): ExitCode {
  showPlan(session, plan);
  const exitCode = planExit(plan, false);
  session.record("summary", { exitCode, diagnostics: plan.diagnostics, ...planJson(plan, planView(plan)) });
  return exitCode;
}

/** What stands in the plan above is not said again to people. */
function refuse(session: Session, plan: Plan, { diagnostics, exitCode }: Refusal): ExitCode {
  const isShown = !session.json && !session.quiet && diagnostics.every(({ message }) => plan.diagnostics.some((known) => known.message === message));
  if (!isShown) throw new CommandFailure(diagnostics, exitCode);
  session.tell("\n  Nothing was written: see the errors above.\n");
  return exitCode;
}

function showPlan(session: Session, plan: Plan): void {
  for (const part of planParts({ ...planView(plan), next: [] }, session.page)) session.print(part);
}

/** `saved`: a plan that was made before; null: one for `selection` is made now. */
export async function writeFlow(
  session: Session,
  workspace: Workspace,
  { selection, saved }: { readonly selection: Selection; readonly saved: Plan | null },
): Promise<ExitCode> {
  const given = readApproval(session, saved !== null);
  const run = new LiveRun(session);
  return withInterrupts(
    session.world,
    () => run.leave(),
    async (signal) => {
      signal.addEventListener("abort", () => run.drain());
      const applying = await begin(session, workspace, saved?.selection ?? selection, saved !== null, run, signal);
      try {
        const plan = saved ?? applying.plan;
        showPlan(session, plan);
        if (!hasChanges(plan)) return idle(session, plan);
        const refusal = refusalOf({ ...plan, targets: applying.plan.targets });
        if (refusal !== null) return refuse(session, plan, refusal);
        const allowed = await approve(session, plan, applying.massesOf(plan), given, saved !== null, signal);
        if (allowed === null) return declined(session, plan);
        await run.show(plan);
        const report = reportOf(await (saved === null ? applying.run(allowed) : applying.runSaved(saved, allowed)).finally(() => run.end()), plan);
        return finish(session, plan, report);
      } finally {
        await applying.end();
      }
    },
  );
}

async function begin(session: Session, workspace: Workspace, selection: Selection, isSaved: boolean, run: LiveRun, signal: AbortSignal): Promise<ApplySession> {
  const progress = makeProgress(session);
  const started = await startApply(workspace, {
    selection,
    isSaved,
    anyBranch: session.input.has("any-branch") && session.input.flag("any-branch"),
    command: commandOf(session, selection),
    onProgress: progress.say,
    onEvent: (event) => run.onEvent(event),
    signal,
  }).finally(progress.end);
  if (!started.ok) throw new CommandFailure([started.diagnostic], EXIT.locked);
  return started.session;
}

/** For the journal. Which run is taken back is told even where nobody typed it. */
function commandOf({ command }: Session, { decisions }: Selection): string {
  const undone = decisions.find((decision) => decision.kind === "undo");
  return undone ? `canon ${command} ${undone.run}` : `canon ${command}`;
}

function reportOf(outcome: RunOutcome, plan: Plan): ApplyReport {
  if (outcome.ok) return outcome.report;
  switch (outcome.why) {
    case "stale":
      throw new CommandFailure(outcome.stale.map(staleDiagnostic), EXIT.stale);
    case "refused":
      throw new CommandFailure(outcome.refusal.diagnostics, outcome.refusal.exitCode);
    case "mass":
      throw tooMany(outcome.masses, plan);
  }
}

function staleDiagnostic({ address, text }: { readonly address: string | null; readonly text: string }): Diagnostic {
  return { code: "plan-stale", severity: "error", message: `${address === null ? text.charAt(0).toUpperCase() + text.slice(1) : `${address}: ${text}`}.` };
}

function hasChanges(plan: Plan): boolean {
  return plan.changes.some(({ action }) => action !== "noop");
}

/** Nothing to write; what waits for a person still shows in the exit code. */
function idle(session: Session, plan: Plan): ExitCode {
  const exitCode = applyExit({ plan: { ...plan, changes: [] }, results: [], unmarked: 0, interrupted: false });
  session.record("summary", { exitCode, diagnostics: plan.diagnostics, results: [] });
  return exitCode;
}

function declined(session: Session, plan: Plan): ExitCode {
  session.print("\n  Nothing was written.\n");
  session.record("summary", { exitCode: EXIT.error, diagnostics: plan.diagnostics, results: [] });
  return EXIT.error;
}

function finish(session: Session, plan: Plan, report: ApplyReport): ExitCode {
  session.print(applyEnd(plan, report, session.page));
  session.record("summary", { ...report });
  return report.exitCode;
}
