/** A tracker with a door in front of its writes: tests record, count, stop or twist what passes. */

import type { ConnectTracker } from "../../src/operations/workspace.ts";
import type { Draft, Link, Note, Outcome, Patch, Step, Tracker } from "../../src/trackers/tracker.ts";

/** One batch on its way to the tracker. */
export type Request =
  | { readonly operation: "create"; readonly elements: readonly Draft[] }
  | { readonly operation: "update"; readonly elements: readonly Patch[] }
  | { readonly operation: "transition"; readonly elements: readonly Step[] }
  | { readonly operation: "comment"; readonly elements: readonly Note[] }
  | { readonly operation: "link"; readonly elements: readonly Link[] };

/** `send` carries the batch out, or only its elements from `from` up to `to`. */
export type Door = (request: Request, send: (from?: number, to?: number) => Promise<readonly Outcome[]>, target: string) => Promise<readonly Outcome[]>;

export function watchTracker(tracker: Tracker, target: string, door: Door): Tracker {
  const pass = <T>(request: Request, elements: readonly T[], send: (part: readonly T[]) => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> =>
    door(request, (from = 0, to = elements.length) => send(elements.slice(from, to)), target);
  return {
    system: tracker.system,
    identity: tracker.identity,
    get capabilities() {
      return tracker.capabilities;
    },
    format: tracker.format,
    check: () => tracker.check(),
    read: (query) => tracker.read(query),
    history: (keys, since) => tracker.history(keys, since),
    watermark: () => tracker.watermark(),
    settleCreates: (inDoubt) => tracker.settleCreates(inDoubt),
    close: () => tracker.close(),
    create: (elements) => pass({ operation: "create", elements }, elements, (part) => tracker.create(part)),
    update: (elements) => pass({ operation: "update", elements }, elements, (part) => tracker.update(part)),
    transition: (elements) => pass({ operation: "transition", elements }, elements, (part) => tracker.transition(part)),
    comment: (elements) => pass({ operation: "comment", elements }, elements, (part) => tracker.comment(part)),
    link: (elements) => pass({ operation: "link", elements }, elements, (part) => tracker.link(part)),
  };
}

/** Puts the same door before every target. */
export function watching(connect: ConnectTracker, door: Door): ConnectTracker {
  return async (target, context) => {
    const connection = await connect(target, context);
    return connection.ok ? { ok: true, tracker: watchTracker(connection.tracker, target.name, door) } : connection;
  };
}
