/** `canon doctor`: everything that `canon target check` finds, for all targets, and what it takes to work on the code host. */

import type { ForgeReport } from "../../core/model/forge-report.ts";
import { checkForge } from "../../operations/bot/check-forge.ts";
import { checkTargets } from "../../operations/check-targets.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { forgeCheckText } from "../../views/forge-text.ts";
import { targetCheckText } from "../../views/target-text.ts";
import type { CommandSpec } from "../command.ts";
import { failOnErrors } from "../fail-on-errors.ts";
import { NO_OPERANDS } from "../option-spec.ts";
import type { Session } from "../session.ts";

export const doctor: CommandSpec = {
  kind: "command",
  about:
    "Checks every target as canon target check does: connection, scopes, types, statuses, certificates, proxy. Where a code host is known, it says who Canon is there, what each command of the bot needs, and what lacks. Writes nothing.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon doctor", "all targets, and the code host"]],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const { targets, network, diagnostics: found } = await checkTargets(workspace, []);
    const forge = await codeHost(session, workspace);
    session.print(`${targetCheckText(targets, network, session.page)}${forge === null ? "" : `\n${forgeCheckText(forge, session.page)}`}`);
    const diagnostics = [...found, ...(forge?.diagnostics ?? [])];
    return session.document(failOnErrors(diagnostics), diagnostics, { targets, network, forge });
  },
};

async function codeHost({ world }: Session, workspace: Workspace): Promise<ForgeReport | null> {
  const { openForge } = await import("../../wiring.ts");
  return checkForge(workspace, openForge, (seconds) => world.stderr.write(`the code host: its limit of requests is reached, waiting ${seconds} s\n`));
}
