/** Leaves the tickets of sections that moved to another target: says on each where it went, then closes it and gives it back. */

import { parseAddress } from "../../core/address.ts";
import type { Change } from "../../core/model/plan.ts";
import { brokenGuard } from "../../core/plan/broken-guard.ts";
import type { Outcome } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { OpenTarget } from "../read-targets.ts";
import { attempt } from "./attempt.ts";
import { releaseTickets } from "./release-tickets.ts";
import type { RunContext } from "./run-context.ts";

/** Last of all: until the marker names the new ticket, the old one is the section's. */
export async function leaveTickets(changes: readonly Change[], context: RunContext): Promise<void> {
  for (const [name, target] of context.gathered.targets) {
    const mine = changes.filter((change) => change.target === name);
    const { read, update } = target.tracker.capabilities.batch;
    const size = Math.min(read, update);
    for (let start = 0; start < mine.length; start += size) await leaveBatch(mine.slice(start, start + size), target, context);
  }
}

/** A ticket that is left, and the one that is the section's now. */
interface Leaving {
  readonly change: Change;
  readonly successor: string;
  readonly url: string | null;
}

async function leaveBatch(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { journal, ledger, workspace, signal, turns } = context;
  if (signal.aborted) {
    for (const change of changes) ledger.settle(change, { state: "held", message: "Interrupted before it was begun." });
    return;
  }
  const ready = await withUrls(
    await untouched(
      changes.filter((change) => hasSuccessor(change, context)),
      target,
      context,
    ),
    context,
  );
  if (ready.length === 0) return;
  await turns.of(target.config.name).ensure();
  await journal.append({
    kind: "writing",
    target: target.config.name,
    changes: ready.map(({ change }) => change.digest),
    at: workspace.clock.now().toISOString(),
  });
  const told = await linked(await noted(ready, target, context), target, context);
  await releaseTickets(
    told.map(({ change }) => change),
    target,
    context,
  );
}

function hasSuccessor(change: Change, context: RunContext): boolean {
  if (successorOf(change, context) !== null) return true;
  context.ledger.settle(change, {
    state: "held",
    message: `${change.key ?? "It"} stays open: the section's marker does not name another ticket yet.`,
    hint: "Run the command again once the other ticket is there.",
  });
  return false;
}

/** The ticket that the section's marker names by now; null while that is none that this change may wait for. */
function successorOf({ address, key, target, after }: Change, { markers, ledger, gathered }: RunContext): string | null {
  const at = parseAddress(address);
  const named = markers
    .docs()
    .find(({ path }) => path === at?.path)
    ?.sections.find(({ id }) => id === at?.id)?.ticket;
  // Two trackers may have a PAY-1 each.
  if (!named || (named.key === key && named.system === gathered.targets.get(target)?.config.system)) return null;
  return after.length === 0 || ledger.keyOf(address) === named.key ? named.key : null;
}

/** What was edited since the plan was made stays open, and is not told that it was closed. */
async function untouched(changes: readonly Change[], { tracker }: OpenTarget, { ledger }: RunContext): Promise<readonly Change[]> {
  if (changes.length === 0) return [];
  try {
    const { tickets } = await tracker.read({ keys: changes.flatMap(({ key }) => key ?? []) });
    const byKey = new Map(tickets.map((ticket) => [ticket.key, ticket] as const));
    return changes.filter((change) => {
      const ticket = byKey.get(change.key ?? "");
      const broken = ticket && brokenGuard(change, ticket, tracker.format);
      if (ticket && !broken) return true;
      const why = broken ? `was edited since the plan was made (${broken.field})` : "could not be read again before the write";
      ledger.settle(change, {
        state: "held",
        message: `${change.key ?? "The ticket"} ${why}, so it stays open.`,
        hint: "Run the command again and read what changed.",
      });
      return false;
    });
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    for (const change of changes) ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
    return [];
  }
}

/** A link is a kindness: without one the key tells. */
async function withUrls(changes: readonly Change[], context: RunContext): Promise<readonly Leaving[]> {
  const { gathered } = context;
  const leaving = changes.map((change) => ({ change, successor: successorOf(change, context) ?? "" }));
  const urls = new Map<string, string | null>();
  for (const [name, group] of Map.groupBy(leaving, ({ change }) => gathered.made.items.get(change.address)?.item.target ?? "")) {
    try {
      const snapshot = await gathered.targets.get(name)?.tracker.read({ keys: group.map(({ successor }) => successor) });
      for (const { key, url } of snapshot?.tickets ?? []) urls.set(key, url);
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
    }
  }
  return leaving.map((one) => ({ ...one, url: urls.get(one.successor) ?? null }));
}

async function noted(leaving: readonly Leaving[], { tracker }: OpenTarget, context: RunContext): Promise<readonly Leaving[]> {
  const notes = leaving.map(({ change, successor, url }) => ({
    key: change.key ?? "",
    // The same move says it once, however often it is run again.
    id: `canon-moved ${change.token} ${successor}`,
    text: `Moved to ${successor}${url === null ? "" : ` (${url})`}. This ticket is closed; please go on there.`,
  }));
  return settled(leaving, await attempt(notes, tracker.capabilities.batch.update, (some) => tracker.comment(some)), context);
}

async function linked(leaving: readonly Leaving[], { tracker }: OpenTarget, context: RunContext): Promise<readonly Leaving[]> {
  const far = leaving.filter(({ url }) => url !== null);
  if (far.length === 0) return leaving;
  const links = far.map(({ change, successor, url }) => ({ key: change.key ?? "", url: url ?? "", title: successor, kind: "other" as const }));
  const done = settled(far, await attempt(links, tracker.capabilities.batch.update, (some) => tracker.link(some)), context);
  return leaving.filter((one) => one.url === null || done.includes(one));
}

/** Those that may go on. */
function settled(leaving: readonly Leaving[], outcomes: readonly (Outcome | undefined)[], { ledger }: RunContext): readonly Leaving[] {
  return leaving.filter(({ change }, index) => {
    const outcome = outcomes[index];
    if (outcome?.state === "done") return true;
    const { message, hint } = outcome?.error ?? { message: "The tracker answered for fewer tickets than it was sent.", hint: null };
    ledger.settle(change, { state: outcome === undefined || outcome.state === "unknown" ? "unknown" : "failed", message, hint });
    return false;
  });
}
