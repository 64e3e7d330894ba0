/** Reads of the contract: by keys, by the mark, by time, the whole project, children, and a person's own query. */

import type { Ticket } from "../../core/model/ticket.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Query, Snapshot } from "../tracker.ts";
import { chunks } from "./jira-chunks.ts";
import { badQuery } from "./jira-error-client.ts";
import { byAge, projectOf } from "./jira-map.ts";
import { isManaged, MARK } from "./jira-property.ts";
import type { JiraSession } from "./jira-session.ts";

export async function readJira(session: JiraSession, query: Query): Promise<Snapshot> {
  if ("keys" in query) return byKeys(session, query.keys);
  if ("managed" in query) return listed(session, `labels = ${MARK}`, isManaged, { isMarked: true });
  if ("changedSince" in query) return changedSince(session, query.changedSince);
  if ("project" in query) return listed(session, "", (ticket) => !ticket.archived);
  if ("childrenOf" in query) return childrenOf(session, query.childrenOf, query.unmarked === true);
  return inbox(session, query.inbox);
}

const NOTHING: Snapshot = { tickets: [], missing: [], renamed: {}, complete: true };

async function byKeys(session: JiraSession, keys: readonly string[]): Promise<Snapshot> {
  if (keys.length === 0) return NOTHING;
  const found = await session.api.byKeys(keys);
  return { tickets: await session.tickets(found), missing: found.missing, renamed: Object.fromEntries(found.renamed), complete: found.complete };
}

/** The index lags: what it finds is kept only where the ticket as it is now still fits. */
async function listed(
  session: JiraSession,
  condition: string,
  fits: (ticket: Ticket) => boolean,
  given: { readonly order?: string; readonly isMarked?: boolean } = {},
): Promise<Snapshot> {
  const { order = "ORDER BY created ASC", isMarked = false } = given;
  const found = await session.api.byQuery(`project = ${JSON.stringify(session.key)}${condition === "" ? "" : ` AND ${condition}`} ${order}`, isMarked);
  const tickets = await session.tickets(found);
  return { tickets: tickets.filter((ticket) => projectOf(ticket.key) === session.key && fits(ticket)), missing: [], renamed: {}, complete: found.complete };
}

/** JQL reads dates to the minute, in the account's own time zone [S]. */
async function changedSince(session: JiraSession, since: string): Promise<Snapshot> {
  const { timeZone } = await session.me();
  const from = new Date(Date.parse(since));
  return listed(session, `updated >= "${jqlMinute(from, timeZone ?? null)}"`, ({ updatedAt }) => Date.parse(updatedAt) >= from.getTime());
}

const DAY = 86_400_000;

export function jqlMinute(at: Date, timeZone: string | null): string {
  // Of an account that hides its time zone it is known only that no zone is further away than this.
  const moment = timeZone === null ? new Date(at.getTime() - DAY) : at;
  const format = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone: timeZone ?? "UTC", hourCycle: "h23" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  });
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${part["year"]}-${part["month"]}-${part["day"]} ${part["hour"]}:${part["minute"]}`;
}

/** A key that nobody has would make the query fail, and one that moved find nothing: what was not seen yet is looked up first. */
async function childrenOf(session: JiraSession, keys: readonly string[], unmarked: boolean): Promise<Snapshot> {
  if (keys.length === 0) return NOTHING;
  const { api, memory } = session;
  const unknown = keys.filter((key) => memory.get(key)?.wasRead !== true);
  const above = unknown.length === 0 ? null : await api.byKeys(unknown);
  if (above !== null) memory.see(above);
  const parents = new Set(keys.flatMap((key) => memory.get(key)?.key ?? []));
  const pages = await Promise.all(chunks([...parents], MOST_PARENTS).map(async (some) => childrenOfThese(session, some, unmarked)));
  return {
    ...NOTHING,
    tickets: pages.flatMap(({ tickets }) => tickets).sort(byAge),
    complete: (above?.complete ?? true) && pages.every(({ complete }) => complete),
  };
}

/** So many in one query. */
const MOST_PARENTS = 100;

async function childrenOfThese(session: JiraSession, keys: readonly string[], unmarked: boolean): Promise<Snapshot> {
  const parents = new Set(keys);
  const link = await session.api.epicLink();
  const named = keys.map((key) => JSON.stringify(key)).join(", ");
  const below = link === null ? `parent in (${named})` : `(parent in (${named}) OR cf[${link.replace("customfield_", "")}] in (${named}))`;
  return listed(
    session,
    `${below}${unmarked ? ` AND (labels is EMPTY OR labels != ${MARK})` : ""}`,
    (ticket) => ticket.parent !== null && parents.has(ticket.parent) && !ticket.archived && !(unmarked && session.memory.get(ticket.key)?.isMarked),
  );
}

/** A person may order the result, so what is asked besides stands before that. */
async function inbox(session: JiraSession, jql: string): Promise<Snapshot> {
  const [condition, order] = orderApart(jql);
  try {
    return await listed(session, condition.trim() === "" ? "" : `(${condition.trim()})`, (ticket) => !ticket.archived, order === undefined ? {} : { order });
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "invalid") throw badQuery(error);
    throw error;
  }
}

/** In quotes the words mean nothing. */
const QUOTED_OR_ORDER = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\border\s+by\b/gi;

function orderApart(jql: string): readonly [condition: string, order: string | undefined] {
  const order = [...jql.matchAll(QUOTED_OR_ORDER)].find(([found]) => /^o/i.test(found));
  return order === undefined ? [jql, undefined] : [jql.slice(0, order.index), jql.slice(order.index)];
}
