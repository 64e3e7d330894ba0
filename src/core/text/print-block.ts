/** Makes a block of Markdown safe to stand among others: it swallows nothing below it and is not drawn into what stands above. */

import type { RootContent } from "mdast";
import type { MarkdownParser } from "../spec/markdown-parser.ts";
import type { BlockSource } from "./text-format.ts";

const PROBE = "canon-probe";

/** A block kept from the ticket stays as a person wrote it, apart from an end that it lacks. */
export function standalone(parser: MarkdownParser, block: BlockSource): string {
  if (typeof block !== "string") return closed(parser, tidy(block.native));
  return closed(parser, unindented(parser, tidy(block)));
}

/** Plain text as inline Markdown that reads the same. */
export function plainToMarkdown(text: string): string {
  return text.replace(/[\\`*[\]<>~|&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

function tidy(block: string): string {
  return block
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .replace(/\s+$/, "");
}

/** Indented text below a list would become part of its last item: code gets a fence, the rest loses the indentation. */
function unindented(parser: MarkdownParser, block: string): string {
  if (!/^[ \t]/.test(block)) return block;
  const [first] = parser.parse(`\n${block}`).children;
  if (first?.type === "code" && /^(?: {4}| {0,3}\t)/.test(block)) {
    const rest = `\n${block}`.slice(first.position?.end.offset);
    return `${fenced(first.value, "")}${rest}`;
  }
  const lines = block.split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** An unclosed fence, comment or HTML block runs on to the end of the text, over the criteria and the footer. */
function closed(parser: MarkdownParser, block: string): string {
  if (!/```|~~~|<[!?a-z]/i.test(block)) return block;
  const children = parser.parse(`\n${block}\n\n${PROBE}`).children;
  const last = children.at(-1);
  if (!last || isProbe(last)) return block;
  const start = last.position?.start.offset ?? 1;
  const head = block.slice(0, start - 1);
  const tail = block.slice(start - 1);
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(tail)?.[1];
  return fence ? `${block}\n${fence}` : `${head}${fenced(tail, "html")}`;
}

function isProbe(node: RootContent): boolean {
  return node.type === "paragraph" && node.children.length === 1 && node.children[0]?.type === "text" && node.children[0].value === PROBE;
}

/** A code block that nothing in it can close. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
