/** Which of the six states a ticket's status means for its section, when pull brings it into the spec (semantics 5, "Status"). */

import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import type { StatusNames } from "./status-names.ts";

/** A cancelled ticket is a question, never a state: deprecated is not among them. */
const IN_ORDER: readonly SpecStatus[] = ["draft", "todo", "in_progress", "blocked", "done"];

/** null: its status stands for no state, or for the one that the section has. */
export function pulledStatus(now: SpecStatus | null, ticket: Pick<Ticket, "status" | "category" | "base">, statuses: StatusNames): SpecStatus | null {
  if (ticket.category === "canceled") return null;
  const states = statuses.backward(ticket.status);
  if (now !== null && states.includes(now)) return null;
  const before = ticket.base?.fields.status?.spec ?? null;
  if (before !== null && before !== "deprecated" && states.includes(before)) return before;
  return IN_ORDER.find((state) => states.includes(state)) ?? null;
}
