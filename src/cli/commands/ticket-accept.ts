/** `canon ticket accept`: the answer that a ticket of people belongs to the specs: a section is written for it. */

import { EXIT } from "../../core/model/exit-code.ts";
import { typedKeys } from "../../operations/typed-keys.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import { checkTargets, fromRoot, type Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const ticketAccept: CommandSpec = {
  kind: "command",
  about:
    "Writes a section for a ticket that people made, with its title, its text and its criteria, one heading below the section that --into names and behind all that stands under it. From then on the ticket is that section's. Nothing of it is changed. Run again, it ends what was interrupted.",
  operands: { name: "KEY", least: 1, most: 1 },
  options: [
    { flags: "--into ADDRESS", help: "the section below which it is written" },
    ...SELECTION_OPTIONS.filter(({ flags }) => flags.startsWith("--target")),
    ...WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow")),
  ],
  examples: [
    ["canon ticket accept PAY-31 --into specs/payments.md#refunds", "show the section, ask, write it"],
    ["canon ticket accept PAY-31 --into specs/payments.md#refunds -n", "only show it"],
  ],
  json: "lines",
  run: async (session) => {
    const into = intoOf(session);
    const workspace = await session.open();
    const targets = session.input.list("target");
    checkTargets(
      targets,
      workspace.config.targets.map(({ name }) => name),
    );
    const { keys, diagnostics } = typedKeys(session.input.operands, targets, workspace.config);
    const [typed] = keys;
    if (typed === undefined) throw new CommandFailure(diagnostics, EXIT.error);
    const address = fromRoot(into, session.folder, workspace.root);
    const selection = {
      ...selectionFor(session, workspace, "forward"),
      addresses: [address],
      targets: [],
      includeDone: true,
      decisions: [{ kind: "accept" as const, address, target: typed.target.name, key: typed.key }],
    };
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
    return writeFlow(session, workspace, { selection, saved: null });
  },
};

function intoOf({ input }: Session): string {
  const into = input.text("into");
  if (into === null) throw usageError("canon ticket accept needs to know where the section goes.", "Write --into and the address of the section above it.");
  if (!into.includes("#"))
    throw usageError(`${into} is a whole spec; --into names one section.`, `Write --into ${into}#SECTION; canon list shows the addresses.`);
  return into;
}
