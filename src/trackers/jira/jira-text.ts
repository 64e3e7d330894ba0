/** Descriptions and comments of Jira as Markdown for people to read: what Markdown has no words for is told, not carried along. */

import { printMarkdown } from "../../core/spec/print-markdown.ts";
import { isAdfNode } from "./adf/adf-node.ts";
import { blocksFromAdf } from "./adf/blocks-from-adf.ts";
import { readWiki } from "./wiki/read-wiki.ts";

/** `adf`: a document as Jira Cloud answers it; null and undefined: an empty one. */
export function adfToMarkdown(adf: unknown): string {
  if (adf === null || adf === undefined) return "";
  if (!isAdfNode(adf)) return typeof adf === "string" ? adf : printMarkdown({ type: "code", lang: "json", value: JSON.stringify(adf) });
  return printMarkdown({ type: "root", children: blocksFromAdf(adf.type === "doc" ? (adf.content ?? []) : [adf], "words") });
}

/** `text`: wiki markup as Jira Data Center answers it. */
export function wikiToMarkdown(text: string): string {
  return printMarkdown({ type: "root", children: readWiki(text).flatMap(({ nodes }) => nodes) });
}
