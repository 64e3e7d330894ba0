/** The plain text of inline Markdown: what a heading says once its markup is gone. */

import type { Nodes, PhrasingContent } from "mdast";

/** One line with single spaces. HTML and footnote marks say nothing; an image says its alternative text. */
export function plainText(nodes: readonly PhrasingContent[]): string {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  return foldSpace(only?.type === "text" ? only.value : nodes.map(textOf).join(""));
}

/** White space of any kind, line and paragraph separators included, becomes one space. */
export function foldSpace(text: string): string {
  return /^(?:[!-~]+(?: [!-~]+)*)?$/.test(text) ? text : text.replace(/[\s\u0085]+/g, " ").trim();
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "image":
    case "imageReference":
      return node.alt ?? "";
    case "break":
      return " ";
    case "html":
    case "footnoteReference":
      return "";
    default:
      return "children" in node ? node.children.map(textOf).join("") : "";
  }
}
