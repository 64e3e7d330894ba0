/** Exactly once: what to do next about a create whose outcome is in doubt (semantics 8). Pure, and checked exhaustively by test/model. */

import { EXIT } from "../model/exit-code.ts";
import type { Ticket } from "../model/ticket.ts";

/** A lookup that needs no search index. `began` on the same monotonic clock as `Recovery.began`. */
export interface Lookup<T extends Found> {
  readonly began: number;
  readonly found: LookupAnswer<T>;
}

/** What `Tracker.settleCreates` says of one token. */
export type LookupAnswer<T extends Found> =
  | { readonly state: "created"; readonly tickets: readonly T[] }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly why: string };

/** As much of a ticket as the decision needs. */
export type Found = Pick<Ticket, "id" | "key"> & { readonly base: Pick<NonNullable<Ticket["base"]>, "ticket" | "released"> | null };

export interface Recovery<T extends Found> {
  /** When recovery began: no earlier than the death of whoever sent the request, or the loss of its answer. Milliseconds, monotonic. */
  readonly began: number;
  readonly now: number;
  /** D: how long after its sender's death a request may still land. */
  readonly bound: number;
  /** The tracker refuses to take the same create twice. */
  readonly clientIds: boolean;
  /** The last lookup; null before the first. */
  readonly lookup: Lookup<T> | null;
}

export type SettleStep<T extends Found> =
  | { readonly do: "wait"; readonly milliseconds: number }
  | { readonly do: "lookup" }
  | { readonly do: "adopt"; readonly ticket: T }
  /** It was never carried out and never will be: announce it again with a new watermark, then send. */
  | { readonly do: "create" }
  | { readonly do: "stop"; readonly exit: typeof EXIT.unknown; readonly why: "twice" | "unreadable"; readonly tickets: readonly T[]; readonly message: string };

/**
 * Waits out D in full, then asks, then decides. A lookup from before that moment counts for nothing, whatever it found:
 * the request may land after it. With client ids there is nothing to wait for: the create can be sent again at any time.
 */
export function nextSettleStep<T extends Found>(recovery: Recovery<T>): SettleStep<T> {
  const settled = recovery.clientIds ? recovery.began : recovery.began + recovery.bound;
  if (recovery.now < settled) return { do: "wait", milliseconds: settled - recovery.now };
  const { lookup } = recovery;
  if (lookup === null || lookup.began < settled) return { do: "lookup" };
  return judge(lookup.found);
}

function judge<T extends Found>(found: LookupAnswer<T>): SettleStep<T> {
  switch (found.state) {
    case "unknown":
      return { do: "stop", exit: EXIT.unknown, why: "unreadable", tickets: [], message: found.why };
    case "absent":
      return { do: "create" };
    case "created":
      return judgeTickets(found.tickets.filter(isOurs));
  }
}

function judgeTickets<T extends Found>(tickets: readonly T[]): SettleStep<T> {
  const [first] = tickets;
  if (first === undefined) return { do: "create" };
  if (tickets.length === 1) return { do: "adopt", ticket: first };
  const keys = tickets.map(({ key }) => key).join(" and ");
  return { do: "stop", exit: EXIT.unknown, why: "twice", tickets, message: `${keys} were both made for this section` };
}

/** A base that names another ticket came with a person's copy; one that was given back is nobody's. */
function isOurs({ id, base }: Found): boolean {
  if (base === null) return true;
  return !base.released && (base.ticket === null || base.ticket === id);
}
