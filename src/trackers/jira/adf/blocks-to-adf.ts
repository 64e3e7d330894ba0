/**
 * Markdown blocks as ADF. Where ADF lets less nest than Markdown does, the block is flattened: in lists and quotes a
 * heading is a bold paragraph, a table is a code block with its source, a rule is three dashes and a quote its content.
 * Column alignment, words behind a code block's language and marks around code have no place in ADF.
 */

import type { BlockContent, DefinitionContent, List, ListItem, RootContent, Table } from "mdast";
import { isDeep } from "../../../core/spec/is-deep.ts";
import { plainText } from "../../../core/text/canonical-markdown.ts";
import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import { adfWords, type AdfNode } from "./adf-node.ts";
import { carriedBlock, LANGUAGE, type Place } from "./embedded-node.ts";
import { inlineToAdf } from "./inline-to-adf.ts";
import type { TaskIds } from "./task-ids.ts";

/** `text` is what the nodes were parsed from. */
export function blocksToAdf(nodes: readonly RootContent[], text: string, ids: TaskIds): readonly AdfNode[] {
  return nodes.flatMap((node) => {
    if (!isDeep(node)) return rootBlock(node, ids);
    return codeBlock(text.slice(node.position?.start.offset, node.position?.end.offset), "");
  });
}

function rootBlock(node: RootContent, ids: TaskIds): readonly AdfNode[] {
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
      return flowBlock(node, "root", ids);
    case "yaml":
    case "toml":
      return codeBlock(node.value, node.type);
    // A parser puts these inside of others only.
    case "listItem":
    case "tableRow":
    case "tableCell":
      return [];
    default:
      return paragraph(inlineToAdf([{ type: "text", value: plainText(node) }]));
  }
}

type Flow = BlockContent | DefinitionContent;

function flowBlocks(nodes: readonly Flow[], place: Place, ids: TaskIds): readonly AdfNode[] {
  return nodes.flatMap((node) => flowBlock(node, place, ids));
}

function flowBlock(node: Flow, place: Place, ids: TaskIds): readonly AdfNode[] {
  const inside = (children: readonly Flow[], within: Place): readonly AdfNode[] => flowBlocks(children, within, ids);
  switch (node.type) {
    case "paragraph":
      return paragraph(inlineToAdf(node.children));
    case "heading": {
      if (place !== "root") return paragraph(inlineToAdf(node.children, [{ type: "strong" }]));
      return [{ type: "heading", attrs: { level: node.depth }, ...filled(inlineToAdf(node.children)) }];
    }
    case "thematicBreak":
      return place === "root" ? [{ type: "rule" }] : paragraph([{ type: "text", text: "---" }]);
    case "blockquote": {
      if (place !== "root") return inside(node.children, place);
      const content = inside(node.children, "quote");
      return content.length > 0 ? [{ type: "blockquote", content }] : [];
    }
    case "list":
      return listBlocks(node, place, ids);
    case "code": {
      const carried = node.lang === LANGUAGE ? carriedBlock(node.value, place) : null;
      if (carried) ids.reserve(carried);
      return carried ? [carried] : codeBlock(node.value, node.lang ?? "");
    }
    case "html": {
      const value = node.value.replace(/<!--(?:>|->|[^]*?(?:-->|$))/g, "").trim();
      return value === "" ? [] : codeBlock(value, "html");
    }
    case "table":
      return place === "root" ? tableBlock(node) : codeBlock(printMarkdown(node), "markdown");
    case "definition":
      return [];
    case "footnoteDefinition":
      return [...paragraph(inlineToAdf([{ type: "text", value: `[^${node.label ?? node.identifier}]:` }])), ...inside(node.children, place)];
    // Kinds that our parsers are not told to read.
    default:
      return paragraph(inlineToAdf([{ type: "text", value: plainText(node) }]));
  }
}

function paragraph(content: readonly AdfNode[]): readonly AdfNode[] {
  return content.length > 0 ? [{ type: "paragraph", content }] : [];
}

function filled(content: readonly AdfNode[]): { readonly content?: readonly AdfNode[] } {
  return content.length > 0 ? { content } : {};
}

function codeBlock(value: string, language: string): readonly AdfNode[] {
  const text = value.toWellFormed().replace(/\r\n?/g, "\n").replaceAll("\u0000", "");
  const attrs = language === "" ? {} : { attrs: { language } };
  return [{ type: "codeBlock", ...attrs, ...filled(text === "" ? [] : [{ type: "text", text }]) }];
}

/** A list of bullets and tasks becomes one of bullets, one of tasks, and so on: each item keeps its kind and its place. */
function listBlocks(list: List, place: Place, ids: TaskIds): readonly AdfNode[] {
  const groups: { readonly isTasks: boolean; readonly content: AdfNode[] }[] = [];
  for (const item of list.children) {
    const content = itemContent(item, ids);
    if (content.length === 0) continue;
    // Words, and below them tasks only. In quotes and among numbers there are no lists of tasks.
    const isTasks = typeof item.checked === "boolean" && list.ordered !== true && place !== "quote" && content.every(({ type }) => type === "taskList");
    const nodes = isTasks ? [...(content[0]?.content ?? []), ...content.slice(1)] : [{ type: "listItem", content }];
    const open = groups.at(-1);
    if (open?.isTasks === isTasks) open.content.push(...nodes);
    else groups.push({ isTasks, content: nodes });
  }
  const start = list.start ?? 1;
  const plain = list.ordered !== true ? { type: "bulletList" } : start === 1 ? { type: "orderedList" } : { type: "orderedList", attrs: { order: start } };
  return groups.map(({ isTasks, content }) => (isTasks ? tasks(content, ids) : { ...plain, content }));
}

/** [] for an item that shows nothing. A task that holds more than words and tasks is an item that begins with a list of this one task. */
function itemContent(item: ListItem, ids: TaskIds): readonly AdfNode[] {
  const content = flowBlocks(item.children, "item", ids);
  if (typeof item.checked === "boolean") {
    const [first, ...others] = content;
    const words = first?.type === "paragraph" ? (first.content ?? []) : [];
    return [tasks([task(words, item.checked, ids)], ids), ...(first?.type === "paragraph" ? others : content)];
  }
  const isBare = content[0]?.type.endsWith("List") === true;
  // Older Jira wants words first; and it tells an item that holds a list of one task from an item that is one.
  return isBare ? [{ type: "paragraph" }, ...content] : content;
}

function tasks(content: readonly AdfNode[], ids: TaskIds): AdfNode {
  return { type: "taskList", attrs: { localId: ids.next("list") }, content };
}

export function task(words: readonly AdfNode[], checked: boolean, ids: TaskIds): AdfNode {
  return { type: "taskItem", attrs: { localId: ids.next(words.map(adfWords).join("")), state: checked ? "DONE" : "TODO" }, ...filled(words) };
}

/** Every row as wide as the first: editors mend what is not. */
function tableBlock(table: Table): readonly AdfNode[] {
  const width = table.children[0]?.children.length ?? 0;
  if (width === 0) return [];
  const rows = table.children.map((row, index) => ({
    type: "tableRow",
    content: Array.from({ length: width }, (_, column) => ({
      type: index === 0 ? "tableHeader" : "tableCell",
      content: [{ type: "paragraph", ...filled(inlineToAdf(row.children[column]?.children ?? [])) }],
    })),
  }));
  return [{ type: "table", content: rows }];
}
