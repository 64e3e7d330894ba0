/** What an undo looks things up in: tickets by id and by parent, and the sections that name them. */

import type { Ticket } from "../model/ticket.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import { ownerOfKey } from "./key-owner.ts";
import type { PlanInput } from "./plan-input.ts";
import { isClosed } from "./is-closed.ts";
import { TargetMap } from "./target-map.ts";
import type { CreatedTicket, UndoInput } from "./undo-input.ts";

/** `hashes`: of the items, by address. */
export function undoWorld(undo: UndoInput, hashes: ReadonlyMap<string, string>, input: PlanInput): UndoWorld {
  return { undo, input, hashes, ...indexesOf(undo, input), named: namedTickets(input), kept: new TargetMap(), visiting: new TargetMap() };
}

export interface UndoWorld {
  readonly undo: UndoInput;
  readonly input: PlanInput;
  readonly hashes: ReadonlyMap<string, string>;
  readonly byId: TargetMap<Ticket>;
  /** Tickets that are not archived, by the key of their parent. */
  readonly below: TargetMap<readonly Ticket[]>;
  /** By id of the ticket. */
  readonly created: TargetMap<CreatedTicket>;
  /** The sections that name a ticket, by the key that it has now. */
  readonly named: TargetMap<readonly Naming[]>;
  /** By id of the ticket. */
  readonly kept: TargetMap<string | null>;
  readonly visiting: TargetMap<true>;
}

export interface Naming {
  readonly spec: CompiledSpec;
  readonly section: number;
}

function indexesOf({ around, created }: UndoInput, { targets }: PlanInput): Pick<UndoWorld, "byId" | "below" | "created"> {
  const index = { byId: new TargetMap<Ticket>(), below: new TargetMap<readonly Ticket[]>(), created: new TargetMap<CreatedTicket>() };
  for (const one of created) index.created.set(one.target, one.id, one);
  for (const [name, { tickets }] of targets) {
    for (const ticket of tickets) index.byId.set(name, ticket.id, ticket);
    const known = new Set<string>();
    for (const ticket of [...tickets, ...(around.get(name)?.children ?? [])]) {
      if (ticket.parent === null || ticket.archived || known.has(ticket.id)) continue;
      known.add(ticket.id);
      index.below.set(name, ticket.parent, [...(index.below.get(name, ticket.parent) ?? []), ticket]);
    }
  }
  return index;
}

function namedTickets({ specs, config, targets }: PlanInput): TargetMap<readonly Naming[]> {
  const named = new TargetMap<readonly Naming[]>();
  for (const spec of specs) {
    for (const { ticket, index } of spec.doc.sections) {
      const owner = ticket && ownerOfKey(ticket, config);
      if (!ticket || owner?.state !== "owned") continue;
      const { name } = owner.target;
      const key = targets.get(name)?.renamed[ticket.key] ?? ticket.key;
      named.set(name, key, [...(named.get(name, key) ?? []), { spec, section: index }]);
    }
  }
  return named;
}

export interface Child {
  readonly ticket: Ticket;
  /** null: another run, or a person, made it. */
  readonly created: CreatedTicket | null;
}

export function childrenOf({ key }: Ticket, name: string, { below, created }: UndoWorld): readonly Child[] {
  return (below.get(name, key) ?? []).map((ticket) => ({ ticket, created: created.get(name, ticket.id) ?? null }));
}

/** Closed and given back, by a tombstone or an undo. */
export function isOver({ base, category }: Ticket): boolean {
  return base?.released === true && isClosed(category);
}
