/** How people edit a text in the form that their tracker keeps it in, without Canon's own way of writing it. */

import type { CriterionValue } from "../../src/core/model/item.ts";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { markdownFormat } from "../../src/core/text/markdown-format.ts";
import type { CriterionEdit } from "../../src/trackers/local-desk.ts";
import { editCriterion } from "../../src/trackers/local/local-criteria.ts";
import { isCriteria } from "./spec-text.ts";

/** A text as a person sees it in an editor. */
export interface Blocks {
  readonly own: readonly string[];
  /** From the first block on that Canon generates: people leave it where it is. */
  readonly rest: readonly string[];
}

export interface Swapped {
  readonly native: string;
  readonly told: string;
}

export interface NativeText {
  /** As Markdown, for those who look for words and boxes. */
  markdown(native: string): string;
  blocks(native: string): Blocks;
  join(blocks: readonly string[]): string;
  /** What the editor makes of a block that a person writes. */
  block(markdown: string): string;
  criteria(native: string): readonly CriterionValue[];
  criterion(native: string, edit: CriterionEdit): string;
  /** Two criteria change places; null where there are no two. */
  swap(native: string): Swapped | null;
}

export function markdownText(parser: MarkdownParser): NativeText {
  return {
    markdown: (native) => native,
    blocks: markdownBlocks,
    join: (blocks) => blocks.join("\n\n"),
    block: (markdown) => markdown,
    criteria: (native) =>
      markdownFormat(parser)
        .parse(native)
        .criteria.map(({ text, checked }) => ({ text, checked })),
    criterion: (native, edit) => editCriterion(parser, native, edit),
    swap: swapLines,
  };
}

function markdownBlocks(native: string): Blocks {
  const blocks = native.split(/(?:\r?\n){2,}/);
  const end = blocks.findIndex(
    (block) => /^#+ Acceptance/i.test(block) || isCriteria(block) || /^(?:---|___|\*\*\*)$/.test(block) || block.includes("From specs/"),
  );
  return { own: blocks.slice(0, end < 0 ? blocks.length : end).filter((block) => block.trim() !== ""), rest: end < 0 ? [] : blocks.slice(end) };
}

/** Of Markdown and of wiki markup. */
export function swapLines(native: string): Swapped | null {
  const eol = native.includes("\r\n") ? "\r\n" : "\n";
  const lines = native.split(eol);
  const first = lines.findIndex((line, index) => /^\s*[-*+] \[/.test(line) && /^\s*[-*+] \[/.test(lines[index + 1] ?? ""));
  const [a, b] = [lines[first], lines[first + 1]];
  if (a === undefined || b === undefined) return null;
  return { native: [...lines.slice(0, first), b, a, ...lines.slice(first + 2)].join(eol), told: `"${b}" before "${a}"` };
}
