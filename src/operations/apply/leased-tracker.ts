/** A tracker that sends nothing without the lease on its target: asked right before every request that writes. */

import type { Outcome, Tracker } from "../../trackers/tracker.ts";
import type { Turn } from "../turns/turn.ts";

export function leasedTracker(tracker: Tracker, turn: Pick<Turn, "ensure">): Tracker {
  const guarded = async (send: () => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> => {
    await turn.ensure();
    return send();
  };
  return {
    system: tracker.system,
    identity: tracker.identity,
    capabilities: tracker.capabilities,
    format: tracker.format,
    check: () => tracker.check(),
    read: (query) => tracker.read(query),
    history: (keys, since) => tracker.history(keys, since),
    watermark: () => tracker.watermark(),
    create: (drafts) => guarded(() => tracker.create(drafts)),
    update: (patches) => guarded(() => tracker.update(patches)),
    transition: (steps) => guarded(() => tracker.transition(steps)),
    comment: (notes) => guarded(() => tracker.comment(notes)),
    link: (links) => guarded(() => tracker.link(links)),
    settleCreates: (inDoubt) => tracker.settleCreates(inDoubt),
    close: () => tracker.close(),
  };
}
