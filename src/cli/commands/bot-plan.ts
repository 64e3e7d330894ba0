/** `canon bot plan`: says on pull requests what merging them does to tickets. */

import type { CommandSpec } from "../command.ts";
import { usageError } from "../usage-error.ts";
import { withBot } from "../with-bot.ts";

export const botPlan: CommandSpec = {
  kind: "command",
  about:
    "Plans what merging a pull request does to tickets, and says it there: one comment, edited in place, and a check. Reads trackers and writes to none; of a pull request from a fork only the specs are read.",
  operands: { name: "NUMBER", least: 0, most: 1 },
  options: [{ flags: "--all", help: "every open pull request" }],
  examples: [
    ["canon bot plan 41", "one pull request"],
    ["canon bot plan --all", "from a CI that knows no pull requests, every few minutes"],
  ],
  json: "lines",
  run: async (session) => {
    const [typed] = session.input.operands;
    const isAll = session.input.flag("all");
    if (isAll === (typed !== undefined)) throw usageError("canon bot plan takes a number or --all.", "Write canon bot plan 41, or canon bot plan --all.");
    if (typed !== undefined && !/^\d{1,9}$/.test(typed)) throw usageError(`"${typed}" is no number of a pull request.`, "Write canon bot plan 41.");
    return withBot(session, async (bot) => {
      const { planStep } = await import("../bot-steps.ts");
      const numbers = isAll ? (await bot.forge.pullRequests({ state: "open" })).map(({ number }) => number) : [Number(typed)];
      if (numbers.length === 0) session.print("No pull request is open.\n");
      const exitCode = await planStep(session, numbers.toReversed(), bot);
      session.record("summary", { exitCode, diagnostics: [] });
      return exitCode;
    });
  },
};
