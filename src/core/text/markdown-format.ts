/** Text of trackers whose bodies are Markdown: prints blocks, criteria and footer, and takes them apart again. */

import type { RootContent } from "mdast";
import { shortPrint } from "../fingerprint.ts";
import type { MarkdownParser } from "../spec/markdown-parser.ts";
import { canonicalBlocks } from "./canonical-markdown.ts";
import { canonicalTitle } from "./canonical-title.ts";
import { plainToMarkdown, standalone } from "./print-block.ts";
import type { TextBlock, TextFormat, TextParts, TicketText } from "./text-format.ts";
import { oneLine, ticketCriteria } from "./ticket-criteria.ts";
import { CRITERIA_HEADING, isCriteriaHeading, rangeOf, ticketLayout } from "./ticket-layout.ts";

export function markdownFormat(parser: MarkdownParser, options: { readonly titleLimit?: number } = {}): TextFormat {
  return {
    print: (parts) => printTicket(parser, parts),
    parse: (native) => parseTicket(parser, native),
    markdownOf: ({ native }) => native,
    canonicalTitle: (title) => canonicalTitle(title, options.titleLimit),
  };
}

function printTicket(parser: MarkdownParser, parts: TextParts): string {
  const blocks = parts.blocks.map((block) => standalone(parser, block)).filter((block) => block.trim() !== "");
  const criteria = parts.criteria.map(({ text, checked }) => ({ text: oneLine(text), checked })).filter(({ text }) => isVisible(text));
  const lines = criteria.map(({ text, checked }) => `- [${checked ? "x" : " "}] ${text}`);
  // A body with a heading like ours keeps it, because an empty one of ours stands below.
  const generated = criteria.length > 0 || blocks.some((block) => hasCriteriaHeading(parser, block));
  return [
    ...blocks,
    ...(generated ? [`## ${CRITERIA_HEADING}`] : []),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    "---",
    plainToMarkdown(oneLine(parts.footer)),
  ].join("\n\n");
}

function hasCriteriaHeading(parser: MarkdownParser, block: string): boolean {
  return /acceptance\s+criteria/i.test(block) && parser.parse(`\n${block}`).children.some(isCriteriaHeading);
}

function parseTicket(parser: MarkdownParser, native: string): TicketText {
  const layout = ticketLayout(parser, native);
  const { text, content, footer } = layout;
  const criteria = ticketCriteria(layout).map(({ text: words, checked, canonical }) => ({ text: words, checked, canonical }));
  if (!footer) return { blocks: contentBlocks(text, content), criteria, isSwallowed: layout.isSwallowed };
  const above = content.filter((node) => isAbove(node, footer.start));
  const below = content.filter((node) => !isAbove(node, footer.start));
  const beside = footer.rest === null ? [] : parseTicket(parser, text.slice(footer.rest.start, footer.rest.end)).blocks;
  return { blocks: [...contentBlocks(text, above), ...beside, ...contentBlocks(text, below)], criteria, isSwallowed: layout.isSwallowed };
}

function isAbove(node: RootContent, offset: number): boolean {
  return (node.position?.start.offset ?? 0) < offset;
}

/** Comments and neighbouring lists belong to the block before them: a tracker may drop the ones and join the others. */
function contentBlocks(text: string, content: readonly RootContent[]): readonly TextBlock[] {
  const groups: RootContent[][] = [];
  let visible: RootContent | null = null;
  for (const node of content) {
    const open = groups.at(-1);
    const shows = node.type !== "html" || canonicalBlocks([node]) !== "";
    const joins = !shows || visible === null || sameKindOfList(visible, node);
    if (open && joins && adjoins(text, open, node)) open.push(node);
    else groups.push([node]);
    if (shows) visible = node;
  }
  return groups.flatMap((group) => textBlock(text, group) ?? []);
}

/** Generated parts may stand between two nodes that people wrote; a block is one run of text. */
function adjoins(text: string, group: readonly RootContent[], node: RootContent): boolean {
  const last = group.at(-1);
  return last !== undefined && text.slice(last.position?.end.offset, node.position?.start.offset).trim() === "";
}

function textBlock(text: string, group: readonly RootContent[]): TextBlock | null {
  const [first] = group;
  const last = group.at(-1);
  const canonical = canonicalBlocks(group);
  if (!first || !last || canonical === "") return null;
  const { start, end } = rangeOf(text, first, last);
  const native = text.slice(start, end);
  return { native, print: shortPrint(native), canonical: shortPrint(canonical) };
}

function sameKindOfList(before: RootContent, node: RootContent): boolean {
  return before.type === "list" && node.type === "list" && (before.ordered === true) === (node.ordered === true);
}

/** A criterion that is nothing but a hidden comment is none: without words, a checkbox is text. */
function isVisible(criterion: string): boolean {
  return criterion.replace(/<!--[^]*?-->/g, "").trim() !== "";
}
