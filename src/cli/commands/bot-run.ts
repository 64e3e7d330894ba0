/** `canon bot run`: does what the event of a GitHub workflow asks for. */

import { EXIT, worstExit, type ExitCode } from "../../core/model/exit-code.ts";
import type { BotStep } from "../../core/bot/event-steps.ts";
import type { BotWorld } from "../../operations/bot/bot-world.ts";
import { isOvertaken, readEvent, type ReadEvent } from "../../operations/bot/read-event.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";
import type { Session } from "../session.ts";
import { usageError } from "../usage-error.ts";
import { withBot } from "../with-bot.ts";

export const botRun: CommandSpec = {
  kind: "command",
  about:
    "Reads the event that started a GitHub workflow, and does what it asks for: plan on a pull request and its link on tickets, apply and pull after a push to the default branch and on a schedule, a look at the bot's own pull requests when one is closed, and answers in the issue with its questions.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon bot run", "in a workflow on pull_request, push, schedule, workflow_dispatch, issues and issue_comment"]],
  json: "lines",
  run: (session) =>
    withBot(session, async (bot) => {
      const event = await readEvent(session.world.env, bot);
      if (!event.ok) throw usageError(event.message, "Elsewhere run canon bot plan --all, canon bot apply and canon bot pull.");
      session.print(event.steps.length === 0 ? `Nothing to do on ${event.name}.\n` : "");
      const codes: ExitCode[] = [];
      for (const step of event.steps) codes.push(await waited(event, await carryOut(step, session, bot), bot));
      const exitCode = worstExit(codes);
      session.record("summary", { exitCode, diagnostics: [], event: event.name });
      return exitCode;
    }),
};

/** The next run of a schedule comes by itself, and so does that of a later push: that another one was quicker fails nothing. */
async function waited({ name, after }: Extract<ReadEvent, { readonly ok: true }>, code: ExitCode, { forge }: BotWorld): Promise<ExitCode> {
  if (code !== EXIT.stale && code !== EXIT.locked) return code;
  return name === "schedule" || (after !== null && (await isOvertaken(after, forge))) ? EXIT.ok : code;
}

async function carryOut(step: BotStep, session: Session, bot: BotWorld): Promise<ExitCode> {
  const { answerStep, applyStep, followStep, linkStep, planStep, pullStep } = await import("../bot-steps.ts");
  switch (step.do) {
    case "plan":
      return worstExit([await planStep(session, [step.number], bot), await linkStep(session, step.number, bot)]);
    case "answer":
      return answerStep(session, step.number, bot);
    case "apply":
      return applyStep(session, bot);
    case "pull":
      return pullStep(session, bot);
    case "follow":
      return followStep(session, bot);
  }
}
