/** `canon recreate`: a section whose ticket is gone gets a new one. */

import type { Decision } from "../../core/model/decision.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import type { Plan, Selection } from "../../core/model/plan.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import type { Session } from "../session.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const recreate: CommandSpec = {
  kind: "command",
  about:
    "Creates a ticket anew for sections whose marker names one that is gone: deleted by somebody, or given back. Canon never does that unasked. It shows the plan, asks, creates, and lets the marker name the new ticket. Refused for a section that has its ticket, and where the tracker could not be read completely.",
  operands: { name: "ADDRESS", least: 1, most: Infinity },
  options: [
    ...SELECTION_OPTIONS.filter(({ flags }) => !flags.startsWith("--include")),
    ...WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow-mass-close")),
  ],
  examples: [
    ["canon recreate specs/payments.md#refunds", "one section"],
    ["canon recreate specs", "every section that misses its ticket"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const selection: Selection = { ...selectionFor(session, workspace, "forward"), includeDone: true };
    const plan = await makePlan(session, workspace, selection);
    const addresses = [...new Set([...lostIn(plan), ...selection.addresses.filter((address) => address.includes("#"))])];
    if (addresses.length === 0) return nothing(session, plan);
    const decided: Selection = { ...selection, addresses, decisions: addresses.map((address): Decision => ({ kind: "recreate", address })) };
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, decided));
    return writeFlow(session, workspace, { selection: decided, saved: null });
  },
};

/** Sections that were named one by one are asked about even when they have their tickets: then it is told why not. */
function lostIn({ questions }: Plan): readonly string[] {
  return questions.flatMap(({ kind, address }) => ((kind === "ticket-missing" || kind === "released") && address !== null ? [address] : []));
}

function nothing(session: Session, { diagnostics }: Plan): ExitCode {
  session.print("  No section here misses its ticket.\n");
  session.record("summary", { exitCode: EXIT.ok, diagnostics, results: [] });
  return EXIT.ok;
}
