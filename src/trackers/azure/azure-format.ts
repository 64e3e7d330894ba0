/**
 * Text of Azure DevOps: Canon writes Markdown; an older description is HTML (azure-body.ts tells them apart). A block
 * of HTML is compared by its meaning in Markdown, and kept byte for byte where a person's text stays.
 */

import { shortPrint } from "../../core/fingerprint.ts";
import { printMarkdown } from "../../core/spec/print-markdown.ts";
import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import { canonicalBlocks } from "../../core/text/canonical-markdown.ts";
import { canonicalTitle } from "../../core/text/canonical-title.ts";
import { markdownFormat } from "../../core/text/markdown-format.ts";
import type { TextBlock, TextFormat, TicketText } from "../../core/text/text-format.ts";
import { ticketCriteria } from "../../core/text/ticket-criteria.ts";
import { ticketLayout } from "../../core/text/ticket-layout.ts";
import { htmlBody, htmlOf } from "./azure-body.ts";
import { readBlocks } from "./html/html-blocks.ts";
import { htmlToMarkdown } from "./html/html-to-markdown.ts";

export function azureFormat(parser: MarkdownParser, { titleLimit }: { readonly titleLimit: number }): TextFormat {
  const markdown = markdownFormat(parser, { titleLimit });
  return {
    print: (parts) =>
      markdown.print({
        ...parts,
        blocks: parts.blocks.map((block) => {
          const html = typeof block === "string" ? null : htmlOf(block.native);
          return html === null ? block : { native: htmlInMarkdown(html) };
        }),
      }),
    parse: (native) => {
      const html = htmlOf(native);
      return html === null ? markdown.parse(native) : parseHtml(parser, html);
    },
    markdownOf: (block) => {
      const html = htmlOf(block.native);
      return html === null ? markdown.markdownOf(block) : htmlToMarkdown(html);
    },
    canonicalTitle: (title) => withinUnits(canonicalTitle(title, titleLimit), titleLimit),
  };
}

/** Azure counts UTF-16 units, so a title of emoji holds fewer of them. */
function withinUnits(title: string, limit: number): string {
  if (title.length <= limit) return title;
  let kept = "";
  for (const character of title) {
    if (kept.length + character.length > limit) break;
    kept += character;
  }
  return kept.trimEnd();
}

/** A blank line would end the block of HTML that Markdown sees in it; in code it stays, because there it does not. */
function htmlInMarkdown(html: string): string {
  const closed = /<pre\b/i.test(html) ? html : html.replace(/\n(?:[ \t]*\r?\n)+/g, "\n");
  return /^<(?:p|div|h[1-6]|ul|ol|pre|table|blockquote|hr)\b/i.test(closed) ? closed : `<div>${closed}</div>`;
}

/** The parts are found in the Markdown that the blocks amount to, and led back to the bytes that they came from. */
function parseHtml(parser: MarkdownParser, html: string): TicketText {
  let text = "";
  let isAfterList = false;
  const blocks = readBlocks(html).map(({ start, end, nodes }) => {
    const isList = nodes.every(({ type }) => type === "list");
    // Two lists would be one.
    text += text === "" ? "" : isAfterList && isList ? "\n\n<!-- -->\n\n" : "\n\n";
    isAfterList = isList;
    const markdown = printMarkdown({ type: "root", children: [...nodes] });
    const from = text.length;
    text += markdown;
    return { native: htmlBody(html.slice(start, end)), markdown, from, to: text.length };
  });
  const layout = ticketLayout(parser, text);
  // The layout's text begins with an empty line.
  const starts = layout.content.map(({ position }) => (position?.start.offset ?? 0) - 1);
  const content = blocks.flatMap(({ native, markdown, from, to }): readonly TextBlock[] => {
    if (!starts.some((start) => start >= from && start < to)) return [];
    const canonical = canonicalBlocks(parser.parse(`\n${markdown}`).children);
    return canonical === "" ? [] : [{ native, print: shortPrint(native), canonical: shortPrint(canonical) }];
  });
  const criteria = ticketCriteria(layout).map(({ text: words, checked, canonical }) => ({ text: words, checked, canonical }));
  return { blocks: content, criteria, isSwallowed: layout.isSwallowed };
}
