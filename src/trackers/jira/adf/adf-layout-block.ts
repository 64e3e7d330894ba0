/** What a node at the root of a document is to the layout of a description. */

import type { LayoutBlock } from "../description-layout.ts";
import { adfWords, type AdfNode } from "./adf-node.ts";

/** null: a node that could not be read; it is a person's. */
export function adfLayoutBlock(node: AdfNode | null): LayoutBlock {
  switch (node?.type) {
    case "heading":
    case "paragraph":
      return { kind: node.type, words: adfWords(node) };
    case "rule":
      return { kind: "rule", words: "" };
    case "taskList":
      return { kind: "tasks", words: "" };
    case "bulletList":
    case "orderedList":
      return { kind: node.content?.some(({ content }) => content?.[0]?.type === "taskList") === true ? "tasks" : "list", words: "" };
    default:
      return { kind: "other", words: "" };
  }
}
