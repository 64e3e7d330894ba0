/** A tracker that counts its requests and tells of them under CANON_DEBUG=http: what a run cost, and where its time went. */

import type { Log } from "../io/log.ts";
import type { Tracker } from "../trackers/tracker.ts";

export interface WatchedTracker {
  readonly tracker: Tracker;
  /** Requests so far, as the tracker's batch sizes make them. */
  readonly requests: () => number;
}

export function watchTracker(inner: Tracker, name: string, log: Log, monotonic: () => number): WatchedTracker {
  const { read, create, update } = inner.capabilities.batch;
  let requests = 0;
  const watch = async <T>(what: string, elements: number, batch: number, call: () => Promise<T>): Promise<T> => {
    const count = Math.max(1, Math.ceil(elements / batch));
    requests += count;
    const began = monotonic();
    try {
      return await call();
    } finally {
      log.say("http", () => `${name} ${what} (${elements}): ${count} request${count === 1 ? "" : "s"}, ${Math.round(monotonic() - began)} ms`);
    }
  };
  const tracker: Tracker = {
    system: inner.system,
    identity: inner.identity,
    capabilities: inner.capabilities,
    format: inner.format,
    check: () => watch("check", 1, 1, () => inner.check()),
    read: (query) => watch(`read ${Object.keys(query).join()}`, "keys" in query ? query.keys.length : 1, read, () => inner.read(query)),
    history: (keys, since) => watch("history", keys.length, read, () => inner.history(keys, since)),
    watermark: () => watch("watermark", 1, 1, () => inner.watermark()),
    create: (drafts) => watch("create", drafts.length, create, () => inner.create(drafts)),
    update: (patches) => watch("update", patches.length, update, () => inner.update(patches)),
    transition: (steps) => watch("transition", steps.length, update, () => inner.transition(steps)),
    comment: (notes) => watch("comment", notes.length, update, () => inner.comment(notes)),
    link: (links) => watch("link", links.length, update, () => inner.link(links)),
    settleCreates: (inDoubt) => watch("settle", inDoubt.length, read, () => inner.settleCreates(inDoubt)),
    close: () => inner.close(),
  };
  return { tracker, requests: () => requests };
}
