/** ADF nodes that Markdown has no words for, carried through it as JSON: in a code block `adf`, or in a code span that begins with `adf`. */

import type { Code, InlineCode } from "mdast";
import { canonicalJson } from "../../../core/canonical-json.ts";
import { isAdfNode, parseJson, type AdfNode } from "./adf-node.ts";

export const LANGUAGE = "adf";

export function blockCarrier(node: AdfNode): Code {
  return { type: "code", lang: LANGUAGE, value: canonicalJson(node) };
}

export function inlineCarrier(node: AdfNode): InlineCode {
  return { type: "inlineCode", value: `${LANGUAGE} ${canonicalJson(node)}` };
}

/** null where the text is not JSON of a node that may stand there: it stays code then. */
export function carriedBlock(code: string, place: Place): AdfNode | null {
  const node = parseJson(code);
  return isAdfNode(node) && PLACES[place].includes(node.type) && isSound(node) ? node : null;
}

export function carriedInline(code: string): readonly AdfNode[] | null {
  if (!/^adf [{[]/.test(code)) return null;
  const carried = parseJson(code.slice(LANGUAGE.length));
  const nodes: readonly unknown[] = Array.isArray(carried) ? carried : [carried];
  const isCarried = nodes.some((node) => isAdfNode(node) && node.type !== "text");
  return isCarried && nodes.every((node) => isAdfNode(node) && INLINE.includes(node.type) && isSound(node)) ? nodes.filter(isAdfNode) : null;
}

/** Two code spans side by side would be read as one: what they carry goes as a list. */
export function joinedCode(left: string, right: string): string {
  const [first, second] = [carriedInline(left), carriedInline(right)];
  if (!first && !second) return left + right;
  return `${LANGUAGE} ${canonicalJson([...(first ?? [codeText(left)]), ...(second ?? [codeText(right)])])}`;
}

function codeText(text: string): AdfNode {
  return { type: "text", text, marks: [{ type: "code" }] };
}

/** Where a block stands: the three places whose rules differ. */
export type Place = "root" | "item" | "quote";

const INLINE = ["text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "placeholder", "inlineExtension", "mediaInline"];

const LISTS = ["bulletList", "orderedList"];
const MEDIA = ["mediaSingle", "mediaGroup"];
const SIMPLE = ["paragraph", "heading", "rule", "codeBlock", "taskList", "decisionList", "extension", ...LISTS, ...MEDIA];
const NESTABLE = [...SIMPLE, "panel", "blockquote", "table", "blockCard", "embedCard"];

/** What may stand where: the content rules of full.json in @atlaskit/adf-schema, as far as Jira uses them. */
const PLACES: Readonly<Record<Place, readonly string[]>> = {
  root: [...NESTABLE, "expand", "bodiedExtension", "layoutSection"],
  item: ["paragraph", "taskList", "mediaSingle", "codeBlock", "extension", ...LISTS],
  quote: ["paragraph", "codeBlock", "extension", ...LISTS, ...MEDIA],
};

interface Rule {
  readonly attrs?: readonly string[];
  readonly children?: readonly string[];
  /** A node of this type without content is refused. */
  readonly filled?: boolean;
}

const RULES = new Map<string, Rule>([
  ["text", {}],
  ["hardBreak", {}],
  ["mention", { attrs: ["id"] }],
  ["emoji", { attrs: ["shortName"] }],
  ["date", { attrs: ["timestamp"] }],
  ["status", { attrs: ["text", "color"] }],
  ["inlineCard", {}],
  ["placeholder", { attrs: ["text"] }],
  ["inlineExtension", { attrs: ["extensionKey", "extensionType"] }],
  ["mediaInline", { attrs: ["id", "collection"] }],
  ["paragraph", { children: INLINE }],
  ["heading", { attrs: ["level"], children: INLINE }],
  ["rule", {}],
  ["codeBlock", { children: ["text"] }],
  ["bulletList", { children: ["listItem"], filled: true }],
  ["orderedList", { children: ["listItem"], filled: true }],
  ["listItem", { children: PLACES.item, filled: true }],
  ["taskList", { attrs: ["localId"], children: ["taskItem", "taskList", "blockTaskItem"], filled: true }],
  ["taskItem", { attrs: ["localId", "state"], children: INLINE }],
  ["blockTaskItem", { attrs: ["localId", "state"], children: ["paragraph", "extension"], filled: true }],
  ["decisionList", { attrs: ["localId"], children: ["decisionItem"], filled: true }],
  ["decisionItem", { attrs: ["localId", "state"], children: INLINE }],
  ["blockquote", { children: PLACES.quote, filled: true }],
  ["panel", { attrs: ["panelType"], children: [...SIMPLE.filter((type) => type !== "blockquote"), "blockCard"], filled: true }],
  ["expand", { children: [...NESTABLE, "nestedExpand"], filled: true }],
  ["nestedExpand", { attrs: [], children: [...SIMPLE, "panel", "blockquote"], filled: true }],
  ["table", { children: ["tableRow"], filled: true }],
  ["tableRow", { children: ["tableCell", "tableHeader"] }],
  ["tableCell", { children: [...SIMPLE, "panel", "blockquote", "blockCard", "embedCard", "nestedExpand"], filled: true }],
  ["tableHeader", { children: [...SIMPLE, "panel", "blockquote", "blockCard", "embedCard", "nestedExpand"], filled: true }],
  ["mediaSingle", { children: ["media", "caption"], filled: true }],
  ["mediaGroup", { children: ["media"], filled: true }],
  ["media", { attrs: ["type"] }],
  ["caption", { children: INLINE }],
  ["blockCard", {}],
  ["embedCard", { attrs: ["url", "layout"] }],
  ["extension", { attrs: ["extensionKey", "extensionType"] }],
  ["bodiedExtension", { attrs: ["extensionKey", "extensionType"], children: NESTABLE, filled: true }],
  ["layoutSection", { children: ["layoutColumn"], filled: true }],
  ["layoutColumn", { attrs: ["width"], children: [...NESTABLE, "expand", "bodiedExtension"], filled: true }],
]);

/** Jira refuses a whole description for one node it cannot read, so what a person typed as JSON must look right. */
function isSound(node: AdfNode): boolean {
  const rule = RULES.get(node.type);
  if (rule === undefined || (node.type === "text" && node.text === "")) return false;
  const { attrs = [], children = [], filled = false } = rule;
  const content = node.content ?? [];
  if (filled && content.length === 0) return false;
  if (node.marks?.some(({ type }) => !MARKS.includes(type)) === true) return false;
  if (attrs.some((name) => node.attrs?.[name] === undefined)) return false;
  if (CARDS.includes(node.type) && node.attrs?.url === undefined && node.attrs?.data === undefined && node.attrs?.datasource === undefined) return false;
  return content.every((child) => children.includes(child.type) && isSound(child));
}

const CARDS = ["inlineCard", "blockCard"];

const MARKS = ["code", "em", "strong", "strike", "underline", "link", "subsup", "textColor", "backgroundColor", "annotation", "alignment", "indentation"];
