/** Whether a ticket that a run created is kept when that run is taken back, and why: its own fate first, then what stands below it. */

import type { Ticket } from "../model/ticket.ts";
import { ago } from "../text/ago.ts";
import type { TargetState } from "./plan-input.ts";
import { isClosed } from "./is-closed.ts";
import type { CreatedTicket } from "./undo-input.ts";
import { childrenOf, isOver, type UndoWorld } from "./undo-world.ts";
import { whyTouched } from "./why-touched.ts";

/** In words that follow its key; null: it goes. */
export function whyKept(ticket: Ticket, created: CreatedTicket, target: TargetState, world: UndoWorld): string | null {
  const known = world.kept.get(created.target, ticket.id);
  if (known !== undefined) return known;
  // Trackers refuse circles; should one show one all the same, nobody is closed for it.
  if (world.visiting.has(created.target, ticket.id)) return "it stands below itself";
  world.visiting.set(created.target, ticket.id, true);
  const why = whyOwn(ticket, created, target, world) ?? whyChildren(ticket, created.target, target, world);
  world.kept.set(created.target, ticket.id, why);
  return why;
}

function whyOwn(ticket: Ticket, created: CreatedTicket, target: TargetState, { undo, input }: UndoWorld): string | null {
  const { base } = ticket;
  if (!target.complete) return `not all of ${created.target} could be read`;
  if (ticket.archived) return "it was archived";
  if (ticket.key !== created.key) return `somebody moved it, it is ${ticket.key} now`;
  if (base === null) return "what Canon noted on it is gone";
  if (base.ticket !== null && base.ticket !== ticket.id) return "it carries the note of another ticket";
  if (base.workspace !== input.workspace) return `it is managed by "${base.workspace}" now`;
  const edits = undo.around.get(created.target)?.edits?.filter(({ key }) => key === ticket.key) ?? null;
  const touched = whyTouched(ticket, base, { edits, account: target.account, format: target.view.format, now: input.createdAt });
  if (touched !== null) return touched;
  return isClosed(ticket.category) && !target.baseAlone ? `it is closed already, since ${ago(ticket.updatedAt, input.createdAt)}` : null;
}

/** A parent stays as long as anything below it does. */
function whyChildren(ticket: Ticket, name: string, target: TargetState, world: UndoWorld): string | null {
  if (world.undo.around.get(name)?.children === null) return "what stands below it cannot be read";
  for (const { ticket: child, created } of childrenOf(ticket, name, world)) {
    if (isOver(child)) continue;
    if (!created) return `${child.key} stands below it, which the run did not create`;
    if (whyKept(child, created, target, world) !== null) return `${child.key} stands below it, which is kept`;
  }
  return null;
}
