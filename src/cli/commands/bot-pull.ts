/** `canon bot pull`: proposes what people changed on tickets, as pull requests. */

import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";
import { withBot } from "../with-bot.ts";

export const botPull: CommandSpec = {
  kind: "command",
  about:
    "Brings what people changed on tickets into the specs as pull requests: one per spec, brought up to date while it is open, never again what was declined, and never over somebody else's commits. Writes to no tracker.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon bot pull", "every few minutes, or every hour"]],
  json: "lines",
  run: (session) =>
    withBot(session, async (bot) => {
      const { pullStep } = await import("../bot-steps.ts");
      const exitCode = await pullStep(session, bot);
      session.record("summary", { exitCode, diagnostics: [] });
      return exitCode;
    }),
};
