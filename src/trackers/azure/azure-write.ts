/**
 * Changing work items: patches under the revision they were made for. What removes a relation names it by its place in
 * the list, which links to other work items shift without a new revision: such patches never follow one another in a
 * request, and each answer is looked through for what went wrong (azure-repair.ts).
 */

import { outcomeOfError } from "../http-client.ts";
import type { Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { sendElements, type Fate } from "./azure-batch.ts";
import { idOf, parentOf, revisionOf, revOf } from "./azure-map.ts";
import { testRev, type Operation } from "./azure-patch.ts";
import { readBin, readItems } from "./azure-read.ts";
import type { AzureProject } from "./azure-project.ts";
import { repair } from "./azure-repair.ts";
import { ticketOf, type AzureSession } from "./azure-session.ts";
import type { WireItem } from "./azure-wire.ts";

export interface Change {
  readonly key: string;
  readonly expectRevision: string | null;
  /** The patch depends on what stands there. */
  readonly needsItem: boolean;
  /** The new parent; undefined: it stays. */
  readonly parent?: string | null | undefined;
  /** The patch for the ticket as it stands (null only where it is not needed); empty: it is so already. Without a test of the revision. */
  operations(item: WireItem | null, project: AzureProject): readonly Operation[] | TrackerError;
}

interface Waiting {
  readonly index: number;
  readonly id: number;
  readonly change: Change;
}

export async function writeChanges(session: AzureSession, changes: readonly Change[]): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  let waiting = changes.flatMap((change, index): readonly Waiting[] => {
    const id = idOf(change.key);
    if (id === null) outcomes.set(index, outcomeOfError(noSuchTicket(session, change.key)));
    return id === null ? [] : [{ index, id, change }];
  });
  // A new place among the children comes last: then no other change has to wait for it.
  waiting = [...waiting.filter(({ change }) => change.parent === undefined), ...waiting.filter(({ change }) => change.parent !== undefined)];
  try {
    const project = waiting.length === 0 ? null : await session.project();
    while (project !== null && waiting.length > 0) waiting = await sendWave(session, project, waiting, outcomes);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    // A read before a write failed: of these nothing was sent.
    for (const { index } of waiting) if (!outcomes.has(index)) outcomes.set(index, outcomeOfError(error));
  }
  return changes.map((_, index) => outcomes.get(index) ?? never());
}

/** Sends what does not disturb each other; answers what has to wait. */
async function sendWave(session: AzureSession, project: AzureProject, waiting: readonly Waiting[], outcomes: Map<number, Outcome>): Promise<Waiting[]> {
  const { items, absent } = await itemsFor(session, waiting);
  const disturbed = new Set<number>();
  const shifted = new Set<number>();
  const now: (Waiting & { readonly item: WireItem | null; readonly operations: readonly Operation[] })[] = [];
  const later: Waiting[] = [];
  for (const one of waiting) {
    const { id, change, index } = one;
    const gone = absent.get(id);
    if (gone) outcomes.set(index, outcomeOfError(gone));
    if (gone) continue;
    if (disturbed.has(id)) {
      later.push(one);
      continue;
    }
    const item = items.get(id) ?? null;
    const operations = planned(session, project, one, item);
    if (operations instanceof TrackerError) outcomes.set(index, outcomeOfError(operations));
    else if (operations.length === 0 && item !== null) outcomes.set(index, doneOf(session, project, item, true));
    else {
      now.push({ ...one, item, operations });
      const parents = change.parent === undefined ? [] : [idOf(change.parent ?? ""), item === null ? null : parentOf(item)];
      for (const parent of parents) if (parent !== null) shifted.add(parent);
      for (const moved of [id, ...shifted]) disturbed.add(moved);
    }
  }
  const fates = await sendElements(
    session.client,
    now.map(({ id, change, item, operations }) => ({ to: { id }, operations: guarded(operations, change, item), about: change.key })),
  );
  const refusedAsGone = now.filter((_, place) => isNotFound(fates[place]));
  const archived = await goneTickets(
    session,
    refusedAsGone.map(({ id }) => id),
  );
  for (const [place, one] of now.entries()) outcomes.set(one.index, await settle(session, project, one, fates[place] ?? never(), archived.get(one.id)));
  for (const id of shifted) session.seen.delete(id);
  return later;
}

async function settle(
  session: AzureSession,
  project: AzureProject,
  { id, item, operations }: Waiting & { readonly item: WireItem | null; readonly operations: readonly Operation[] },
  fate: Fate,
  gone: TrackerError | undefined,
): Promise<Outcome> {
  session.seen.delete(id);
  if (fate.state !== "landed") return gone && isNotFound(fate) ? outcomeOfError(gone) : fate;
  const end = item === null ? "fine" : await repair(session, item, fate.item, operations);
  if (end instanceof TrackerError) return outcomeOfError(end);
  const expectsRelations = (item?.relations ?? []).length > 0 || operations.some(({ path }) => path.startsWith("/relations"));
  return doneOf(session, project, fate.item, end === "fine" && (fate.item.relations !== undefined || !expectsRelations));
}

function isNotFound(fate: Fate | undefined): boolean {
  return fate?.state === "refused" && fate.error.kind === "not-found";
}

interface Found {
  readonly items: ReadonlyMap<number, WireItem>;
  readonly absent: ReadonlyMap<number, TrackerError>;
}

/** As last seen, where that is the revision expected; else as they stand now. */
async function itemsFor(session: AzureSession, waiting: readonly Waiting[]): Promise<Found> {
  const known = new Map<number, WireItem>();
  const unknown: number[] = [];
  for (const { id, change } of waiting) {
    const seen = session.seen.get(id);
    if (seen && change.expectRevision === revisionOf(seen)) known.set(id, seen);
    else if (change.needsItem) unknown.push(id);
  }
  if (unknown.length === 0) return { items: known, absent: new Map() };
  const { items, absent, complete } = await readItems(session, unknown);
  if (!complete) throw session.client.error("unavailable", "Not all tickets could be read before the write.", "Run the command again.");
  return { items: new Map([...known, ...items.map((item) => [item.id, item] as const)]), absent: await goneTickets(session, absent) };
}

function planned(session: AzureSession, project: AzureProject, { change }: Waiting, item: WireItem | null): readonly Operation[] | TrackerError {
  if (item === null) return change.operations(null, project);
  if (change.expectRevision !== null && change.expectRevision !== revisionOf(item))
    return session.client.error("conflict", `${change.key} was changed by somebody else meanwhile.`, "Run canon plan again and read what changed.");
  return change.operations(item, project);
}

function guarded(operations: readonly Operation[], { expectRevision, needsItem }: Change, item: WireItem | null): readonly Operation[] {
  const rev = expectRevision !== null ? revOf(expectRevision) : needsItem && item !== null ? item.rev : null;
  return rev === null ? operations : [testRev(rev), ...operations];
}

/** Why each of these takes no writes: it may lie in the bin, where people can have it back. */
async function goneTickets(session: AzureSession, ids: readonly number[]): Promise<ReadonlyMap<number, TrackerError>> {
  const bin = new Set(await binnedIds(session, ids));
  return new Map(ids.map((id) => [id, bin.has(id) ? archivedTicket(session, id) : missingTicket(session, id)]));
}

async function binnedIds(session: AzureSession, ids: readonly number[]): Promise<readonly number[]> {
  try {
    return (await readBin(session, ids)).map(({ id }) => id);
  } catch (error) {
    if (error instanceof TrackerError) return [];
    throw error;
  }
}

function doneOf(session: AzureSession, project: AzureProject, item: WireItem, isWhole: boolean): Outcome {
  const key = String(item.id);
  return { state: "done", id: key, key, echo: isWhole ? ticketOf(session, project, item) : null };
}

function noSuchTicket({ client }: AzureSession, key: string): TrackerError {
  return client.error("not-found", `${key} is no number of a work item.`, "Numbers of work items are like 4711.");
}

function missingTicket({ client }: AzureSession, id: number): TrackerError {
  return client.error(
    "not-found",
    `There is no work item ${id}, or the account may not see it.`,
    "Check the permissions of its area path, or that it was not deleted.",
  );
}

function archivedTicket({ client }: AzureSession, id: number): TrackerError {
  return client.error("invalid", `${id} is in the recycle bin.`, "Restore it in Azure DevOps (Boards, Work items, Recycle bin), then run the command again.");
}

function never(): never {
  throw new Error("every change has a fate");
}
