/** Inline Markdown as wiki markup; everything that is plain text comes out as plain text. */

import type { PhrasingContent } from "mdast";
import { plainText } from "../../../core/text/canonical-markdown.ts";
import { isSafeDestination } from "../../../core/text/link-safety.ts";
import { escapeLineStart, escapeWiki } from "./wiki-escape.ts";

/** `lineBreak`: how a break is said where this stands. */
export function inlineToWiki(nodes: readonly PhrasingContent[], lineBreak: string): string {
  const lines = printed(nodes, lineBreak)
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/^(?:\s|\\\\)+|(?:\s|\\\\)+$/g, "");
  return lines
    .split("\n")
    .map(escapeLineStart)
    .filter((line) => line.trim() !== "")
    .join("\n");
}

function printed(nodes: readonly PhrasingContent[], lineBreak: string): string {
  let text = "";
  for (const [index, node] of nodes.entries()) {
    const words = inlineNode(node, lineBreak);
    // Before a link it could open an image.
    const opensImage = node.type === "text" && index + 1 < nodes.length;
    const piece = opensImage ? words.replace(/\\?!$/, "\\!") : words;
    const style = styleOf(node);
    // A style counts only beside blanks and punctuation; in braces it counts anywhere.
    const isTight = style !== "" && (/[\p{L}\p{N}]$/u.test(text) || /^[\p{L}\p{N}]/u.test(startOf(nodes[index + 1])));
    text += isTight && piece !== "" ? `{${style}}${piece.slice(style.length, -style.length)}{${style}}` : piece;
  }
  return text;
}

function styleOf(node: PhrasingContent): string {
  switch (node.type) {
    case "emphasis":
      return "_";
    case "strong":
      return "*";
    case "delete":
      return "-";
    default:
      return "";
  }
}

function startOf(node: PhrasingContent | undefined): string {
  return node?.type === "text" ? node.value.slice(0, 2) : "";
}

function inlineNode(node: PhrasingContent, lineBreak: string): string {
  switch (node.type) {
    case "text":
      return escapeWiki(cleaned(node.value));
    case "emphasis":
    case "strong":
    case "delete":
      return styled(styleOf(node), printed(node.children, lineBreak));
    case "inlineCode":
      return inlineCode(node.value);
    case "break":
      return lineBreak;
    case "html":
      return /^<br\s*\/?>$/i.test(node.value) ? lineBreak : escapeWiki(cleaned(node.value.replace(/<!--[^]*?-->/g, "")));
    case "link":
      return link(plainText(node), node.url);
    case "image":
      return link(node.alt || node.url, node.url);
    case "linkReference": {
      const label = node.referenceType === "full" ? `[${node.label ?? node.identifier}]` : node.referenceType === "collapsed" ? "[]" : "";
      return `${escapeWiki("[")}${printed(node.children, lineBreak)}${escapeWiki(`]${label}`)}`;
    }
    case "imageReference":
      return escapeWiki(`![${node.alt ?? ""}]${node.referenceType === "full" ? `[${node.label ?? node.identifier}]` : ""}`);
    case "footnoteReference":
      return escapeWiki(`[^${node.label ?? node.identifier}]`);
    // Kinds that our parsers are not told to read.
    default:
      return escapeWiki(cleaned(plainText(node)));
  }
}

function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\n/g, " ")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, "");
}

/** Blanks at the ends of a style would keep it from being one. */
function styled(mark: string, content: string): string {
  const [, before = "", words = "", after = ""] = /^(\s*)([^]*?)(\s*)$/.exec(content) ?? [];
  return words === "" ? before + after : `${before}${mark}${words}${mark}${after}`;
}

function inlineCode(value: string): string {
  const code = cleaned(value).trim();
  // Jira reads markup inside of monospaced text too, and in {{code}} a macro.
  const words = escapeWiki(code).replace(MACRO_NAME, (name) => `&#${name.charCodeAt(0)};${name.slice(1)}`);
  return words === "" ? "" : `{{${words}}}`;
}

const MACRO_NAME = /^(?:code|noformat|quote|panel|color|anchor|toc|expand|info|note|tip|warning|jira|html|include|section|column)(?![\p{L}\p{N}])/iu;

/** Words of a link are plain: what Jira makes of styles inside of one differs by version. */
function link(words: string, url: string): string {
  if (!isSafeDestination(url)) return escapeWiki(cleaned(words));
  const address = cleaned(url).replace(/[\s|[\]{}\\^]/g, encodeURIComponent);
  const text = cleaned(words).trim();
  return text === "" || (text === url && /^(?:https?|mailto):/i.test(url)) ? `[${address}]` : `[${escapeWiki(text)}|${address}]`;
}
