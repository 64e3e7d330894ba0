/** Inline wiki markup as Markdown. What it has no words for (mentions, images, colours, …) stays as it is written, and is told. */

import type { PhrasingContent } from "mdast";
import { unescapeWiki } from "./wiki-escape.ts";

export interface WikiInline {
  readonly nodes: PhrasingContent[];
  /** False where something in it says more than the Markdown does. */
  readonly isSayable: boolean;
}

/** Nobody nests deeper; hostile text must not overflow the stack. */
const MAX_DEPTH = 20;

export function inlineFromWiki(text: string, depth = 0): WikiInline {
  if (depth > MAX_DEPTH) return { nodes: [{ type: "text", value: text }], isSayable: true };
  return new InlineReader(text, depth).read();
}

/** Characters: text full of marks that nothing closes must not take for ever. */
const LONGEST_STYLE = 2_000;

const WORD = /[\p{L}\p{N}]/u;
const LINE_BREAK = /(?:\n|\\\\(?!\\))[ \t]*/y;
const ESCAPED = /\\[-#*_+?^~|%{}[\]()!@]|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|nbsp);/iy;
const CODE = /\{\{((?:\\.|[^}\\\n]|\}(?!\})){1,2000})\}\}/y;
const LINK = /\[((?:\\.|[^\]\\\n]){1,2000})\]/y;
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s|\][{}\\<>"]+/iy;
const SKIPPED = [ESCAPED, CODE, LINK, ADDRESS];
const BRACED = /\{([*_-])\}/y;
const MACRO = /\{[a-z][^}\n]*\}/iy;
const IMAGE = /![^\s!][^!\n]*!/y;
const PLAIN = /[^\\&{[*_\-!\n]+/y;

class InlineReader {
  readonly #text: string;
  readonly #depth: number;
  readonly #nodes: PhrasingContent[] = [];
  #at = 0;
  #isSayable = true;

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): WikiInline {
    while (this.#at < this.#text.length) this.#step();
    return { nodes: trimmed(this.#nodes), isSayable: this.#isSayable };
  }

  #step(): void {
    const lineBreak = this.#match(LINE_BREAK);
    if (lineBreak) return this.#add({ type: "break" }, lineBreak[0].length);
    const escaped = this.#match(ESCAPED);
    if (escaped) return this.#words(unescapeWiki(escaped[0]), escaped[0].length);
    const code = this.#match(CODE);
    if (code) return this.#add({ type: "inlineCode", value: unescapeWiki(code[1] ?? "") }, code[0].length);
    if (this.#link() || this.#address() || this.#style()) return;
    const unsayable = this.#match(MACRO) ?? this.#match(IMAGE);
    if (unsayable) {
      this.#isSayable = false;
      return this.#words(unescapeWiki(unsayable[0]), unsayable[0].length);
    }
    const plain = this.#plain();
    this.#words(plain, plain.length);
  }

  /** Up to the next character that may mean something, or an address. */
  #plain(): string {
    const run = this.#match(PLAIN)?.[0] ?? this.#text.charAt(this.#at);
    const address = run.slice(1).search(/https?:\/\/|mailto:/i);
    return address === -1 ? run : run.slice(0, address + 1);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  #add(node: PhrasingContent, length: number): void {
    this.#nodes.push(node);
    this.#at += length;
  }

  #words(value: string, length: number): void {
    const last = this.#nodes.at(-1);
    if (last?.type === "text") last.value += value;
    else this.#nodes.push({ type: "text", value });
    this.#at += length;
  }

  #inner(text: string): PhrasingContent[] {
    const { nodes, isSayable } = inlineFromWiki(text, this.#depth + 1);
    this.#isSayable &&= isSayable;
    return nodes;
  }

  #link(): boolean {
    const match = this.#match(LINK);
    if (!match) return false;
    const parts = (match[1] ?? "").split(/(?<!\\)\|/);
    const [words, address = words] = parts;
    const url = (address ?? "").trim();
    if (/^[~^]/.test(url)) {
      this.#isSayable = false;
      return false;
    }
    if (parts.length === 1 && !/^(?:https?:\/\/|mailto:|ftp:|#)/i.test(url)) return false;
    // Jira marks links that show as cards by a third part.
    if (parts.length > 2) this.#isSayable = false;
    const text = parts.length === 1 ? url : unescapeWiki(words ?? "");
    this.#add({ type: "link", url, children: [{ type: "text", value: text }] }, match[0].length);
    return true;
  }

  #address(): boolean {
    const match = this.#match(ADDRESS);
    const url = match?.[0].replace(/[.,;:!?)]+$/, "") ?? "";
    if (url === "" || WORD.test(this.#text.charAt(this.#at - 1))) return false;
    this.#add({ type: "link", url, children: [{ type: "text", value: url }] }, url.length);
    return true;
  }

  #style(): boolean {
    const braced = this.#match(BRACED);
    const mark = braced?.[1] ?? this.#text.charAt(this.#at);
    if (mark !== "*" && mark !== "_" && mark !== "-") return false;
    const tag = braced?.[0] ?? mark;
    const from = this.#at + tag.length;
    const isOpening = braced !== null || (!WORD.test(this.#text.charAt(this.#at - 1)) && !this.#text.startsWith(mark, from));
    const end = isOpening && /\S/.test(this.#text.charAt(from)) ? this.#closing(tag, from, braced !== null) : -1;
    if (end === -1) return false;
    const children = this.#inner(this.#text.slice(from, end));
    if (children.length === 0) return false;
    const type = mark === "*" ? "strong" : mark === "_" ? "emphasis" : "delete";
    this.#add({ type, children }, end + tag.length - this.#at);
    return true;
  }

  /** On the same line, outside of code and links; bare marks only at the end of a word. */
  #closing(tag: string, from: number, isBraced: boolean): number {
    const end = Math.min(this.#text.length, from + LONGEST_STYLE);
    for (let at = from; at < end; at += 1) {
      if (this.#text[at] === "\n") return -1;
      const skipped = SKIPPED.map((pattern) => matchAt(pattern, this.#text, at)).find((match) => match !== null);
      if (skipped) {
        at += skipped[0].length - 1;
        continue;
      }
      if (!this.#text.startsWith(tag, at) || at === from) continue;
      if (isBraced || (!/\s/.test(this.#text.charAt(at - 1)) && !WORD.test(this.#text.charAt(at + 1)))) return at;
    }
    return -1;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Blanks and breaks at the ends of a block say nothing. */
function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const kept = [...nodes];
  const isBlank = (node: PhrasingContent | undefined): boolean => node?.type === "break" || (node?.type === "text" && /^[ \t]*$/.test(node.value));
  while (isBlank(kept[0])) kept.shift();
  while (isBlank(kept.at(-1))) kept.pop();
  const first = kept[0];
  if (first?.type === "text") kept[0] = { type: "text", value: first.value.replace(/^[ \t]+/, "") };
  const last = kept.at(-1);
  if (last?.type === "text") kept[kept.length - 1] = { type: "text", value: last.value.replace(/[ \t]+$/, "") };
  return kept;
}
