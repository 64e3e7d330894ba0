/**
 * Text of Jira Data Center: wiki markup. It knows no tasks, so a criterion is a list item that begins with `[ ]` or `[x]`:
 * what people know from specs, and tick by typing one letter; `(/)`, the tick mark of Jira, is read as ticked too.
 */

import type { BlockContent, ListItem } from "mdast";
import { shortPrint } from "../../../core/fingerprint.ts";
import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import type { MarkdownParser } from "../../../core/spec/markdown-parser.ts";
import { canonicalBlocks, canonicalInline, plainText } from "../../../core/text/canonical-markdown.ts";
import { canonicalTitle } from "../../../core/text/canonical-title.ts";
import type { TextBlock, TextCriterion, TextFormat, TextParts, TicketText } from "../../../core/text/text-format.ts";
import { oneLine } from "../../../core/text/ticket-criteria.ts";
import { CRITERIA_HEADING } from "../../../core/text/ticket-layout.ts";
import { criterionWords } from "../criterion-words.ts";
import { descriptionLayout, isCriteriaHeading, isFooter, type LayoutBlock } from "../description-layout.ts";
import { blocksToWiki, LANGUAGE } from "./blocks-to-wiki.ts";
import { inlineToWiki } from "./inline-to-wiki.ts";
import { readWiki, type WikiBlock } from "./read-wiki.ts";
import { escapeLineStart, escapeWiki } from "./wiki-escape.ts";

export function wikiFormat(parser: MarkdownParser, options: { readonly titleLimit: number }): TextFormat {
  return {
    print: (parts) => printTicket(parser, parts),
    parse: parseTicket,
    markdownOf,
    canonicalTitle: (title) => canonicalTitle(title, options.titleLimit),
  };
}

function printTicket(parser: MarkdownParser, parts: TextParts): string {
  const blocks = parts.blocks
    .flatMap((block) => (typeof block === "string" ? specBlocks(parser, block) : [block.native.replace(/\r\n?/g, "\n").replace(/^(?:[ \t]*\n)+|\s+$/g, "")]))
    .filter((block) => block !== "");
  const items = parts.criteria.flatMap(({ text, checked }) => {
    const words = inlineToWiki(criterionWords(parser, text), " ").replaceAll("\n", " ");
    return words === "" ? [] : [`* [${checked ? "x" : " "}] ${words}`];
  });
  // A body with a heading like ours keeps it, because an empty one of ours stands below.
  const generated = items.length > 0 || blocks.some((block) => readWiki(block).some((one) => isCriteriaHeading(layoutBlock(one))));
  return [
    ...blocks,
    ...(generated ? [`h2. ${CRITERIA_HEADING}`] : []),
    ...(items.length > 0 ? [items.join("\n")] : []),
    "----",
    escapeLineStart(escapeWiki(oneLine(parts.footer).toWellFormed())),
  ].join("\n\n");
}

function specBlocks(parser: MarkdownParser, markdown: string): readonly string[] {
  // Behind a blank line nothing is front matter.
  const text = `\n${markdown}`;
  return blocksToWiki(parser.parse(text).children, text);
}

interface Block extends WikiBlock {
  readonly canonical: string;
}

function parseTicket(native: string): TicketText {
  const blocks = readWiki(native)
    .map((block): Block => ({ ...block, canonical: canonicalBlocks(block.nodes) }))
    .filter(({ canonical }) => canonical !== "");
  const layout = descriptionLayout(blocks.map(layoutBlock));
  const shown = blocks.flatMap((block, index): readonly TextBlock[] => {
    if (index === layout.footer) return belowFirstLine(block);
    return layout.content.has(index) ? [textBlock(block)] : [];
  });
  const criteria = layout.lists.flatMap((index) => (blocks[index]?.nodes ?? []).flatMap(listCriteria));
  return { blocks: shown, criteria, isSwallowed: isSwallowing(blocks, layout.footer === -1) };
}

function textBlock({ native, canonical }: Block): TextBlock {
  return { native, print: shortPrint(native), canonical: shortPrint(canonical) };
}

/** What a person wrote into the footer's paragraph. */
function belowFirstLine({ native }: Block): readonly TextBlock[] {
  const rest = native.split("\n").slice(1).join("\n");
  return readWiki(rest)
    .map((block): Block => ({ ...block, canonical: canonicalBlocks(block.nodes) }))
    .filter(({ canonical }) => canonical !== "")
    .map(textBlock);
}

function layoutBlock({ nodes }: WikiBlock): LayoutBlock {
  const [node, ...others] = nodes;
  if (node === undefined || others.length > 0)
    return { kind: nodes.every(({ type }) => type === "list") && nodes.length > 0 ? listKind(nodes) : "other", words: "" };
  switch (node.type) {
    case "heading":
    case "paragraph":
      return { kind: node.type, words: plainText(node) };
    case "thematicBreak":
      return { kind: "rule", words: "" };
    case "list":
      return { kind: listKind(nodes), words: "" };
    default:
      return { kind: "other", words: "" };
  }
}

function listKind(nodes: readonly BlockContent[]): "tasks" | "list" {
  return nodes.some((node) => node.type === "list" && node.children.some(isTask)) ? "tasks" : "list";
}

function isTask(item: ListItem): boolean {
  return typeof item.checked === "boolean";
}

/** A person's macro around Canon's parts: what is missing was not taken away. */
function isSwallowing(blocks: readonly WikiBlock[], lacksFooter: boolean): boolean {
  return lacksFooter && blocks.some(({ native, nodes }) => nodes[0]?.type !== "paragraph" && native.split("\n").some((line) => isFooter(line.trim())));
}

function listCriteria(list: BlockContent): readonly TextCriterion[] {
  if (list.type !== "list") return [];
  return list.children.flatMap((item) => {
    const nested = item.children.filter((child) => child.type === "list" && child.children.some(isTask));
    return [
      ...criterion(
        item,
        item.children.filter((child) => !nested.includes(child)),
      ),
      ...nested.flatMap((child) => (child.type === "definition" || child.type === "footnoteDefinition" ? [] : listCriteria(child))),
    ];
  });
}

/** What people put below a criterion is read as the rest of its words: shown, never lost. */
function criterion(item: ListItem, children: ListItem["children"]): readonly TextCriterion[] {
  const lines = children.map((child): ListItem["children"][number] =>
    child.type === "paragraph" ? { ...child, children: child.children.map((node) => (node.type === "break" ? { type: "text", value: " " } : node)) } : child,
  );
  const text = oneLine(printMarkdown({ type: "root", children: lines }));
  const canonical = lines
    .map((child) => (child.type === "paragraph" ? canonicalInline(child.children) : canonicalBlocks([child])))
    .join(" ")
    .trim();
  return text === "" || canonical === "" ? [] : [{ text, checked: item.checked === true, canonical }];
}

function markdownOf({ native }: TextBlock): string {
  const blocks = readWiki(native);
  if (blocks.some(({ isSayable }) => !isSayable)) return printMarkdown({ type: "code", lang: LANGUAGE, value: native });
  return printMarkdown({ type: "root", children: blocks.flatMap(({ nodes }) => nodes) });
}
