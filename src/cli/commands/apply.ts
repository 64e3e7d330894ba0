/** `canon apply`: shows the plan, asks, and carries out exactly it. */

import type { ApplyReport } from "../../core/model/apply-report.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { applyExit, planExit } from "../../core/plan/exit-codes.ts";
import { refusalOf } from "../../core/plan/refusal.ts";
import type { Plan } from "../../core/model/plan.ts";
import { startApply, type Allowed, type ApplySession, type RunOutcome } from "../../operations/apply.ts";
import { readSavedPlan } from "../../operations/saved-plan.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { applyEnd } from "../../views/apply-text.ts";
import { planJson } from "../../views/plan-json.ts";
import { planText } from "../../views/plan-text.ts";
import { planView } from "../../views/plan-view.ts";
import { approve, readApproval, tooMany } from "../approval.ts";
import type { CommandSpec } from "../command.ts";
import { SELECTION_OPTIONS } from "../option-spec.ts";
import { withInterrupts } from "../interrupts.ts";
import { LiveRun } from "../live-run.ts";
import { makeProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import { makePlan } from "./plan.ts";

export const apply: CommandSpec = {
  kind: "command",
  about:
    "Makes a plan, shows it, asks, and carries out exactly what was shown; or carries out a plan that canon plan --out FILE saved. An interrupted run goes on when the command is run again.",
  operands: { name: "ADDRESS", least: 0, most: Infinity },
  options: [
    ...SELECTION_OPTIONS,
    { flags: "--auto-approve", help: "do not ask" },
    { flags: "-n", help: "only show the plan" },
    { flags: "--allow-mass-create N", help: "create exactly this many tickets, beyond limits.create" },
    { flags: "--allow-mass-close N", help: "close exactly this many tickets, beyond limits.close" },
    { flags: "--any-branch", help: "write although this is not the default branch" },
  ],
  examples: [
    ["canon apply", "show, ask, write"],
    ["canon apply plan.json", "exactly what was saved, and only while it still fits"],
    ["canon apply --auto-approve", "in CI"],
    ["canon apply specs/payments.md", "one file"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const saved = await savedPlan(session);
    if (session.input.flag("n")) return showOnly(session, saved ?? (await makePlan(session, workspace)), workspace);
    return carryOut(session, workspace, saved, readApproval(session, saved !== null));
  },
};

/** A single operand that ends in .json is a saved plan: specs never do. */
async function savedPlan(session: Session): Promise<Plan | null> {
  const file = session.input.operands.find((operand) => operand.endsWith(".json"));
  if (file === undefined) return null;
  if (session.input.operands.length > 1)
    throw usageError("canon apply takes a saved plan or addresses, not both.", `Run canon apply ${file}: the plan knows what it is about.`);
  const read = await readSavedPlan(session.inFolder(file), file);
  if (!read.ok) throw new CommandFailure([read.diagnostic]);
  return read.plan;
}

function showOnly(session: Session, plan: Plan, workspace: Workspace): ExitCode {
  showPlan(session, plan, workspace);
  const exitCode = planExit(plan, false);
  session.record("summary", { exitCode, diagnostics: plan.diagnostics, ...planJson(plan, planView(plan)) });
  return exitCode;
}

function showPlan(session: Session, plan: Plan, workspace: Workspace): void {
  session.print(planText({ ...planView(plan, { include: workspace.config.specs.include }), next: [] }, session.page));
}

async function carryOut(session: Session, workspace: Workspace, saved: Plan | null, given: Allowed): Promise<ExitCode> {
  const run = new LiveRun(session);
  return withInterrupts(
    session.world,
    () => run.leave(),
    async (signal) => {
      signal.addEventListener("abort", () => run.drain());
      const applying = await begin(session, workspace, saved, run, signal);
      try {
        const plan = saved ?? applying.plan;
        showPlan(session, plan, workspace);
        if (!hasChanges(plan)) return idle(session, plan);
        const refusal = refusalOf({ ...plan, targets: applying.plan.targets });
        if (refusal !== null) throw new CommandFailure(refusal.diagnostics, refusal.exitCode);
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

async function begin(session: Session, workspace: Workspace, saved: Plan | null, run: LiveRun, signal: AbortSignal): Promise<ApplySession> {
  const progress = makeProgress(session);
  const started = await startApply(workspace, {
    selection: saved?.selection ?? session.selection(workspace),
    isSaved: saved !== null,
    anyBranch: session.input.flag("any-branch"),
    command: `canon ${session.command}`,
    onProgress: progress.say,
    onEvent: (event) => run.onEvent(event),
    signal,
  }).finally(progress.end);
  if (!started.ok) throw new CommandFailure([started.diagnostic], EXIT.locked);
  return started.session;
}

function reportOf(outcome: RunOutcome, plan: Plan): ApplyReport {
  if (outcome.ok) return outcome.report;
  switch (outcome.why) {
    case "stale":
      throw new CommandFailure(outcome.stale.map(staleDiagnostic), EXIT.stale);
    case "refused":
      throw new CommandFailure(outcome.refusal.diagnostics, outcome.refusal.exitCode);
    case "mass": {
      const [mass] = outcome.masses;
      throw mass === undefined ? new Error("a mass was refused without one") : tooMany(mass, plan);
    }
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
