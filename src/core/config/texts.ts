/** One text or several, as written, always as a list. */

import type { Texts } from "./written-config.ts";

export function listOf(texts: Texts | undefined): readonly string[] {
  if (texts === undefined) return [];
  return typeof texts === "string" ? [texts] : texts;
}
