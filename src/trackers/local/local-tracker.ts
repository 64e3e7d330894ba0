/** The embedded tracker: the whole contract on one SQLite file, and every vendor's weakness as a switch. */

import { markdownFormat } from "../../core/text/markdown-format.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Capabilities, Check, FieldEdit, InDoubt, Settled, Snapshot, Tracker, Watermark } from "../tracker.ts";
import { runBatch } from "./local-batch.ts";
import { localClient } from "./local-client.ts";
import { toFieldEdit } from "./local-map.ts";
import type { LocalOptions } from "./local-options.ts";
import { capabilitiesOf, DEFAULT_BEHAVIOUR, projectShape, TITLE_LIMIT } from "./local-project.ts";
import { callWithFaults } from "./local-calls.ts";
import { readQuery, utc } from "./local-queries.ts";
import type { LocalSession } from "./local-session.ts";
import { localStore } from "./local-store.ts";
import type { LocalStore } from "./local-store.ts";
import { ticketsWithToken } from "./local-writes.ts";

export function openLocalTracker(options: LocalOptions): Tracker {
  const lost = new Set<string>();
  const store = localStore(localClient(options.file, options.root), options, "api", lost);
  let capabilities: Capabilities | null = null;
  return {
    system: "local",
    identity: options.identity,
    /** Read once: a plan and its apply see one tracker, even while a person turns switches. */
    get capabilities(): Capabilities {
      return (capabilities ??= readCapabilities(store));
    },
    format: markdownFormat(options.parser, { titleLimit: TITLE_LIMIT }),
    check: () => check(store, options),
    read: async (query) => {
      const snapshot = await callWithFaults(store, "read", (session) => readQuery(session, query), halved);
      for (const key of snapshot.missing) lost.add(key);
      return snapshot;
    },
    history: (keys, since) => callWithFaults(store, "history", (session) => history(session, keys, since)),
    watermark: () => callWithFaults(store, "watermark", (session): Watermark => String(session.counter)),
    create: (drafts) =>
      runBatch(
        store,
        drafts.map((element) => ({ operation: "create", element })),
      ),
    update: (patches) =>
      runBatch(
        store,
        patches.map((element) => ({ operation: "update", element })),
      ),
    transition: (steps) =>
      runBatch(
        store,
        steps.map((element) => ({ operation: "transition", element })),
      ),
    comment: (notes) =>
      runBatch(
        store,
        notes.map((element) => ({ operation: "comment", element })),
      ),
    link: (links) =>
      runBatch(
        store,
        links.map((element) => ({ operation: "link", element })),
      ),
    settleCreates: (inDoubt) => callWithFaults(store, "settle", (session) => inDoubt.map((one) => settle(session, one))),
    close: async () => store.end(),
  };
}

function readCapabilities(store: LocalStore): Capabilities {
  try {
    return capabilitiesOf(store.read(({ behaviour }) => behaviour));
  } catch (error) {
    // What is wrong with the file is told by check, which never throws.
    if (error instanceof TrackerError) return capabilitiesOf(DEFAULT_BEHAVIOUR);
    throw error;
  }
}

async function check(store: LocalStore, { project, author }: LocalOptions): Promise<Check> {
  try {
    const shape = await callWithFaults(store, "check", (session) => projectShape(project, session.shape, session.behaviour));
    return { ok: true, account: author, project: shape, granted: [], needed: [] };
  } catch (error) {
    if (error instanceof TrackerError) return { ok: false, error };
    throw error;
  }
}

/** What a fault leaves of an answer that came in part. */
function halved(snapshot: Snapshot): Snapshot {
  return { ...snapshot, tickets: snapshot.tickets.slice(0, Math.floor(snapshot.tickets.length / 2)), complete: false };
}

function history({ sql, behaviour }: LocalSession, keys: readonly string[], since: string | null): readonly FieldEdit[] {
  if (!behaviour.history) return [];
  const rows = sql.all(
    "SELECT t.key, e.field, e.before, e.after, e.author, e.at FROM edit e JOIN ticket t ON t.id = e.ticket WHERE t.key IN (SELECT value FROM json_each(?)) AND e.at >= ? ORDER BY e.seq",
    JSON.stringify(keys),
    since === null ? "" : utc(since),
  );
  return rows.map(toFieldEdit);
}

/** Needs no index, so nothing that landed is missed; what lies below the watermark was there before. */
function settle(session: LocalSession, { token, watermark }: InDoubt): Settled {
  const above = Number(watermark);
  if (!Number.isSafeInteger(above)) return { token, state: "unknown", why: `${watermark} is no watermark of this tracker` };
  const tickets = ticketsWithToken(session, token, above);
  return tickets.length > 0 ? { token, state: "created", tickets } : { token, state: "absent" };
}
