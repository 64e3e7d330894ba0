/** `canon target statuses`: how the six states and a project's statuses translate. */

import { checkTargets } from "../../operations/check-targets.ts";
import { targetStatusesText } from "../../views/target-text.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import type { CommandSpec } from "../command.ts";
import { failOnErrors } from "../fail-on-errors.ts";
import { checkTargets as checkNames } from "../session.ts";
import { CommandFailure } from "../usage-error.ts";

export const targetStatuses: CommandSpec = {
  kind: "command",
  about: "Shows what each of the six states becomes in a target, and what each of its statuses is in a spec. status_map changes the table.",
  operands: { name: "NAME", least: 1, most: 1 },
  options: [],
  examples: [["canon target statuses engineering", "one target"]],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    checkNames(
      session.input.operands,
      workspace.config.targets.map(({ name }) => name),
    );
    const { targets, diagnostics } = await checkTargets(workspace, session.input.operands);
    const [target] = targets;
    if (!target || target.account === null) throw new CommandFailure(diagnostics, EXIT.error);
    session.print(targetStatusesText(target, session.page));
    const { forward, backward } = target;
    return session.document(failOnErrors(diagnostics), diagnostics, { forward, backward });
  },
};
