/** Questions that planning itself finds: a changed route, a ticket that a person cancelled. */

import type { Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";

/** The marker wins over routing; a route that says otherwise is shown until somebody settles it. */
export function routeQuestion(item: CompiledItem): Question | null {
  const { routed, target } = item.entry;
  if (item.key === null || !routed || !target || routed === target) return null;
  return {
    kind: "route-changed",
    target: target.name,
    address: item.addressText,
    key: item.key,
    text: `Routing now sends this section to ${routed.name}, but its ticket ${item.key} is in ${target.name}, where it stays.`,
    hint: `Change routing or front matter so that it says ${target.name} again.`,
  };
}

/** A ticket that a person cancelled is never read as done. */
export function canceledQuestion(item: CompiledItem, ticket: Ticket): Question | null {
  const sent = ticket.base?.fields.status?.echo;
  if (ticket.category !== "canceled" || item.fields.status === "deprecated" || sent === undefined || sent === ticket.status) return null;
  return {
    kind: "canceled",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} was cancelled ("${ticket.status}"), while the section is ${item.fields.status ?? "open"}.`,
    hint: "Deprecate the section (status:deprecated in its system marker), or reopen the ticket.",
  };
}
