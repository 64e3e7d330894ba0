/** Blocks of a ticket made fit for a spec: none of them opens a section, a marker, a comment, front matter or a criterion, or swallows what stands below. */

import type { BlockContent, Definition, DefinitionContent, Nodes, Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import { isDeep } from "../spec/is-deep.ts";
import type { MarkdownParser } from "../spec/markdown-parser.ts";
import { printMarkdown } from "../spec/print-markdown.ts";
import { readDefinitions } from "../spec/read-definitions.ts";
import { replaceInline } from "../spec/replace-inline.ts";
import { resolveReferences } from "../spec/resolve-references.ts";
import { spanOf, trimmedSpanOf } from "../spec/span-of.ts";
import { canonicalBlocks } from "./canonical-markdown.ts";
import { isRemote, isSafeDestination } from "./link-safety.ts";
import { foldSpace } from "./plain-text.ts";
import { fenced } from "./print-block.ts";
import { withoutHidden } from "./terminal-text.ts";

/** Stands for a bracket that would open HTML until the text is printed; in a text it is no character. */
const OPENING = "\ufdd0";

const PROBE = "canon-probe";

/** One text per block; what is harmless stays as it is written, so that doing it twice changes nothing. */
export function safeBlocks(markdown: string, parser: MarkdownParser): readonly string[] {
  // Behind a blank line nothing is front matter.
  const text = `\n${withoutHidden(markdown.toWellFormed().replaceAll(OPENING, "").replace(/\r\n?/g, "\n"))}`;
  const root = parser.parse(text);
  const definitions = readDefinitions(root, text);
  return root.children.flatMap((node): readonly string[] => {
    const { start, end } = trimmedSpanOf(node, text);
    const source = text.slice(start, end);
    if (isDeep(node)) return [fenced(source, "")];
    const meaning = canonicalBlocks([node]);
    if (isHarmless(node, text) && stands(source, parser, meaning)) return [source];
    resolveReferences(node, definitions);
    return softened(node, source).flatMap((block) => printed(block, source, parser));
  });
}

function printed(block: RootContent, source: string, parser: MarkdownParser): readonly string[] {
  const root: Root = { type: "root", children: [block] };
  const text = printMarkdown(root).replaceAll(OPENING, "&lt;").trim();
  if (text === "") return [];
  return [stands(text, parser, null) ? text : fenced(source, "")];
}

/** True where the text is one harmless block by itself, whatever stands around it. */
function stands(text: string, parser: MarkdownParser, meaning: string | null): boolean {
  // Front matter is what these lines open at the top of a file.
  if (/^\s|^(?:---|\+\+\+)/.test(text)) return false;
  const probed = `\n${text}\n\n${PROBE}`;
  const [node, probe, ...others] = parser.parse(probed).children;
  if (!node || probe?.type !== "paragraph" || others.length > 0) return false;
  return (
    canonicalBlocks([probe]) === canonicalBlocks(parser.parse(PROBE).children) &&
    isHarmless(node, probed) &&
    (meaning ?? canonicalBlocks([node])) === canonicalBlocks([node])
  );
}

/** Parsers disagree on what a tag is: what looks like one is escaped, whatever ours takes it for. */
const TAG = /(?:^|[^\\])(?:\\\\)*<(?:[a-z/][^<>]*(?:>|$)|[!?])/i;

/** `text` is what it was parsed from. */
function isHarmless(block: RootContent, text: string): boolean {
  if (block.type === "heading" || block.type === "yaml" || block.type === "toml") return false;
  const open: Nodes[] = [block];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.type) {
      case "html":
      case "definition":
      case "footnoteDefinition":
      case "linkReference":
      case "imageReference":
      case "footnoteReference":
        return false;
      case "link":
        if (!isSafeDestination(node.url)) return false;
        break;
      case "image":
        if (isRemote(node.url)) return false;
        break;
      case "text": {
        // Words that a parser parted around an address have no place of their own.
        const { start, end } = spanOf(node.position ? node : block);
        if (node.value.includes("<") && TAG.test(text.slice(start, end))) return false;
        break;
      }
      case "listItem":
        if (typeof node.checked === "boolean") return false;
        break;
      default:
    }
    if ("children" in node) open.push(...node.children);
  }
  return true;
}

/** What may stand for a block at the root. */
function softened(node: RootContent, source: string): readonly RootContent[] {
  switch (node.type) {
    case "heading":
      return node.children.length === 0
        ? []
        : [{ type: "paragraph", children: [{ type: "strong", children: softInline(node.children.flatMap(withoutStrong)) }] }];
    case "thematicBreak":
      return [{ type: "html", value: "***" }];
    case "blockquote":
    case "code":
    case "definition":
    case "footnoteDefinition":
    case "html":
    case "list":
    case "paragraph":
    case "table":
      return softFlow(node);
    default:
      return [textBlock(source)];
  }
}

type Flow = BlockContent | DefinitionContent;

/** What may stand for a block inside of others; a heading opens no section there. */
function softFlow(node: Flow): readonly Flow[] {
  switch (node.type) {
    case "html":
      return [textBlock(node.value)];
    case "definition":
      return [definitionText(node)];
    case "footnoteDefinition":
      return node.children.flatMap(softFlow);
    case "blockquote":
      return [{ ...node, children: node.children.flatMap(softFlow) }];
    case "list":
      return [{ ...node, children: node.children.map((item) => ({ ...item, checked: null, children: item.children.flatMap(softFlow) })) }];
    default:
      replaceInline(node, softNode);
      return [node];
  }
}

function softInline(children: PhrasingContent[]): PhrasingContent[] {
  const holder: Paragraph = { type: "paragraph", children };
  replaceInline(holder, softNode);
  return holder.children;
}

function softNode(node: PhrasingContent): readonly PhrasingContent[] {
  switch (node.type) {
    case "html":
      return [textNode(node.value)];
    case "link":
      return isSafeDestination(node.url) ? [node] : node.children;
    case "image": {
      if (!isRemote(node.url)) return [node];
      const alt: PhrasingContent = { type: "text", value: node.alt || "image" };
      return [isSafeDestination(node.url) ? { type: "link", url: node.url, children: [alt] } : alt];
    }
    case "footnoteReference":
      return [textNode(`[^${node.identifier}]`)];
    default:
      return [node];
  }
}

function withoutStrong(node: PhrasingContent): readonly PhrasingContent[] {
  return node.type === "strong" ? node.children.flatMap(withoutStrong) : [node];
}

/** A definition made visible: as one it could lead the spec's own links elsewhere. */
function definitionText({ label, identifier, url }: Definition): Paragraph {
  const target: PhrasingContent = isSafeDestination(url) ? { type: "link", url, children: [{ type: "text", value: url }] } : textNode(url);
  return { type: "paragraph", children: [textNode(`[${label ?? identifier}]: `), target] };
}

function textBlock(value: string): Paragraph {
  return { type: "paragraph", children: [textNode(foldSpace(value))] };
}

function textNode(value: string): PhrasingContent {
  return { type: "text", value: value.replaceAll("<", OPENING) };
}
