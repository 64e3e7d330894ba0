/** One batch of writes to tickets that exist: guards read again, fields, then status steps, then the stored echo. */

import type { JournalRecord } from "../../core/model/journal-record.ts";
import type { Base } from "../../core/model/base.ts";
import type { Change } from "../../core/model/plan.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { compareItem, type ItemComparison } from "../../core/plan/compare-item.ts";
import { brokenGuard } from "../../core/plan/broken-guard.ts";
import { sidesOf } from "../../core/plan/sides.ts";
import { echoedBase, holdsAsSent, updateContent, type UpdateContent } from "../../core/plan/write-content.ts";
import type { Outcome, Patch } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import { viewOf, type OpenTarget } from "../read-targets.ts";
import { attempt } from "./attempt.ts";
import { attemptInTurn, notDone, secondsToWait } from "./attempt-in-turn.ts";
import { hasMovedBase } from "./moved-base.ts";
import { linkAcross } from "./link-across.ts";
import { recordMarkers } from "./record-markers.ts";
import type { RunContext } from "./run-context.ts";
import { waitForLimit } from "./wait-for-limit.ts";
import { prepareChange, type PreparedChange } from "./write-context.ts";

interface ReadyUpdate extends PreparedChange {
  readonly ticket: Ticket;
  readonly content: UpdateContent;
}

export async function updateBatch(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { ledger, journal, workspace } = context;
  ledger.running(changes);
  const ready = await readGuards(changes, target, context);
  if (ready.length === 0) return;
  await journal.append({
    kind: "writing",
    target: target.config.name,
    changes: ready.map(({ change }) => change.digest),
    at: workspace.clock.now().toISOString(),
  });
  ledger.sending(ready.map(({ change }) => change));
  const turnedAway = new Map<Change, number>();
  const patched = await sendPatches(ready, target, context, turnedAway);
  const stepped = await sendSteps(patched, target, context);
  await storeEchoes(stepped, target, context);
  for (const { update, ticket } of stepped) {
    if (isMarkerAlone(update.change)) ledger.learnKey(update.change.address, ticket.key);
    else ledger.settle(update.change, { state: "done", key: ticket.key });
  }
  await journal.append(
    ...stepped.map(({ update, ticket }): JournalRecord => ({
      kind: "written",
      target: target.config.name,
      address: update.change.address,
      key: ticket.key,
      change: update.change.digest,
    })),
  );
  await linkAcross(
    stepped.flatMap(({ update: { change } }) => (needsLink(change) ? [change.address] : [])),
    context,
  );
  await recordMarkers(
    stepped
      .filter(({ update }) => update.change.splice !== null)
      .map(({ update, ticket }) => ({
        ...{ item: update.item, key: ticket.key, id: ticket.id },
        status: context.gathered.made.adopted.get(update.change.address) ?? null,
      })),
    target,
    context,
  );
  for (const { update, ticket } of stepped) if (isMarkerAlone(update.change)) settleMarker(update.change, ticket, context);
  await sendAgain(turnedAway, target, context);
}

/** Nothing is written to the ticket: it is done when its lines stand in the spec. */
function isMarkerAlone({ action }: Change): boolean {
  return action === "marker";
}

function settleMarker(change: Change, { key }: Ticket, { ledger, unmarked }: RunContext): void {
  const left = unmarked.find(({ address }) => address === change.address);
  ledger.settle(change, left === undefined ? { state: "done", key } : { state: "failed", key, message: `${left.why}.`, hint: "Run the same command again." });
}

/** A ticket that gets its marker, or loses its parent to another target. An adopted one is left as it is. */
function needsLink({ action, fields }: Change): boolean {
  return action === "marker" || fields.some(({ field }) => field === "parent");
}

/** What a limit turned away begins anew once it is over: with its guard, because people went on meanwhile. */
async function sendAgain(turnedAway: ReadonlyMap<Change, number>, target: OpenTarget, context: RunContext): Promise<void> {
  if (turnedAway.size === 0) return;
  if (await waitForLimit(target.config.name, Math.max(...turnedAway.values()), context)) return updateBatch([...turnedAway.keys()], target, context);
  for (const change of turnedAway.keys()) context.ledger.settle(change, { state: "held", message: "Interrupted while it waited for the tracker's limit." });
}

/** A guard that no longer holds stops its change: somebody wrote since the plan was made. */
async function readGuards(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<readonly ReadyUpdate[]> {
  // A project answers for a ticket that left it only under the key it had there: the one that the marker still names.
  const keys = changes.flatMap(({ key, address }) => context.gathered.made.items.get(address)?.item.key ?? key ?? []);
  const tickets = new Map<string, Ticket>();
  try {
    const snapshot = await target.tracker.read({ keys });
    for (const ticket of snapshot.tickets) tickets.set(ticket.key, ticket);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    for (const change of changes) context.ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
    return [];
  }
  const late: Patch[] = [];
  const ready = changes.flatMap((change) => {
    const found = tickets.get(change.key ?? "");
    // What the base of an adopted ticket says is about another pair.
    const ticket = found && change.action === "adopt" ? { ...found, base: null } : found;
    const prepared = prepareChange(change, target, context);
    if (!ticket || !prepared) {
      context.ledger.settle(change, {
        state: "held",
        message: `${change.key ?? "The ticket"} could not be read again before the write.`,
        hint: "Run canon plan again.",
      });
      return [];
    }
    const broken = brokenGuard(change, ticket, target.tracker.format);
    if (broken || (found && hasMovedBase(change, found, context))) {
      const base = baseOfPulled(prepared, target, context);
      if (base) late.push({ key: ticket.key, expectRevision: target.tracker.capabilities.conditionalWrite ? ticket.revision : null, base });
      context.ledger.settle(change, {
        state: "held",
        message: `${ticket.key} ${broken ? `was edited since the plan was made (${broken.field})` : "holds another note of what was agreed than the plan saw"}.`,
        hint: "Run canon plan again and read what changed.",
      });
      return [];
    }
    return [{ ...prepared, ticket, content: contentOf(prepared, change, ticket, target, context) }];
  });
  await attempt(late, target.tracker.capabilities.batch.update, (some) => target.tracker.update(some));
  return ready;
}

/**
 * What the spec took in stands there, whatever the ticket says by now. A base that knows it makes the ticket the side
 * that moved since; an older one would take the spec for it, and undo what a person has just done.
 */
function baseOfPulled(prepared: PreparedChange, target: OpenTarget, context: RunContext): Base | null {
  const { change } = prepared;
  const taken = context.pulledFrom.get(change.address);
  if (!taken || change.edits.length === 0) return null;
  return contentOf(prepared, { ...change, fields: [] }, taken, target, context).base;
}

function contentOf(prepared: PreparedChange, change: Change, ticket: Ticket, target: OpenTarget, context: RunContext): UpdateContent {
  return updateContent(prepared.write, change, {
    ticket,
    comparison: compareAgain(prepared, ticket, target, context),
    text: prepared.planned.text,
    adoptedStatus: context.gathered.made.adopted.get(change.address) ?? null,
  });
}

function compareAgain({ planned, write, change }: PreparedChange, ticket: Ticket, target: OpenTarget, { gathered }: RunContext): ItemComparison {
  const parent = write.parentKey === null ? null : { key: write.parentKey };
  const prefers = sidesOf(gathered.input.selection)(change.address);
  return compareItem(planned.item, ticket, { parent, parentAddress: null, text: planned.text, view: viewOf(target), prefers });
}

/** An update that went through so far, with the ticket as it is known by now. */
interface Sent {
  readonly update: ReadyUpdate;
  readonly ticket: Ticket;
  /** True when `ticket` is the tracker's own answer. */
  readonly echoed: boolean;
}

async function sendPatches(ready: readonly ReadyUpdate[], target: OpenTarget, context: RunContext, turnedAway: Map<Change, number>): Promise<readonly Sent[]> {
  const withPatch = ready.filter(({ content, change }) => sendsPatch(change, target, context) && hasFields(content));
  const untouched = ready.filter((update) => !withPatch.includes(update)).map((update) => ({ update, ticket: update.ticket, echoed: false }));
  const { update: size } = target.tracker.capabilities.batch;
  const outcomes = await attempt(withPatch, size, (some) => target.tracker.update(some.map((update) => patchOf(update, target))));
  const sent = withPatch.flatMap((update, index) => {
    const outcome = outcomes[index];
    const seconds = secondsToWait(outcome);
    if (seconds === null) return settleSent({ update, ticket: update.ticket, echoed: false }, outcome, context);
    turnedAway.set(update.change, seconds);
    return [];
  });
  return [...sent, ...untouched];
}

/**
 * Where a base is written only with a field, it goes with the text as it stands, and only for good reason: what came into
 * the spec, for a base without it would take the ticket's next edit for nobody's; and a side that somebody took.
 */
function sendsPatch({ action, address, fields, edits, pulled }: Change, { tracker }: OpenTarget, { gathered }: RunContext): boolean {
  if (action === "marker") return false;
  if (tracker.capabilities.baseAlone || fields.length > 0 || edits.length > 0 || action === "move" || action === "adopt") return true;
  if (gathered.input.selection.decisions.some((decision) => decision.kind === "taken" && decision.address === address)) return true;
  const prefers = sidesOf(gathered.input.selection)(address);
  return pulled.some(({ field }) => prefers(field) !== null);
}

/** A change that only steps to another status sends no patch; the base then travels with the step. */
function hasFields(content: UpdateContent): boolean {
  const { title, type, parent, labels, body, status } = content;
  return [title, type, parent, labels, body].some((value) => value !== undefined) || status === null;
}

function patchOf({ content, ticket }: ReadyUpdate, { tracker }: OpenTarget): Patch {
  const { title, type, parent, labels, body, status } = content;
  return {
    key: ticket.key,
    expectRevision: tracker.capabilities.conditionalWrite ? ticket.revision : null,
    ...(title === undefined ? {} : { title }),
    ...(type === undefined ? {} : { type }),
    ...(parent === undefined ? {} : { parent }),
    ...(labels === undefined ? {} : { labels }),
    ...(body === undefined ? {} : { body }),
    base: status === null ? content.base : content.baseBeforeStep,
  };
}

async function sendSteps(sent: readonly Sent[], target: OpenTarget, context: RunContext): Promise<readonly Sent[]> {
  const steps = sent.flatMap((entry) => {
    const to = entry.update.content.status;
    return to === null
      ? []
      : [
          {
            entry,
            step: {
              key: entry.ticket.key,
              expectRevision: target.tracker.capabilities.conditionalWrite ? entry.ticket.revision : null,
              to,
              walk: target.config.transitions === "walk",
              base: entry.update.content.base,
            },
          },
        ];
  });
  if (steps.length === 0) return sent;
  const outcomes = await attemptInTurn(
    steps,
    { size: target.tracker.capabilities.batch.update, target: target.config.name, send: (some) => target.tracker.transition(some.map(({ step }) => step)) },
    context,
  );
  const after = new Map(steps.map(({ entry }, index) => [entry, settleSent(entry, outcomes[index], context)] as const));
  return sent.flatMap((entry) => after.get(entry) ?? [entry]);
}

function settleSent(sent: Sent, outcome: Outcome | undefined, { ledger }: RunContext): readonly Sent[] {
  const { change } = sent.update;
  if (!outcome) {
    ledger.settle(change, { state: "unknown", message: "The tracker answered for fewer tickets than it was sent." });
    return [];
  }
  switch (outcome.state) {
    case "done":
      return [{ update: sent.update, ticket: outcome.echo ?? sent.ticket, echoed: outcome.echo !== null }];
    case "refused":
    case "unsent":
      ledger.settle(change, notDone(outcome));
      return [];
    case "unknown":
      ledger.settle(change, { state: "unknown", message: outcome.error.message, hint: outcome.error.hint });
      return [];
  }
}

/** Only where the tracker stored something else than it was sent: elsewhere the base already says it. */
async function storeEchoes(sent: readonly Sent[], { tracker, config }: OpenTarget, context: RunContext): Promise<void> {
  if (!tracker.capabilities.baseAlone) return;
  const patches = sent.flatMap(({ update, ticket, echoed }) => {
    if (!echoed || holdsAsSent(update.content.written, ticket)) return [];
    const base = echoedBase(update.ticket.base, update.content.written, ticket, tracker.format);
    return [{ key: ticket.key, expectRevision: tracker.capabilities.conditionalWrite ? ticket.revision : null, base }];
  });
  await attemptInTurn(patches, { size: tracker.capabilities.batch.update, target: config.name, send: (some) => tracker.update(some) }, context);
}
