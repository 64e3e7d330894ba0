/** What the bot told people on their tickets: one comment on each, about the last pull request that proposed what they changed there. */

export interface ToldTickets {
  /** Which run is telling, so that a second one does not; null: none. */
  readonly telling: string | null;
  /** One for each ticket. */
  readonly tickets: readonly ToldTicket[];
}

export interface ToldTicket {
  readonly target: string;
  readonly key: string;
  /** The section whose spec is to change. */
  readonly address: string;
  /** Number of the pull request. */
  readonly proposal: number;
  /** The pull request went on without it. */
  readonly left: boolean;
  /** Print of what it was told last (core/bot/ticket-news.ts); "": nothing yet. */
  readonly said: string;
}

export const NO_TOLD: ToldTickets = { telling: null, tickets: [] };
