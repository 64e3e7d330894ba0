/** Tickets that carry another one's mark: copies that people made, and second tickets that were made for one section. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Ticket } from "../model/ticket.ts";
import { isCopy, tokenOf } from "./copies.ts";
import { isClosed } from "./is-closed.ts";
import { tokenTwice, type LinkedItem } from "./link-items.ts";
import type { TargetState } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";

export interface Strays {
  /** Nobody's ticket, and no orphan either: the original has its section. */
  readonly copies: readonly Ticket[];
  readonly twins: ReadonlyMap<LinkedItem, readonly Ticket[]>;
  readonly all: ReadonlySet<Ticket>;
}

/** Closed ones are settled: closing one of two is the answer. */
export function findStrays(linked: readonly LinkedItem[], targets: ReadonlyMap<string, TargetState>, workspace: string): Strays {
  const owners = new TargetMap<LinkedItem & { readonly ticket: Ticket }>();
  const named = new TargetMap<true>();
  for (const link of linked) {
    if (!("ticket" in link)) continue;
    named.set(link.item.target, link.ticket.id, true);
    const token = tokenOf(link.ticket);
    // A ticket of people that is being adopted carries no token yet: it is nobody's twin.
    if (token !== null) owners.set(link.item.target, token, link);
  }
  const copies: Ticket[] = [];
  const twins = new Map<LinkedItem, readonly Ticket[]>();
  for (const [name, { tickets }] of targets) {
    for (const ticket of tickets) {
      if (named.has(name, ticket.id) || isClosed(ticket.category) || ticket.base?.released === true) continue;
      const token = tokenOf(ticket);
      const owner = token === null ? undefined : owners.get(name, token);
      if (isCopy(ticket)) copies.push(...(ticket.base?.workspace === workspace ? [ticket] : []));
      else if (owner) twins.set(owner, [...(twins.get(owner) ?? [owner.ticket]), ticket]);
    }
  }
  return { copies, twins, all: new Set([...copies, ...[...twins.values()].flat()]) };
}

export function tellStrays({ copies, twins }: Strays, chosen: readonly LinkedItem[]): readonly Diagnostic[] {
  const told = chosen.flatMap((link) => {
    const tickets = twins.get(link);
    return tickets ? [tokenTwice(link.item, tickets)] : [];
  });
  return [
    ...told,
    ...copies.map(({ key, base }): Diagnostic => ({
      code: "ticket-copy",
      severity: "notice",
      message: `${key} is a copy that a person made of the ticket of ${base?.address ?? "a section"}; it is left alone.`,
    })),
  ];
}
