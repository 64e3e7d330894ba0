/** One batch of creates: tokens to the journal, then the request, then its outcomes, then the markers. */

import type { Change } from "../../core/model/plan.ts";
import type { JournalRecord } from "../../core/model/journal-record.ts";
import { createContent, echoedBase, type CreateContent, type CreateStatus } from "../../core/plan/write-content.ts";
import type { Draft, Outcome, Tracker, Watermark } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import { viewOf, type OpenTarget } from "../read-targets.ts";
import { needsStep, stepCreated } from "./step-created.ts";
import { attemptInTurn, notDone } from "./attempt-in-turn.ts";
import { linkAcross } from "./link-across.ts";
import { recordMarkers } from "./record-markers.ts";
import type { RunContext } from "./run-context.ts";
import { prepareChange, type PreparedChange } from "./write-context.ts";

interface ReadyCreate extends PreparedChange {
  readonly content: CreateContent;
}

export async function createBatch(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { tracker, config } = target;
  const { ledger } = context;
  const ready: ReadyCreate[] = [];
  for (const change of changes) {
    const prepared = prepareChange(change, target, context);
    if (!prepared) {
      ledger.settle(change, { state: "held", message: `${change.address} is not what was planned any more.`, hint: "Run canon plan again." });
      continue;
    }
    const status = change.fields.find(({ field }) => field === "status")?.spec;
    const content = createContent(prepared.write, createStatus(typeof status === "string" ? status : null, target));
    if (content.body.length <= tracker.capabilities.bodyLimit) ready.push({ ...prepared, content });
    else
      ledger.settle(change, {
        state: "failed",
        message: `Its text has ${content.body.length} characters, ${config.name} takes ${tracker.capabilities.bodyLimit}.`,
        hint: "Split the section with headings that become tickets of their own.",
      });
  }
  if (ready.length === 0) return;
  ledger.running(ready.map(({ change }) => change));
  const watermark = await takeWatermark(ready, target, context);
  if (watermark === null) return;
  const intent = intentRecord(ready, watermark, target, context);
  const turn = context.turns.of(config.name);
  // Other clones first: what no journal knows is settled all the same, and what nobody else knows would not be.
  await turn.announce(intent.creates.map((create) => ({ ...create, target: config.name, watermark, run: context.run })));
  await context.journal.append(intent);
  ledger.sending(ready.map(({ change }) => change));
  const answers = await attemptInTurn(
    ready,
    { size: tracker.capabilities.batch.create, target: config.name, send: (creates) => tracker.create(creates.map((create) => draftOf(create, target))) },
    context,
  );
  const outcomes = answers.map((outcome) => outcome && doubtTaken(outcome, tracker));
  const created = ready.flatMap((create, index) => settleCreate(create, outcomes[index], context) ?? []);
  const failed = failures(ready, outcomes, target);
  await context.journal.append(...created.map(({ record }) => record), ...failed);
  turn.settle(failed.map(({ token }) => token));
  await linkAcross(
    created.map(({ create }) => create.change.address),
    context,
  );
  await recordMarkers(
    created.map(({ create, key, outcome }) => ({ item: create.item, key, id: outcome.id, status: null })),
    target,
    context,
  );
  await stepCreated(
    created.map(({ create, key, outcome }) => ({ change: create.change, content: create.content, key, echo: outcome.echo })),
    target,
    context,
  );
  await writeEchoes(
    created.filter(({ create }) => create.content.laterStatus === null),
    target,
    context,
  );
}

function createStatus(wanted: string | null, target: OpenTarget): CreateStatus {
  const { initialStatus: initial } = target.project;
  // A state that is left as it is (blocked, where there is no such status) begins there as well: without it in the base, its next change would be a conflict.
  const beginsThere = wanted === null || needsStep(wanted, target);
  return { wanted, begins: beginsThere ? { initial, state: viewOf(target).statuses.backward(initial)[0] ?? null } : null };
}

/** null: the tracker did not tell, so nothing may be sent. */
async function takeWatermark(ready: readonly ReadyCreate[], { tracker, config }: OpenTarget, { ledger, watermarks }: RunContext): Promise<Watermark | null> {
  const known = watermarks.get(config.name);
  if (known !== undefined) return known;
  try {
    const watermark = await tracker.watermark();
    watermarks.set(config.name, watermark);
    return watermark;
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    for (const { change } of ready) ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
    return null;
  }
}

type IntentRecord = Extract<JournalRecord, { kind: "intent" }>;
type FailedRecord = Extract<JournalRecord, { kind: "failed" }>;

function intentRecord(ready: readonly ReadyCreate[], watermark: Watermark, { config }: OpenTarget, { workspace }: RunContext): IntentRecord {
  return {
    kind: "intent",
    target: config.name,
    watermark,
    at: workspace.clock.now().toISOString(),
    creates: ready.map(({ item, change, content }) => ({
      token: item.token,
      address: change.address,
      title: item.fields.title,
      body: item.fields.body.whole,
      base: content.base,
    })),
  };
}

function draftOf({ item, content }: ReadyCreate, { config }: OpenTarget): Draft {
  const { title, type, parent, status, labels, body, base } = content;
  return { token: item.token, title, type, parent, status, labels, body, base, extra: config.createFields };
}

/** An id that is taken means that an earlier request has landed meanwhile: whether it did, and as what, is asked for. */
function doubtTaken(outcome: Outcome, { capabilities }: Tracker): Outcome {
  return outcome.state === "refused" && outcome.error.kind === "conflict" && capabilities.clientIds ? { state: "unknown", error: outcome.error } : outcome;
}

interface Created {
  readonly create: ReadyCreate;
  readonly key: string;
  readonly outcome: Outcome & { readonly state: "done" };
  readonly record: JournalRecord;
}

function settleCreate(create: ReadyCreate, outcome: Outcome | undefined, { ledger }: RunContext): Created | null {
  const { change, item } = create;
  if (!outcome) {
    ledger.settle(change, { state: "unknown", message: "The tracker answered for fewer tickets than it was sent." });
    return null;
  }
  switch (outcome.state) {
    case "done":
      ledger.settle(change, { state: "done", key: outcome.key });
      return {
        create,
        key: outcome.key,
        outcome,
        record: { kind: "created", target: item.target, address: change.address, token: item.token, id: outcome.id, key: outcome.key },
      };
    case "refused":
    case "unsent":
      ledger.settle(change, notDone(outcome));
      return null;
    case "unknown":
      ledger.settle(change, { state: "unknown", message: outcome.error.message, hint: outcome.error.hint });
      return null;
  }
}

/** What was refused is settled: only creates without any record stay in doubt. */
function failures(ready: readonly ReadyCreate[], outcomes: readonly (Outcome | undefined)[], { config }: OpenTarget): readonly FailedRecord[] {
  return ready.flatMap(({ item, change }, index): readonly FailedRecord[] => {
    const outcome = outcomes[index];
    if (outcome?.state !== "refused" && outcome?.state !== "unsent") return [];
    return [{ kind: "failed", target: config.name, address: change.address, token: item.token, error: outcome.error.kind, message: outcome.error.message }];
  });
}

/**
 * What the tracker made of the text, and the ticket's own id, are kept as soon as they are known. Losing this write
 * loses nothing but speed: a base without them is compared in canonical form.
 */
async function writeEchoes(created: readonly Created[], { tracker, config }: OpenTarget, context: RunContext): Promise<void> {
  if (!tracker.capabilities.baseAlone) return;
  const patches = created.flatMap(({ create, key, outcome }) =>
    outcome.echo
      ? [
          {
            key,
            expectRevision: tracker.capabilities.conditionalWrite ? outcome.echo.revision : null,
            base: echoedBase(create.content.base, create.content.written, outcome.echo, tracker.format),
          },
        ]
      : [],
  );
  await attemptInTurn(patches, { size: tracker.capabilities.batch.update, target: config.name, send: (some) => tracker.update(some) }, context);
}
