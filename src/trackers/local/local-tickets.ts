/** Tickets in the tables: finding, adding and changing rows, with their history and, while reads lag, their past. */

import type { SQLInputValue } from "node:sqlite";
import type { Base } from "../../core/model/base.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { damaged } from "./local-client.ts";
import { maybeTextOf, textOf, toTicket } from "./local-map.ts";
import type { LocalSession } from "./local-session.ts";
import { parseTicket } from "./local-wire.ts";

const SELECT = `SELECT t.id, t.key, t.revision, t.title, t.type, t.status, t.labels, p.key AS parent_key, t.body, t.base, t.token, t.created_at, t.updated_at, t.updated_by, t.archived
  FROM ticket t LEFT JOIN ticket p ON p.id = t.parent`;

/** `lag`: how long ago the answer was true, in milliseconds. */
export function ticketsWhere(session: LocalSession, condition: string, values: readonly SQLInputValue[], lag = 0): readonly Ticket[] {
  const tickets = session.sql.map((row) => toTicket(row, session.shape), `${SELECT} WHERE ${condition} ORDER BY t.project, t.number`, ...values);
  return lag === 0 ? tickets : asOf(session, tickets, lag);
}

/** Follows keys that a ticket had before it was moved. */
export function findTicket(session: LocalSession, key: string): Ticket | null {
  return ticketsByKeys(session, [key])[0] ?? null;
}

export function ticketsByKeys(session: LocalSession, keys: readonly string[], lag = 0): readonly Ticket[] {
  return ticketsWhere(session, HAS_KEY, keyValues(session, keys), lag);
}

/** Without what stands on them: id → key. */
export function idsByKeys(session: LocalSession, keys: readonly string[]): ReadonlyMap<string, string> {
  const rows = session.sql.all(`SELECT t.id, t.key FROM ticket t WHERE ${HAS_KEY}`, ...keyValues(session, keys));
  return new Map(rows.map((row) => [textOf(row, "id"), textOf(row, "key")]));
}

/** Now or before. The + keeps SQLite from reading the whole project instead of looking the keys up. */
const HAS_KEY = `t.id IN (
    SELECT id FROM ticket WHERE +project = ? AND key IN (SELECT value FROM json_each(?))
    UNION SELECT ticket FROM former_key WHERE +project = ? AND key IN (SELECT value FROM json_each(?)))`;

function keyValues({ project }: LocalSession, keys: readonly string[]): readonly SQLInputValue[] {
  const wanted = JSON.stringify(keys);
  return [project, wanted, project, wanted];
}

/** Former key → the key it has now. */
export function renamedKeys(session: LocalSession, keys: readonly string[]): ReadonlyMap<string, string> {
  const rows = session.sql.all(
    "SELECT f.key AS former, t.key AS key FROM former_key f JOIN ticket t ON t.id = f.ticket WHERE f.project = ? AND f.key IN (SELECT value FROM json_each(?))",
    session.project,
    JSON.stringify(keys),
  );
  return new Map(rows.map((row) => [textOf(row, "former"), textOf(row, "key")]));
}

export interface NewTicket {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly status: string;
  readonly labels: readonly string[];
  /** Key of the parent. */
  readonly parent: string | null;
  readonly body: string;
  readonly base: Base | null;
  readonly token: string | null;
  readonly extra: Readonly<Record<string, unknown>>;
}

export function insertTicket(session: LocalSession, ticket: NewTicket): Ticket {
  const { sql, project, author, now } = session;
  const number = nextNumber(session);
  sql.run(
    `INSERT INTO ticket (id, project, number, key, revision, title, type, status, labels, parent, body, base, token, extra, created_at, created_by, updated_at, updated_by, archived)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, (SELECT id FROM ticket WHERE key = ?), ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    ...[ticket.id, project, number, `${project}-${number}`, ticket.title, ticket.type, ticket.status, JSON.stringify(ticket.labels), ticket.parent],
    ...[ticket.body, ticket.base && JSON.stringify(ticket.base), ticket.token, JSON.stringify(ticket.extra), now, author, now, author],
  );
  keepPast(session, ticket.id, null);
  return existing(session, ticket.id);
}

/** In a clone without the file that gave them, the keys in the specs would otherwise be given to other sections' tickets. */
function nextNumber({ sql, project, lost }: LocalSession): number {
  for (;;) {
    const number = sql.get("UPDATE project SET counter = counter + 1 WHERE key = ? RETURNING counter", project)?.["counter"];
    if (typeof number !== "number") throw damaged(`the project ${project} is gone`);
    if (!lost.has(`${project}-${number}`)) return number;
  }
}

/** Only what is present changes. `parent` is a key. A base alone is nothing that people see: it is not in the history. */
export interface TicketChange {
  readonly title?: string;
  readonly type?: string;
  readonly status?: string;
  readonly labels?: readonly string[];
  readonly parent?: string | null;
  readonly body?: string;
  readonly archived?: boolean;
  readonly base?: Base;
}

export interface Edit {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

export function changeTicket(session: LocalSession, ticket: Ticket, change: TicketChange, edits: readonly Edit[]): Ticket {
  const { sql, author, now } = session;
  if (edits.length === 0 && change.base === undefined) return ticket;
  keepPast(session, ticket.id, ticket);
  const next = { ...ticket, ...change };
  const seen = edits.length > 0;
  sql.run(
    `UPDATE ticket SET revision = revision + 1, title = ?, type = ?, status = ?, labels = ?, parent = (SELECT id FROM ticket WHERE key = ?),
     body = ?, base = ?, archived = ?, updated_at = ?, updated_by = ? WHERE id = ?`,
    ...[next.title, next.type, next.status, JSON.stringify(next.labels), next.parent, next.body, next.base && JSON.stringify(next.base)],
    ...[next.archived ? 1 : 0, seen ? now : ticket.updatedAt, seen ? author : ticket.updatedBy, ticket.id],
  );
  for (const edit of edits) addEdit(session, ticket.id, edit);
  return existing(session, ticket.id);
}

export function addEdit({ sql, author, now }: LocalSession, id: string, { field, from, to }: Edit): void {
  sql.run("INSERT INTO edit (ticket, field, before, after, author, at) VALUES (?, ?, ?, ?, ?, ?)", id, field, from, to, author, now);
}

function existing(session: LocalSession, id: string): Ticket {
  const [ticket] = ticketsWhere(session, "t.id = ?", [id]);
  if (!ticket) throw damaged(`the ticket ${id} is gone`);
  return ticket;
}

/** While reads lag, what a ticket was like until now must stay readable. */
function keepPast({ sql, behaviour, now }: LocalSession, id: string, state: Ticket | null): void {
  const lag = Math.max(behaviour.readLag, behaviour.searchLag);
  if (lag === 0) return;
  sql.run("DELETE FROM version WHERE until < ?", ago(now, lag));
  sql.run("INSERT INTO version (ticket, until, state) VALUES (?, ?, ?)", id, now, state && JSON.stringify(state));
}

function asOf({ sql, now }: LocalSession, tickets: readonly Ticket[], lag: number): readonly Ticket[] {
  const past = new Map<string, Ticket | null>();
  for (const row of sql.all("SELECT ticket, state FROM version WHERE until > ? ORDER BY until DESC, seq DESC", ago(now, lag))) {
    const state = maybeTextOf(row, "state");
    // The earliest of those that ended since is what stood at that moment.
    past.set(textOf(row, "ticket"), state === null ? null : parseTicket(state));
  }
  return tickets.flatMap((ticket) => {
    const then = past.get(ticket.id);
    return then === undefined ? [ticket] : (then ?? []);
  });
}

function ago(now: string, ms: number): string {
  return new Date(Date.parse(now) - ms).toISOString();
}
