/** Replaces inline nodes wherever they stand in a tree, in place. */

import type { Nodes, PhrasingContent } from "mdast";

export type Replace = (node: PhrasingContent) => readonly PhrasingContent[];

/** Children first: what `replace` returns is not looked into again. */
export function replaceInline(node: Nodes, replace: Replace): void {
  if (!("children" in node)) return;
  for (const child of node.children) replaceInline(child, replace);
  switch (node.type) {
    case "paragraph":
    case "heading":
    case "tableCell":
    case "emphasis":
    case "strong":
    case "delete":
    case "link":
    case "linkReference":
      node.children = node.children.flatMap(replace);
      break;
    default:
  }
}
