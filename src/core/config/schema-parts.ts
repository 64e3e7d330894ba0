/** The small pieces that the schema of the configuration is put together from. */

import * as z from "zod/mini";
import type { Texts } from "./written-config.ts";

type Optional<T> = z.ZodMiniOptional<z.ZodMiniType<T, T>>;

/** A text that says something; the description is what editors show. */
export function text(description: string): Optional<string> {
  return z.optional(z.string().check(z.minLength(1), z.describe(description)));
}

/** A text of one form; `rule` ends the sentence that begins with the key. */
export function textLike(pattern: RegExp, rule: string, description: string): Optional<string> {
  return z.optional(z.string().check(z.regex(pattern, rule), z.describe(description)));
}

export function texts(description: string): Optional<Texts> {
  const one = z.string().check(z.minLength(1));
  return z.optional(z.union([one, z.array(one)], "must be a text or a list of texts").check(z.describe(description)));
}

export function flag(description: string): Optional<boolean> {
  return z.optional(z.boolean().check(z.describe(description)));
}

export function word<const W extends string>(words: readonly W[], description: string): Optional<W> {
  return z.optional(z.enum(words).check(z.describe(description)));
}

export function count(description: string): Optional<number> {
  return z.optional(z.int().check(z.nonnegative("must be 0 or more"), z.describe(description)));
}
