/**
 * Markdown blocks as wiki markup. What it has no place for is flattened: a list's first number and column alignment are
 * lost; in lists, headings are bold, and quotes are their words; below a list item everything hangs on by line breaks.
 */

import type { BlockContent, DefinitionContent, List, ListItem, RootContent, Table } from "mdast";
import { isDeep } from "../../../core/spec/is-deep.ts";
import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import { plainText } from "../../../core/text/canonical-markdown.ts";
import { inlineToWiki } from "./inline-to-wiki.ts";
import { codeToWiki } from "./wiki-code.ts";
import { escapeLineStart, escapeWiki } from "./wiki-escape.ts";

/** Of a block that holds wiki markup as Markdown has no words for it. */
export const LANGUAGE = "wiki";

type Flow = BlockContent | DefinitionContent;

/** `text` is what the nodes were parsed from. Each is one or more blocks. */
export function blocksToWiki(nodes: readonly RootContent[], text: string): readonly string[] {
  return nodes
    .flatMap((node) => (isDeep(node) ? [codeToWiki(text.slice(node.position?.start.offset, node.position?.end.offset), "")] : rootBlock(node)))
    .filter((block) => block.trim() !== "");
}

function rootBlock(node: RootContent): readonly string[] {
  switch (node.type) {
    case "blockquote":
    case "code":
    case "definition":
    case "footnoteDefinition":
    case "heading":
    case "html":
    case "list":
    case "paragraph":
    case "table":
    case "thematicBreak":
      return flowBlock(node);
    case "yaml":
    case "toml":
      return [codeToWiki(node.value, node.type)];
    default:
      return [escapeLineStart(escapeWiki(plainText(node)))];
  }
}

function flowBlock(node: Flow): readonly string[] {
  switch (node.type) {
    case "paragraph":
      return [inlineToWiki(node.children, "\n")];
    case "heading": {
      const words = inlineToWiki(node.children, " ").replaceAll("\n", " ");
      return words === "" ? [] : [`h${node.depth}. ${words}`];
    }
    case "thematicBreak":
      return ["----"];
    case "blockquote": {
      const inside = quoted(node.children).filter((block) => block.trim() !== "");
      return inside.length > 0 ? [`{quote}\n${inside.join("\n\n")}\n{quote}`] : [];
    }
    case "list":
      return [listLines(node, "").join("\n")];
    case "code":
      return [node.lang === LANGUAGE ? node.value : codeToWiki(node.value, node.lang ?? "")];
    case "html": {
      const value = node.value.replace(/<!--(?:>|->|[^]*?(?:-->|$))/g, "").trim();
      return value === "" ? [] : [codeToWiki(value, "html")];
    }
    case "table":
      return [table(node)];
    case "definition":
      return [];
    case "footnoteDefinition":
      return [escapeWiki(`[^${node.label ?? node.identifier}]:`), ...node.children.flatMap(flowBlock)];
    // Kinds that our parsers are not told to read.
    default:
      return [escapeLineStart(escapeWiki(plainText(node)))];
  }
}

/** Both ends of {quote} look alike, so it cannot hold another. */
function quoted(nodes: readonly Flow[]): readonly string[] {
  return nodes.flatMap((node) => (node.type === "blockquote" ? quoted(node.children) : flowBlock(node)));
}

function listLines(list: List, above: string): readonly string[] {
  const bullets = above + (list.ordered === true ? "#" : "*");
  return list.children.flatMap((item) => itemLines(item, bullets));
}

/**
 * A blank line would end the list: paragraphs follow by a forced break, code stands on lines of its own. A bullet
 * without words is none in Jira: what hangs below it shows where it belongs by its own bullets.
 */
function itemLines(item: ListItem, bullets: string): readonly string[] {
  const box = typeof item.checked === "boolean" ? `[${item.checked ? "x" : " "}] ` : "";
  const lines: string[] = [];
  let words: string[] = [];
  const flush = (code = ""): void => {
    if (words.length > 0) lines.push(`${bullets} ${lines.length === 0 ? box : ""}${words.join(" \\\\ ")}`);
    if (code !== "" && lines.length === 0) lines.push(`${bullets} ${box}${code}`);
    else if (code !== "") lines[lines.length - 1] += `\n${code}`;
    words = [];
  };
  for (const child of item.children) {
    switch (child.type) {
      case "list":
        flush();
        lines.push(...listLines(child, bullets));
        break;
      case "code":
      case "html":
        flush(flowBlock(child).join("\n"));
        break;
      case "table":
        flush(codeToWiki(printMarkdown(child), "markdown"));
        break;
      default:
        words.push(...itemWords(child));
    }
  }
  flush();
  return lines;
}

function itemWords(node: Flow): readonly string[] {
  switch (node.type) {
    case "paragraph":
      return [inlineToWiki(node.children, " \\\\ ").replaceAll("\n", " ")].filter((text) => text !== "");
    case "heading": {
      const text = inlineToWiki([{ type: "strong", children: [{ type: "text", value: plainText(node) }] }], " ");
      return text === "" ? [] : [text];
    }
    case "blockquote":
      return node.children.flatMap(itemWords);
    case "list":
      return node.children.flatMap((item) => item.children.flatMap(itemWords));
    case "thematicBreak":
      return [escapeWiki("---")];
    case "definition":
      return [];
    default:
      return [escapeWiki(plainText(node).replace(/\s+/g, " "))];
  }
}

function table(node: Table): string {
  const width = node.children[0]?.children.length ?? 0;
  return node.children
    .map((row, index) => {
      const bar = index === 0 ? "||" : "|";
      const cells = Array.from({ length: width }, (_, column) => inlineToWiki(row.children[column]?.children ?? [], " \\\\ ").replaceAll("\n", " "));
      // An empty cell needs a blank, or the bars around it are one.
      return `${bar}${cells.map((cell) => (cell === "" ? " " : cell)).join(bar)}${bar}`;
    })
    .join("\n");
}
