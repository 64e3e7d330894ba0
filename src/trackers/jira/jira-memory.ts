/** What this process has seen of tickets: writes need their ids, types and property, and whether the mark is on them. */

import type { Found, FoundIssue } from "./jira-api.ts";
import { MARK, type JiraProperty } from "./jira-property.ts";

export interface SeenTicket {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly status: string;
  readonly isMarked: boolean;
  /** It was read, so its key is the one it has; of one that was made here nobody has looked since. */
  readonly wasRead: boolean;
  readonly property: JiraProperty;
}

export interface JiraMemory {
  /** By any key it was asked for. */
  get(key: string): SeenTicket | null;
  see(found: Found): void;
  put(ticket: SeenTicket): void;
  /** What a write made of it. */
  change(key: string, change: Partial<Pick<SeenTicket, "isMarked" | "property">>): void;
}

export function openMemory(): JiraMemory {
  const seen = new Map<string, SeenTicket>();
  const current = new Map<string, string>();
  const get = (key: string): SeenTicket | null => seen.get(current.get(key) ?? key) ?? null;
  return {
    get,
    see: ({ issues, renamed }) => {
      for (const found of issues) seen.set(found.issue.key, seenOf(found));
      for (const [old, now] of renamed) current.set(old, now);
    },
    put: (ticket) => {
      seen.set(ticket.key, ticket);
    },
    change: (key, change) => {
      const ticket = get(key);
      if (ticket !== null) seen.set(ticket.key, { ...ticket, ...change });
    },
  };
}

export function seenOf({ issue, property }: FoundIssue): SeenTicket {
  const { id, key, fields } = issue;
  return { id, key, type: fields.issuetype.id, status: fields.status.name, isMarked: fields.labels.includes(MARK), wasRead: true, property };
}
