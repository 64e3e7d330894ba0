/** Makes one block of a spec fit for a ticket: criteria and comments out, references written out, links and mentions made safe. */

import type { Html, List, ListItem, Nodes, PhrasingContent, RootContent } from "mdast";
import { neutraliseHtml, neutraliseText } from "../text/mentions.ts";
import { onOneLine } from "./inline-markdown.ts";
import { isDeep } from "./is-deep.ts";
import { linkTarget } from "./link-target.ts";
import { isOnlyComments } from "./read-comment.ts";
import { criterionOf, isOnlyCriteria } from "./read-criteria.ts";
import type { DefinitionNode } from "./read-definitions.ts";
import { replaceInline } from "./replace-inline.ts";
import { resolveReferences } from "./resolve-references.ts";
import { spanOf } from "./span-of.ts";

export interface BodyContext {
  /** URL under which the workspace's files are seen on the forge; null: relative links stay as they are. */
  readonly linkBase: string | null;
  readonly mentions: "neutralise" | "keep";
}

/** Changes `node`. None where nothing of it is body text. */
export function rewriteBlock(
  node: RootContent,
  text: string,
  path: string,
  definitions: ReadonlyMap<string, DefinitionNode>,
  context: BodyContext,
): RootContent[] {
  if (node.type === "definition" || node.type === "footnoteDefinition") return [];
  // Nobody writes like that; it goes as it stands.
  if (isDeep(node)) return [{ type: "html", value: text.slice(spanOf(node).start, spanOf(node).end) }];
  if (node.type === "html" && isOnlyComments(node.value)) return [];
  const block = node.type === "list" ? withoutCriteria(node) : node;
  if (block === null) return [];
  resolveReferences(block, definitions);
  if (block.type === "heading") replaceInline(block, onOneLine);
  replaceInline(block, (child) => rewriteInline(child, path, context));
  rewriteHtmlBlocks(block, context);
  return [block];
}

/** null where nothing but criteria was in it. A criterion's further paragraphs stay, as an item of their own. */
function withoutCriteria(list: List): List | null {
  const items = list.children.filter((item) => !isOnlyCriteria(item, 0));
  if (items.length === 0 && list.children.length > 0) return null;
  return { ...list, children: items.map(itemWithoutCriteria) };
}

function itemWithoutCriteria(item: ListItem): ListItem {
  const criterion = criterionOf(item);
  const kept = item.children.filter((child) => child !== criterion);
  return { ...item, checked: null, children: kept.flatMap((child) => (child.type === "list" ? (withoutCriteria(child) ?? []) : child)) };
}

function rewriteInline(node: PhrasingContent, path: string, context: BodyContext): readonly PhrasingContent[] {
  const { linkBase } = context;
  switch (node.type) {
    case "link":
    case "image":
      return [linkBase === null ? node : { ...node, url: linkTarget(node.url, { base: linkBase, path }) }];
    case "text":
      return context.mentions === "keep" ? [node] : neutraliseText(node.value);
    case "html":
      return isOnlyComments(node.value) ? [] : [node];
    default:
      return [node];
  }
}

function rewriteHtmlBlocks(node: Nodes, context: BodyContext): void {
  switch (node.type) {
    case "html":
      node.value = cleanHtml(node, context).value;
      break;
    case "blockquote":
    case "list":
    case "listItem":
      for (const child of node.children) rewriteHtmlBlocks(child, context);
      break;
    default:
  }
}

function cleanHtml(node: Html, context: BodyContext): Html {
  const clean = { ...node, value: node.value.replace(/<!--(?:>|->|[^]*?(?:-->|$))/g, "") };
  return context.mentions === "keep" ? clean : neutraliseHtml(clean);
}
