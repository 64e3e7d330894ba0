/** The criteria of a Markdown ticket, each with the place where it stands. */

import type { List, ListItem, Nodes } from "mdast";
import { canonicalBlocks, canonicalInline } from "./canonical-markdown.ts";
import type { TextCriterion } from "./text-format.ts";
import { isTask, rangeOf } from "./ticket-layout.ts";
import type { Range, TicketLayout } from "./ticket-layout.ts";

export interface TicketCriterion extends TextCriterion {
  /** From its bullet to its end, what stands below it included. */
  readonly item: Range;
  /** `[ ]`; empty where a person wrote none. */
  readonly box: Range;
  /** From behind the box to the end of its own words. */
  readonly words: Range;
}

export function ticketCriteria({ text, lists }: TicketLayout): readonly TicketCriterion[] {
  return lists.flatMap((list) => criteriaOf(text, list));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Every item below the generated heading; a task inside another is a criterion of its own. */
function criteriaOf(text: string, list: List): readonly TicketCriterion[] {
  return list.children.flatMap((item) => {
    const own = criterionOf(text, item);
    return [...(own ? [own] : []), ...nestedTasks(item).flatMap((nested) => criteriaOf(text, nested))];
  });
}

/** What people put below a criterion (a paragraph, bullets) is read as the rest of its words: shown, never lost. */
function criterionOf(text: string, item: ListItem): TicketCriterion | null {
  const parts = item.children.filter((child) => !(child.type === "list" && child.children.some(isTask)));
  const last = parts.at(-1);
  if (!last) return null;
  const start = item.position?.start.offset ?? 0;
  const end = rangeOf(text, last).end;
  // Cut from the item's own beginning: parsers disagree on where the paragraph of a task begins.
  const box = /^((?:[-+*]|\d{1,9}[.)])[ \t]*)(\[[ xX]\](?=\s|$))?/.exec(text.slice(start, end));
  const bullet = start + (box?.[1]?.length ?? 0);
  const wordsFrom = bullet + (box?.[2]?.length ?? 0);
  const words = oneLine(text.slice(wordsFrom, end));
  const canonical = parts.map(criterionForm).join(" ").trim();
  if (words === "" || canonical === "") return null;
  const places = { item: { start, end: rangeOf(text, item).end }, box: { start: bullet, end: wordsFrom }, words: { start: wordsFrom, end } };
  return { text: words, checked: item.checked === true, canonical, ...places };
}

function criterionForm(node: Nodes): string {
  return node.type === "paragraph" ? canonicalInline(node.children) : canonicalBlocks([node]);
}

function nestedTasks(item: ListItem): readonly List[] {
  return item.children.filter((child) => child.type === "list").filter((child) => child.children.some(isTask));
}
