/** What every project of a folder is like, and its files as Canon's tickets. */

import type { StatusCategory } from "../../src/core/model/status.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import type { ProjectShape } from "../../src/trackers/tracker.ts";
import type { Folder } from "./folder-client.ts";
import { revisionOf, type StoredTicket } from "./folder-ticket.ts";

export const SHAPE: Omit<ProjectShape, "name"> = {
  types: ["Epic", "Story", "Sub-task"],
  nesting: { "": ["Epic", "Story"], Epic: ["Story"], Story: ["Sub-task"], "Sub-task": [] },
  defaultTypes: ["Epic", "Story", "Sub-task"],
  statuses: [
    { name: "Open", category: "open" },
    { name: "In Progress", category: "in_progress" },
    { name: "Done", category: "done" },
    { name: "Canceled", category: "canceled" },
  ],
  initialStatus: "Open",
};

export function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf("-"));
}

/** By the key it has, or one it had. */
export function findTicket({ tickets }: Folder, key: string): StoredTicket | null {
  return tickets.find((ticket) => ticket.key === key) ?? tickets.find(({ former }) => former.includes(key)) ?? null;
}

export function toTicket(folder: Folder, stored: StoredTicket): Ticket {
  const { id, key, title, type, status, labels, body, base, token, archived } = stored;
  return {
    ...{ id, key, url: null, revision: revisionOf(stored), title, type, status, category: categoryOf(status), labels, body, base, token, archived },
    parent: stored.parent === null ? null : (findTicket(folder, stored.parent)?.key ?? stored.parent),
    createdAt: stored.created,
    createdByUs: null,
    updatedAt: stored.updated,
    updatedBy: stored.updatedBy,
  };
}

/** A status that somebody made up by hand is open: no ticket is taken for done by mistake. */
function categoryOf(status: string): StatusCategory {
  return SHAPE.statuses.find(({ name }) => name === status)?.category ?? "open";
}
