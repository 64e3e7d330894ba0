/** `canon bot apply`: carries out what was reviewed on merged pull requests. */

import { NO_OPERANDS } from "../option-spec.ts";
import type { CommandSpec } from "../command.ts";
import { withBot } from "../with-bot.ts";

export const botApply: CommandSpec = {
  kind: "command",
  about:
    "Carries out what people could read on pull requests that are merged by now, and brings the markers of new tickets back. Marks the sections that merged code implements, and links open pull requests on the tickets that they name. What nobody reviewed waits (bot.on_moved). Writes nothing until bot.enabled is true on the default branch.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon bot apply", "after every push to the default branch, in a clone of its tip"]],
  json: "lines",
  run: (session) =>
    withBot(session, async (bot) => {
      const { applyStep } = await import("../bot-steps.ts");
      const exitCode = await applyStep(session, bot);
      session.record("summary", { exitCode, diagnostics: [] });
      return exitCode;
    }),
};
