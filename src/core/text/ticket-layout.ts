/** Finds the parts of a Markdown ticket: what people wrote, the generated criteria, the footer. */

import type { Heading, List, ListItem, Nodes, Root, RootContent } from "mdast";
import type { MarkdownParser } from "../spec/markdown-parser.ts";
import { plainText } from "./canonical-markdown.ts";

export const CRITERIA_HEADING = "Acceptance criteria";

/** A run of the text; offsets in UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface TicketLayout {
  /** The text with line ends folded to LF; all ranges are runs of it. */
  readonly text: string;
  /** Root nodes people wrote, in order: neither generated heading, criteria nor footer. */
  readonly content: readonly RootContent[];
  /** The generated heading; null where the ticket has none. */
  readonly heading: Heading | null;
  /** The lists of criteria under it, in order. */
  readonly lists: readonly List[];
  /** Where the footer begins, its rule included, and what stands in the same paragraph below it. */
  readonly footer: { readonly start: number; readonly rest: Range | null } | null;
  /** The last block is a comment or code that runs to the end, over the heading or the footer that Canon wrote. */
  readonly isSwallowed: boolean;
}

/** A person may have taken the footer away, written below it, or turned the heading into another level. */
export function ticketLayout(parser: MarkdownParser, native: string): TicketLayout {
  // The empty first line keeps a leading rule from being read as front matter.
  const text = `\n${native.replace(/\r\n?/g, "\n")}`;
  const nodes = parser.parse(text).children;
  const footer = findFooter(nodes, text);
  const headingAt = findCriteriaHeading(nodes, footer?.first ?? nodes.length);
  const heading = nodes[headingAt];
  const sectionEnd = heading ? endOfSection(nodes, headingAt, footer?.first ?? nodes.length) : -1;
  const lists: List[] = [];
  const content = nodes.filter((node, index) => {
    if (index === headingAt || (footer && index >= footer.first && index <= footer.last)) return false;
    if (index <= headingAt || index >= sectionEnd || node.type !== "list") return true;
    // Plain bullets further down are notes; right below the heading, or below other criteria, they are criteria without a box.
    const above = nodes[index - 1];
    if (!isTaskList(node) && above !== heading && above !== lists.at(-1)) return true;
    lists.push(node);
    return false;
  });
  return {
    text,
    content,
    heading: heading?.type === "heading" ? heading : null,
    lists,
    footer: footer && { start: startOf(nodes[footer.first]), rest: footer.rest },
    isSwallowed: isSwallowing(nodes.at(-1), text, heading === undefined, footer === null),
  };
}

/** The node's own lines, from the beginning of its first one where only blanks stand before it. */
export function rangeOf(text: string, first: Nodes, last: Nodes = first): Range {
  const start = startOf(first);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const end = last.position?.end.offset ?? start;
  const blankBefore = text.slice(lineStart, start).trim() === "";
  const trailing = /(?:\n[ \t]*)+$/.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: blankBefore ? lineStart : start, end: end - trailing };
}

export function isTaskList(node: RootContent): node is List {
  return node.type === "list" && node.children.some(isTask);
}

export function isTask(item: ListItem): boolean {
  return typeof item.checked === "boolean";
}

export function isCriteriaHeading(node: RootContent): boolean {
  return node.type === "heading" && /^acceptance\s+criteria\s*:?$/i.test(plainText(node).trim());
}

function startOf(node: Nodes | undefined): number {
  return node?.position?.start.offset ?? 0;
}

/**
 * The heading whose section ends at the footer, where Canon writes it; else the last one. Only with tasks below it, or
 * with nothing at all: a heading over prose or plain bullets is a person's.
 */
function findCriteriaHeading(nodes: readonly RootContent[], footer: number): number {
  let last = -1;
  for (const [index, node] of nodes.entries()) {
    if (!isCriteriaHeading(node)) continue;
    const end = endOfSection(nodes, index, footer);
    const below = nodes.slice(index + 1, end);
    if (below.length > 0 && !below.some(isTaskList)) continue;
    last = index;
    if (end === footer) break;
  }
  return last;
}

function endOfSection(nodes: readonly RootContent[], heading: number, footer: number): number {
  for (let index = heading + 1; index < nodes.length; index++) {
    if (index === footer || nodes[index]?.type === "heading") return index;
  }
  return nodes.length;
}

const FOOTER = /^From .+ › .+there\.\s*$/m;
const WRITTEN_HEADING = new RegExp(`^#{1,6} ${CRITERIA_HEADING}\\s*$`, "im");

function isSwallowing(last: RootContent | undefined, text: string, lacksHeading: boolean, lacksFooter: boolean): boolean {
  if (last?.type !== "code" && last?.type !== "html") return false;
  const source = text.slice(startOf(last), last.position?.end.offset);
  return (lacksHeading && WRITTEN_HEADING.test(source)) || (lacksFooter && FOOTER.test(source));
}

interface Footer {
  readonly first: number;
  readonly last: number;
  readonly rest: Range | null;
}

/** The last paragraph that reads like ours, with the rule above it. */
function findFooter(nodes: Root["children"], text: string): Footer | null {
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node?.type !== "paragraph") continue;
    const words = plainText(node);
    if (!words.startsWith("From ")) continue;
    const [firstLine = ""] = words.split("\n");
    if (!FOOTER.test(firstLine)) continue;
    const { start, end } = rangeOf(text, node);
    const lineEnd = firstLine === words ? -1 : text.indexOf("\n", start);
    const rest = lineEnd === -1 || lineEnd >= end ? null : { start: lineEnd + 1, end };
    return { first: nodes[index - 1]?.type === "thematicBreak" ? index - 1 : index, last: index, rest };
  }
  return null;
}
