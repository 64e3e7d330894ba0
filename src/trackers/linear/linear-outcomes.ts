/** Fates of requests as outcomes of the contract. What Linear did not show is looked up once: an outcome needs id and key. */

import { outcomeOfError } from "../http-client.ts";
import type { Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { ticketsByKey } from "./linear-by-key.ts";
import { listTickets } from "./linear-pages.ts";
import type { Fate } from "./linear-mutations.ts";
import type { LinearSession } from "./linear-session.ts";
import { placeStateSchema } from "./linear-wire.ts";

export type Done = Extract<Outcome, { readonly state: "done" }>;

/** What is refused before it is sent keeps its place among the outcomes of the rest. */
export async function inPlace<T>(
  planned: readonly (T | TrackerError)[],
  send: (some: readonly T[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const outcomes = await send(planned.flatMap((one) => (one instanceof TrackerError ? [] : [one])));
  let next = 0;
  return planned.flatMap((one) => {
    if (one instanceof TrackerError) return [outcomeOfError(one)];
    next += 1;
    return outcomes.slice(next - 1, next);
  });
}

export interface Judged {
  /** Its id where Canon chose it, else the key it was written under. */
  readonly ref: { readonly id: string } | { readonly key: string };
  readonly fate: Fate;
  /** null where the answer does not show it. */
  readonly done: Done | null;
}

interface Place {
  readonly id: string;
  readonly key: string;
  readonly archived: boolean;
}

export async function outcomesOfFates(session: LinearSession, judged: readonly Judged[]): Promise<readonly Outcome[]> {
  const places = await lookUp(session, judged.filter(needsPlace));
  return judged.map((one) => outcomeOf(session, one, places(one)));
}

function outcomeOf({ client }: LinearSession, { ref, fate, done }: Judged, place: Place | null | undefined): Outcome {
  if (fate.state !== "landed") {
    if (place?.archived !== true) return fate;
    // [F] A write does not find what is archived, a read does.
    return { state: "refused", error: archivedError(client, place.key) };
  }
  if (done) return done;
  if (place) return { state: "done", id: place.id, key: place.key, echo: null };
  const what = "key" in ref ? ref.key : "the new ticket";
  return { state: "unknown", error: client.error("unknown-outcome", `${what} was written, and cannot be read back.`, "Run the command again: it finds out.") };
}

function needsPlace({ ref, fate, done }: Judged): boolean {
  if (fate.state === "landed") return done === null;
  return fate.state === "refused" && fate.error.kind === "not-found" && "key" in ref;
}

/** undefined: nobody asked, or the answer did not come. */
async function lookUp(session: LinearSession, judged: readonly Judged[]): Promise<(one: Judged) => Place | null | undefined> {
  const about = { about: "CanonPlaces", selection: "id identifier archivedAt", node: placeStateSchema };
  const ids = judged.flatMap(({ ref }) => ("id" in ref ? [ref.id] : []));
  const keys = judged.flatMap(({ ref }) => ("key" in ref ? [ref.key] : []));
  try {
    const [byId, byKey] = await Promise.all([
      ids.length === 0 ? null : listTickets(session.client, { ...about, filter: { id: { in: ids } }, archived: true }),
      keys.length === 0 ? null : ticketsByKey(session, keys, about),
    ]);
    const nodes = new Map((byId?.nodes ?? []).map((node) => [node.id, node]));
    return ({ ref }) => {
      const node = "id" in ref ? nodes.get(ref.id) : byKey?.found.get(ref.key);
      return node ? { id: node.id, key: node.identifier, archived: node.archivedAt !== null } : null;
    };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return () => undefined;
  }
}

export function archivedError(client: LinearSession["client"], key: string): TrackerError {
  return client.error("invalid", `${key} is archived or in the bin.`, "Restore it in Linear, then run the command again.");
}
