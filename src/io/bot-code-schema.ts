/** The door for what the bot remembers of code: a part of its memory. */

import { array, nullable, number, object, record, string, type ZodMiniType } from "zod/mini";
import type { CodeMemory } from "../core/model/bot-code.ts";

const text = string();

export const botCode: ZodMiniType<CodeMemory> = object({
  ...{ from: text, since: text, done: array(number()), forward: array(text) },
  proposed: nullable(object({ number: number(), brings: array(number()) })),
  links: record(text, text),
});
