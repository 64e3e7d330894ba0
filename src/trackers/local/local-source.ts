/** Looking up tickets of the local tracker. */

import type { Ticket } from "../../core/model/ticket.ts";
import { TrackerError } from "../tracker-error.ts";
import type { TicketSource } from "../ticket-source.ts";
import type { LocalOptions } from "./local-options.ts";
import { openLocalTracker } from "./local-tracker.ts";

export function openLocalSource(options: LocalOptions): TicketSource {
  const tracker = openLocalTracker(options);
  return {
    system: "local",
    whoami: async () => options.author,
    find: async (key) => {
      const [ticket] = (await tracker.read({ keys: [key] })).tickets;
      if (!ticket) throw new TrackerError("not-found", `${options.project} has no ticket ${key}.`, { hint: "canon local list shows those there are." });
      return detailsOf(ticket, options.project);
    },
    close: () => tracker.close(),
  };
}

function detailsOf(ticket: Ticket, project: string): Awaited<ReturnType<TicketSource["find"]>> {
  const { id, key, url, title, body, status, category, type, labels, parent, createdAt, updatedAt, archived } = ticket;
  return {
    ...{ id, key, url, title, description: body, state: status, stateKind: category, type, assignee: null, labels, createdAt, updatedAt, parent },
    archivedAt: archived ? updatedAt : null,
    team: { key: project, name: project },
    priority: null,
  };
}
