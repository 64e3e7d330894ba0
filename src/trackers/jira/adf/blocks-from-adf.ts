/** ADF blocks as Markdown. What Markdown has no words for goes as JSON in a code block `adf`, or, for readers only, as its words. */

import type { BlockContent, List, ListItem, PhrasingContent, TableCell } from "mdast";
import type { AdfNode } from "./adf-node.ts";
import { textAttr } from "./adf-node.ts";
import { blockCarrier, carriedBlock, LANGUAGE } from "./embedded-node.ts";
import { inlineFromAdf, type Unsayable } from "./inline-from-adf.ts";

export function blocksFromAdf(nodes: readonly AdfNode[], unsayable: Unsayable): BlockContent[] {
  return joinedLists(nodes.flatMap((node) => block(node, unsayable)));
}

function block(node: AdfNode, unsayable: Unsayable): BlockContent[] {
  const content = node.content ?? [];
  const inside = (): BlockContent[] => blocksFromAdf(content, unsayable);
  switch (node.type) {
    case "paragraph": {
      const children = inlineFromAdf(content, { unsayable, breaks: "break" });
      return children.length > 0 ? [{ type: "paragraph", children }] : [];
    }
    case "heading":
      return [{ type: "heading", depth: depthOf(node), children: inlineFromAdf(content, { unsayable, breaks: "html" }) }];
    case "rule":
      return [{ type: "thematicBreak" }];
    case "blockquote":
      return [{ type: "blockquote", children: inside() }];
    case "bulletList":
      return list({ ordered: false }, content, unsayable);
    case "orderedList": {
      const order = node.attrs?.order;
      const start = typeof order === "number" && Number.isInteger(order) && order >= 0 && order < 1e9 ? order : 1;
      return list({ ordered: true, start }, content, unsayable);
    }
    case "taskList":
      return [taskList(node, unsayable)];
    case "codeBlock": {
      const value = content.map(({ text = "" }) => text).join("");
      const lang = textAttr(node, "language");
      // Code that reads like a carried node would come back as one.
      if (lang === LANGUAGE && unsayable === "carry" && carriedBlock(value, "root")) return [blockCarrier(node)];
      return [{ type: "code", lang: lang === "" ? null : lang.replace(/\s+/g, "-"), value }];
    }
    case "table":
      return table(node, unsayable) ?? unsaid(node, unsayable);
    default:
      return unsaid(node, unsayable);
  }
}

function unsaid(node: AdfNode, unsayable: Unsayable): BlockContent[] {
  if (unsayable === "carry") return [blockCarrier(node)];
  const content = node.content ?? [];
  const words = (children: PhrasingContent[]): BlockContent[] => (children.length > 0 ? [{ type: "paragraph", children }] : []);
  switch (node.type) {
    case "panel":
      return [{ type: "blockquote", children: blocksFromAdf(content, unsayable) }];
    case "decisionList":
      return [
        {
          type: "list",
          ordered: false,
          spread: false,
          children: content.map((item) => ({ type: "listItem", children: words(inlineFromAdf(item.content ?? [], { unsayable, breaks: "break" })) })),
        },
      ];
    case "table":
      return content.flatMap((row) => (row.content ?? []).flatMap((cell) => blocksFromAdf(cell.content ?? [], unsayable)));
    case "blockCard":
    case "embedCard":
      return words(inlineFromAdf([{ type: "inlineCard", attrs: node.attrs ?? {} }], { unsayable, breaks: "break" }));
    case "expand":
    case "nestedExpand": {
      const title = textAttr(node, "title");
      const heading = title === "" ? [] : words([{ type: "strong", children: [{ type: "text", value: title }] }]);
      return [...heading, ...blocksFromAdf(content, unsayable)];
    }
    case "caption":
      return words(inlineFromAdf(content, { unsayable, breaks: "break" }));
    default:
      return content.length > 0 ? blocksFromAdf(content, unsayable) : words(inlineFromAdf([node], { unsayable, breaks: "break" }));
  }
}

function depthOf(node: AdfNode): 1 | 2 | 3 | 4 | 5 | 6 {
  const level = node.attrs?.level;
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5 ? level : 6;
}

/** Without items that show nothing. */
function list(kind: Pick<List, "ordered" | "start">, items: readonly AdfNode[], unsayable: Unsayable): List[] {
  const children = items.map((item) => listItem(item, unsayable)).filter((item) => item.children.length > 0);
  return children.length > 0 ? [{ type: "list", ...kind, spread: false, children }] : [];
}

/** An item that begins with a list of one task is that task, and holds what follows. */
function listItem(item: AdfNode, unsayable: Unsayable): ListItem {
  const content = item.content ?? [];
  const [first, ...rest] = content;
  const [only, ...others] = first?.type === "taskList" ? (first.content ?? []) : [];
  if (only?.type === "taskItem" && others.length === 0) return taskItem(only, rest, unsayable);
  return { type: "listItem", spread: false, children: blocksFromAdf(content, unsayable) };
}

/** A list of tasks inside another belongs to the task above it. */
function taskList(list: AdfNode, unsayable: Unsayable): List {
  const items: ListItem[] = [];
  for (const child of list.content ?? []) {
    const above = items.at(-1);
    if (child.type === "taskList") {
      const below = taskList(child, unsayable);
      if (above) above.children.push(below);
      else items.push(...below.children);
    } else if (child.type === "blockTaskItem")
      items.push({ type: "listItem", spread: false, checked: isDone(child), children: blocksFromAdf(child.content ?? [], unsayable) });
    else items.push(taskItem(child, [], unsayable));
  }
  return { type: "list", ordered: false, spread: false, children: items };
}

function taskItem(task: AdfNode, rest: readonly AdfNode[], unsayable: Unsayable): ListItem {
  const children = inlineFromAdf(task.content ?? [], { unsayable, breaks: "break" });
  // A box without words is text in Markdown; a blank that is written out is enough.
  const words: PhrasingContent[] = children.length > 0 ? children : [{ type: "text", value: " " }];
  return { type: "listItem", spread: false, checked: isDone(task), children: [{ type: "paragraph", children: words }, ...blocksFromAdf(rest, unsayable)] };
}

export function isDone(task: AdfNode): boolean {
  return task.attrs?.state === "DONE";
}

/** null where it is more than rows of words below a row of headers. */
function table(node: AdfNode, unsayable: Unsayable): BlockContent[] | null {
  const rows = (node.content ?? []).map(({ content = [] }) => content);
  const isSayable = rows.every((cells, index) => cells.length > 0 && cells.every((cell) => isPlainCell(cell, unsayable === "words" ? null : index === 0)));
  if (rows.length === 0 || !isSayable) return null;
  return [
    {
      type: "table",
      children: rows.map((cells) => ({
        type: "tableRow",
        children: cells.map((cell): TableCell => ({
          type: "tableCell",
          children: inlineFromAdf(cell.content?.[0]?.content ?? [], { unsayable, breaks: "html" }),
        })),
      })),
    },
  ];
}

/** `isHeader`: whether it must be one; null: it may be either. */
function isPlainCell({ type, attrs = {}, content = [] }: AdfNode, isHeader: boolean | null): boolean {
  const isSpanning = [attrs.colspan, attrs.rowspan].some((span) => span !== undefined && span !== null && span !== 1);
  const isPlain = content.length === 0 || (content.length === 1 && content[0]?.type === "paragraph");
  return isPlain && !isSpanning && (isHeader === null || (type === "tableHeader") === isHeader);
}

/** Bullets and tasks of one list stand in lists of their own in ADF; side by side, Markdown reads them as one again. */
function joinedLists(blocks: readonly BlockContent[]): BlockContent[] {
  const result: BlockContent[] = [];
  for (const node of blocks) {
    const last = result.at(-1);
    if (node.type === "list" && last?.type === "list" && node.ordered !== true && last.ordered !== true) last.children.push(...node.children);
    else result.push(node);
  }
  return result;
}
