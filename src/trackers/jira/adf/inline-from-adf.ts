/** Runs of marked text as nested inline Markdown. Looks that Markdown has no words for (colour, underline, sub- and superscript) are left out; the words stay. */

import type { PhrasingContent } from "mdast";
import { canonicalJson } from "../../../core/canonical-json.ts";
import { textAttr, type AdfMark, type AdfNode } from "./adf-node.ts";
import { carriedInline, inlineCarrier, joinedCode } from "./embedded-node.ts";

/** carry: nodes without Markdown go as JSON, and come back. words: as what a reader sees. */
export type Unsayable = "carry" | "words";

export interface InlineOptions {
  readonly unsayable: Unsayable;
  /** How a line break is said: a table cell, a heading and a criterion are one line. */
  readonly breaks: "break" | "html" | "blank";
}

interface Piece {
  readonly node: PhrasingContent;
  readonly marks: readonly AdfMark[];
}

export function inlineFromAdf(nodes: readonly AdfNode[], options: InlineOptions): PhrasingContent[] {
  return trimmedEnds(nested(nodes.flatMap((node) => piece(node, options))));
}

function piece(node: AdfNode, { unsayable, breaks }: InlineOptions): readonly Piece[] {
  switch (node.type) {
    case "text": {
      const value = (node.text ?? "").replace(/[\r\n]+/g, " ");
      if (value === "") return [];
      const marks = (node.marks ?? []).filter(({ type }) => SAYABLE.includes(type));
      const isCode = node.marks?.some(({ type }) => type === "code") === true;
      // Code that reads like a carried node would come back as one.
      if (!isCode || carriedInline(value)) return [{ node: { type: "text", value }, marks }];
      return [{ node: { type: "inlineCode", value }, marks }];
    }
    case "hardBreak":
      return [{ node: lineBreak(breaks), marks: [] }];
    default:
      return [{ node: unsayable === "carry" ? inlineCarrier(node) : wordsFor(node), marks: [] }];
  }
}

const SAYABLE = ["strong", "em", "strike", "link"];

function lineBreak(breaks: InlineOptions["breaks"]): PhrasingContent {
  switch (breaks) {
    case "break":
      return { type: "break" };
    case "html":
      return { type: "html", value: "<br>" };
    case "blank":
      return { type: "text", value: " " };
  }
}

function wordsFor(node: AdfNode): PhrasingContent {
  switch (node.type) {
    case "inlineCard": {
      const url = textAttr(node, "url");
      return url === "" ? { type: "text", value: "(a smart link)" } : { type: "link", url, children: [{ type: "text", value: url }] };
    }
    case "mention":
      return { type: "text", value: `@${textAttr(node, "text").replace(/^@/, "") || textAttr(node, "id")}` };
    case "emoji":
      return { type: "text", value: textAttr(node, "text") || textAttr(node, "shortName") };
    case "date": {
      const at = Number(textAttr(node, "timestamp"));
      return { type: "text", value: Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString().slice(0, 10) : textAttr(node, "timestamp") };
    }
    case "status":
    case "placeholder":
      return { type: "text", value: `[${textAttr(node, "text")}]` };
    case "mediaInline":
    case "media":
      return { type: "text", value: `(attachment${textAttr(node, "alt") === "" ? "" : `: ${textAttr(node, "alt")}`})` };
    default:
      return { type: "text", value: textAttr(node, "text") || `(${node.type})` };
  }
}

/** Around each longest run that shares its first piece's mark goes that mark; of equally long ones the first is the outer. */
function nested(pieces: readonly Piece[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (let at = 0; at < pieces.length;) {
    const first = pieces[at];
    if (first === undefined) break;
    let [mark, end] = [first.marks[0], at + 1];
    for (const candidate of first.marks) {
      const reach = runEnd(pieces, at, candidate);
      if (reach > end) [mark, end] = [candidate, reach];
    }
    if (mark === undefined) result.push(first.node);
    else result.push(...marked(mark, nested(pieces.slice(at, end).map((inner) => without(inner, mark)))));
    at = end;
  }
  return joinedText(result);
}

function runEnd(pieces: readonly Piece[], from: number, mark: AdfMark): number {
  const key = canonicalJson(mark);
  const isMarked = (at: number): boolean => pieces[at]?.marks.some((other) => canonicalJson(other) === key) === true;
  let end = from;
  // ADF cannot mark code: where its neighbours on both sides are marked, so was the code.
  while (isMarked(end) || (end > from && mark.type !== "link" && pieces[end]?.node.type === "inlineCode" && isMarked(end + 1))) end += 1;
  return end;
}

function without({ node, marks }: Piece, mark: AdfMark): Piece {
  const key = canonicalJson(mark);
  return { node, marks: marks.filter((other) => canonicalJson(other) !== key) };
}

/** Emphasis that begins or ends with a blank is none in Markdown: the blanks go outside. */
function marked(mark: AdfMark, children: PhrasingContent[]): PhrasingContent[] {
  if (mark.type === "link") {
    const title = textAttr(mark, "title");
    return [{ type: "link", url: textAttr(mark, "href"), title: title === "" ? null : title, children }];
  }
  const [first, last] = [children[0], children.at(-1)];
  const before = first?.type === "text" ? (/^\s+/.exec(first.value)?.[0] ?? "") : "";
  const after = last?.type === "text" && !(last === first && before === last.value) ? (/\s+$/.exec(last.value)?.[0] ?? "") : "";
  const inner = children
    .map((child) => (child === first && child.type === "text" ? { ...child, value: child.value.slice(before.length) } : child))
    .map((child, index) =>
      index === children.length - 1 && child.type === "text" ? { ...child, value: child.value.slice(0, child.value.length - after.length) } : child,
    )
    .filter((child) => child.type !== "text" || child.value !== "");
  const type = mark.type === "em" ? "emphasis" : mark.type === "strike" ? "delete" : "strong";
  return [...blank(before), ...(inner.length > 0 ? [{ type, children: inner } satisfies PhrasingContent] : []), ...blank(after)];
}

function blank(value: string): PhrasingContent[] {
  return value === "" ? [] : [{ type: "text", value }];
}

function joinedText(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === "text" && last?.type === "text") result[result.length - 1] = { type: "text", value: last.value + node.value };
    else if (node.type === "inlineCode" && last?.type === "inlineCode")
      result[result.length - 1] = { type: "inlineCode", value: joinedCode(last.value, node.value) };
    else result.push(node);
  }
  return result;
}

/** Blanks and breaks at the ends of a block say nothing. */
function trimmedEnds(nodes: PhrasingContent[]): PhrasingContent[] {
  const kept = [...nodes];
  while (isBlank(kept[0])) kept.shift();
  while (isBlank(kept.at(-1))) kept.pop();
  const [first] = kept;
  if (first?.type === "text") kept[0] = { type: "text", value: first.value.replace(/^[ \t]+/, "") };
  const last = kept.at(-1);
  if (last?.type === "text") kept[kept.length - 1] = { type: "text", value: last.value.replace(/[ \t]+$/, "") };
  return kept;
}

function isBlank(node: PhrasingContent | undefined): boolean {
  return node?.type === "break" || (node?.type === "text" && /^[ \t]*$/.test(node.value));
}
