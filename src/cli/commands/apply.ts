/** `canon apply`: shows the plan, asks, and carries out exactly it. */

import type { ApplyReport } from "../../core/model/apply-report.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { ApplySession } from "../../operations/apply.ts";
import { startApply } from "../../operations/apply.ts";
import { loadPlan } from "../../operations/saved-plan.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { notStarted, type ApplyProgress } from "../../views/apply-progress.ts";
import { applyEnd, doubtText } from "../../views/apply-text.ts";
import { planJson } from "../../views/plan-json.ts";
import { planText } from "../../views/plan-text.ts";
import { planView } from "../../views/plan-view.ts";
import { isApproved } from "../approval.ts";
import { SELECTION_OPTIONS, type CommandSpec } from "../command.ts";
import { withInterrupts } from "../interrupts.ts";
import { openLiveView, type LiveView } from "../live-view.ts";
import { hasChanges, idleExitCode, planExitCode } from "../plan-exit-code.ts";
import { makeProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import { makePlan } from "./plan.ts";

export const apply: CommandSpec = {
  kind: "command",
  about: "Makes a plan, shows it, asks, and carries out exactly what was shown; or carries out a plan that canon plan --out FILE saved. An interrupted run goes on when the command is run again.",
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
    const saved = await savedPlan(session, workspace);
    if (session.input.flag("n")) return showOnly(session, saved ?? (await makePlan(session, workspace)), workspace);
    return carryOut(session, workspace, saved);
  },
};

/** A single operand that ends in .json is a saved plan: specs never do. */
async function savedPlan(session: Session, workspace: Workspace): Promise<Plan | null> {
  const file = session.input.operands.find((operand) => operand.endsWith(".json"));
  if (file === undefined) return null;
  if (session.input.operands.length > 1) throw usageError("canon apply takes a saved plan or addresses, not both.", `Run canon apply ${file}: the plan knows what it is about.`);
  const loaded = await loadPlan(workspace, session.inFolder(file));
  if (!loaded.ok) throw new CommandFailure(loaded.diagnostics, EXIT.error);
  return loaded.plan;
}

function showOnly(session: Session, plan: Plan, workspace: Workspace): ExitCode {
  const view = planView(plan, { include: workspace.config.specs.include });
  session.print(planText(view, session.page));
  const exitCode = planExitCode(plan, false);
  session.record("summary", { exitCode, diagnostics: plan.diagnostics, ...planJson(plan, view) });
  return exitCode;
}

async function carryOut(session: Session, workspace: Workspace, saved: Plan | null): Promise<ExitCode> {
  const progress = notStarted();
  let live: LiveView | null = null;
  const leave = (): void => {
    live?.end();
    session.tell(doubtText(progress, session.errorPage));
  };
  return withInterrupts(session.world, leave, async (signal) => {
    const waiting = makeProgress(session);
    const started = await startApply(workspace, {
      selection: saved?.selection ?? session.selection(workspace),
      anyBranch: session.input.flag("any-branch"),
      command: `canon ${session.command}`,
      onProgress: waiting.say,
      onEvent: (event) => live?.onEvent(event),
      signal,
    }).finally(waiting.end);
    if (!started.ok) throw new CommandFailure([started.diagnostic], EXIT.locked);
    try {
      const plan = saved ?? started.session.plan;
      if (!(await isWanted(session, workspace, started.session, plan, saved !== null, signal))) return await unwanted(session, plan);
      live = await openLiveView(session, plan, planView(plan), progress);
      const report = await runIt(started.session, saved).finally(() => live?.end());
      return finish(session, plan, report);
    } finally {
      await started.session.end();
    }
  });
}
