/** Leaves the tickets of sections that moved to another target: says on each where it went, then closes it and gives it back. */

import { parseAddress } from "../../core/address.ts";
import type { Change } from "../../core/model/plan.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { brokenGuard } from "../../core/plan/broken-guard.ts";
import { releasedBase } from "../../core/plan/release.ts";
import type { Outcome } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { OpenTarget } from "../read-targets.ts";
import { attempt } from "./attempt.ts";
import type { RunContext } from "./run-context.ts";

/** Last of all: until the marker names the new ticket, the old one is the section's. */
export async function leaveTickets(changes: readonly Change[], context: RunContext): Promise<void> {
  for (const [name, target] of context.gathered.targets) {
    const mine = changes.filter((change) => change.target === name && context.ledger.stateOf(change) === null);
    const { read, update } = target.tracker.capabilities.batch;
    const size = Math.min(read, update);
    for (let start = 0; start < mine.length; start += size) await leaveBatch(mine.slice(start, start + size), target, context);
  }
}

/** A ticket that is left, and the one that is the section's now. */
interface Leaving {
  readonly change: Change;
  readonly ticket: Ticket;
  readonly successor: { readonly key: string; readonly url: string | null };
  /** False where the answer to the last write did not show the ticket, which may be at another revision since. */
  readonly isCurrent: boolean;
}

async function leaveBatch(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { ledger, journal, workspace, signal, turns } = context;
  if (signal.aborted) {
    for (const change of changes) ledger.settle(change, { state: "held", message: "Interrupted before it was begun." });
    return;
  }
  const named = changes.flatMap((change) => {
    const key = successorOf(change, context);
    if (key === null)
      ledger.settle(change, {
        state: "held",
        message: `${change.key ?? "It"} stays open: the section's marker does not name another ticket yet.`,
        hint: "Run the command again once the other ticket is there.",
      });
    return key === null ? [] : [{ change, key }];
  });
  const ready = await withTickets(named, target, context);
  if (ready.length === 0) return;
  ledger.running(ready.map(({ change }) => change));
  await turns.of(target.config.name).ensure();
  await journal.append({
    kind: "writing",
    target: target.config.name,
    changes: ready.map(({ change }) => change.digest),
    at: workspace.clock.now().toISOString(),
  });
  ledger.sending(ready.map(({ change }) => change));
  const told = await linked(await noted(ready, target, context), target, context);
  const closed = await closedOf(told, target, context);
  for (const { change } of closed) ledger.settle(change, { state: "done" });
  await journal.append(
    ...closed.map(({ change, ticket }) => ({
      kind: "written" as const,
      target: target.config.name,
      address: change.address,
      key: ticket.key,
      change: change.digest,
    })),
  );
}

/** The ticket that the section's marker names by now; null while that is none that this change may wait for. */
function successorOf({ address, key, after }: Change, { markers, ledger }: RunContext): string | null {
  const at = parseAddress(address);
  const named = markers
    .docs()
    .find(({ path }) => path === at?.path)
    ?.sections.find(({ id }) => id === at?.id)?.ticket?.key;
  if (named === undefined || named === key) return null;
  return after.length === 0 || ledger.keyOf(address) === named ? named : null;
}

/** Each with its tickets as they are right now; what was edited since the plan was made stays open. */
async function withTickets(
  named: readonly { readonly change: Change; readonly key: string }[],
  target: OpenTarget,
  context: RunContext,
): Promise<readonly Leaving[]> {
  const { ledger } = context;
  const urls = await successorUrls(named, context);
  const found = new Map<string, Ticket>();
  try {
    const { tickets } = await target.tracker.read({ keys: named.flatMap(({ change }) => change.key ?? []) });
    for (const ticket of tickets) found.set(ticket.key, ticket);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    for (const { change } of named) ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
    return [];
  }
  return named.flatMap(({ change, key }) => {
    const ticket = found.get(change.key ?? "");
    const broken = ticket && brokenGuard(change, ticket, target.tracker.format);
    if (ticket && !broken) return [{ change, ticket, successor: { key, url: urls.get(key) ?? null }, isCurrent: true }];
    const why = broken ? `was edited since the plan was made (${broken.field})` : "could not be read again before the write";
    ledger.settle(change, {
      state: "held",
      message: `${change.key ?? "The ticket"} ${why}, so it stays open.`,
      hint: "Run the command again and read what changed.",
    });
    return [];
  });
}

/** A link is a kindness: without one the key tells. */
async function successorUrls(
  named: readonly { readonly change: Change; readonly key: string }[],
  { gathered }: RunContext,
): Promise<ReadonlyMap<string, string | null>> {
  const urls = new Map<string, string | null>();
  for (const [name, group] of Map.groupBy(named, ({ change }) => gathered.made.items.get(change.address)?.item.target ?? "")) {
    try {
      const snapshot = await gathered.targets.get(name)?.tracker.read({ keys: group.map(({ key }) => key) });
      for (const { key, url } of snapshot?.tickets ?? []) urls.set(key, url);
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
    }
  }
  return urls;
}

async function noted(leaving: readonly Leaving[], { tracker }: OpenTarget, context: RunContext): Promise<readonly Leaving[]> {
  const notes = leaving.map(({ change, ticket, successor: { key, url } }) => ({
    key: ticket.key,
    // The same move says it once, however often it is run again.
    id: `canon-moved ${change.token} ${key}`,
    text: `Moved to ${key}${url === null ? "" : ` (${url})`}. This ticket is closed; please go on there.`,
  }));
  return settled(leaving, await attempt(notes.length, () => tracker.comment(notes)), context);
}

async function linked(leaving: readonly Leaving[], { tracker }: OpenTarget, context: RunContext): Promise<readonly Leaving[]> {
  const [near, far] = [leaving.filter(({ successor }) => successor.url === null), leaving.filter(({ successor }) => successor.url !== null)];
  const links = far.map(({ ticket, successor: { key, url } }) => ({ key: ticket.key, url: url ?? "", title: key, kind: "other" as const }));
  return links.length === 0 ? leaving : [...near, ...settled(far, await attempt(links.length, () => tracker.link(links)), context)];
}

/** Status and base travel together; one that is closed already is only given back, where a base can be written alone. */
async function closedOf(leaving: readonly Leaving[], target: OpenTarget, context: RunContext): Promise<readonly Leaving[]> {
  const { tracker, config } = target;
  const statusOf = ({ change }: Leaving): string | null => {
    const to = change.fields.find(({ field }) => field === "status")?.spec;
    return typeof to === "string" ? to : null;
  };
  const revision = ({ ticket, isCurrent }: Leaving): string | null => (tracker.capabilities.conditionalWrite && isCurrent ? ticket.revision : null);
  const baseOf = ({ ticket }: Leaving): object => (ticket.base === null ? {} : { base: releasedBase(ticket.base) });
  const steps = leaving.flatMap((one) => {
    const to = statusOf(one);
    return to === null ? [] : [{ one, step: { key: one.ticket.key, expectRevision: revision(one), to, walk: config.transitions === "walk", ...baseOf(one) } }];
  });
  const patches = leaving.flatMap((one) =>
    statusOf(one) === null && one.ticket.base !== null && tracker.capabilities.baseAlone
      ? [{ one, patch: { key: one.ticket.key, expectRevision: revision(one), base: releasedBase(one.ticket.base) } }]
      : [],
  );
  const sent = (list: readonly { readonly one: Leaving }[]): readonly Leaving[] => list.map(({ one }) => one);
  const stepped = steps.length === 0 ? [] : settled(sent(steps), await attempt(steps.length, () => tracker.transition(steps.map(({ step }) => step))), context);
  const patched =
    patches.length === 0 ? [] : settled(sent(patches), await attempt(patches.length, () => tracker.update(patches.map(({ patch }) => patch))), context);
  const untouched = leaving.filter((one) => !sent(steps).includes(one) && !sent(patches).includes(one));
  return [...stepped, ...patched, ...untouched];
}

/** Those that may go on, as the tracker's answer shows them. */
function settled(leaving: readonly Leaving[], outcomes: readonly Outcome[], { ledger }: RunContext): readonly Leaving[] {
  return leaving.flatMap((one, index) => {
    const outcome = outcomes[index];
    if (outcome?.state === "done") return [{ ...one, ticket: outcome.echo ?? one.ticket, isCurrent: outcome.echo !== null }];
    const { message, hint } = outcome?.error ?? { message: "The tracker answered for fewer tickets than it was sent.", hint: null };
    ledger.settle(one.change, { state: outcome === undefined || outcome.state === "unknown" ? "unknown" : "failed", message, hint });
    return [];
  });
}
