/** The door for the bot's memory, which comes back from a repository. */

import { _default, array, enum as oneOf, literal, nullable, number, object, record, string, type ZodMiniType } from "zod/mini";
import { NO_QUESTIONS } from "../core/model/bot-answer.ts";
import { NO_CODE } from "../core/model/bot-code.ts";
import type { BotMemory, Flip, Proposal, Review } from "../core/model/bot-memory.ts";
import { NO_TOLD } from "../core/model/bot-told.ts";
import { FIELD_NAMES } from "../core/model/item.ts";
import { botQuestions } from "./bot-answer-schema.ts";
import { botCode } from "./bot-code-schema.ts";
import { botTold } from "./bot-told-schema.ts";

const text = string();

const review: ZodMiniType<Review> = object({
  comment: nullable(text),
  writing: nullable(text),
  shown: text,
  specs: array(text),
  changes: array(text),
  head: text,
});

const proposal: ZodMiniType<Proposal> = object({
  ...{ spec: text, branch: text, number: number(), print: text, own: text, head: text, addresses: array(text), openedAt: text },
  state: oneOf(["open", "paused", "merged", "declined", "withdrawn"]),
});

const flip: ZodMiniType<Flip> = object({
  ...{ target: text, address: text, field: oneOf(FIELD_NAMES), between: text, times: array(text), standing: nullable(number()) },
});

const memory: ZodMiniType<BotMemory> = object({
  format: literal(1),
  reviews: record(text, review),
  proposals: array(proposal),
  flips: _default(array(flip), []),
  questions: _default(botQuestions, NO_QUESTIONS),
  code: _default(botCode, NO_CODE),
  told: _default(botTold, NO_TOLD),
});

/** null: what stands there is no memory of ours, and is as good as lost. */
export function parseBotMemory(written: string): BotMemory | null {
  try {
    const parsed = memory.safeParse(JSON.parse(written));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Indented, so that people can read what the bot knows. */
export function printBotMemory(known: BotMemory): string {
  return `${JSON.stringify(known, null, 2)}\n`;
}
