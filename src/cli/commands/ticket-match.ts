/** `canon ticket match`: which tickets a text names. */

import { EXIT } from "../../core/model/exit-code.ts";
import { matchReferences } from "../../core/lookup/match-references.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { hostsOf } from "../../operations/platforms.ts";
import type { CommandSpec } from "../command.ts";

export const ticketMatch: CommandSpec = {
  kind: "command",
  about: "Prints the tickets that a text names, as Canon reads commit messages and branch names: keys of configured projects, and addresses. Asks nobody.",
  operands: { name: "TEXT", least: 1, most: Infinity },
  options: [],
  examples: [
    ["canon ticket match feature/ENG-1-retry-payments", "the name of a branch"],
    ["canon ticket match [ENG-1] [PLAT-3] Retry payments", "a commit message"],
  ],
  json: "document",
  run: async (session) => {
    const { config, env } = await session.open();
    const matches = matchReferences(session.input.operands.join(" "), config, hostsOf(config.targets, env));
    if (matches.length === 0) session.print("  No ticket of a configured project is named.\n");
    for (const { key, system, targets } of matches) {
      const where = targets.length === 0 ? `${system}, no target` : targets.length === 1 ? (targets[0] ?? "") : `could be ${targets.join(" or ")}`;
      session.print(`  ${session.page.paint("key", cleanLine(key))}  ${cleanLine(where)}\n`);
    }
    return session.document(EXIT.ok, [], { matches });
  },
};
