/** What the parts of an open Linear tracker share: the door, the team, its labels, and the tickets seen so far. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { LinearClient } from "./linear-client.ts";
import type { LabelBook } from "./linear-labels.ts";
import { toTicket } from "./linear-map.ts";
import type { LinearProject } from "./linear-project.ts";
import type { WireStore, WireTicket } from "./linear-wire.ts";

/** As much as later requests need to know of a ticket. */
export interface SeenTicket {
  readonly id: string;
  readonly marked: boolean;
  readonly archived: boolean;
}

export interface LinearSession {
  readonly client: LinearClient;
  readonly project: () => LinearProject;
  readonly labels: LabelBook;
  /** By every key under which it was asked for or found. */
  readonly seen: Map<string, SeenTicket>;
}

export interface Answered {
  readonly wire: WireTicket;
  readonly store: WireStore | undefined;
}

/** null where a label has no name that is known: the answer alone does not tell what the ticket looks like. */
export function echoOf({ labels, seen }: LinearSession, { wire, store }: Answered): Ticket | null {
  const own = wire.labelIds.filter((id) => !labels.isMark(id));
  seen.set(wire.identifier, { id: wire.id, marked: own.length < wire.labelIds.length, archived: wire.archivedAt !== null || wire.trashed === true });
  const names = own.map((id) => labels.nameOf(id));
  return names.every((name) => name !== undefined) ? toTicket(wire, store, names) : null;
}

/** The same after asking for the names of labels that are not known yet; one that cannot be seen is left out. */
export async function ticketsOf(session: LinearSession, answered: readonly Answered[]): Promise<readonly Ticket[]> {
  await session.labels.learn(answered.flatMap(({ wire }) => wire.labelIds));
  return answered.map(
    (one) =>
      echoOf(session, one) ??
      toTicket(
        one.wire,
        one.store,
        one.wire.labelIds.flatMap((id) => (session.labels.isMark(id) ? [] : (session.labels.nameOf(id) ?? []))),
      ),
  );
}
