/** What taking a run back needs to know of it: the tickets that it created, and what people did to these since. */

import type { Ticket } from "../model/ticket.ts";
import type { KnownEdit } from "./annotate-plan.ts";

export interface UndoInput {
  readonly run: string;
  readonly created: readonly CreatedTicket[];
  /** Tickets of earlier runs that it wrote to. */
  readonly written: number;
  /** By name of the target. */
  readonly around: ReadonlyMap<string, AroundTickets>;
}

/** As the run's journal has it. */
export interface CreatedTicket {
  readonly target: string;
  readonly address: string;
  readonly id: string;
  readonly key: string;
}

/** What a tracker tells about the created tickets beside themselves; null: it did not answer, so nobody can say that nobody touched them. */
export interface AroundTickets {
  /** Empty where the tracker keeps no history. */
  readonly edits: readonly KnownEdit[] | null;
  readonly children: readonly Ticket[] | null;
}
