/** Keeps brackets in a ticket's text from becoming links of the spec they are written into. */

import type { Nodes } from "mdast";
import type { SpecDocument } from "../model/spec-document.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { definitionKey } from "./read-definitions.ts";
import { withLineFeeds } from "./source-lines.ts";
import { spanOf } from "./span-of.ts";
import { usedDefinitions } from "./used-definitions.ts";

/**
 * `markdown` with a backslash before every bracket that a definition of the spec would make a reference of. `before`
 * is what stands before it on its line: behind a bullet or a hash, `[a]: b` is no definition.
 */
export function escapeReferences(markdown: string, doc: SpecDocument, parser: MarkdownParser, before = ""): string {
  let text = markdown;
  // Once the inner brackets of nested ones are text, the outer ones may mean something.
  for (let turn = 0; turn < 10; turn++) {
    const escaped = escapeOnce(text, doc, parser, before);
    if (escaped === text) break;
    text = escaped;
  }
  return text;
}

function escapeOnce(markdown: string, doc: SpecDocument, parser: MarkdownParser, before: string): string {
  const definitions = usedDefinitions(markdown, doc.definitions).map((key) => doc.definitions.get(key) ?? "");
  if (definitions.length === 0) return markdown;
  const prelude = `\n${definitions.map((definition) => `${definition}\n\n`).join("")}<!-- -->\n\n${before}`;
  const found: number[] = [];
  const open: Nodes[] = [parser.parse(withLineFeeds(prelude) + markdown)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "linkReference" || node.type === "imageReference" || node.type === "footnoteReference") {
      const at = spanOf(node).start - prelude.length + (node.type === "imageReference" ? 1 : 0);
      if (at >= 0 && doc.definitions.has(definitionKey(node))) found.push(at);
    }
    if ("children" in node) open.push(...node.children);
  }
  let text = markdown;
  for (const at of found.toSorted((a, b) => b - a)) text = `${text.slice(0, at)}\\${text.slice(at)}`;
  return text;
}
