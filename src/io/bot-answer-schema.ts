/** The part of the bot's memory that is about its questions. */

import { array, enum as oneOf, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import type { BotAnswer, BotQuestions } from "../core/model/bot-answer.ts";

const text = string();

const answer: ZodMiniType<BotAnswer> = object({
  ...{ question: text, print: text, target: text, key: nullable(text), address: nullable(text), by: nullable(text), at: text, note: text },
  word: oneOf(["add", "out-of-scope", "keep-spec", "keep-tracker", "deprecated", "open-again", "recreate", "adopt", "skip", "close", "forget"]),
  via: oneOf(["box", "comment", "label"]),
  state: oneOf(["given", "proposed", "done", "failed", "declined"]),
  request: nullable(number()),
});

export const botQuestions: ZodMiniType<BotQuestions> = object({
  ...{ thread: nullable(number()), writing: nullable(text), since: nullable(text), heard: array(text), answers: array(answer) },
});
