/** `canon list`: what would be a ticket, and why the rest would not. */

import { listSpecs } from "../../operations/list.ts";
import { listText } from "../../views/list-text.ts";
import type { CommandSpec } from "../command.ts";
import { ADDRESSES, SELECTION_OPTIONS } from "../option-spec.ts";
import { failOnErrors } from "../fail-on-errors.ts";

export const list: CommandSpec = {
  kind: "command",
  about:
    "Reads the specs and the configuration, asks no tracker, and shows every section that is a ticket or would become one: its type, its parent, its criteria (ticked/all).",
  operands: ADDRESSES,
  options: [{ flags: "--all", help: "also sections that would be no ticket, and why" }, ...SELECTION_OPTIONS],
  examples: [
    ["canon list", "everything"],
    ["canon list --all specs/payments.md", "one spec, with the reason why not"],
    ["canon list --target oss", "what goes to one target"],
  ],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const selection = session.selection(workspace);
    const { specs, totals, diagnostics } = await listSpecs(workspace, selection);
    const options = { all: session.input.flag("all"), include: workspace.config.specs.include, addresses: selection.addresses };
    session.print(listText({ specs, totals, diagnostics }, options, session.page));
    return session.document(failOnErrors(diagnostics), diagnostics, { totals, specs });
  },
};
