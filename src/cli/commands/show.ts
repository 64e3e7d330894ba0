/** `canon show`: one section with its ticket. */

import type { CommandSpec } from "../command.ts";
import { explainOnTerminal } from "../explain-address.ts";

export const show: CommandSpec = {
  kind: "command",
  about: "Shows one section with its ticket: where it belongs and why, what is planned for it, and what both sides say of each field.",
  operands: { name: "ADDRESS", least: 1, most: 1 },
  options: [],
  examples: [["canon show specs/payments.md#key-gen", "one section"]],
  json: "document",
  run: async (session) => {
    const [address = ""] = session.input.operands;
    return explainOnTerminal(session, await session.open(), address, true);
  },
};
