/** Questions that planning itself finds: a changed route, a ticket that a person cancelled, a level that the tracker cannot change. */

import type { Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { FieldVerdict } from "./field-verdict.ts";

/** The marker wins over routing; a route that says otherwise is shown until somebody settles it. `route`: the one that the ticket's base knows of. */
export function routeQuestion(item: CompiledItem, route: string | undefined): Question | null {
  const { routed, target } = item.entry;
  if (item.key === null || !routed || !target || routed === target || routed.name === route) return null;
  return {
    kind: "route-changed",
    target: target.name,
    address: item.addressText,
    key: item.key,
    text: `Routing now sends this section to ${routed.name}, but its ticket ${item.key} is in ${target.name}, where it stays.`,
    hint: `canon move ${shellWord(item.addressText)} --to ${shellWord(routed.name)}, or let routing or front matter say ${target.name} again.`,
  };
}

/** A ticket that a person cancelled is never read as done. */
export function canceledQuestion(item: CompiledItem, ticket: Ticket): Question | null {
  const sent = ticket.base?.fields.status?.echo;
  if (ticket.category !== "canceled" || item.fields.status === "deprecated" || sent === undefined || sent === ticket.status) return null;
  const address = shellWord(item.addressText);
  return {
    kind: "canceled",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} was cancelled ("${ticket.status}"), while the section is ${item.fields.status ?? "open"}.`,
    hint: `Write status:deprecated in its system marker; or canon apply ${address} --revert status opens it again; or canon skip ${address} leaves both as they are.`,
  };
}

/** Whoever moved it there did not mean the specs' text to go along: that project's readers and rules are its own. */
export function leftQuestion(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "ticket-left",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${item.key ?? "The ticket"} is ${ticket.key} now, in a project that no target of the configuration has, so what the spec changed is not written to it.`,
    hint: `Add a target for that project, or have the ticket moved back; canon skip ${shellWord(item.addressText)} leaves both as they are.`,
  };
}

/** A heading at another depth would be another type, and this tracker makes no Story of an Epic. */
export function levelQuestion(item: CompiledItem, ticket: Ticket, pushed: FieldVerdict | undefined): Question | null {
  if (!pushed) return null;
  return {
    kind: "level-changed",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} has the type ${ticket.type ?? "ticket"}, and by its heading it would have ${item.fields.type ?? "ticket"}, into which ${item.target} cannot turn it.`,
    hint: `Give the heading its old depth, or convert ${ticket.key} there; canon skip ${shellWord(item.addressText)} leaves both as they are.`,
  };
}
