/** Puts replacements into a text and leaves every other character of it. */

/** Replace `start` to `end` of the text by `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replacements must not overlap; of several at one place the first given comes first. */
export function replaceText(source: string, replacements: readonly Replacement[]): string {
  const sorted = replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const { start, end, text } of sorted) {
    result += source.slice(at, start) + text;
    at = end;
  }
  // The last line had no line end to go with; it takes that of the line before it.
  if (at === source.length && sorted.at(-1)?.text === "" && !/[\r\n]$/.test(source)) return result.replace(/(?:\r\n|\r|\n)$/, "");
  return result + source.slice(at);
}
