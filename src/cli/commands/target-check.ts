/** `canon target check`: connects to targets and says what is there and what is wrong. */

import { checkTargets } from "../../operations/check-targets.ts";
import { targetCheckText } from "../../views/target-text.ts";
import type { CommandSpec } from "../command.ts";
import { failOnErrors } from "../fail-on-errors.ts";
import type { Session } from "../session.ts";
import { checkTargets as checkNames } from "../session.ts";
import type { ExitCode } from "../../core/model/exit-code.ts";

export const targetCheck: CommandSpec = {
  kind: "command",
  about:
    "Connects to the targets, reads a ticket as a proof, and shows the account, types, headings, limits, the table of statuses, the scopes of the token, and which certificates and proxy are in force. Writes nothing.",
  operands: { name: "NAME", least: 0, most: Infinity },
  options: [],
  examples: [
    ["canon target check", "all targets"],
    ["canon target check engineering", "one"],
  ],
  json: "document",
  run: checkNamed,
};

async function checkNamed(session: Session): Promise<ExitCode> {
  const workspace = await session.open();
  const names = session.input.operands;
  checkNames(
    names,
    workspace.config.targets.map(({ name }) => name),
  );
  const { targets, network, diagnostics } = await checkTargets(workspace, names);
  session.print(targetCheckText(targets, network, session.page));
  return session.document(failOnErrors(diagnostics), diagnostics, { targets, network });
}
