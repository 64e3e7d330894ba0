/** What each query of the contract finds: keys directly, lists by WIQL, which answers ids from an index that lags. */

import { TrackerError } from "../tracker-error.ts";
import type { Query, Snapshot } from "../tracker.ts";
import { toTicket, idOf, utc } from "./azure-map.ts";
import { pagesOf, readBin, readItems } from "./azure-read.ts";
import { ticketOf, type AzureSession } from "./azure-session.ts";
import { readStore } from "./azure-store.ts";
import { MARK } from "./azure-tags.ts";
import { idList } from "./azure-wire.ts";

/** [F] A query that finds more than 20,000 is refused, so Canon asks for less at a time. */
const TOP = 19_999;
/** A query has 32,000 characters, and a number up to ten digits. */
const PARENTS = 1_000;

export async function readQuery(session: AzureSession, query: Query): Promise<Snapshot> {
  if ("keys" in query) return byKeys(session, query.keys);
  if ("managed" in query) return managed(session);
  if ("project" in query) return listed(session, await findIds(session, []));
  if ("inbox" in query) return inbox(session, query.inbox);
  if ("changedSince" in query) return changedSince(session, query.changedSince);
  return childrenOf(session, query.childrenOf, query.unmarked === true);
}

async function byKeys(session: AzureSession, keys: readonly string[]): Promise<Snapshot> {
  const ids = keys.flatMap((key) => idOf(key) ?? []);
  const [project, { items, absent, complete }] = await Promise.all([session.project(), ids.length === 0 ? NOTHING : readItems(session, ids)]);
  for (const id of absent) session.seen.delete(id);
  const archived = await readBin(session, absent);
  const tickets = [
    ...items.map((item) => ticketOf(session, project, item)),
    ...archived.map((item) => toTicket(item, project, session.client.place.collection, true)),
  ].sort((a, b) => Number(a.id) - Number(b.id));
  const gone = new Set(absent.filter((id) => !archived.some((item) => item.id === id)));
  const isMissing = (key: string): boolean => {
    const id = idOf(key);
    return id === null || gone.has(id);
  };
  // A work item keeps its number in every project of its organisation, so no key is ever another.
  return { tickets, missing: keys.filter(isMissing), renamed: {}, complete };
}

const NOTHING = { items: [], absent: [], complete: true };

/** A person's ticket that only carries the tag is not managed. */
async function managed(session: AzureSession): Promise<Snapshot> {
  const snapshot = await listed(session, await findIds(session, [`[System.Tags] CONTAINS '${MARK}'`]));
  const isOurs = (id: string): boolean => {
    const item = session.seen.get(Number(id));
    return item !== undefined && readStore(item).links.length > 0;
  };
  return { ...snapshot, tickets: snapshot.tickets.filter(({ id }) => isOurs(id)) };
}

async function changedSince(session: AzureSession, since: string): Promise<Snapshot> {
  const at = new Date(since);
  if (Number.isNaN(at.getTime())) throw session.client.error("invalid", `${since} is no time.`, "Times are ISO 8601: 2026-11-21T10:00:00Z.");
  const ids = await findIds(session, [`[System.ChangedDate] >= '${utc(since)}'`], { timePrecision: "true" });
  return listed(session, ids);
}

async function childrenOf(session: AzureSession, keys: readonly string[], unmarked: boolean): Promise<Snapshot> {
  const parents = [...new Set(keys.flatMap((key) => idOf(key) ?? []))];
  const conditions = unmarked ? [`[System.Tags] NOT CONTAINS '${MARK}'`] : [];
  const found = await Promise.all(pagesOf(parents, PARENTS).map((page) => findIds(session, [`[System.Parent] IN (${page.join(", ")})`, ...conditions])));
  const snapshot = await listed(session, found.flat());
  // The index may show what was true a moment ago.
  const now = new Set(parents.map(String));
  return { ...snapshot, tickets: snapshot.tickets.filter(({ parent }) => parent !== null && now.has(parent)) };
}

async function inbox(session: AzureSession, condition: string): Promise<Snapshot> {
  const refuse = (why: string): TrackerError =>
    session.client.error(
      "invalid",
      `The inbox query is not understood: ${why}`,
      "Write a condition in WIQL, as it stands behind WHERE: [System.Tags] CONTAINS 'triage'.",
    );
  if (!isClosed(condition)) throw refuse("its parentheses or quotes do not match.");
  try {
    return await listed(session, await findIds(session, [`(${condition})`]));
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "invalid") throw refuse(error.message);
    throw error;
  }
}

/** A condition that closes our parenthesis would look beyond the project. */
function isClosed(condition: string): boolean {
  const bare = condition.replace(/'[^']*'|"[^"]*"|\[[^\]]*\]/g, "");
  if (/['"[\]]/.test(bare)) return false;
  let depth = 0;
  for (const sign of bare) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && condition.trim() !== "";
}

/** Ids of the project's work items, ascending. */
async function findIds({ client }: AzureSession, conditions: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<readonly number[]> {
  const ids: number[] = [];
  for (;;) {
    const all = ["[System.TeamProject] = @project", ...conditions, ...(ids.length === 0 ? [] : [`[System.Id] > ${ids.at(-1)}`])];
    const query = `SELECT [System.Id] FROM WorkItems WHERE ${all.join(" AND ")} ORDER BY [System.Id]`;
    const { workItems } = await client.read(idList, {
      method: "POST",
      path: "wit/wiql",
      inProject: true,
      version: "7.2-preview.2",
      query: { $top: String(TOP), ...more },
      body: { query },
    });
    ids.push(...workItems.map(({ id }) => id));
    if (workItems.length < TOP) return ids;
  }
}

/** What was found and has gone since (into the bin, out of the project) is no part of the list. */
async function listed(session: AzureSession, ids: readonly number[]): Promise<Snapshot> {
  if (ids.length === 0) return { tickets: [], missing: [], renamed: {}, complete: true };
  const [project, { items, complete }] = await Promise.all([session.project(), readItems(session, ids)]);
  return { tickets: items.map((item) => ticketOf(session, project, item)), missing: [], renamed: {}, complete };
}
