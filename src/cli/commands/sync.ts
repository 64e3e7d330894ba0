/** `canon sync`: apply and pull in one plan. */

import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { ABSORB, ADDRESSES, REVERT, SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const sync: CommandSpec = {
  kind: "command",
  about:
    "Makes one plan for both ways, shows it, asks, and carries it out: what people changed on tickets goes into the specs, what changed in the specs goes to the tickets. Edits of both sides to one section are merged by block and by criterion; what cannot be merged waits for canon resolve.",
  operands: ADDRESSES,
  options: [...SELECTION_OPTIONS, ...WRITE_OPTIONS, REVERT, ABSORB],
  examples: [
    ["canon sync", "show, ask, write on both sides"],
    ["canon sync -n", "only look, as canon plan --sync does"],
    ["canon sync --auto-approve", "in CI"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const selection = selectionFor(session, workspace, "both");
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
    return writeFlow(session, workspace, { selection, saved: null });
  },
};
