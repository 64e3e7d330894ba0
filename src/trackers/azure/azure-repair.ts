/**
 * Finds out whether a patch took away another relation than it meant, and puts that back. A link to another work item
 * (a child that somebody adds) moves the places in the list without moving the revision, so no guard can refuse it.
 */

import { TrackerError } from "../tracker-error.ts";
import { sendElements } from "./azure-batch.ts";
import { addRelation, removeRelations, testRev, type Operation } from "./azure-patch.ts";
import { readUpdates } from "./azure-updates.ts";
import type { AzureSession } from "./azure-session.ts";
import type { WireItem, WireRelation, WireUpdate } from "./azure-wire.ts";

/** fine: `after` is as meant. repaired: it is by now. Else what a person has to do. */
export async function repair(
  session: AzureSession,
  before: WireItem,
  after: WireItem,
  operations: readonly Operation[],
): Promise<"fine" | "repaired" | TrackerError> {
  const meant = operations.flatMap(({ op, path }) => (op === "remove" ? (before.relations?.[Number(path.split("/").at(-1))] ?? []) : []));
  const left = meant.filter((relation) => after.relations?.some((one) => isSame(one, relation)));
  if (left.length === 0) return "fine";
  try {
    const update = await updateOf(session, after, operations);
    if (update === null) return problem(session, after.id, []);
    const lost = (update.relations?.removed ?? []).filter((relation) => !meant.some((one) => isSame(one, relation)));
    const places = (after.relations ?? []).flatMap((relation, index) => (left.some((one) => isSame(one, relation)) ? [index] : []));
    const patch = [testRev(after.rev), ...removeRelations(places), ...lost.map((relation) => addRelation(withoutDates(relation)))];
    const [fate] = await sendElements(session.client, [{ to: { id: after.id }, operations: patch, about: String(after.id) }]);
    if (fate?.state !== "landed" || !lost.every((relation) => fate.item.relations?.some((one) => isSame(one, relation))))
      return problem(session, after.id, lost);
    // It names places too, and may have met with the same.
    const end = await repair(session, after, fate.item, patch);
    return end === "fine" ? "repaired" : end;
  } catch (error) {
    if (error instanceof TrackerError) return problem(session, after.id, []);
    throw error;
  }
}

/** Milliseconds to wait for a history that lags behind the write. */
const PAUSES = [0, 1_000, 2_000, 4_000];

/** What Azure recorded of this very patch; null where it does not show it. Links of others come as updates of the same revision. */
async function updateOf(session: AzureSession, { id, rev }: WireItem, operations: readonly Operation[]): Promise<WireUpdate | null> {
  const added = operations.flatMap(({ op, path, value }) => (op === "add" && path === "/relations/-" ? [urlOf(value)] : []));
  for (const pause of PAUSES) {
    await session.pause(pause);
    const updates = (await readUpdates(session, id)).filter((update) => update.rev === rev);
    const own = updates.findLast(({ relations }) =>
      added.length === 0 ? (relations?.removed ?? []).length > 0 : relations?.added?.some(({ url }) => added.includes(url)) === true,
    );
    if (own) return own;
  }
  return null;
}

function urlOf(value: unknown): string {
  return typeof value === "object" && value !== null && "url" in value && typeof value.url === "string" ? value.url : "";
}

function problem({ client }: AzureSession, id: number, lost: readonly WireRelation[]): TrackerError {
  const what = lost.length === 0 ? "one of its links" : `its link to ${lost.map(({ url }) => url).join(", ")}`;
  const message = `${id}: somebody changed its links in the moment of the write, and ${what} may have been taken away.`;
  return client.error("unknown-outcome", message, "Look at its history in Azure DevOps, and add the link again if it is missing.");
}

function isSame(a: WireRelation, b: WireRelation): boolean {
  return a.rel === b.rel && a.url === b.url;
}

function withoutDates({ rel, url, attributes }: WireRelation): WireRelation {
  const comment = attributes?.comment;
  // Only files have names of their own; those of links are the vendor's.
  const name = rel === "AttachedFile" || rel === "ArtifactLink" ? attributes?.name : null;
  return { rel, url, attributes: { ...(comment ? { comment } : {}), ...(name ? { name } : {}) } };
}
