/** `canon local list` and `show`. */

import { EXIT } from "../../core/model/exit-code.ts";
import { ticketPage, ticketTree } from "../../views/local-text.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS, type OptionSpec } from "../option-spec.ts";
import { withDesk } from "../open-desk.ts";

export const TARGET: OptionSpec = { flags: "--target NAME", help: "which local target, where there are several" };

export const localList: CommandSpec = {
  kind: "command",
  about: "Lists the tickets of the local tracker, children below their parents.",
  operands: NO_OPERANDS,
  options: [
    { flags: "--status NAME", help: "only in this status" },
    { flags: "--label NAME", help: "only with this label" },
    { flags: "--type NAME", help: "only of this type" },
    { flags: "--parent KEY", help: "only below this ticket" },
    { flags: "--archived", help: "also archived ones" },
    TARGET,
  ],
  examples: [
    ["canon local list", "everything"],
    ["canon local list --status Done", "what is done"],
  ],
  json: "document",
  run: (session) =>
    withDesk(session, async (desk) => {
      const { input } = session;
      const filter = Object.fromEntries(["status", "label", "type", "parent"].flatMap((name) => (input.text(name) === null ? [] : [[name, input.text(name)]])));
      const tickets = await desk.list({ ...filter, archived: input.flag("archived") });
      session.print(ticketTree(tickets, desk.project, session.page));
      return session.document(EXIT.ok, [], { tickets });
    }),
};

export const localShow: CommandSpec = {
  kind: "command",
  about: "Shows one ticket with its text, criteria, comments, links and history.",
  operands: { name: "KEY", least: 1, most: 1 },
  options: [TARGET],
  examples: [["canon local show PAY-3", "one ticket"]],
  json: "document",
  run: (session) =>
    withDesk(session, async (desk, workspace) => {
      const view = await desk.show(session.input.operands[0] ?? "");
      session.print(ticketPage(view, workspace.clock.now().toISOString(), session.page));
      return session.document(EXIT.ok, [], { ...view });
    }),
};
