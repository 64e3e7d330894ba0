/** `canon clean`: removes what can be made again. */

import { EXIT } from "../../core/model/exit-code.ts";
import { cleanCache } from "../../operations/clean.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";

export const clean: CommandSpec = {
  kind: "command",
  about: "Removes .canon/cache. Nothing is lost: what stands there is made again. .canon/state and the local tracker are kept.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon clean", "when in doubt"]],
  json: "lines",
  run: async (session) => {
    const removed = await cleanCache(await session.open());
    session.print(removed ? "  Removed .canon/cache.\n" : "  Nothing to remove: there is no .canon/cache.\n");
    session.record("summary", { exitCode: EXIT.ok, diagnostics: [], removed });
    return EXIT.ok;
  },
};
