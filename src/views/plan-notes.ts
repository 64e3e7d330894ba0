/** What a plan leaves out, in sentences: nothing is missing silently. */

import type { Plan } from "../core/model/plan.ts";
import { count } from "./words.ts";

export function planNotes(plan: Plan, label: (target: string) => string): readonly string[] {
  const { leftOut } = plan;
  const notes: string[] = [];
  if (leftOut.done > 0) notes.push(`${count(leftOut.done, "already done", "already done")}, no ticket (--include-done)`);
  if (leftOut.deprecated > 0) notes.push(`${count(leftOut.deprecated, "deprecated", "deprecated")}, no ticket`);
  if (leftOut.status > 0) notes.push(`${count(leftOut.status, "section", "sections")} in a state outside create_when, no ticket`);
  if (leftOut.createOff > 0) notes.push(`${count(leftOut.createOff, "section", "sections")} without a ticket: creating is turned off (create_tickets)`);
  for (const target of plan.targets) {
    if (target.elsewhere > 0)
      notes.push(
        `${count(target.elsewhere, "ticket")} in ${label(target.name)} ${target.elsewhere === 1 ? "belongs" : "belong"} to other specs: never touched`,
      );
    const { why } = target;
    // An error of the target says it already, below its name.
    if (why !== null && plan.diagnostics.some(({ message }) => message === why || message.endsWith(`: ${why}`))) continue;
    if (why !== null) notes.push(`${label(target.name)}: ${why}`);
    else if (!target.complete) notes.push(`${label(target.name)} could not be read whole: nothing is created or closed there`);
  }
  return notes;
}
