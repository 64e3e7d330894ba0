/** The meaning of Markdown as a string: equal for all the spellings that trackers and people turn one text into. */

import type { Html, ListItem, Nodes, PhrasingContent, Text } from "mdast";

/** Delimiters of the canonical form; they are taken out of texts, so nothing can imitate them. */
const OPEN = "\u0001";
const CLOSE = "\u0002";

/** Below this depth the source's own words stand for their meaning: hostile nesting must not overflow the stack. */
const DEEPEST = 64;

const COMMENT = /<!--[^]*?-->/g;

/** Canonical form of sibling blocks; "" where nothing is left that a reader would see. */
export function canonicalBlocks(nodes: readonly Nodes[], depth = 0): string {
  const forms: string[] = [];
  // Lists told apart by their bullets, or by a comment, become one where a tracker has a single bullet.
  let openList = "";
  for (const node of nodes) {
    const isList = node.type === "list" && depth <= DEEPEST;
    const form = isList ? node.children.map((item) => listItem(item, depth)).join("") : canonicalBlock(node, depth);
    if (form === "") continue;
    const list = isList ? (node.ordered === true ? "ol" : "ul") : "";
    if (list !== "" && list === openList) forms[forms.length - 1] += form;
    else forms.push(isList ? `${OPEN}${list}${node.ordered === true ? (node.start ?? 1) : ""} ${form}` : form);
    openList = list;
  }
  // The close of a list is not written: what follows it is a block of its own, and begins with OPEN.
  return forms.join("");
}

function listItem(item: ListItem, depth: number): string {
  return wrap(`li${checkbox(item.checked)}`, canonicalBlocks(item.children, depth + 1));
}

/** Canonical form of inline content. */
export function canonicalInline(nodes: readonly Nodes[]): string {
  return fold(inline(nodes, 0));
}

function canonicalBlock(node: Nodes, depth: number): string {
  if (depth > DEEPEST) return wrap("deep", clean(plainText(node)));
  switch (node.type) {
    case "paragraph": {
      // Tags alone on a line are a block, and with a comment beside them a paragraph.
      if (node.children.every(isMarkup)) return html(node.children.map((child) => child.value).join(""));
      const content = fold(inline(node.children, depth));
      return content === "" ? "" : wrap("p", content);
    }
    case "heading":
      return wrap(`h${node.depth}`, fold(inline(node.children, depth)));
    case "thematicBreak":
      return wrap("hr", "");
    case "blockquote":
      return wrap("quote", canonicalBlocks(node.children, depth + 1));
    case "code":
      return wrap("code", `${clean(node.lang ?? "")} ${clean(node.meta ?? "")}\n${trimLines(clean(node.value))}`);
    case "html":
      return html(node.value);
    case "table":
      return wrap(
        "table",
        node.children.map((row) => wrap("row", row.children.map((cell) => wrap("cell", fold(inline(cell.children, depth)))).join(""))).join(""),
      );
    case "definition":
      return wrap("definition", [node.identifier, node.url, fold(node.title ?? "")].map(clean).join(OPEN));
    case "footnoteDefinition":
      return wrap(`footnote ${clean(node.identifier)}`, canonicalBlocks(node.children, depth + 1));
    default:
      return "children" in node ? wrap(node.type, canonicalBlocks(node.children, depth + 1)) : inlineNode(node, depth);
  }
}

function inline(nodes: readonly Nodes[], depth: number): string {
  let form = "";
  for (const node of nodes) form += inlineNode(node, depth);
  return form;
}

function inlineNode(node: Nodes, depth: number): string {
  if (depth > DEEPEST) return clean(plainText(node));
  switch (node.type) {
    case "text":
      return clean(node.value);
    case "break":
      return " ";
    case "inlineCode":
      return wrap("code", clean(node.value).trim());
    case "html":
      return clean(node.value.replace(COMMENT, ""));
    case "emphasis":
    case "strong":
    case "delete":
      return marked(node, depth);
    case "link": {
      const text = fold(inline(node.children, depth + 1));
      return isAutolink(text, node.url) ? text : wrap("a", [text, clean(node.url), clean(node.title ?? "")].join(OPEN));
    }
    case "linkReference":
      return wrap("ref", inline(node.children, depth + 1) + OPEN + clean(node.identifier));
    case "image":
      return wrap("img", [clean(node.alt ?? ""), clean(node.url), clean(node.title ?? "")].join(OPEN));
    case "imageReference":
      return wrap("imgref", clean(node.alt ?? "") + OPEN + clean(node.identifier));
    case "footnoteReference":
      return wrap("fn", clean(node.identifier));
    default:
      return "children" in node ? wrap(node.type, inline(node.children, depth + 1)) : clean("value" in node ? node.value : "");
  }
}

function isMarkup(node: PhrasingContent): node is Html | Text {
  return node.type === "html" || (node.type === "text" && node.value.trim() === "");
}

function html(value: string): string {
  const content = trimLines(clean(value.replace(COMMENT, ""))).trim();
  return content === "" ? "" : wrap("html", content);
}

/** `***x***` and `**_x_**` nest in opposite order and look the same: marks around one content are sorted. */
function marked(outer: Extract<PhrasingContent, { type: "emphasis" | "strong" | "delete" }>, depth: number): string {
  const marks = new Set<string>([outer.type]);
  let node = outer;
  for (let only = onlyChild(node.children); only?.type === "emphasis" || only?.type === "strong" || only?.type === "delete"; only = onlyChild(node.children)) {
    marks.add(only.type);
    node = only;
  }
  return wrap([...marks].sort().join("+"), inline(node.children, depth + marks.size));
}

function onlyChild(children: readonly PhrasingContent[]): PhrasingContent | null {
  const seen = children.filter((child) => !(child.type === "html" && child.value.replace(COMMENT, "") === ""));
  return seen.length === 1 ? (seen[0] ?? null) : null;
}

/** A link that only says where it leads, or a ticket id that leads to its ticket: vendors make these out of plain words. */
function isAutolink(text: string, url: string): boolean {
  if (url === text) return true;
  const words = text.toLowerCase().replace(/\/$/, "");
  const address = url.toLowerCase().replace(/\/$/, "");
  if (address.replace(/^(?:https?:\/\/|mailto:|xmpp:)/, "") === words || address === words) return true;
  return /^[a-z][a-z0-9]{0,9}-\d{1,9}$/.test(words) && address.split(/[/?#]/).includes(words);
}

function checkbox(checked: boolean | null | undefined): string {
  return checked === null || checked === undefined ? "" : checked ? "[x]" : "[ ]";
}

function wrap(name: string, content: string): string {
  return `${OPEN}${name} ${content}${CLOSE}`;
}

/** Runs of blanks and line ends read as one space. */
function fold(text: string): string {
  return text.replace(/[ \t\r\n]+/g, " ").trim();
}

function trimLines(text: string): string {
  return text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "");
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}

/** Words of a subtree without recursion. */
export function plainText(root: Nodes): string {
  let text = "";
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ("value" in node) text += node.value;
    else if (node.type === "break") text += "\n";
    if ("children" in node) for (const child of [...node.children].reverse()) waiting.push(child);
  }
  return text;
}
