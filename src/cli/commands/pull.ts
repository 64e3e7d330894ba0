/** `canon pull`: brings what people changed on tickets into the specs. */

import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { ABSORB, ADDRESSES, SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const pull: CommandSpec = {
  kind: "command",
  about:
    "Shows what people changed on tickets, asks, and brings it into the specs: statuses and criteria; title and text with --absorb. It changes exactly the lines it shows, and works on any branch.",
  operands: ADDRESSES,
  options: [...SELECTION_OPTIONS, ...WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow") && !flags.startsWith("--any")), ABSORB],
  examples: [
    ["canon pull", "show, ask, write into the specs"],
    ["canon pull -n", "only look"],
    ["canon pull specs/payments.md --absorb title,body", "also the words that people changed on tickets"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const selection = selectionFor(session, workspace, "back");
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
    return writeFlow(session, workspace, { selection, saved: null });
  },
};
