/** What the bot's commands do and print: `canon bot run` does several of them in one run. */

import { EXIT, worstExit, type ExitCode } from "../core/model/exit-code.ts";
import { answerIssue } from "../operations/bot/answer-issue.ts";
import { applyMerged } from "../operations/bot/apply-merged.ts";
import type { BotWorld } from "../operations/bot/bot-world.ts";
import { linkRequest } from "../operations/bot/link-request.ts";
import { followProposals } from "../operations/bot/follow-proposals.ts";
import { NOBODY_TOLD, notifyFromBranch } from "../operations/bot/notify-tickets.ts";
import { isOfOne, planPullRequest, type Reviewed } from "../operations/bot/plan-pull-request.ts";
import { proposePulls } from "../operations/bot/propose-pulls.ts";
import { codeText } from "../views/bot-code.ts";
import { appliedText, proposedText } from "../views/bot-report.ts";
import { toldText } from "../views/bot-told.ts";
import { diagnosticsText } from "../views/diagnostics-text.ts";
import { planJson } from "../views/plan-json.ts";
import { planText } from "../views/plan-text.ts";
import { planView } from "../views/plan-view.ts";
import { count } from "../views/words.ts";
import { failOnErrors } from "./fail-on-errors.ts";
import { withInterrupts } from "./interrupts.ts";
import type { Session } from "./session.ts";

const NO_ISSUES = "issues are turned off in this repository, so nobody can be asked there. canon plan shows them; at a terminal they can be answered.";

/** What planning says goes there. */
type PlanPage = Pick<Session, "print" | "tell" | "record" | "page" | "errorPage">;

export async function planStep(session: PlanPage, numbers: readonly number[], bot: BotWorld): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  const failed: unknown[] = [];
  for (const number of numbers) {
    try {
      const reviewed = await planPullRequest(number, bot);
      showReviewed(session, reviewed);
      codes.push(exitOf(reviewed));
    } catch (error) {
      if (!isOfOne(error)) throw error;
      failed.push(error);
    }
  }
  // One that the host cannot answer for holds up no other; the run says so in the end.
  if (failed.length > 0) throw failed[0];
  return worstExit(codes);
}

function showReviewed(session: PlanPage, { number, state, message, plan, checked, diagnostics }: Reviewed): void {
  session.print(`${message}\n`);
  if (plan !== null) {
    const view = { ...planView(plan), next: [] };
    session.print(planText(view, session.page));
    session.record("reviewed", { number, state, message, checked, plan: planJson(plan, view) });
    return;
  }
  if (diagnostics.length > 0) session.tell(`${diagnosticsText(diagnostics, session.errorPage).join("\n")}\n`);
  session.record("reviewed", { number, state, message, checked, diagnostics });
}

/** A check holds a pull request up by itself; only where the host takes none must the run. */
function exitOf({ state, plan, checked, diagnostics }: Reviewed): ExitCode {
  if (state === "no-config") return failOnErrors(diagnostics);
  if (checked) return EXIT.ok;
  const errors = failOnErrors(diagnostics);
  return errors === EXIT.ok && (plan?.conflicts.length ?? 0) > 0 ? EXIT.conflicts : errors;
}

export async function applyStep(session: Session, bot: BotWorld): Promise<ExitCode> {
  return withInterrupts(
    session.world,
    () => undefined,
    async (signal) => {
      const { waiting, diagnostics, ...done } = await applyMerged(bot, signal);
      session.print(appliedText(done) + codeText(done) + toldText(done.told));
      if (diagnostics.length > 0) session.tell(`${diagnosticsText(diagnostics, session.errorPage).join("\n")}\n`);
      session.record("applied", { ...done, diagnostics, waiting: waiting.map(({ address, action, target, key }) => ({ address, action, target, key })) });
      return done.exitCode;
    },
  );
}

export async function answerStep(session: Session, number: number, bot: BotWorld): Promise<ExitCode> {
  return withInterrupts(
    session.world,
    () => undefined,
    async (signal) => {
      const done = await answerIssue(number, bot, signal);
      session.print(appliedText(done));
      if (done.diagnostics.length > 0) session.tell(`${diagnosticsText(done.diagnostics, session.errorPage).join("\n")}\n`);
      session.record("answered", { ...done });
      return done.exitCode;
    },
  );
}

export async function pullStep(session: Session, bot: BotWorld): Promise<ExitCode> {
  const { enabled, setup, proposed, questions, told = NOBODY_TOLD, diagnostics } = await proposePulls(bot);
  const isUnreadable = !enabled && diagnostics.some(({ severity }) => severity === "error");
  if (setup !== null) session.print(`Canon is not set up here yet: ${setup} proposes how.\n`);
  else session.print(isUnreadable ? "The configuration on the default branch cannot be read, so nothing is proposed.\n" : proposedText(enabled, proposed));
  if (questions !== null && questions.open > 0)
    session.print(`${count(questions.open, "question")} ${questions.open === 1 ? "waits" : "wait"} for an answer: ${questions.url ?? NO_ISSUES}\n`);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) session.tell(`${diagnosticsText(errors, session.errorPage).join("\n")}\n`);
  session.print(toldText(told));
  session.record("proposed", { enabled, setup, proposed, questions, told, diagnostics });
  return failOnErrors(diagnostics);
}

export async function followStep(session: Session, bot: BotWorld): Promise<ExitCode> {
  const { proposals } = await followProposals(bot);
  const open = proposals.filter(({ state }) => state === "open" || state === "paused").length;
  session.print(`${open} ${open === 1 ? "proposal is" : "proposals are"} open.\n`);
  const told = await notifyFromBranch(bot);
  session.print(toldText(told));
  session.record("followed", { open, told });
  return EXIT.ok;
}

/** A link that cannot be made holds nobody up: the next `apply` tries again. */
export async function linkStep(session: Session, number: number, bot: BotWorld): Promise<ExitCode> {
  const linked = await linkRequest(number, bot);
  session.print(codeText({ realized: [], linked: linked ?? [] }));
  session.record("linked", { number, enabled: linked !== null, linked: linked ?? [] });
  return EXIT.ok;
}
