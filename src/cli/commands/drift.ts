/** `canon drift`: what people changed in the trackers; only looks. */

import type { Plan } from "../../core/model/plan.ts";
import type { ExitCode } from "../../core/model/exit-code.ts";
import { driftOf } from "../../core/plan/drift-of.ts";
import { planExit } from "../../core/plan/exit-codes.ts";
import { findDrift } from "../../operations/drift.ts";
import { driftView } from "../../views/drift-view.ts";
import { planMarkdown } from "../../views/plan-markdown.ts";
import { planText } from "../../views/plan-text.ts";
import type { CommandSpec } from "../command.ts";
import { ADDRESSES, SELECTION_OPTIONS } from "../option-spec.ts";
import { makeProgress } from "../progress.ts";

export const drift: CommandSpec = {
  kind: "command",
  about: "Shows, by spec, which tickets people changed since both sides last agreed, who did and when, and where spec and ticket both changed. Writes nothing.",
  operands: ADDRESSES,
  options: [
    ...SELECTION_OPTIONS,
    { flags: "--exit-code", help: "answer 3 for drift, 4 for conflicts, 6 for specs older than a ticket" },
    { flags: "--md", help: "print Markdown, for a comment or a note" },
  ],
  examples: [
    ["canon drift", "everything"],
    ["canon drift specs/payments.md", "one spec"],
    ["canon drift --exit-code --quiet", "in scripts: 0 means that nobody changed a ticket"],
  ],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const progress = makeProgress(session);
    const plan = await findDrift(workspace, { selection: session.selection(workspace), anyBranch: true, onProgress: progress.say }).finally(progress.end);
    const view = driftView(plan);
    session.print(session.input.flag("md") ? planMarkdown(view) : planText(view, session.page));
    return session.document(exitOf(plan, session.input.flag("exit-code")), plan.diagnostics, {
      drift: driftOf(plan),
      conflicts: plan.conflicts,
      titles: plan.titles,
      next: view.next,
    });
  },
};

/** As for a plan that holds nothing but drift. */
function exitOf(plan: Plan, detailed: boolean): ExitCode {
  return planExit({ ...plan, changes: [], questions: [], observed: driftOf(plan), conflicts: detailed ? plan.conflicts : [] }, detailed);
}
