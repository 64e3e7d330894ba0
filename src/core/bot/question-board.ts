/** What the issue with the bot's questions shows, and who turns it into text. */

import type { BotAnswer } from "../model/bot-answer.ts";
import type { BotQuestion } from "./bot-questions.ts";
import type { Misread } from "./read-answers.ts";

export interface QuestionBoard {
  /** As people may read them there; those that are on their way are not among them. */
  readonly questions: readonly BotQuestion[];
  /** Prints of answers whose boxes people ticked and nobody has read yet. */
  readonly ticked: ReadonlySet<string>;
  /** The newest last. */
  readonly answers: readonly BotAnswer[];
}

export interface QuestionWords {
  readonly title: string;
  readonly body: (board: QuestionBoard) => string;
  /** To a comment whose command could not be carried out. */
  readonly reply: (misread: readonly Misread[]) => string;
}

/** So many are shown, the rest is counted. */
export const MOST_SHOWN = 20;
