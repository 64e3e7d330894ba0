/** Tickets that Canon gave back, or gives back with this plan: no section gets one of them again, nor the token of one. */

import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";
import { createToken } from "./token.ts";
import { readTombstones, type Tombstones } from "./tombstones.ts";

export interface GivenBack {
  has(ticket: Ticket): boolean;
  /** The item with the first generation, from its own on, that no ticket which was given back stands for. */
  freshItem(item: CompiledItem): CompiledItem;
  /** The item as it is created when its present ticket is lost. */
  nextItem(item: CompiledItem): CompiledItem;
}

type Input = Pick<PlanInput, "specs" | "config" | "targets" | "workspace">;

export function givenBack(input: Input, { found }: Tombstones = readTombstones(input)): GivenBack {
  const tickets = new Set<Ticket>(found.map(({ ticket }) => ticket));
  for (const { tickets: all } of input.targets.values()) for (const ticket of all) if (ticket.base?.released === true) tickets.add(ticket);
  const tokens = tokensOf(tickets, input.targets);
  const fresh = (item: CompiledItem, from: number): CompiledItem => {
    const identity = input.targets.get(item.target)?.identity;
    if (identity === undefined) return item;
    for (let generation = from; ; generation += 1) {
      const token = generation === item.generation ? item.token : createToken(input.workspace, identity, item.address, generation);
      if (!tokens.has(item.target, token)) return generation === item.generation ? item : { ...item, generation, token };
    }
  };
  return {
    has: (ticket) => tickets.has(ticket),
    freshItem: (item) => (tickets.size === 0 ? item : fresh(item, item.generation)),
    nextItem: (item) => fresh(item, item.generation + 1),
  };
}

function tokensOf(tickets: ReadonlySet<Ticket>, targets: ReadonlyMap<string, TargetState>): TargetMap<true> {
  const tokens = new TargetMap<true>();
  if (tickets.size === 0) return tokens;
  for (const [name, { tickets: all }] of targets) {
    for (const ticket of all) {
      if (!tickets.has(ticket)) continue;
      for (const token of [ticket.token, ticket.base?.token]) if (token !== null && token !== undefined) tokens.set(name, token, true);
    }
  }
  return tokens;
}
