/** The plain text of inline Markdown: what a heading says once its markup is gone. */

import type { Parent, PhrasingContent } from "mdast";

/** One line with single spaces. HTML and footnote marks say nothing; an image says its alternative text. */
export function plainText(nodes: readonly PhrasingContent[]): string {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  if (only?.type === "text") return foldSpace(only.value);
  let text = "";
  // No recursion: emphasis nests as deep as somebody cares to type.
  const open = nodes.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ("children" in node) for (const child of node.children.toReversed()) open.push(child);
    else text += textOf(node);
  }
  return foldSpace(text);
}

/** White space of any kind, line and paragraph separators included, becomes one space. */
export function foldSpace(text: string): string {
  return /^(?:[!-~]+(?: [!-~]+)*)?$/.test(text) ? text : text.replace(/[\s\u0085]+/g, " ").trim();
}

function textOf(node: Exclude<PhrasingContent, Parent>): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "image":
    case "imageReference":
      return node.alt ?? "";
    case "break":
      return " ";
    default:
      return "";
  }
}
