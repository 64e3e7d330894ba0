/** Titles as short runs of letters: what is left in common when people reword, reorder, bend and mistype. */

import { withoutNumber } from "../text/section-number.ts";

export interface TitleParts {
  /** Words in brackets before a ticket's title, `[PAY]`: they say where it belongs, not what it is. */
  readonly tags: string;
  readonly words: string;
}

/** Longer titles are no titles. */
const LONGEST = 300;

export function titleParts(title: string): TitleParts {
  const line = title.slice(0, LONGEST).replace(/\s+/g, " ").trim();
  const tags = /^(?:\[[^\]]*\] ?)+/.exec(line)?.[0] ?? "";
  const words = line.slice(tags.length);
  return words === "" ? { tags: "", words: line } : { tags, words: withoutNumber(words) };
}

/** In any case and order: the words alone. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Three characters that follow each other in a word, its ends included; two in scripts that part no words. */
export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (const word of wordsOf(text)) {
    const isUnparted = /\p{Lo}/u.test(word);
    const letters = [...(isUnparted ? word : `^${word}$`)];
    const size = isUnparted ? 2 : 3;
    for (let start = 0; start === 0 || start + size <= letters.length; start += 1) grams.add(letters.slice(start, start + size).join(""));
  }
  return grams;
}
