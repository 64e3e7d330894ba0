/** Creates whose answer was lost: their ids were chosen by Canon, so looking is enough, and no delay has to pass (FACTS.md). */

import type { InDoubt, Settled } from "../tracker.ts";
import { TICKET } from "./linear-documents.ts";
import { ticketIdOf } from "./linear-create.ts";
import { listTickets } from "./linear-pages.ts";
import { ticketsOf, type LinearSession } from "./linear-session.ts";
import { ticketSchema } from "./linear-wire.ts";

/** By id, archived ones and those of other teams included. */
export async function settle(session: LinearSession, inDoubt: readonly InDoubt[]): Promise<readonly Settled[]> {
  if (inDoubt.length === 0) return [];
  const ids = inDoubt.map(({ token }) => ticketIdOf(token));
  const { nodes, complete } = await listTickets(session.client, {
    about: "CanonSettle",
    selection: TICKET,
    node: ticketSchema,
    filter: { id: { in: ids } },
    archived: true,
  });
  const tickets = await ticketsOf(
    session,
    nodes.map((wire) => ({ wire, store: wire.attachments.nodes[0] })),
  );
  return inDoubt.map(({ token }) => {
    const created = tickets.filter(({ id }) => id === ticketIdOf(token));
    if (created.length > 0) return { token, state: "created", tickets: created };
    return complete ? { token, state: "absent" } : { token, state: "unknown", why: "Linear did not answer in full" };
  });
}
