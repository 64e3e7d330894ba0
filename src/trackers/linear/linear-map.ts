/** Linear's tickets as Canon's. */

import type { Ticket } from "../../core/model/ticket.ts";
import { storedIn } from "./linear-base.ts";
import { categoryOf } from "./linear-statuses.ts";
import type { WireStore, WireTicket } from "./linear-wire.ts";

/** `labels`: the names of its labels, without the mark. */
export function toTicket(wire: WireTicket, store: WireStore | undefined, labels: readonly string[]): Ticket {
  const { token, base } = storedIn(store?.metadata);
  return {
    id: wire.id,
    key: wire.identifier,
    url: addressOf(wire.url),
    // A base moves only its attachment.
    revision: store ? `${wire.updatedAt} ${store.updatedAt}` : wire.updatedAt,
    title: wire.title,
    type: null,
    status: wire.state.name,
    category: categoryOf(wire.state.type),
    labels,
    parent: wire.parent?.identifier ?? null,
    body: wire.description ?? "",
    base,
    token,
    createdAt: wire.createdAt,
    createdByUs: null,
    updatedAt: wire.updatedAt,
    // Linear does not tell on the ticket who changed it last; its history does.
    updatedBy: null,
    // The bin is an archive that is emptied later.
    archived: wire.archivedAt !== null || wire.trashed === true,
  };
}

/** Without the title that Linear puts at its end: it would change with every rename, and Linear finds the ticket without it. */
function addressOf(url: string): string {
  return url.replace(/(\/issue\/[^/]+)\/.*$/, "$1");
}

/** Linear lists the newest first, and numbers rise within a team. */
export function inOrderOfCreation(tickets: readonly Ticket[]): readonly Ticket[] {
  return tickets.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || numberOf(a.key) - numberOf(b.key));
}

function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}
