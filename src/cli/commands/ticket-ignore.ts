/** `canon ticket ignore`: the answer that a ticket is none of Canon's. */

import { IGNORE_LABEL } from "../../core/plan/unmapped.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import { ignoreTickets } from "../../operations/ignore-tickets.ts";
import { typedKeys } from "../../operations/typed-keys.ts";
import { ignoreText } from "../../views/ignore-text.ts";
import type { CommandSpec } from "../command.ts";
import { withInterrupts } from "../interrupts.ts";
import { SELECTION_OPTIONS } from "../option-spec.ts";
import { checkTargets } from "../session.ts";
import { CommandFailure } from "../usage-error.ts";

export const ticketIgnore: CommandSpec = {
  kind: "command",
  about: `Puts the label ${IGNORE_LABEL} on tickets that people made, so that no plan of anybody asks about them again. Taking the label off asks again. Nothing else of them is changed.`,
  operands: { name: "KEY", least: 1, most: Infinity },
  options: [{ flags: "-n", help: "only show what would be written" }, ...SELECTION_OPTIONS.filter(({ flags }) => flags.startsWith("--target"))],
  examples: [
    ["canon ticket ignore PAY-31", "one ticket"],
    ["canon ticket ignore PAY-31 PAY-32 -n", "only look"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const targets = session.input.list("target");
    checkTargets(
      targets,
      workspace.config.targets.map(({ name }) => name),
    );
    const { keys, diagnostics } = typedKeys(session.input.operands, targets, workspace.config);
    if (diagnostics.length > 0) throw new CommandFailure(diagnostics, EXIT.error);
    const isDry = session.input.flag("n");
    const report = await withInterrupts(
      session.world,
      () => {},
      async (signal) => ignoreTickets(workspace, keys, { isDry, command: `canon ${session.command}`, signal }),
    );
    session.print(ignoreText(report, IGNORE_LABEL, isDry, session.page));
    for (const one of report.ignored) session.record("ignored", one);
    session.record("summary", { ...report });
    return report.exitCode;
  },
};
