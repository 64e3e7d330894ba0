/** HTML as blocks, each with its place in the source and its meaning in Markdown nodes. */

import type { BlockContent, List, ListItem, TableRow } from "mdast";
import { inlineOf, wordsOf } from "./html-inline.ts";
import { isBlockTag, readTree, type HtmlElement, type HtmlNode } from "./html-tree.ts";

export interface HtmlBlock {
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly BlockContent[];
}

/** Blocks without a word (the empty lines of Azure's editor) are left out. */
export function readBlocks(html: string): readonly HtmlBlock[] {
  return blocksOf(readTree(html)).filter(({ nodes }) => nodes.length > 0);
}

/** What holds other blocks is taken apart; what stands beside them is a paragraph. */
function blocksOf(nodes: readonly HtmlNode[]): readonly HtmlBlock[] {
  const blocks: HtmlBlock[] = [];
  let run: HtmlNode[] = [];
  const endRun = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) blocks.push({ start: first.start, end: last.end, nodes: paragraph(run) });
    run = [];
  };
  for (const node of nodes) {
    if (node.kind === "text" || (!isBlockTag(node.name) && !holdsBlocks(node))) {
      run.push(node);
      continue;
    }
    endRun();
    if (isWrapper(node)) blocks.push(...blocksOf(node.children));
    else blocks.push({ start: node.start, end: node.end, nodes: blockOf(node) });
  }
  endRun();
  return blocks;
}

function holdsBlocks(element: HtmlElement): boolean {
  return element.children.some((child) => child.kind === "element" && (isBlockTag(child.name) || holdsBlocks(child)));
}

const WITH_MEANING: ReadonlySet<string> = new Set(["ul", "ol", "pre", "table", "blockquote"]);

function isWrapper(element: HtmlElement): boolean {
  return !WITH_MEANING.has(element.name) && !/^h[1-6]$/.test(element.name) && holdsBlocks(element);
}

function blockOf(element: HtmlElement): readonly BlockContent[] {
  const { name, children } = element;
  switch (name) {
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6": {
      const inline = inlineOf(children).map((node) => (node.type === "break" ? { type: "text" as const, value: " " } : node));
      return inline.length === 0 ? [] : [{ type: "heading", depth: DEPTHS[name], children: inline }];
    }
    case "hr":
      return [{ type: "thematicBreak" }];
    case "ul":
    case "ol":
      return list(element);
    case "pre": {
      const value = wordsOf(element).replace(/^\n|\n$/g, "");
      return value.trim() === "" ? [] : [{ type: "code", lang: null, meta: null, value }];
    }
    case "blockquote": {
      const inner = blocksOf(children).flatMap(({ nodes }) => nodes);
      return inner.length === 0 ? [] : [{ type: "blockquote", children: inner }];
    }
    case "table":
      return table(element);
    default:
      return paragraph(children);
  }
}

const DEPTHS = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 } as const;

function paragraph(nodes: readonly HtmlNode[]): readonly BlockContent[] {
  const children = inlineOf(nodes);
  return children.length === 0 ? [] : [{ type: "paragraph", children }];
}

function list(element: HtmlElement): readonly BlockContent[] {
  const items: ListItem[] = [];
  for (const child of element.children) {
    if (child.kind === "text" && child.text.trim() === "") continue;
    const nested = child.kind === "element" && (child.name === "ul" || child.name === "ol");
    const last = items.at(-1);
    // Azure's editor puts an inner list beside the item that it belongs to.
    if (nested && last) last.children.push(...list(child));
    else items.push(item(child.kind === "element" && child.name === "li" ? child.children : [child]));
  }
  const start = Number(element.attributes.get("start") ?? 1);
  const filled = items.filter(({ children }) => children.length > 0);
  const made: List = {
    type: "list",
    ordered: element.name === "ol",
    start: element.name === "ol" && Number.isInteger(start) ? start : null,
    spread: false,
    children: filled,
  };
  return filled.length === 0 ? [] : [made];
}

/** HTML knows no tasks here: what begins with a box of brackets is one, as people write it. */
function item(nodes: readonly HtmlNode[]): ListItem {
  const children = blocksOf(nodes).flatMap((block) => [...block.nodes]);
  const [first] = children;
  const words = first?.type === "paragraph" ? first.children[0] : undefined;
  const box = words?.type === "text" ? /^\[([ xX\u00a0])\](?:[ \u00a0]+|$)/.exec(words.value) : null;
  if (box === null || words?.type !== "text") return { type: "listItem", checked: null, spread: false, children };
  words.value = words.value.slice(box[0].length);
  return { type: "listItem", checked: box[1]?.toLowerCase() === "x", spread: false, children };
}

function table(element: HtmlElement): readonly BlockContent[] {
  const rows = rowsOf(element);
  const width = Math.max(0, ...rows.map(({ children }) => children.length));
  return width === 0 ? [] : [{ type: "table", align: Array.from({ length: width }, () => null), children: [...rows] }];
}

function rowsOf(element: HtmlElement): readonly TableRow[] {
  return element.children.flatMap((child): readonly TableRow[] => {
    if (child.kind === "text") return [];
    if (child.name !== "tr") return rowsOf(child);
    const cells = child.children.filter((cell) => cell.kind === "element" && (cell.name === "td" || cell.name === "th"));
    return [
      {
        type: "tableRow",
        children: cells.map((cell) => ({
          type: "tableCell",
          // A cell has one line.
          children: inlineOf([cell]).map((node) => (node.type === "break" ? { type: "text", value: " " } : node)),
        })),
      },
    ];
  });
}
