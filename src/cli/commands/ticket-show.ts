/** `canon ticket show`: any ticket of any platform, in one shape. */

import { EXIT } from "../../core/model/exit-code.ts";
import { lookUp } from "../../operations/look-up.ts";
import { lookedUpText } from "../../views/looked-up-text.ts";
import { diagnosticsText } from "../../views/diagnostics-text.ts";
import type { CommandSpec } from "../command.ts";
import { CommandFailure } from "../usage-error.ts";

export const ticketShow: CommandSpec = {
  kind: "command",
  about:
    "Shows a ticket of Jira, Linear, GitHub, Azure DevOps or the local tracker, whether Canon made it or not. What was asked for within the last hour is not asked for again.",
  operands: { name: "REF", least: 1, most: 1 },
  options: [{ flags: "--fresh", help: "ask the platform even if the answer of the last hour is known" }],
  examples: [
    ["canon ticket show ENG-123", "by its key: the target that owns it, else default_platform"],
    ["canon ticket show https://github.com/acme/payments/issues/42", "by its address"],
    ["canon ticket show acme/payments#42 --json", "for programs"],
  ],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const [typed = ""] = session.input.operands;
    const result = await lookUp(typed, workspace, { fresh: session.input.flag("fresh") });
    if (!result.ok) throw new CommandFailure(result.diagnostics, EXIT.error);
    session.print(lookedUpText(result.ticket, result.cachedAt, workspace.clock.now().toISOString(), session.page));
    if (!session.json) for (const line of diagnosticsText(result.diagnostics, session.errorPage)) session.tell(`${line}\n`);
    return session.document(EXIT.ok, result.diagnostics, { ticket: result.ticket, cachedAt: result.cachedAt });
  },
};
