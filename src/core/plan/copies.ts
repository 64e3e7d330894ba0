/** Copies that people made of tickets: trackers copy what Canon keeps on a ticket along with the rest (threat 25). */

import type { Ticket } from "../model/ticket.ts";

/** A base that was written for another ticket came here by a person's copy. */
export function isCopy({ id, base }: Pick<Ticket, "id" | "base">): boolean {
  return base !== null && base.ticket !== null && base.ticket !== id;
}

/**
 * Some trackers give a ticket its id within the create, so its first base cannot name it, and no copy of that base does.
 * Then who created them tells: what somebody else created after this account's ticket with the same token is a copy of
 * that, and its base says so from here on. Two that this account created, or none, may both have been created for the section.
 */
export function nameOriginals(tickets: readonly Ticket[]): readonly Ticket[] {
  const unnamed = tickets.filter(({ base, createdByUs }) => base !== null && base.ticket === null && createdByUs === false);
  if (unnamed.length === 0) return tickets;
  const originals = Map.groupBy(
    tickets.filter((ticket) => ticket.createdByUs === true && !isCopy(ticket)),
    tokenOf,
  );
  const copies = new Set(unnamed);
  return tickets.map((ticket) => {
    if (ticket.base === null || !copies.has(ticket)) return ticket;
    const original = originals.get(tokenOf(ticket))?.find(({ createdAt }) => createdAt < ticket.createdAt);
    return original ? { ...ticket, base: { ...ticket.base, ticket: original.id } } : ticket;
  });
}

/** The create token that it carries, its own or its original's. */
export function tokenOf({ base, token }: Pick<Ticket, "base" | "token">): string | null {
  return base?.token ?? token;
}
