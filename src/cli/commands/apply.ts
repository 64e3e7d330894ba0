/** `canon apply`: shows the plan, asks, and carries out exactly it. */

import type { Plan } from "../../core/model/plan.ts";
import { readSavedPlan } from "../../operations/saved-plan.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { REVERT, SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const apply: CommandSpec = {
  kind: "command",
  about:
    "Makes a plan, shows it, asks, and carries out exactly what was shown; or carries out a plan that canon plan --out FILE saved. An interrupted run goes on when the command is run again.",
  operands: { name: "ADDRESS", least: 0, most: Infinity },
  options: [...SELECTION_OPTIONS, ...WRITE_OPTIONS, REVERT],
  examples: [
    ["canon apply", "show, ask, write"],
    ["canon apply plan.json", "exactly what was saved, and only while it still fits"],
    ["canon apply --auto-approve", "in CI"],
    ["canon apply specs/payments.md", "one file"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const saved = await savedPlan(session);
    const selection = selectionFor(session, workspace, "forward");
    if (session.input.flag("n")) return showOnly(session, saved ?? (await makePlan(session, workspace, selection)));
    return writeFlow(session, workspace, { selection, saved });
  },
};

/** A single operand that ends in .json is a saved plan: specs never do. */
async function savedPlan(session: Session): Promise<Plan | null> {
  const file = session.input.operands.find((operand) => operand.endsWith(".json"));
  if (file === undefined) return null;
  if (session.input.operands.length > 1)
    throw usageError("canon apply takes a saved plan or addresses, not both.", `Run canon apply ${file}: the plan knows what it is about.`);
  const changing = flagThatChangesPlans(session);
  if (changing !== undefined)
    throw usageError(
      `canon apply carries a saved plan out as it is: ${changing} would make it another one.`,
      `Save it with canon plan ${changing} … --out ${file}, then run canon apply ${file}.`,
    );
  const read = await readSavedPlan(session.inFolder(file), file);
  if (!read.ok) throw new CommandFailure([read.diagnostic]);
  return read.plan;
}

function flagThatChangesPlans({ input }: Session): string | undefined {
  if (input.list("exclude").length > 0) return "--exclude";
  if (input.list("target").length > 0) return "--target";
  if (input.flag("include-done")) return "--include-done";
  return input.text("revert") === null ? undefined : "--revert";
}
