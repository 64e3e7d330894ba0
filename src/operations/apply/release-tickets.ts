/** Gives tickets back: children before parents, on the tracker first and in the specs after it. Killed in between, the same command finishes it. */

import type { JournalRecord } from "../../core/model/journal-record.ts";
import type { Change } from "../../core/model/plan.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { brokenGuard } from "../../core/plan/broken-guard.ts";
import { isClosed } from "../../core/plan/is-closed.ts";
import { releasedBase } from "../../core/plan/release.ts";
import { whyTouched } from "../../core/plan/why-touched.ts";
import type { Outcome, Patch, Step } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { OpenTarget } from "../read-targets.ts";
import { attemptInTurn } from "./attempt-in-turn.ts";
import { guardWindow } from "./guard-window.ts";
import type { RunContext } from "./run-context.ts";

/** A change with its ticket as it was read right before the write; null where only the marker is left. */
interface Ready {
  readonly change: Change;
  readonly ticket: Ticket | null;
}

export async function releaseTickets(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { batch } = target.tracker.capabilities;
  const size = guardWindow(batch);
  let waiting = [...changes];
  while (waiting.length > 0 && !context.signal.aborted) {
    const open = new Set(waiting.map(({ address }) => address));
    const ready = waiting.filter((change) => change.after.every((address) => address === change.address || !open.has(address)));
    if (ready.length === 0) break;
    for (let start = 0; start < ready.length && !context.signal.aborted; start += size) {
      // Here as well as before each request, so that what is not to be sent is not called sent.
      await context.turns.of(target.config.name).ensure();
      await releaseBatch(ready.slice(start, start + size), target, context);
    }
    const done = new Set(ready);
    waiting = waiting.filter((change) => !done.has(change));
  }
  for (const change of changes)
    if (context.ledger.stateOf(change) === null) context.ledger.settle(change, { state: "held", message: "Interrupted before it was begun." });
}

async function releaseBatch(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { ledger, journal, workspace } = context;
  const free = changes.filter((change) => !isHeld(change, context));
  ledger.running(free);
  const ready = await readGuards(free, target, context);
  if (ready.length === 0) return;
  const sent = ready.filter(({ ticket }) => ticket !== null).map(({ change }) => change);
  if (sent.length > 0)
    await journal.append({ kind: "writing", target: target.config.name, changes: sent.map(({ digest }) => digest), at: workspace.clock.now().toISOString() });
  ledger.sending(sent);
  const released = await send(ready, target, context);
  const written = released.filter(({ ticket }) => ticket !== null);
  await journal.append(
    ...written.map(({ change }): JournalRecord => ({
      ...{ kind: "written", target: target.config.name, address: change.address, key: change.key ?? "", change: change.digest },
    })),
  );
  // What a claim kept for a marker to come is nobody's any more.
  await context.turns.of(target.config.name).forget(claimsOn(released, target, context));
  await editMarkers(
    released.map(({ change }) => change),
    context,
  );
  for (const { change } of released) if (ledger.stateOf(change) === null) ledger.settle(change, { state: "done" });
}

/** Held by what it waits for: a child that is still open, a ticket that was to take its place. */
function isHeld(change: Change, { ledger }: RunContext): boolean {
  const failed = change.after.find((address) => !ledger.isDone(address, change));
  if (failed === undefined) return false;
  ledger.settle(change, { state: "held", message: `${failed} was not done, and comes first.` });
  return true;
}

async function readGuards(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<readonly Ready[]> {
  const { ledger } = context;
  const written = changes.filter(({ action }) => action !== "marker");
  const tickets = new Map<string, Ticket>();
  let touched: (ticket: Ticket) => string | null = () => null;
  try {
    if (written.length > 0)
      for (const ticket of (await target.tracker.read({ keys: written.flatMap(({ key }) => key ?? []) })).tickets) tickets.set(ticket.key, ticket);
    touched = await watch(written, target, context);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    for (const change of written) ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
  }
  return changes.flatMap((change): readonly Ready[] => {
    if (ledger.stateOf(change) !== null) return [];
    if (change.action === "marker") return [{ change, ticket: null }];
    const ticket = tickets.get(change.key ?? "");
    const broken = ticket && brokenGuard(change, ticket, target.tracker.format);
    const why = !ticket ? "could not be read again before the write" : broken ? `was edited since the plan was made (${broken.field})` : touched(ticket);
    if (ticket && why === null) return [{ change, ticket }];
    ledger.settle(change, {
      state: "held",
      message: `${change.key ?? "The ticket"}: ${why ?? ""}.`,
      hint: "Run the same command again and read what changed.",
    });
    return [];
  });
}

/** A comment shows in no field: whoever takes a run back asks once more whether somebody wrote one meanwhile. */
async function watch(changes: readonly Change[], { tracker, account }: OpenTarget, { workspace }: RunContext): Promise<(ticket: Ticket) => string | null> {
  const keys = changes.flatMap(({ reason, key }) => (reason === "undone" ? (key ?? []) : []));
  if (keys.length === 0) return () => null;
  const edits = tracker.capabilities.history ? await tracker.history(keys, null) : [];
  const now = workspace.clock.now().toISOString();
  return (ticket) => {
    const own = edits.filter(({ key }) => key === ticket.key).map((edit) => ({ ...edit, target: "" }));
    return keys.includes(ticket.key) && ticket.base !== null ? whyTouched(ticket, ticket.base, { edits: own, account, format: tracker.format, now }) : null;
  };
}

/** A step carries the base with it; a ticket that stays in its status gets the base alone. */
async function send(ready: readonly Ready[], { tracker, config }: OpenTarget, context: RunContext): Promise<readonly Ready[]> {
  const steps: { readonly one: Ready; readonly step: Step }[] = [];
  const patches: { readonly one: Ready; readonly patch: Patch }[] = [];
  for (const one of ready) {
    const { ticket, change } = one;
    if (ticket === null || ticket.base === null) continue;
    const common = { key: ticket.key, expectRevision: tracker.capabilities.conditionalWrite ? ticket.revision : null, base: releasedBase(ticket.base) };
    const to = change.fields.find(({ field }) => field === "status")?.spec;
    if (typeof to === "string" && !isClosed(ticket.category)) steps.push({ one, step: { ...common, to, walk: config.transitions === "walk" } });
    else patches.push({ one, patch: common });
  }
  const { update: size } = tracker.capabilities.batch;
  const sending = { size, target: config.name };
  const stepped = await attemptInTurn(steps, { ...sending, send: (some) => tracker.transition(some.map(({ step }) => step)) }, context);
  const patched = await attemptInTurn(patches, { ...sending, send: (some) => tracker.update(some.map(({ patch }) => patch)) }, context);
  const outcomes = new Map([
    ...steps.map(({ one }, index) => [one, stepped[index]] as const),
    ...patches.map(({ one }, index) => [one, patched[index]] as const),
  ]);
  return ready.filter((one) => {
    if (one.ticket === null) return true;
    const failed = failureOf(outcomes.get(one));
    if (failed !== null) context.ledger.settle(one.change, failed);
    return failed === null;
  });
}

function failureOf(outcome: Outcome | undefined): { readonly state: "failed" | "unknown"; readonly message: string; readonly hint: string | null } | null {
  switch (outcome?.state) {
    case undefined:
      return { state: "unknown", message: "The tracker answered for fewer tickets than it was sent.", hint: null };
    case "done":
      return null;
    case "refused":
    case "unsent":
      return { state: "failed", message: outcome.error.message, hint: outcome.error.hint };
    case "unknown":
      return { state: "unknown", message: outcome.error.message, hint: outcome.error.hint };
  }
}

function claimsOn(released: readonly Ready[], { config }: OpenTarget, { gathered }: RunContext): readonly string[] {
  const keys = new Set(released.map(({ change }) => change.key));
  return gathered.input.claims.flatMap(({ target, key, token }) => (target === config.name && keys.has(key) ? [token] : []));
}

async function editMarkers(changes: readonly Change[], { gathered, journal, ledger, markers, marked, unmarked, emit }: RunContext): Promise<void> {
  const edited = changes.filter(({ splice }) => splice !== null);
  for (const [path, group] of Map.groupBy(edited, ({ splice }) => splice?.path ?? "")) {
    const problem = await markers.edit(
      path,
      group.flatMap(({ address }) => gathered.made.edits.get(address) ?? []),
    );
    if (problem === null) {
      await journal.append({ kind: "marked", path, addresses: group.map(({ address }) => address) });
      marked.add(path);
      emit({ kind: "marked", path });
      continue;
    }
    for (const change of group) {
      unmarked.push({ address: change.address, key: change.key ?? "", why: `${path} ${problem}` });
      if (change.action === "marker") ledger.settle(change, { state: "failed", message: `${path} ${problem}.`, hint: "Run the same command again." });
    }
  }
}
