/** Takes wiki markup apart into blocks, each with its own text and what it says in Markdown. */

import type { BlockContent, List, ListItem, PhrasingContent, TableRow } from "mdast";
import { LANGUAGE } from "./blocks-to-wiki.ts";
import { inlineFromWiki } from "./inline-from-wiki.ts";
import { codeFromWiki } from "./wiki-code.ts";
import { wikiLines, type WikiLine } from "./wiki-lines.ts";

export interface WikiBlock {
  readonly native: string;
  readonly nodes: BlockContent[];
  /** False where something in it says more than the Markdown does. */
  readonly isSayable: boolean;
}

/** Quotes in quotes in quotes: below, text is text. */
const MAX_DEPTH = 4;

/** Line ends are LF in what comes back. */
export function readWiki(text: string, depth = 0): readonly WikiBlock[] {
  const lines = wikiLines(text.replace(/\r\n?/g, "\n"));
  const blocks: WikiBlock[] = [];
  for (let at = 0; at < lines.length;) {
    const end = blockEnd(lines, at);
    const block = lines.slice(at, end);
    const native = block
      .map((line) => line.text)
      .join("\n")
      .replace(/[ \t\n]+$/, "");
    if (block[0]?.kind !== "blank") blocks.push(readBlock(block, native, depth));
    at = end;
  }
  return blocks;
}

/** The line behind the block that begins at `start`. */
function blockEnd(lines: readonly WikiLine[], start: number): number {
  const kind = lines[start]?.kind;
  let end = start + 1;
  const kindAt = (at: number): WikiLine["kind"] | undefined => lines[at]?.kind;
  while (kindAt(end) === "inside") end += 1;
  switch (kind) {
    case "list":
      // Code below an item belongs to it; a blank line ends the list.
      while (["list", "text", "code", "inside"].includes(kindAt(end) ?? "")) end += 1;
      return end;
    case "table":
      while (kindAt(end) === "table" || kindAt(end) === "inside") end += 1;
      return end;
    case "text":
      while (kindAt(end) === "text" || kindAt(end) === "inside") end += 1;
      return end;
    default:
      return end;
  }
}

function readBlock(lines: readonly WikiLine[], native: string, depth: number): WikiBlock {
  const said = new Said();
  return { native, nodes: blockNodes(lines, native, depth, said), isSayable: said.isAll };
}

/** Whether everything read so far can be said in Markdown. */
class Said {
  isAll = true;

  inline(text: string): PhrasingContent[] {
    const { nodes, isSayable } = inlineFromWiki(text);
    this.isAll &&= isSayable;
    return nodes;
  }
}

function blockNodes(lines: readonly WikiLine[], native: string, depth: number, said: Said): BlockContent[] {
  const heading = /^\s*h([1-6])\.\s*([^]*)$/.exec(native);
  switch (lines[0]?.kind) {
    case "heading":
      return [{ type: "heading", depth: depthOf(heading?.[1]), children: said.inline(heading?.[2] ?? "") }];
    case "rule":
      return [{ type: "thematicBreak" }];
    case "quote-line":
      return [{ type: "blockquote", children: flow(native.replace(/^\s*bq\.\s*/, ""), said) }];
    case "quote": {
      const inner = native.replace(/^\s*\{quote\}/, "").replace(/\{quote\}\s*$/, "");
      if (depth >= MAX_DEPTH) return flow(inner, said);
      const blocks = readWiki(inner, depth + 1);
      if (blocks.some(({ isSayable }) => !isSayable)) said.isAll = false;
      return [{ type: "blockquote", children: blocks.flatMap(({ nodes }) => nodes) }];
    }
    case "macro":
      said.isAll = false;
      return flow(native, said);
    case "table":
      return table(native, said);
    case "list":
      return lists(lines, said);
    default:
      return flow(native, said);
  }
}

function depthOf(digit: string | undefined): 1 | 2 | 3 | 4 | 5 | 6 {
  const depth = Number(digit);
  return depth === 1 || depth === 2 || depth === 3 || depth === 4 || depth === 5 ? depth : 6;
}

const VERBATIM = /(?<![\\{])\{(code|noformat)(?::([^}\n]*))?\}([^]*?)(?<![\\{])\{\1\}/g;

/** Words, and code between them. */
function flow(text: string, said: Said): BlockContent[] {
  const nodes: BlockContent[] = [];
  const words = (part: string): void => {
    const children = said.inline(part);
    if (children.length > 0) nodes.push({ type: "paragraph", children });
  };
  let at = 0;
  for (const match of text.matchAll(VERBATIM)) {
    words(text.slice(at, match.index));
    const code = codeFromWiki(match[1] === "code" ? (match[2] ?? "") : "", match[3] ?? "");
    // Printed as such it would come back as markup.
    if (code.lang === LANGUAGE) said.isAll = false;
    nodes.push({ type: "code", ...code });
    at = match.index + match[0].length;
  }
  words(text.slice(at));
  return nodes;
}

interface Entry {
  readonly marks: string;
  text: string;
}

function lists(lines: readonly WikiLine[], said: Said): BlockContent[] {
  const entries: Entry[] = [];
  for (const { kind, text } of lines) {
    const [, marks, words = ""] = kind === "list" ? (/^\s*([*#]{1,30}|-)\s+([^]*)$/.exec(text) ?? []) : [];
    const last = entries.at(-1);
    if (marks !== undefined || !last) entries.push({ marks: (marks ?? "*").replace("-", "*"), text: marks === undefined ? text : words });
    else last.text += `\n${text}`;
  }
  return listsAt(entries, 1, said);
}

/** `level`: how many marks the items of these lists have; those with more stand below the item above them. */
function listsAt(entries: readonly Entry[], level: number, said: Said): List[] {
  const found: List[] = [];
  for (let at = 0; at < entries.length;) {
    const entry = entries[at];
    if (entry === undefined) break;
    let end = at + 1;
    while ((entries[end]?.marks.length ?? 0) > level) end += 1;
    const own = entry.marks.length > level ? null : entry;
    const ordered = entry.marks.charAt(level - 1) === "#";
    const below = listsAt(entries.slice(own ? at + 1 : at, end), level + 1, said);
    const item: ListItem = { type: "listItem", spread: false, ...(own ? itemNodes(own.text, said) : { children: [] }) };
    item.children.push(...below);
    const open = found.at(-1);
    if (open?.ordered === ordered) open.children.push(item);
    else found.push({ type: "list", ordered, spread: false, children: [item], ...(ordered ? { start: 1 } : {}) });
    at = end;
  }
  return found;
}

/** A box as Canon writes it, as the visual editor escapes it, and as the marks that people like for it. */
const BOX = /^(?:\\?\[([ xX]?)\\?\]|\(([/x])\))(?:\s+|$)/;

function itemNodes(text: string, said: Said): { readonly checked?: boolean; readonly children: BlockContent[] } {
  const box = BOX.exec(text);
  const children = flow(text.slice(box?.[0].length ?? 0), said);
  if (box === null || children.length === 0) return { children: flow(text, said) };
  return { checked: /x/i.test(box[1] ?? "") || box[2] === "/", children };
}

function table(native: string, said: Said): BlockContent[] {
  const rows = rowTexts(native).map((row) => cellsOf(row));
  const children = rows.map((cells): TableRow => ({
    type: "tableRow",
    children: cells.map(({ text }) => ({ type: "tableCell", children: cellInline(text, said) })),
  }));
  // A row of headers is what Markdown calls for, and the only one it can have.
  const isPlain = rows.every((cells, index) => cells.every(({ isHeader }) => isHeader === (index === 0)));
  if (!isPlain) said.isAll = false;
  return children.length > 0 ? [{ type: "table", children }] : [];
}

function cellInline(text: string, said: Said): PhrasingContent[] {
  if (text.search(VERBATIM) !== -1) said.isAll = false;
  return said.inline(text.trim()).map((node) => (node.type === "break" ? { type: "html", value: "<br>" } : node));
}

/** A row may go on over several lines, until a line that begins with a bar. */
function rowTexts(native: string): readonly string[] {
  const rows: string[] = [];
  for (const line of native.split("\n")) {
    if (/^\s*\|/.test(line) || rows.length === 0) rows.push(line.trim());
    else rows[rows.length - 1] += `\n${line}`;
  }
  return rows;
}

const CELL = /(\|\|?)((?:\\[^]|\[(?:\\.|[^\]\\\n])*\]|\{\{(?:\\.|[^}\\\n]|\}(?!\}))+\}\}|[^|\\])*)/g;

function cellsOf(row: string): readonly { readonly isHeader: boolean; readonly text: string }[] {
  const cells = [...row.matchAll(CELL)].map(([, bar, text = ""]) => ({ isHeader: bar === "||", text }));
  const last = cells.at(-1);
  return last?.text.trim() === "" ? cells.slice(0, -1) : cells;
}
