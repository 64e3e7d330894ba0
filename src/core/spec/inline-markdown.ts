/** Prints inline nodes as one line of Markdown. */

import type { Paragraph, PhrasingContent } from "mdast";
import { foldSpace } from "../text/plain-text.ts";
import { printMarkdown } from "./print-markdown.ts";
import type { DefinitionNode } from "./read-definitions.ts";
import { replaceInline } from "./replace-inline.ts";
import { resolveReferences } from "./resolve-references.ts";

export function inlineMarkdown(paragraph: Paragraph, definitions: ReadonlyMap<string, DefinitionNode>): string {
  const copy = structuredClone(paragraph);
  resolveReferences(copy, definitions);
  replaceInline(copy, onOneLine);
  return foldSpace(printMarkdown(copy));
}

/** For `replaceInline`: nothing that breaks a line, or that nobody sees. */
export function onOneLine(node: PhrasingContent): readonly PhrasingContent[] {
  switch (node.type) {
    case "break":
      return [{ type: "text", value: " " }];
    case "text":
    case "inlineCode":
      return [{ ...node, value: node.value.replace(/[\r\n]+/g, " ") }];
    case "html":
      return node.value.startsWith("<!--") ? [] : [node];
    default:
      return [node];
  }
}
