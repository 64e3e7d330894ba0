/** What people answered to the bot's questions, as it remembers it: given once, carried out once, shown with who did it. */

/**
 * At once, on the ticket alone: out-of-scope, keep-spec, open-again, recreate, adopt. As a pull request, because a spec
 * changes: add, keep-tracker, deprecated, skip, close, forget.
 */
export type AnswerWord =
  | "add"
  | "out-of-scope"
  | "keep-spec"
  | "keep-tracker"
  | "deprecated"
  | "open-again"
  | "recreate"
  | "adopt"
  | "skip"
  | "close"
  | "forget";

export interface BotAnswer {
  /** The question's id and what it said (core/bot/bot-questions.ts). */
  readonly question: string;
  readonly print: string;
  readonly word: AnswerWord;
  readonly target: string;
  readonly key: string | null;
  /** The section it acts on; of `add` the one below which the ticket gets its own. */
  readonly address: string | null;
  /** Account; null: a box, of which no host tells who ticked it, or a label. */
  readonly by: string | null;
  readonly via: "box" | "comment" | "label";
  /** ISO 8601, UTC. */
  readonly at: string;
  /** given: to be carried out. proposed: its pull request waits to be merged. declined: that was closed. */
  readonly state: "given" | "proposed" | "done" | "failed" | "declined";
  /** Why it failed; else "". */
  readonly note: string;
  /** Number of the pull request. */
  readonly request: number | null;
}

/** The living issue of the repository, and what was answered there. */
export interface BotQuestions {
  readonly thread: number | null;
  /** Which run is about to open it or to reply there, so that a second one does not; null: none. */
  readonly writing: string | null;
  /** Comments made before this moment have been read; ISO 8601, UTC. null: none has. */
  readonly since: string | null;
  /** Ids of comments of that very moment that have been read. */
  readonly heard: readonly string[];
  /** Those that are not over yet, and the last ones that are. */
  readonly answers: readonly BotAnswer[];
}

export const NO_QUESTIONS: BotQuestions = { thread: null, writing: null, since: null, heard: [], answers: [] };
