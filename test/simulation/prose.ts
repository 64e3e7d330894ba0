/** What people write, and how they change a word in it: every word is new. */

import type { Dice } from "./dice.ts";
import type { Words } from "./words.ts";

export interface Pen {
  readonly dice: Dice;
  readonly words: Words;
  /** Where two people meet: the section of this ticket, and which of its blocks or criteria. Absent: anywhere. */
  readonly focus?: { readonly key: string; readonly at: number };
}

/** Which of so many. */
export function placeOf(size: number, { dice, focus }: Pen): number {
  return focus && size > 0 ? focus.at % size : dice.below(size);
}

export function paragraph({ dice, words }: Pen): string {
  const [a, b] = [words.fresh(), words.fresh()];
  return dice.pick(
    `The ${a} comes before ${b}.`,
    `The ${a} comes before ${b}.`,
    `Some *${a}* and **${b}** here, see example.com today.`,
    `Call \`${a}\` with [the ${b}](https://example.org/a_b).`,
    `First line of ${a}\nand a second line of ${b}.`,
    `- item ${a}\n- item ${b}`,
    `1. first ${a}\n2. then ${b}`,
    `> They said ${a} & ${b}.`,
    `\`\`\`js\nlet ${a} = ${b};\n\`\`\``,
    `| name | value |\n| --- | :-: |\n| ${a} | ${b} |`,
  );
}

export function titleText({ dice, words }: Pen): string {
  const [a, b] = [words.fresh(), words.fresh()];
  return dice.pick(`Keys ${a} ${b}`, `${a} of ${b}`, `The \`${a}\` and ${b}`, `${a} & *${b}*`);
}

export function criterionText({ dice, words }: Pen): string {
  const [a, b] = [words.fresh(), words.fresh()];
  return dice.pick(`the ${a} is ${b}`, `it answers \`${a}\` within ${b}`, `**${a}** comes with ${b}`, `${a}`);
}

/** Adds a word to the text, or puts one in the place of another. Nothing where it has none. */
export function reworded(text: string, { dice, words }: Pen): string | null {
  const found = [...text.matchAll(/w\d{4,}/g)];
  const at = dice.maybe(found);
  if (!at) return null;
  const next = dice.chance(0.5) ? `${at[0]} ${words.fresh()}` : words.fresh();
  return text.slice(0, at.index) + next + text.slice(at.index + at[0].length);
}
