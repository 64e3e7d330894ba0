/** What each query of the contract finds in the tables; lists lag where the project's switch says so. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { Query, Snapshot } from "../tracker.ts";
import { invalid } from "./local-client.ts";
import { inboxFilter } from "./local-inbox.ts";
import type { LocalSession } from "./local-session.ts";
import { idsByKeys, renamedKeys, ticketsByKeys, ticketsWhere } from "./local-tickets.ts";

export function readQuery(session: LocalSession, query: Query): Snapshot {
  return "keys" in query ? byKeys(session, query.keys) : { tickets: listOf(session, query), missing: [], renamed: {}, complete: true };
}

function byKeys(session: LocalSession, keys: readonly string[]): Snapshot {
  const tickets = ticketsByKeys(session, keys, session.behaviour.readLag);
  const renamed = renamedKeys(session, keys);
  const found = new Set(tickets.map(({ key }) => key));
  const missing = keys.filter((key) => !found.has(renamed.get(key) ?? key));
  return { tickets, missing, renamed: Object.fromEntries([...renamed].filter(([, key]) => found.has(key))), complete: true };
}

function listOf(session: LocalSession, query: Exclude<Query, { readonly keys: readonly string[] }>): readonly Ticket[] {
  const { project, behaviour, shape } = session;
  const { searchLag } = behaviour;
  if ("managed" in query) return ticketsWhere(session, "t.project = ? AND (t.base IS NOT NULL OR t.token IS NOT NULL)", [project], searchLag);
  if ("changedSince" in query) return ticketsWhere(session, "t.project = ? AND t.updated_at >= ?", [project, utc(query.changedSince)], searchLag);
  if ("childrenOf" in query) return childrenOf(session, query.childrenOf, query.unmarked === true);
  const matches = "inbox" in query ? inboxFilter(query.inbox, shape) : (): boolean => true;
  // Filtered as it was, not as it is: a lagging list judges by the past that it shows.
  return ticketsWhere(session, "t.project = ?", [project], searchLag).filter((ticket) => !ticket.archived && matches(ticket));
}

/** Keys that a parent had before it was moved lead to it. */
function childrenOf(session: LocalSession, keys: readonly string[], unmarked: boolean): readonly Ticket[] {
  const { project, behaviour } = session;
  // Where nobody has put a ticket below another, thousands of parents need not be looked up.
  if (unmarked && behaviour.searchLag === 0 && !hasUnmarkedChildren(session)) return [];
  const parents = idsByKeys(session, keys);
  const now = new Set(parents.values());
  // The + keeps SQLite from reading the whole project instead of looking the parents up.
  const children = ticketsWhere(
    session,
    `+t.project = ? AND t.parent IN (SELECT value FROM json_each(?))${unmarked ? " AND t.base IS NULL AND t.token IS NULL" : ""}`,
    [project, JSON.stringify([...parents.keys()])],
    behaviour.searchLag,
  );
  return children.filter(({ archived, parent }) => !archived && parent !== null && now.has(parent));
}

function hasUnmarkedChildren({ sql, project }: LocalSession): boolean {
  const condition = "project = ? AND base IS NULL AND token IS NULL AND parent IS NOT NULL";
  return sql.get(`SELECT 1 FROM ticket INDEXED BY ticket_unmarked WHERE ${condition} LIMIT 1`, project) !== undefined;
}

export function utc(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw invalid(`${time} is no time.`, "Times are ISO 8601: 2026-11-21T10:00:00Z.");
  return date.toISOString();
}
