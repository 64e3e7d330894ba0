/** `canon plan`: what apply would do. */

import type { Plan, Selection } from "../../core/model/plan.ts";
import { planExit } from "../../core/plan/exit-codes.ts";
import { planTickets } from "../../operations/plan.ts";
import { savePlan } from "../../operations/saved-plan.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { planJson } from "../../views/plan-json.ts";
import { planMarkdown } from "../../views/plan-markdown.ts";
import { planParts } from "../../views/plan-text.ts";
import { planView } from "../../views/plan-view.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { ABSORB, ADDRESSES, REVERT, SELECTION_OPTIONS } from "../option-spec.ts";
import { explainOnTerminal } from "../explain-address.ts";
import { makeProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";

export const plan: CommandSpec = {
  kind: "command",
  about: "Compares the specs with what the trackers hold and shows what apply would do: decisions first, one line a ticket, only what changes. Writes nothing.",
  operands: ADDRESSES,
  options: [
    ...SELECTION_OPTIONS,
    { flags: "--out FILE", help: "save the plan; canon apply FILE carries out exactly it" },
    { flags: "--exit-code", help: "answer 2 for changes, 3 for drift only, 4 also for questions" },
    { flags: "--explain ADDRESS", help: "say of one section why it is planned as it is" },
    { flags: "--md", help: "print Markdown, for a comment on a pull request" },
    { flags: "--any-branch", help: "plan as if this were the default branch" },
    { flags: "--sync", help: "also what canon sync would bring into the specs" },
    REVERT,
    ABSORB,
  ],
  examples: [
    ["canon plan", "everything"],
    ["canon plan specs/payments.md#key-gen", "one section, with the parents it needs"],
    ["canon plan --out plan.json && canon apply plan.json", "review first, apply exactly that"],
    ["canon plan --exit-code --quiet", "in scripts: 0 means that nothing is left to do"],
  ],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const asked = session.input.text("explain");
    if (asked !== null) return explainOnTerminal(session, workspace, asked, session.input.flag("any-branch"));
    const savedAs = planFile(session);
    const made = await makePlan(session, workspace, selectionFor(session, workspace, session.input.flag("sync") ? "both" : "forward"));
    const problem = savedAs === null ? null : await savePlan(workspace, made, session.inFolder(savedAs), savedAs);
    if (problem !== null) throw new CommandFailure([problem]);
    const view = planView(made, { savedAs });
    for (const part of session.input.flag("md") ? [planMarkdown(view)] : planParts(view, session.page)) session.print(part);
    return session.document(planExit(made, session.input.flag("exit-code")), made.diagnostics, planJson(made, view));
  },
};

/** `canon apply FILE` tells a plan from an address by its ending. */
function planFile({ input }: Session): string | null {
  const file = input.text("out");
  if (file !== null && !file.endsWith(".json"))
    throw usageError(`--out takes a file that ends in .json, not "${file}".`, "canon apply FILE knows a plan by that ending.");
  return file;
}

export async function makePlan(session: Session, workspace: Workspace, selection: Selection): Promise<Plan> {
  const progress = makeProgress(session);
  try {
    return await planTickets(workspace, {
      selection,
      anyBranch: session.input.has("any-branch") && session.input.flag("any-branch"),
      onProgress: progress.say,
    });
  } finally {
    progress.end();
  }
}
