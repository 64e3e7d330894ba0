/** `canon target list`: what is configured, without asking anybody. */

import { EXIT } from "../../core/model/exit-code.ts";
import { listedTargets } from "../../operations/listed-targets.ts";
import { targetListText } from "../../views/target-text.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";

export const targetList: CommandSpec = {
  kind: "command",
  about: "Lists the targets of the configuration and the environment variables that their credentials come from. Asks nobody.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon target list", "all"]],
  json: "document",
  run: async (session) => {
    const { config, env } = await session.open();
    const targets = listedTargets(config, env);
    session.print(targetListText(targets, session.page));
    return session.document(EXIT.ok, [], { targets });
  },
};
