/** What Jira does to ADF on its way in, and the markup that its history shows of it. */

import { asList, asObject, asText, isObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";

/** Blocks that the editor, and the server, give a `localId`. */
const IDENTIFIED: ReadonlySet<string> = new Set(
  "paragraph heading bulletList orderedList listItem taskList taskItem codeBlock blockquote panel rule table tableRow tableCell tableHeader expand".split(" "),
);

const TEXT_BLOCKS: ReadonlySet<string> = new Set(["paragraph", "heading", "taskItem"]);

export interface AdfRewrite {
  /** A fresh id each time; null: blocks keep what they have. */
  readonly id: (() => string) | null;
  readonly smartLinks: boolean;
}

/** Trims trailing blanks of every text block, and gives ids and smart links as told. */
export function rewriteAdf(node: JsonObject, rewrite: AdfRewrite): JsonObject {
  const type = asText(node["type"]) ?? "";
  let content = Array.isArray(node["content"]) ? node["content"].map((child) => rewriteAdf(asObject(child), rewrite)) : null;
  if (content !== null && TEXT_BLOCKS.has(type)) content = trimEnd(rewrite.smartLinks ? content.map(smartLink) : content);
  if (content !== null && type === "doc") content = content.slice(0, content.findLastIndex((block) => !isBlankParagraph(block)) + 1);
  const attrs = asObject(node["attrs"]);
  const named = rewrite.id !== null && IDENTIFIED.has(type) && (asText(attrs["localId"]) ?? "") === "";
  return { ...node, ...(content === null ? {} : { content }), ...(named ? { attrs: { ...attrs, localId: rewrite.id?.() } } : {}) };
}

function trimEnd(content: readonly JsonObject[]): JsonObject[] {
  const last = content.at(-1);
  if (last?.["type"] === "hardBreak") return trimEnd(content.slice(0, -1));
  if (last?.["type"] !== "text" || asList(last["marks"]).some((mark) => asObject(mark)["type"] === "code")) return [...content];
  const text = (asText(last["text"]) ?? "").replace(/[ \t\n]+$/, "");
  return text === "" ? trimEnd(content.slice(0, -1)) : [...content.slice(0, -1), { ...last, text }];
}

function isBlankParagraph(block: JsonObject): boolean {
  return block["type"] === "paragraph" && asList(block["content"]).length === 0;
}

function smartLink(node: JsonObject): JsonObject {
  const link = asList(node["marks"])
    .map(asObject)
    .find(({ type }) => type === "link");
  const url = asText(asObject(link?.["attrs"])["href"]);
  return url !== null && url === node["text"] ? { type: "inlineCard", attrs: { url } } : node;
}

/** The characters in it, without its form. */
export function adfText(node: unknown): string {
  const { text, content } = asObject(node);
  return `${asText(text) ?? ""}${asList(content).map(adfText).join("")}`;
}

/** The ids of pictures and files in it. */
export function mediaIn(node: unknown): readonly string[] {
  const { type, attrs, content } = asObject(node);
  const id = type === "media" || type === "mediaInline" ? asText(asObject(attrs)["id"]) : null;
  return [...(id === null ? [] : [id]), ...asList(content).flatMap(mediaIn)];
}

/** The wiki markup that history and people's notifications show. */
export function adfMarkup(document: unknown): string {
  return isObject(document) ? blocks(document, "").trimEnd() : "";
}

function blocks(node: JsonObject, bullet: string): string {
  return asList(node["content"])
    .map((child) => block(asObject(child), bullet))
    .join("\n");
}

function block(node: JsonObject, bullet: string): string {
  const attrs = asObject(node["attrs"]);
  switch (node["type"]) {
    case "heading":
      return `h${String(attrs["level"])}. ${inline(node)}\n`;
    case "bulletList":
    case "taskList":
      return `${blocks(node, `${bullet}*`)}${bullet === "" ? "\n" : ""}`;
    case "orderedList":
      return `${blocks(node, `${bullet}#`)}${bullet === "" ? "\n" : ""}`;
    case "listItem":
      return asList(node["content"])
        .map((child, index) => (index === 0 ? `${bullet} ${block(asObject(child), bullet).trimEnd()}` : block(asObject(child), bullet)))
        .join("\n");
    case "taskItem":
      return `${bullet} [${attrs["state"] === "DONE" ? "x" : " "}] ${inline(node)}`;
    case "codeBlock":
      return `{code:${asText(attrs["language"]) ?? "none"}}\n${adfText(node)}\n{code}\n`;
    case "blockquote":
      return `{quote}\n${blocks(node, "").trimEnd()}\n{quote}\n`;
    case "panel":
      return `{panel}\n${blocks(node, "").trimEnd()}\n{panel}\n`;
    case "rule":
      return "----\n";
    case "table":
      return `${blocks(node, "")}\n`;
    case "tableRow":
      return asList(node["content"])
        .map((cell) => `${asObject(cell)["type"] === "tableHeader" ? "||" : "|"}${blocks(asObject(cell), "").trim()}`)
        .join("")
        .concat("|");
    case "paragraph":
      return `${inline(node)}${bullet === "" ? "\n" : ""}`;
    default:
      return Array.isArray(node["content"]) ? blocks(node, bullet) : `${inline({ content: [node] })}\n`;
  }
}

const MARKS: Readonly<Record<string, readonly [string, string]>> = {
  strong: ["*", "*"],
  em: ["_", "_"],
  code: ["{{", "}}"],
  strike: ["-", "-"],
  underline: ["+", "+"],
};

function inline(node: JsonObject): string {
  return asList(node["content"])
    .map((child) => {
      const { type, text, marks, attrs } = asObject(child);
      if (type === "hardBreak") return "\n";
      if (type === "inlineCard") return `[${String(asObject(attrs)["url"])}]`;
      if (type !== "text") return asText(asObject(attrs)["text"]) ?? asText(asObject(attrs)["shortName"]) ?? "";
      return asList(marks).reduce<string>(
        (inner, given) => {
          const mark = asObject(given);
          if (mark["type"] === "link") return `[${inner}|${String(asObject(mark["attrs"])["href"])}]`;
          const [before, after] = MARKS[String(mark["type"])] ?? ["", ""];
          return `${before}${inner}${after}`;
        },
        asText(text) ?? "",
      );
    })
    .join("");
}
