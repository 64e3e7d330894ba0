/** `canon move`: gives sections a ticket in another target, and closes the one they have. */

import type { Decision } from "../../core/model/decision.ts";
import { ticketedSections } from "../../operations/ticketed-sections.ts";
import type { Workspace } from "../../operations/workspace.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { WRITE_OPTIONS } from "../option-spec.ts";
import { checkTargets, type Session } from "../session.ts";
import { usageError } from "../usage-error.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const move: CommandSpec = {
  kind: "command",
  about:
    "Moves sections to another target: makes a ticket there, lets the marker name it, and then closes the old ticket with a comment that says where it went. A changed route alone moves nothing. Sections below keep their tickets unless they are named too. Run again, it ends what was interrupted.",
  operands: { name: "ADDRESS", least: 1, most: Infinity },
  options: [{ flags: "--to TARGET", help: "the entry of ticket_systems that they move to" }, ...WRITE_OPTIONS],
  examples: [
    ["canon move specs/payments.md#refunds --to oss", "show, ask, move one section"],
    ["canon move specs/payments.md --to oss -n", "only show what moving a whole spec would do"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const to = targetOf(session, workspace);
    const addresses = await ticketedSections(workspace, session.addresses(workspace));
    const decisions = addresses.map((address): Decision => ({ kind: "move", address, to }));
    const selection = { ...selectionFor(session, workspace, "forward"), addresses, includeDone: true, decisions };
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
    return writeFlow(session, workspace, { selection, saved: null });
  },
};

function targetOf({ input }: Session, { config }: Workspace): string {
  const names = config.targets.map(({ name }) => name);
  const to = input.text("to");
  if (to === null) throw usageError("canon move needs to know where to.", `Write --to and one of ${names.join(", ")}.`);
  checkTargets([to], names);
  return to;
}
