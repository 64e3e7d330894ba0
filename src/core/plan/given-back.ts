/** Tickets that Canon gave back, or gives back with this plan: no section gets one of them again, nor the token of one. */

import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";
import { createToken } from "./token.ts";
import { readTombstones, type Tombstones } from "./tombstones.ts";

export interface GivenBack {
  has(ticket: Ticket): boolean;
  /** The unmarked item with the first generation, from its own on, that no ticket stands for which was given back or is another section's by now. */
  freshItem(item: CompiledItem): CompiledItem;
  /** The item as it is created when its present ticket is lost. */
  nextItem(item: CompiledItem): CompiledItem;
}

type Input = Pick<PlanInput, "specs" | "config" | "targets" | "workspace">;

export function givenBack(input: Input, { found }: Tombstones = readTombstones(input)): GivenBack {
  const tickets = new Set<Ticket>(found.map(({ ticket }) => ticket));
  for (const { tickets: all } of input.targets.values()) for (const ticket of all) if (ticket.base?.released === true) tickets.add(ticket);
  const tokens = tokensOf(tickets, input.targets);
  let others: TargetMap<true> | null = null;
  const isTaken = ({ target }: CompiledItem, token: string): boolean => {
    others ??= tokensOf(namedTickets(input), input.targets);
    return tokens.has(target, token) || others.has(target, token);
  };
  const fresh = (item: CompiledItem, from: number): CompiledItem => {
    const identity = input.targets.get(item.target)?.identity;
    if (identity === undefined) return item;
    for (let generation = from; ; generation += 1) {
      const token = generation === item.generation ? item.token : createToken(input.workspace, identity, item.address, generation);
      if (!isTaken(item, token)) return generation === item.generation ? item : { ...item, generation, token };
    }
  };
  return {
    has: (ticket) => tickets.has(ticket),
    freshItem: (item) => fresh(item, item.generation),
    nextItem: (item) => fresh(item, item.generation + 1),
  };
}

/** Of a section that was moved away or renamed: whoever takes its old place under its old name needs a token of its own. */
function namedTickets({ specs, targets }: Input): ReadonlySet<Ticket> {
  const named = new TargetMap<true>();
  for (const { sections } of specs)
    for (const { section, target, left } of sections) if (section.ticket) named.set((left?.target ?? target)?.name ?? "", section.ticket.key, true);
  return new Set([...targets].flatMap(([name, { tickets }]) => tickets.filter(({ key }) => named.has(name, key))));
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
