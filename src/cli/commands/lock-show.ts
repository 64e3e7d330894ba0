/** `canon lock show`: reads, and changes nothing. */

import { EXIT } from "../../core/model/exit-code.ts";
import { readLocks } from "../../operations/lock.ts";
import { locksText } from "../../views/lock-text.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";

export const lockShow: CommandSpec = {
  kind: "command",
  about:
    "Shows who is writing in this clone and to each target, since when and until when, which creates are in doubt, and which tickets wait for their markers to be merged.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon lock show", "all targets"]],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const locks = await readLocks(workspace);
    session.print(locksText(locks, workspace.clock.now().toISOString(), session.page));
    return session.document(EXIT.ok, [], { ...locks });
  },
};
