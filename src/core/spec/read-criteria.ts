/** Acceptance criteria: the task items of a list, nested ones too, and what remains of the list without them. */

import type { List, ListItem, Paragraph, PhrasingContent } from "mdast";
import type { Criterion } from "../model/section.ts";
import { foldSpace } from "../text/plain-text.ts";
import { isDeep } from "./is-deep.ts";
import { inlineMarkdown } from "./inline-markdown.ts";
import type { DefinitionNode } from "./read-definitions.ts";
import { spanOf } from "./span-of.ts";

/** Bullet and checkbox, up to the text. Parsers disagree on where a task item's paragraph starts, but not on its item. */
export const CHECKBOX: RegExp = /(?:[-*+]|\d{1,9}[.)])[ \t]*(?:(?:\r\n?|\n)[ \t]*)?\[[ \t\r\nxX]\][ \t\r\n]*/y;

/** False for most lists: looking into their items would cost more than all the rest of reading a file. */
export function mayHoldCriteria(source: string): boolean {
  return /\[[ \t\r\nxX]\]/.test(source);
}

/** The criteria of `list`, in document order. */
export function readCriteria(list: List, text: string, definitions: ReadonlyMap<string, DefinitionNode>): Criterion[] {
  return taskItems(list).map(({ item, paragraph }) => ({
    text: criterionText(item, paragraph, text, definitions),
    checked: item.checked === true,
    line: spanOf(item).line,
  }));
}

interface TaskItem {
  readonly item: ListItem;
  readonly paragraph: Paragraph;
}

/** The task items of a list and of the lists in it, in document order. No recursion: a file may nest lists without end. */
function taskItems(list: List): TaskItem[] {
  const found: TaskItem[] = [];
  const open: ListItem[] = list.children.toReversed();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const paragraph = criterionOf(item);
    if (paragraph) found.push({ item, paragraph });
    for (const child of item.children.toReversed()) if (child.type === "list") open.push(...child.children.toReversed());
  }
  return found;
}

/** The paragraph of a task item; null for other items. */
export function criterionOf(item: ListItem): Paragraph | null {
  const first = item.children[0];
  return typeof item.checked === "boolean" && first?.type === "paragraph" ? first : null;
}

/** As the author wrote it, folded to one line; printed from the tree where the source says it in another way. */
function criterionText(item: ListItem, paragraph: Paragraph, text: string, definitions: ReadonlyMap<string, DefinitionNode>): string {
  CHECKBOX.lastIndex = spanOf(item).start;
  if (CHECKBOX.test(text)) {
    const source = text.slice(CHECKBOX.lastIndex, spanOf(paragraph).end);
    if (canBeFolded(source, paragraph)) return foldSpace(source);
  }
  return inlineMarkdown(paragraph, definitions);
}

/** A hard break, a comment, a NUL or a reference says something else in the source than on one line elsewhere. */
function canBeFolded(source: string, paragraph: Paragraph): boolean {
  const saysMore = /\\[\r\n]|\0/.test(source) || (/<!--|\[/.test(source) && hasCommentOrReference(paragraph));
  return !saysMore || isDeep(paragraph);
}

/** A comment that stands in code is words. */
function hasCommentOrReference(paragraph: Paragraph): boolean {
  const open: PhrasingContent[] = [...paragraph.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "html" || node.type === "linkReference" || node.type === "imageReference" || node.type === "footnoteReference") return true;
    if ("children" in node) for (const child of node.children) open.push(child);
  }
  return false;
}

/** The source of `list` without the bullets, checkboxes and texts of its task items; "" where nothing else is in it. */
export function restOfList(list: List, text: string): string {
  const { start, end } = spanOf(list);
  let rest = "";
  let at = start;
  let isLineStart = true;
  for (const cut of cutsOf(list, 0)) {
    const kept = text.slice(at, cut.start);
    const indent = blankTail(kept, isLineStart);
    rest += kept.slice(0, kept.length - (indent ?? 0));
    // A line that held nothing but the criterion goes whole, with the blank lines under it.
    isLineStart = indent !== null;
    at = isLineStart ? Math.min(skipBlankLines(text, cut.end), end) : cut.end;
  }
  return (rest + text.slice(at, end)).trimEnd();
}

interface Cut {
  readonly start: number;
  readonly end: number;
}

/** Lists deeper than this are kept whole: recursing into them could overflow the stack. */
const MAX_DEPTH = 100;

/** What to take out: an item in which nothing but criteria stands, or else bullet and text of the task item alone. */
function cutsOf(list: List, depth: number): Cut[] {
  return list.children.flatMap((item) => (isOnlyCriteria(item, depth) ? [spanOf(item)] : cutsOfItem(item, depth)));
}

function cutsOfItem(item: ListItem, depth: number): Cut[] {
  const paragraph = criterionOf(item);
  const own = paragraph ? [{ start: spanOf(item).start, end: spanOf(paragraph).end }] : [];
  if (depth >= MAX_DEPTH) return own;
  const nested = item.children.flatMap((child) => (child.type === "list" ? cutsOf(child, depth + 1) : []));
  return [...own, ...nested];
}

/** True for a task item, or a bullet, with nothing in it but its text and further criteria. */
export function isOnlyCriteria(item: ListItem, depth: number): boolean {
  const criterion = criterionOf(item);
  if (item.children.length === 0 || depth >= MAX_DEPTH) return false;
  return item.children.every((child) => child === criterion || (child.type === "list" && child.children.every((nested) => isOnlyCriteria(nested, depth + 1))));
}

/** The length of the spaces behind the last line end of `kept`; null where something else stands on that line. */
function blankTail(kept: string, isLineStart: boolean): number | null {
  let at = kept.length;
  while (at > 0 && (kept[at - 1] === " " || kept[at - 1] === "\t")) at--;
  const isBlank = at === 0 ? isLineStart : kept[at - 1] === "\n" || kept[at - 1] === "\r";
  return isBlank ? kept.length - at : null;
}

/** The offset of the next line that is not blank; `from` stands behind a line's text. */
function skipBlankLines(text: string, from: number): number {
  let next = from;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\n" || character === "\r") next = at + 1;
    else if (character !== " " && character !== "\t") break;
  }
  return next;
}
