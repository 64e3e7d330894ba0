/** Which tickets are told what: that their change was proposed in a pull request, and what became of that. */

import { pathOfAddress } from "../address.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { Proposal } from "../model/bot-memory.ts";
import type { ToldTicket, ToldTickets } from "../model/bot-told.ts";
import type { Change } from "../model/plan.ts";
import { ANSWERS, isStanding, isStatus, STATUSES } from "./propose.ts";

export type Fate = "proposed" | "merged" | "declined" | "withdrawn";

export interface TicketNews {
  readonly ticket: ToldTicket;
  readonly fate: Fate;
  /** Of what is said now. */
  readonly print: string;
}

/** The same value where nothing is new. Only what stands while somebody wants to hear of it is ever told: nobody hears of what ended long ago. */
export function withTickets(told: ToldTickets, proposals: readonly Proposal[], changes: readonly Change[]): ToldTickets {
  const standing = proposals.filter(({ spec, state }) => spec !== ANSWERS && isStanding(state));
  const brought = standing.flatMap((proposal) => changes.flatMap((change) => (isIn(proposal, change, standing) ? entryOf(proposal, change) : [])));
  const isBrought = (one: ToldTicket): boolean => brought.some((entry) => isSame(entry, one));
  const kept = told.tickets
    .filter((one) => !isBrought(one))
    .map((one) => (!one.left && standing.some((proposal) => wentOnWithout(proposal, one)) ? { ...one, left: true } : one));
  const fresh = brought.map((entry) => {
    const known = told.tickets.find((one) => isSame(entry, one));
    if (known === undefined || known.proposal < entry.proposal) return { ...entry, said: known?.said ?? "" };
    return known.left && known.proposal === entry.proposal ? { ...known, left: false } : known;
  });
  const tickets = [...kept, ...new Map(fresh.map((one) => [`${one.target} ${one.key}`, one] as const)).values()];
  const isNews = tickets.length !== told.tickets.length || tickets.some((one) => !told.tickets.includes(one));
  return isNews ? { ...told, tickets } : told;
}

function isIn({ addresses, spec }: Proposal, { key, pulled, edits, address }: Change, standing: readonly Proposal[]): boolean {
  if (key === null || pulled.length === 0 || edits.length === 0) return false;
  if (addresses.length > 0) return addresses.includes(address);
  // One that was found again after the memory was lost does not know its sections.
  const path = pathOfAddress(address);
  return spec === STATUSES ? isStatus({ pulled }) && !standing.some((one) => one.spec === path) : path === spec;
}

function entryOf({ number }: Proposal, { target, key, address }: Change): readonly ToldTicket[] {
  return key === null ? [] : [{ target, key, address, proposal: number, left: false, said: "" }];
}

function isSame(one: ToldTicket, other: ToldTicket): boolean {
  return one.target === other.target && one.key === other.key;
}

function wentOnWithout({ number, addresses }: Proposal, { proposal, address }: ToldTicket): boolean {
  return number === proposal && addresses.length > 0 && !addresses.includes(address);
}

/** What was not said yet on tickets of these targets. A pull request that nobody remembers any more is no news. */
export function ticketNews({ tickets }: ToldTickets, proposals: readonly Proposal[], targets: ReadonlySet<string>): readonly TicketNews[] {
  return tickets.flatMap((ticket) => {
    const proposal = proposals.find(({ number }) => number === ticket.proposal);
    if (proposal === undefined || !targets.has(ticket.target)) return [];
    const fate = ticket.left ? "withdrawn" : fateOf(proposal.state);
    const print = fingerprintOf([String(ticket.proposal), fate]);
    return print === ticket.said ? [] : [{ ticket, fate, print }];
  });
}

function fateOf(state: Proposal["state"]): Fate {
  return state === "open" || state === "paused" ? "proposed" : state;
}

/** Once it heard the end a ticket is forgotten: its comment is found by its own sign when there is something to say again. */
export function withSaid(tickets: readonly ToldTicket[], heard: readonly TicketNews[]): readonly ToldTicket[] {
  return tickets.flatMap((one) => {
    const said = heard.find(({ ticket }) => isSame(ticket, one) && ticket.proposal === one.proposal && ticket.left === one.left);
    if (said === undefined) return [one];
    return said.fate === "proposed" ? [{ ...one, said: said.print }] : [];
  });
}
