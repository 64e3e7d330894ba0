/** Text of Jira Cloud: Atlassian documents, held as canonical JSON; an empty description is "". One block is one node of the root. */

import { canonicalJson } from "../../../core/canonical-json.ts";
import { shortPrint } from "../../../core/fingerprint.ts";
import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import type { MarkdownParser } from "../../../core/spec/markdown-parser.ts";
import { canonicalTitle } from "../../../core/text/canonical-title.ts";
import type { BlockSource, TextBlock, TextFormat, TextParts, TicketText } from "../../../core/text/text-format.ts";
import { oneLine } from "../../../core/text/ticket-criteria.ts";
import { CRITERIA_HEADING } from "../../../core/text/ticket-layout.ts";
import { criterionWords } from "../criterion-words.ts";
import { descriptionLayout, isCriteriaHeading } from "../description-layout.ts";
import { adfCriteria } from "./adf-criteria.ts";
import { adfLayoutBlock } from "./adf-layout-block.ts";
import { isAdfNode, isRecord, parseJson, type AdfNode } from "./adf-node.ts";
import { blocksFromAdf } from "./blocks-from-adf.ts";
import { blocksToAdf, task } from "./blocks-to-adf.ts";
import { canonicalAdf } from "./canonical-adf.ts";
import { inlineToAdf } from "./inline-to-adf.ts";
import { TaskIds } from "./task-ids.ts";

export function adfFormat(parser: MarkdownParser, options: { readonly titleLimit: number }): TextFormat {
  return {
    print: (parts) => printTicket(parser, parts),
    parse: parseTicket,
    markdownOf,
    canonicalTitle: (title) => canonicalTitle(title, options.titleLimit),
  };
}

function printTicket(parser: MarkdownParser, parts: TextParts): string {
  const ids = new TaskIds();
  const kept = new Map<BlockSource, unknown>();
  for (const block of parts.blocks) {
    if (typeof block === "string") continue;
    const node = nativeNode(block.native);
    if (isAdfNode(node)) ids.reserve(node);
    kept.set(block, node);
  }
  const blocks = parts.blocks.flatMap((block): readonly unknown[] => (typeof block === "string" ? specBlocks(parser, block, ids) : [kept.get(block)]));
  const criteria = parts.criteria
    .map(({ text, checked }) => task(inlineToAdf(criterionWords(parser, text)), checked, ids))
    .filter(({ content }) => content !== undefined);
  // A body with a heading like ours keeps it, because an empty one of ours stands below.
  const generated = criteria.length > 0 || blocks.some((block) => isAdfNode(block) && isCriteriaHeading(adfLayoutBlock(block)));
  const footer = oneLine(parts.footer).toWellFormed();
  const content = [
    ...blocks,
    ...(generated ? [{ type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: CRITERIA_HEADING }] }] : []),
    ...(criteria.length > 0 ? [{ type: "taskList", attrs: { localId: ids.next(CRITERIA_HEADING) }, content: criteria }] : []),
    { type: "rule" },
    { type: "paragraph", ...(footer === "" ? {} : { content: [{ type: "text", text: footer }] }) },
  ];
  return canonicalJson({ type: "doc", version: 1, content });
}

function specBlocks(parser: MarkdownParser, markdown: string, ids: TaskIds): readonly AdfNode[] {
  // Behind a blank line nothing is front matter.
  const text = `\n${markdown}`;
  return blocksToAdf(parser.parse(text).children, text, ids);
}

/** A block of the ticket: its JSON. Other text can only come from outside, and is taken for words. */
function nativeNode(native: string): unknown {
  return parseJson(native) ?? plainParagraph(native);
}

function plainParagraph(text: string): AdfNode {
  return { type: "paragraph", content: text === "" ? [] : [{ type: "text", text }] };
}

function parseTicket(native: string): TicketText {
  const blocks = rootNodes(native)
    .map(rootBlock)
    .filter(({ canonical }) => canonical !== "");
  const layout = descriptionLayout(blocks.map(({ node }) => adfLayoutBlock(node)));
  const criteria = layout.lists.flatMap((index) => {
    const list = blocks[index]?.node;
    return list ? adfCriteria(list) : [];
  });
  const shown = blocks.flatMap((block, index) => {
    const own = index === layout.footer ? belowFirstLine(block) : layout.content.has(index) ? block : null;
    return own && own.canonical !== "" ? [textBlock(own)] : [];
  });
  // Nothing in a document can run on over what follows it: blocks are nodes.
  return { blocks: shown, criteria, isSwallowed: false };
}

/** An array stands for a document that lost its head; what is no JSON is words. */
function rootNodes(native: string): readonly unknown[] {
  if (native.trim() === "") return [];
  const doc = parseJson(native);
  if (isRecord(doc)) return doc.type === "doc" ? (Array.isArray(doc.content) ? doc.content : []) : [doc];
  return Array.isArray(doc) ? doc : [plainParagraph(native)];
}

interface RootBlock {
  readonly native: string;
  /** null: nothing that Canon can read; it is kept, and equal only to itself. */
  readonly node: AdfNode | null;
  /** "" where a reader sees nothing. */
  readonly canonical: string;
}

function rootBlock(value: unknown): RootBlock {
  const native = canonicalJson(value);
  return isAdfNode(value) ? { native, node: value, canonical: canonicalAdf(value) } : { native, node: null, canonical: native };
}

/** What a person wrote into the footer's paragraph. */
function belowFirstLine({ node }: RootBlock): RootBlock | null {
  const content = node?.content ?? [];
  const lineEnd = content.findIndex(({ type }) => type === "hardBreak");
  return lineEnd === -1 ? null : rootBlock({ ...node, content: content.slice(lineEnd + 1) });
}

function textBlock({ native, canonical }: RootBlock): TextBlock {
  return { native, print: shortPrint(native), canonical: shortPrint(canonical) };
}

function markdownOf({ native }: TextBlock): string {
  const node = nativeNode(native);
  if (!isAdfNode(node)) return printMarkdown({ type: "code", lang: "json", value: native });
  return printMarkdown({ type: "root", children: blocksFromAdf([node], "carry") });
}
