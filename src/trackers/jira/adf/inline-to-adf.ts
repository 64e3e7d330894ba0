/** Inline Markdown as ADF: nested marks become lists of marks on plain runs of text. */

import type { PhrasingContent } from "mdast";
import { canonicalJson } from "../../../core/canonical-json.ts";
import { plainText } from "../../../core/text/canonical-markdown.ts";
import { isSafeDestination } from "../../../core/text/link-safety.ts";
import type { AdfMark, AdfNode } from "./adf-node.ts";
import { carriedInline } from "./embedded-node.ts";

/** Content of one block: neither blanks nor breaks at its ends, no empty text. */
export function inlineToAdf(nodes: readonly PhrasingContent[], marks: readonly AdfMark[] = []): readonly AdfNode[] {
  return trimmed(joined(nodes.flatMap((node) => inlineNode(node, marks))));
}

/** Code may carry no mark but a link (schema: code_inline_node). */
const CODE: AdfMark = { type: "code" };

function inlineNode(node: PhrasingContent, marks: readonly AdfMark[]): readonly AdfNode[] {
  const inside = (mark: AdfMark, children: readonly PhrasingContent[]): readonly AdfNode[] => {
    const all = marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
    return children.flatMap((child) => inlineNode(child, all));
  };
  switch (node.type) {
    case "text":
      return text(node.value, marks);
    case "emphasis":
      return inside({ type: "em" }, node.children);
    case "strong":
      return inside({ type: "strong" }, node.children);
    case "delete":
      return inside({ type: "strike" }, node.children);
    case "inlineCode": {
      const carried = carriedInline(node.value);
      return carried ?? text(node.value, [...marks.filter(({ type }) => type === "link"), CODE]);
    }
    case "break":
      return [{ type: "hardBreak" }];
    case "html":
      return /^<br\s*\/?>$/i.test(node.value) ? [{ type: "hardBreak" }] : text(node.value.replace(/<!--[^]*?-->/g, ""), marks);
    case "link": {
      if (!isSafeDestination(node.url)) return node.children.flatMap((child) => inlineNode(child, marks));
      const words = inside(linkMark(node.url, node.title), node.children);
      return words.length > 0 ? words : inside(linkMark(node.url, node.title), [{ type: "text", value: node.url }]);
    }
    case "image": {
      const words: PhrasingContent = { type: "text", value: node.alt || node.url };
      return isSafeDestination(node.url) ? inside(linkMark(node.url, node.title), [words]) : inlineNode(words, marks);
    }
    // References that nothing defines read as they are written.
    case "linkReference": {
      const label = node.referenceType === "full" ? `[${node.label ?? node.identifier}]` : node.referenceType === "collapsed" ? "[]" : "";
      return [...text("[", marks), ...node.children.flatMap((child) => inlineNode(child, marks)), ...text(`]${label}`, marks)];
    }
    case "imageReference":
      return text(`![${node.alt ?? ""}]${node.referenceType === "full" ? `[${node.label ?? node.identifier}]` : ""}`, marks);
    case "footnoteReference":
      return text(`[^${node.label ?? node.identifier}]`, marks);
    // Kinds that our parsers are not told to read.
    default:
      return text(plainText(node), marks);
  }
}

function linkMark(href: string, title: string | null | undefined): AdfMark {
  return { type: "link", attrs: title ? { href, title } : { href } };
}

function text(value: string, marks: readonly AdfMark[]): readonly AdfNode[] {
  const words = value
    .toWellFormed()
    .replace(/\r\n?|\n/g, " ")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, "");
  if (words === "") return [];
  return [marks.length > 0 ? { type: "text", text: words, marks } : { type: "text", text: words }];
}

function joined(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const result: AdfNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.text !== undefined && last?.text !== undefined && canonicalJson(last.marks) === canonicalJson(node.marks)) {
      result[result.length - 1] = { ...last, text: last.text + node.text };
    } else result.push(node);
  }
  return result;
}

function trimmed(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const kept = [...nodes];
  for (let first = kept.shift(); first !== undefined; first = kept.shift()) {
    const rest = trimmedText(first, (words) => words.replace(/^[ \t]+/, ""));
    if (rest === null) continue;
    kept.unshift(rest);
    break;
  }
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const rest = trimmedText(last, (words) => words.replace(/[ \t]+$/, ""));
    if (rest === null) continue;
    kept.push(rest);
    break;
  }
  return kept;
}

function trimmedText(node: AdfNode, trim: (words: string) => string): AdfNode | null {
  if (node.type === "hardBreak") return null;
  if (node.text === undefined || node.marks?.some(({ type }) => type === "code")) return node;
  const words = trim(node.text);
  return words === "" ? null : { ...node, text: words };
}
