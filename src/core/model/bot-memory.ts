/** What the bot remembers between its runs, in one file on a reference of its own. Losing it costs a question, never a write. */

import { NO_QUESTIONS, type BotQuestions } from "./bot-answer.ts";
import { NO_CODE, type CodeMemory } from "./bot-code.ts";
import { NO_TOLD, type ToldTickets } from "./bot-told.ts";
import type { FieldName } from "./item.ts";

export interface BotMemory {
  readonly format: 1;
  /** Pull requests with spec changes, by number. */
  readonly reviews: Readonly<Record<string, Review>>;
  /** Pull requests of the bot that bring tickets' changes into specs; also those that ended, so that nothing is proposed twice. */
  readonly proposals: readonly Proposal[];
  /** Fields that the bot brought from one side to the other within the last day. */
  readonly flips: readonly Flip[];
  /** The living issue with the bot's questions. */
  readonly questions: BotQuestions;
  /** Pull requests that implement sections. */
  readonly code: CodeMemory;
  /** What people read on their tickets of the bot's proposals. */
  readonly told: ToldTickets;
}

/** What the bot said on a pull request. */
export interface Review {
  /** Its one comment; null: it had nothing to say yet. */
  readonly comment: string | null;
  /** Which run is about to write that comment, so that a second one does not; null: none. */
  readonly writing: string | null;
  /** Fingerprint of what it said there. */
  readonly shown: string;
  /** The specs that it changes. */
  readonly specs: readonly string[];
  /** Prints of the changes that people could read there (core/bot/review-print.ts). */
  readonly changes: readonly string[];
  /** The commit whose check says so; empty: the host takes no checks of this account. */
  readonly head: string;
}

export interface Proposal {
  /** Path of its spec, or STATUSES (core/bot/propose.ts). */
  readonly spec: string;
  readonly branch: string;
  readonly number: number;
  /** Fingerprint of what it proposes: the identity, whatever its title says. */
  readonly print: string;
  /** The last commit on the branch that is the bot's own. */
  readonly own: string;
  /** The last commit on the branch that it builds on: its own, or one of a person with which it was told to go on. */
  readonly head: string;
  /** paused: a person pushed to its branch, and the bot keeps away until told to go on. withdrawn: the tickets say again what the spec says. */
  readonly state: "open" | "paused" | "merged" | "declined" | "withdrawn";
  /** Sections that it edits; empty once their tickets have taken note of the merge. */
  readonly addresses: readonly string[];
  /** ISO 8601, UTC. */
  readonly openedAt: string;
}

/** A field of a section that moved between two values (core/bot/flips.ts). */
export interface Flip {
  readonly target: string;
  readonly address: string;
  readonly field: FieldName;
  /** Fingerprint of the two values, or of the one that was written to the ticket. */
  readonly between: string;
  /** When the bot brought one to the other side, the oldest first; ISO 8601, UTC. */
  readonly times: readonly string[];
  /** The proposal that says so since the last of them, where it is open still: saying it again is no new move. */
  readonly standing: number | null;
}

export const NO_MEMORY: BotMemory = { format: 1, reviews: {}, proposals: [], flips: [], questions: NO_QUESTIONS, code: NO_CODE, told: NO_TOLD };
