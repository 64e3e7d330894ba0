/** The queries of the contract as filters of Linear's. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import { TrackerError } from "../tracker-error.ts";
import type { Query, Snapshot } from "../tracker.ts";
import { ticketsByKey } from "./linear-by-key.ts";
import { PLACE, TICKET } from "./linear-documents.ts";
import { MARK } from "./linear-labels.ts";
import { inOrderOfCreation } from "./linear-map.ts";
import { listTickets, type Listed } from "./linear-pages.ts";
import { ticketsOf, type LinearSession } from "./linear-session.ts";
import { placeSchema, ticketSchema, type WireStoredTicket } from "./linear-wire.ts";

export async function readQuery(session: LinearSession, query: Query): Promise<Snapshot> {
  if ("keys" in query) return byKeys(session, query.keys);
  if ("childrenOf" in query) return childrenOf(session, query.childrenOf, query.unmarked === true);
  if ("managed" in query) {
    const snapshot = await list(session, { labels: { some: { name: { eqIgnoreCase: MARK } } } }, true);
    // People may put the label on tickets of their own.
    return { ...snapshot, tickets: snapshot.tickets.filter(({ base, token }) => base !== null || token !== null) };
  }
  if ("changedSince" in query) return list(session, { updatedAt: { gte: timeOf(session, query.changedSince) } }, true);
  if ("project" in query) return list(session, {}, false);
  return inbox(session, query.inbox);
}

async function byKeys(session: LinearSession, keys: readonly string[]): Promise<Snapshot> {
  const { found, missing, complete } = await ticketsByKey(session, keys, { about: "CanonKeys", selection: TICKET, node: ticketSchema });
  const nodes = [...new Map([...found.values()].map((node) => [node.id, node])).values()];
  const renamed = [...found].flatMap(([key, { identifier }]) => (key === identifier ? [] : [[key, identifier] as const]));
  const snapshot = await snapshotOf(session, { nodes, complete });
  for (const [key, now] of renamed) {
    const known = session.seen.get(now);
    if (known) session.seen.set(key, known);
  }
  return { ...snapshot, missing, renamed: Object.fromEntries(renamed) };
}

/** Parents are looked up by id: their keys may have changed. */
async function childrenOf(session: LinearSession, keys: readonly string[], unmarked: boolean): Promise<Snapshot> {
  const { seen } = session;
  const unknown = keys.filter((key) => !seen.has(key));
  const looked = unknown.length === 0 ? null : await ticketsByKey(session, unknown, { about: "CanonParents", selection: PLACE, node: placeSchema });
  const ids = [...new Set(keys.flatMap((key) => seen.get(key)?.id ?? []))];
  if (ids.length === 0) return { tickets: [], missing: [], renamed: {}, complete: looked?.complete ?? true };
  // Whether `every` holds for a ticket without labels is not documented, so those are named besides.
  const without: LinearDocument.IssueFilter = { or: [{ labels: { length: { eq: 0 } } }, { labels: { every: { name: { neqIgnoreCase: MARK } } } }] };
  const snapshot = await list(session, { parent: { id: { in: ids } }, ...(unmarked ? without : {}) }, false);
  return { ...snapshot, complete: snapshot.complete && (looked?.complete ?? true) };
}

/** Tickets of the team. */
async function list(session: LinearSession, filter: LinearDocument.IssueFilter, archived: boolean): Promise<Snapshot> {
  const team: LinearDocument.IssueFilter = { team: { id: { eq: session.project().team.id } } };
  const merged = filter.team === undefined || filter.team === null ? { ...team, ...filter } : { and: [team, filter] };
  return snapshotOf(session, await listTickets(session.client, { about: "CanonTickets", selection: TICKET, node: ticketSchema, filter: merged, archived }));
}

async function snapshotOf(session: LinearSession, { nodes, complete }: Listed<WireStoredTicket>): Promise<Snapshot> {
  const tickets = await ticketsOf(
    session,
    nodes.map((wire) => ({ wire, store: wire.attachments.nodes[0] })),
  );
  return { tickets: inOrderOfCreation(tickets), missing: [], renamed: {}, complete };
}

function timeOf({ client }: LinearSession, time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw client.error("invalid", `${time} is no time.`, "Times are ISO 8601: 2026-11-21T10:00:00Z.");
  return date.toISOString();
}

const HINT = 'An inbox of Linear is a filter of its API as JSON: {"labels":{"some":{"name":{"eq":"triage"}}}}.';

/** Linear has no query language for words; its filters are what its own API speaks. What stands in one is judged by Linear. */
async function inbox(session: LinearSession, written: string): Promise<Snapshot> {
  const filter = z.safeParse(z.record(z.string(), z.unknown()), jsonIn(written));
  if (!filter.success) throw session.client.error("invalid", "the inbox is no filter that can be read.", HINT);
  try {
    return await list(session, filter.data, false);
  } catch (error) {
    if (!(error instanceof TrackerError) || error.kind !== "invalid") throw error;
    throw session.client.reworded(error, { words: (message) => `the inbox of this target: ${message}`, hint: HINT });
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
