/** `canon demo`: a small project, applied on the local tracker, from nothing. */

import { FORWARD } from "../../core/plan/selection.ts";
import { basename, relative } from "node:path";
import { addedLines, writeDemo } from "../../operations/demo.ts";
import { startApply, type ApplySession, type RunOutcome } from "../../operations/apply.ts";
import type { ApplyReport } from "../../core/model/apply-report.ts";
import type { ExitCode } from "../../core/model/exit-code.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { applyEnd } from "../../views/apply-text.ts";
import { markerDiff, tryNext } from "../../views/demo-text.ts";
import { ticketTree } from "../../views/local-text.ts";
import { planText } from "../../views/plan-text.ts";
import { planView } from "../../views/plan-view.ts";
import type { CommandSpec } from "../command.ts";
import { withInterrupts } from "../interrupts.ts";
import { withDeskOf } from "../open-desk.ts";
import type { Session } from "../session.ts";
import { CommandFailure } from "../usage-error.ts";

const FOLDER = "canon-demo";

export const demo: CommandSpec = {
  kind: "command",
  about:
    "Writes a small project to ./canon-demo, applies it on the local tracker, and shows the tickets and what changed in the specs. Needs no account and touches nothing else.",
  operands: { name: "FOLDER", least: 0, most: 1 },
  options: [],
  examples: [["canon demo", "in ./canon-demo"]],
  json: "lines",
  run: async (session) => {
    const folder = session.inFolder(session.input.operands[0] ?? FOLDER);
    const written = await writeDemo(folder);
    if (!written.ok) throw new CommandFailure([written.diagnostic]);
    heading(session, `1. A small project, written to ${basename(folder)}`);
    session.print(written.files.map((file) => `  ${file}\n`).join(""));
    const workspace = await session.open(folder);
    return withInterrupts(
      session.world,
      () => {},
      (signal) => applyDemo(session, workspace, folder, signal),
    );
  },
};

async function applyDemo(session: Session, workspace: Workspace, folder: string, signal: AbortSignal): Promise<ExitCode> {
  const selection = { addresses: [], exclude: [], targets: [], ...FORWARD, includeDone: false };
  const started = await startApply(workspace, { selection, anyBranch: false, command: "canon demo", onEvent: () => {}, signal });
  if (!started.ok) throw new CommandFailure([started.diagnostic]);
  const report = await carryOut(session, started.session);
  await showResult(session, workspace, folder);
  session.record("summary", { ...report, folder });
  return report.exitCode;
}

async function carryOut(session: Session, applying: ApplySession): Promise<ApplyReport> {
  heading(session, "2. What canon plan says of it");
  session.print(planText({ ...planView(applying.plan), next: [] }, session.page));
  const outcome = await runAndEnd(applying);
  if (!outcome.ok) throw new Error("the demo is stale or too large");
  heading(session, "3. What canon apply did");
  session.print(applyEnd(applying.plan, outcome.report, session.page));
  return outcome.report;
}

async function runAndEnd(applying: ApplySession): Promise<RunOutcome> {
  try {
    return await applying.run({ create: [], close: [] });
  } finally {
    await applying.end();
  }
}

async function showResult(session: Session, workspace: Workspace, folder: string): Promise<void> {
  const [target] = workspace.config.targets;
  if (target !== undefined) {
    heading(session, "4. The tickets (canon local list)");
    session.print(await withDeskOf(workspace, target, async (desk) => ticketTree(await desk.list(), desk.project, session.page)));
  }
  heading(session, "5. All that changed in the specs: hidden comments that hold the keys");
  session.print(markerDiff(await addedLines(folder), session.page));
  heading(session, "Now you");
  session.print(tryNext(steps(relative(session.world.cwd, folder) || "."), session.page));
}

function steps(folder: string): readonly { readonly command: string; readonly what: string }[] {
  return [
    { command: `cd ${folder}`, what: "go there" },
    { command: "canon plan", what: "nothing is left to do" },
    { command: "canon list --all", what: "what became a ticket, and why the rest did not" },
    { command: "canon local move PAY-1 'In Progress'", what: "be the engineer; then canon plan" },
    { command: "canon local show PAY-2", what: "read a ticket" },
    { command: "canon init", what: "begin with your own specs" },
  ];
}

function heading(session: Session, text: string): void {
  session.print(`\n${session.page.paint("heading", text)}\n\n`);
}
