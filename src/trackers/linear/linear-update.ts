/** Changing: fields and status of a ticket first, its base after them, all in one request; only what is given is sent. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import type { Base } from "../../core/model/base.ts";
import type { Outcome, Patch, Step } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { storeInput } from "./linear-base.ts";
import { doneOf } from "./linear-create.ts";
import { PLACE, STORED_TICKET, TICKET } from "./linear-documents.ts";
import { MARK } from "./linear-labels.ts";
import { refusalOf, stateFor } from "./linear-limits.ts";
import { runMutations, type Mutation, type Work } from "./linear-mutations.ts";
import { archivedError, inPlace, outcomesOfFates, type Done } from "./linear-outcomes.ts";
import { echoOf, type LinearSession } from "./linear-session.ts";
import { ticketSchema } from "./linear-wire.ts";

interface Change {
  readonly key: string;
  readonly input: LinearDocument.IssueUpdateInput;
  readonly base: Base | undefined;
}

type Labels = ReadonlyMap<string, string | TrackerError>;

export async function updateTickets(session: LinearSession, patches: readonly Patch[]): Promise<readonly Outcome[]> {
  const added = patches.flatMap((patch) => [...(patch.labels?.add ?? []), ...(needsMark(session, patch) ? [MARK] : [])]);
  const labels = await labelsFor(
    session,
    added,
    patches.flatMap((patch) => patch.labels?.remove ?? []),
  );
  return send(
    session,
    patches.map((patch) => changeOf(session, patch, labels)),
    "update",
  );
}

export async function moveTickets(session: LinearSession, steps: readonly Step[]): Promise<readonly Outcome[]> {
  const { client, project } = session;
  const labels = await labelsFor(session, steps.some((step) => needsMark(session, step)) ? [MARK] : [], []);
  const changes = steps.map((step): Change | TrackerError => {
    const state = stateFor(client, project(), step.to);
    if (state instanceof TrackerError) return state;
    return withMark(session, { key: step.key, input: { stateId: state.id }, base: step.base }, labels);
  });
  return send(session, changes, "transition");
}

function changeOf(session: LinearSession, patch: Patch, labels: Labels): Change | TrackerError {
  const refused = refusalOf(session.client, patch);
  if (refused) return refused;
  const ids = (names: readonly string[]): readonly (string | TrackerError)[] => names.flatMap((name) => labels.get(name) ?? []);
  const added = ids(patch.labels?.add ?? []);
  const failed = added.find((id) => id instanceof TrackerError);
  if (failed) return failed;
  const addedLabelIds = added.flatMap((id) => (typeof id === "string" ? [id] : []));
  // The mark stays, whoever asks.
  const removedLabelIds = ids((patch.labels?.remove ?? []).filter((name) => name.toLowerCase() !== MARK)).flatMap((id) => (typeof id === "string" ? [id] : []));
  const input: LinearDocument.IssueUpdateInput = {
    ...(patch.title === undefined ? {} : { title: patch.title }),
    ...(patch.body === undefined ? {} : { description: patch.body }),
    ...(patch.parent === undefined ? {} : { parentId: patch.parent === null ? null : (session.seen.get(patch.parent)?.id ?? patch.parent) }),
    ...(addedLabelIds.length === 0 ? {} : { addedLabelIds }),
    ...(removedLabelIds.length === 0 ? {} : { removedLabelIds }),
  };
  return withMark(session, { key: patch.key, input, base: patch.base }, labels);
}

/** A ticket that gets a base is managed from then on. */
function withMark(session: LinearSession, change: Change, labels: Labels): Change | TrackerError {
  if (!needsMark(session, change)) return change;
  const mark = labels.get(MARK);
  if (mark instanceof TrackerError) return mark;
  const added = [...(change.input.addedLabelIds ?? []), ...(mark === undefined ? [] : [mark])];
  return { ...change, input: { ...change.input, addedLabelIds: [...new Set(added)] } };
}

function needsMark({ seen }: LinearSession, { key, base }: { readonly key: string; readonly base?: Base | undefined }): boolean {
  return base !== undefined && seen.get(key)?.marked !== true;
}

async function labelsFor({ labels }: LinearSession, added: readonly string[], removed: readonly string[]): Promise<Labels> {
  try {
    const [made, found] = [added.length === 0 ? [] : await labels.ensure(added), removed.length === 0 ? [] : await labels.find(removed)];
    return new Map<string, string | TrackerError>([...found, ...made]);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return new Map([...added, ...removed].map((name) => [name, error]));
  }
}

async function send(session: LinearSession, changes: readonly (Change | TrackerError)[], about: string): Promise<readonly Outcome[]> {
  const planned = changes.map((change) => (change instanceof TrackerError ? change : (archived(session, change) ?? change)));
  return inPlace(planned, async (some) => {
    const fates = await runMutations(
      session.client,
      some.map((change) => workOf(session, change)),
      about,
    );
    const judged = fates.map((fate, index) => ({
      ref: { key: some[index]?.key ?? "" },
      fate,
      done: fate.state === "landed" ? landedAs(session, fate.payloads) : null,
    }));
    return outcomesOfFates(session, judged);
  });
}

function archived({ client, seen }: LinearSession, { key }: Change): TrackerError | null {
  return seen.get(key)?.archived === true ? archivedError(client, key) : null;
}

function workOf({ seen }: LinearSession, { key, input, base }: Change): Work {
  const id = seen.get(key)?.id;
  const mutations: Mutation[] = [];
  if (Object.keys(input).length > 0)
    mutations.push({ field: "issueUpdate", id: id ?? key, input, selection: base === undefined ? `issue { ${TICKET} }` : `issue { ${PLACE} }` });
  if (base !== undefined)
    mutations.push({ field: "attachmentCreate", input: storeInput(id ?? key, base, id ?? null), selection: `attachment { ${STORED_TICKET} }` });
  return { ticket: key, mutations };
}

const updatePayload = z.object({ issue: ticketSchema });

function landedAs(session: LinearSession, payloads: readonly unknown[] | null): Done | null {
  const parsed = z.safeParse(updatePayload, payloads?.at(-1));
  if (!parsed.success) return doneOf(session, payloads);
  const { attachments, ...wire } = parsed.data.issue;
  return { state: "done", id: wire.id, key: wire.identifier, echo: echoOf(session, { wire, store: attachments.nodes[0] }) };
}
