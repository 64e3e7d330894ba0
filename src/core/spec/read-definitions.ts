/** Link and footnote definitions of a file: what a block that refers to them depends on. */

import type { Definition, FootnoteDefinition, Nodes, Root } from "mdast";
import { spanOf } from "./span-of.ts";

export type DefinitionNode = Definition | FootnoteDefinition;

/** By `definitionKey`. The first definition of a name wins, as Markdown has it. */
export function readDefinitions(root: Root, text: string): Map<string, DefinitionNode> {
  const found = new Map<string, DefinitionNode>();
  for (const node of root.children) {
    if (node.type === "definition" || isContainerOfDefinitions(node, text)) collect(node, found);
  }
  return found;
}

/** Footnotes and links have names of their own kind: `[^a]` and `[a]` never meet. */
export function definitionKey(node: { readonly type: string; readonly identifier: string; readonly label?: string | null | undefined }): string {
  const name = foldLabel(node.label ?? node.identifier);
  return node.type.startsWith("footnote") ? `^${name}` : name;
}

/** Labels are equal whatever their case and white space. */
export function foldLabel(label: string): string {
  // Lower, upper, lower: the only way to make ß, ẞ and SS one.
  return label
    .replace(/[\t\n\r ]+/g, " ")
    .trim()
    .toLowerCase()
    .toUpperCase()
    .toLowerCase();
}

/** Looking into lists and quotes costs time, so only where a definition could be. */
function isContainerOfDefinitions(node: Nodes, text: string): boolean {
  if (node.type === "footnoteDefinition") return true;
  if (node.type !== "list" && node.type !== "blockquote") return false;
  const { start, end } = spanOf(node);
  return text.slice(start, end).includes("]:");
}

function collect(node: Nodes, found: Map<string, DefinitionNode>): void {
  const open: Nodes[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === "definition" || next.type === "footnoteDefinition") {
      const key = definitionKey(next);
      if (!found.has(key)) found.set(key, next);
    }
    if ("children" in next) for (const child of next.children.toReversed()) open.push(child);
  }
}
