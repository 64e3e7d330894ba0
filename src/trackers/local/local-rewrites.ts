/** Rewrites text as vendors do (FACTS.md), so that everything above can be tried against it on one machine. */

import type { Nodes, PhrasingContent } from "mdast";
import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import { plainText } from "../../core/text/canonical-markdown.ts";
import type { LocalRewrite } from "../local-desk.ts";

/** `api`: what Canon sends. `browser`: what a person saves in the vendor's editor. */
export type WrittenBy = "api" | "browser";

export function rewriteText(text: string, rewrites: LocalRewrite, by: WrittenBy, parser: MarkdownParser): string {
  switch (rewrites) {
    case "none":
      return text;
    case "jira":
      return withoutOuterBlankLines(cutTrailingBlanks(text));
    case "linear":
      return withoutOuterBlankLines(cutTrailingBlanks(reserialise(text.replace(/\r\n?/g, "\n"), parser)));
    case "github":
      return by === "browser" ? text.replace(/\r\n?|\n/g, "\r\n") : text;
  }
}

export function rewriteTitle(title: string, rewrites: LocalRewrite): string {
  return rewrites === "none" ? title : title.trim();
}

/** An escape before the blank would become a line break of its own; a real editor keeps these apart too. */
function cutTrailingBlanks(text: string): string {
  return text.replace(/(?<!\\)[ \t]+(?=\r?\n|$)/g, "");
}

function withoutOuterBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\r?\n)+/, "").replace(/[ \t\r\n]+$/, "");
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function reserialise(text: string, parser: MarkdownParser): string {
  const source = `\n${text}`;
  const edits: Edit[] = [];
  collect(parser.parse(source), source, edits);
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 1;
  for (const edit of edits) {
    if (edit.start < at) continue;
    result += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + source.slice(at);
}

function collect(root: Nodes, source: string, edits: Edit[]): void {
  const open: Nodes[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    edits.push(...editsOf(node, source));
    // The words of a link are never linked again.
    if ("children" in node && node.type !== "link" && node.type !== "linkReference") for (const child of node.children) open.push(child);
  }
}

function editsOf(node: Nodes, source: string): readonly Edit[] {
  const { start, end } = span(node);
  const slice = source.slice(start, end);
  const replace = (from: number, to: number, text: string): Edit => ({ start: start + from, end: start + to, text });
  switch (node.type) {
    case "listItem":
      return [...bullet(slice, lineAt(source, start)), ...(node.checked === true ? box(slice) : [])].map(([from, to, text]) => replace(from, to, text));
    case "emphasis":
    case "strong":
      return marks(node, source, start, end, slice);
    case "thematicBreak":
      return [replace(0, slice.trimEnd().length, "___")];
    case "table":
      return delimiterRow(slice).map(([from, to, text]) => replace(from, to, text));
    case "html":
      return isRemovable(slice, source.slice(source.lastIndexOf("\n", start - 1) + 1, start), source[end]) ? [replace(0, slice.length, "")] : [];
    case "link":
      return [linkEdit(node, slice)].filter((text) => text !== slice).map((text) => replace(0, slice.length, text));
    case "text":
      return autolinks(slice).map(([from, to, text]) => replace(from, to, text));
    default:
      return [];
  }
}

type Piece = readonly [from: number, to: number, text: string];

/** `- ` becomes `* `, except where the line would then read as a rule. */
function bullet(slice: string, line: string): readonly Piece[] {
  return /^[-+](?=\s|$)/.test(slice) && !/^[\s>*+-]*$/.test(line) ? [[0, 1, "*"]] : [];
}

function box(slice: string): readonly Piece[] {
  const match = /^(?:[-+*]|\d+[.)])[ \t]+\[x\](?=\s)/.exec(slice);
  return match ? [[match[0].length - 2, match[0].length - 1, "X"]] : [];
}

/** `_x_` becomes `*x*`; left alone where stars stand inside or beside, because these would pair differently. */
function marks(node: Nodes, source: string, start: number, end: number, slice: string): readonly Edit[] {
  const width = node.type === "strong" ? 2 : 1;
  const around = `${source[start - 1] ?? ""}${source[end] ?? ""}`;
  if (!slice.startsWith("_") || /[*_]/.test(slice.slice(width, -width)) || /[*_\\\p{L}\p{N}]/u.test(around)) return [];
  const text = "*".repeat(width);
  return [
    { start, end: start + width, text },
    { start: end - width, end, text },
  ];
}

function delimiterRow(slice: string): readonly Piece[] {
  const from = slice.indexOf("\n") + 1;
  const next = slice.indexOf("\n", from);
  const to = next === -1 ? slice.length : next;
  return from === 0 ? [] : [[from, to, slice.slice(from, to).replaceAll(":", "-")]];
}

/** A whole comment between blanks; not where what is left of the line (a bare bullet, a tag) would read as something else. */
function isRemovable(slice: string, before: string, after: string | undefined): boolean {
  const apart = /(?:^|\s)$/.test(before) && (after === undefined || /\s/.test(after));
  const bare = before.includes("<") || /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)+(?:\[[ xX]\]\s+)?$/.test(before);
  return apart && !bare && /^<!--(?:(?!-->)[^])*-->\s*$/.test(slice);
}

function linkEdit(node: Extract<PhrasingContent, { type: "link" }>, slice: string): string {
  const inline = /^(\[[^]*\]\()([^<>()\s"']+)(\))$/.exec(slice);
  if (inline) return `${inline[1]}<${inline[2]}>${inline[3]}`;
  // A bare address, or one between angle brackets.
  if (slice.startsWith("[") || /[<>\s]/.test(node.url)) return slice;
  const words = plainText(node).replace(/[\\`*_~[\]&<]/g, "\\$&");
  return `[${words}](<${node.url.replace(/[\\&]/g, "\\$&")}>)`;
}

/** Ticket ids and words that look like domains; only in words that need no escapes. */
function autolinks(slice: string): readonly Piece[] {
  if (/[\\&<[\]]/.test(slice)) return [];
  const found = slice.matchAll(/(?<=^|\s)(?:([A-Z]{2,10}-\d{1,6})|([a-z0-9-]+\.(?:com|io|dev|org|net|md|sh)))(?=[\s.,;]|$)/g);
  return [...found].map(({ index, 0: words, 1: ticket }): Piece => {
    const url = ticket ? `https://linear.app/acme/issue/${ticket}/a-slug` : `http://${words}`;
    return [index, index + words.length, `[${words}](<${url}>)`];
  });
}

function lineAt(source: string, offset: number): string {
  const start = source.lastIndexOf("\n", offset) + 1;
  const end = source.indexOf("\n", offset);
  return source.slice(start, end === -1 ? source.length : end);
}

function span(node: Nodes): { readonly start: number; readonly end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
