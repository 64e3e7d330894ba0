/** The meaning of an ADF node as a string: equal for all that Jira and its editor turn one text into. */

import { canonicalJson } from "../../../core/canonical-json.ts";
import type { AdfMark, AdfNode } from "./adf-node.ts";

/** Delimiters of the canonical form; they are taken out of texts, so nothing can imitate them. */
const OPEN = "\u0001";
const CLOSE = "\u0002";

/** "" for what shows nothing: a paragraph, a list without words. */
export function canonicalAdf(node: AdfNode): string {
  switch (node.type) {
    case "paragraph": {
      const words = canonicalAdfInline(node.content ?? []);
      return words === "" ? "" : wrap(head(node), words);
    }
    case "heading":
    case "taskItem":
    case "decisionItem":
    case "caption":
      return wrap(head(node), canonicalAdfInline(node.content ?? []));
    case "codeBlock":
      return wrap(head(node), trimLines(clean((node.content ?? []).map(({ text = "" }) => text).join(""))));
    case "text":
      return canonicalAdfInline([node]);
    default:
      return canonicalNode(node);
  }
}

function canonicalNode(node: AdfNode): string {
  return wrap(
    head(node),
    joinedLists(node.content ?? [])
      .map(canonicalAdf)
      .join(""),
  );
}

/** Lists side by side inside of a block are one to a reader; an editor makes them one. */
function joinedLists(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const result: AdfNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (LISTS.includes(node.type) && last?.type === node.type)
      result[result.length - 1] = { ...last, content: [...(last.content ?? []), ...(node.content ?? [])] };
    else result.push(node);
  }
  return result;
}

const LISTS = ["bulletList", "orderedList"];

/** null: a line break, or a node other than text. */
type Marks = readonly string[] | null;

interface Run {
  readonly marks: Marks;
  text: string;
}

/** Content of one block: joined, blanks folded, none at the ends. */
export function canonicalAdfInline(nodes: readonly AdfNode[]): string {
  const written: Run[] = [];
  for (const node of nodes) {
    if (node.type === "hardBreak") addRun(written, null, "\n");
    else if (node.type !== "text") addRun(written, null, canonicalNode(node));
    else addRun(written, marksOf(node), clean(node.text ?? ""));
  }
  const runs: Run[] = [];
  for (const { marks, text } of written) {
    if (marks === null || marks.includes("code")) {
      addRun(runs, marks, text);
      continue;
    }
    const kept = marks.filter((mark) => !isBareLink(mark, text));
    const [, before = "", words = "", after = ""] = /^([ \t\n]*)([^]*?)([ \t\n]*)$/.exec(text) ?? [];
    // Blanks look the same in bold.
    const around = kept.filter((mark) => mark.startsWith(LINK));
    addRun(runs, around, before);
    addRun(runs, kept, words);
    addRun(runs, around, after);
  }
  trimEnds(runs);
  return runs.map(({ marks, text }) => (marks === null || marks.length === 0 || text === "" ? text : wrap(`${marks.join("+")} `, text))).join("");
}

function addRun(runs: Run[], marks: Marks, text: string): void {
  const last = runs.at(-1);
  if (text === "") return;
  if (marks !== null && last?.marks?.join(CLOSE) === marks.join(CLOSE)) last.text += text;
  else runs.push({ marks, text });
}

/** Jira trims blanks at the ends of a block; around a line break they cannot be seen. */
function trimEnds(runs: Run[]): void {
  for (const run of runs) if (run.marks !== null) run.text = run.text.replace(/[ \t\r\n]+/g, " ");
  for (const [index, run] of runs.entries()) {
    if (run.text !== "\n" || run.marks !== null) continue;
    trimBeside(runs, index - 1, -1, / $/);
    trimBeside(runs, index + 1, 1, /^ /);
  }
  trimBeside(runs, 0, 1, /^[ \n]/);
  trimBeside(runs, runs.length - 1, -1, /[ \n]$/);
}

/** Goes on past what is empty by then, up to the first run with something in it. */
function trimBeside(runs: readonly Run[], from: number, step: 1 | -1, blank: RegExp): void {
  for (let run = runs[from]; run !== undefined; run = runs[(from += step)]) {
    if (run.marks !== null || run.text === "\n") run.text = run.text.replace(blank, "");
    if (run.text !== "") return;
  }
}

/** Sorted, once each. */
function marksOf({ marks = [] }: AdfNode): readonly string[] {
  return [...new Set(marks.filter(({ type }) => !POINTERS.includes(type)).map(markForm))].sort();
}

/** Marks that only point at something outside of the text. */
const POINTERS = ["annotation", "fragment", "dataConsumer"];

const LINK = "link ";

function markForm({ type, attrs = {} }: AdfMark): string {
  const { href, title } = attrs;
  if (type === "link") return clean(`${LINK}${typeof href === "string" ? href : ""} ${typeof title === "string" ? title : ""}`);
  return clean(`${type}${Object.keys(attrs).length === 0 ? "" : canonicalJson(attrs)}`);
}

/** A link that only says where it leads counts as its words, which editors link by themselves. */
function isBareLink(mark: string, text: string): boolean {
  const bare = (one: string): string =>
    one
      .trim()
      .replace(/^(?:https?:\/\/|mailto:)/i, "")
      .replace(/\/$/, "")
      .toLowerCase();
  return mark.startsWith(LINK) && bare(mark.slice(LINK.length)) === bare(text);
}

/** Type, marks and those attributes that mean something. */
function head({ type, attrs = {}, marks = [] }: AdfNode): string {
  const only = MEANING.get(type);
  const kept = Object.entries(attrs).filter(
    ([name, value]) =>
      value !== null && value !== undefined && value !== "" && (only ? only.includes(name) : name !== "localId") && !isDefault(type, name, value),
  );
  const looks = marks
    .filter((mark) => !POINTERS.includes(mark.type))
    .map(markForm)
    .sort();
  return `${clean(type)}${kept.length > 0 ? clean(canonicalJson(Object.fromEntries(kept))) : ""}${looks.join("+")} `;
}

/** Of these types all other attributes are ids, sizes or copies that Jira fills in and changes as it likes; of the rest every one but `localId` counts. */
const MEANING: ReadonlyMap<string, readonly string[]> = new Map([
  ["paragraph", []],
  ["heading", ["level"]],
  ["rule", []],
  ["bulletList", []],
  ["orderedList", ["order"]],
  ["listItem", []],
  ["taskList", []],
  ["taskItem", ["state"]],
  ["codeBlock", ["language"]],
  ["table", []],
  ["tableRow", []],
  ["tableCell", ["colspan", "rowspan", "background"]],
  ["tableHeader", ["colspan", "rowspan", "background"]],
  ["mention", ["id"]],
  ["emoji", ["shortName"]],
  ["status", ["text", "color"]],
  ["media", ["type", "id", "url", "alt"]],
  ["mediaInline", ["type", "id", "alt"]],
  ["mediaSingle", []],
  ["blockCard", ["url", "data", "datasource"]],
  ["embedCard", ["url"]],
]);

function isDefault(type: string, name: string, value: unknown): boolean {
  return value === 1 && (name === "order" || name === "colspan" || name === "rowspan") && type !== "heading";
}

function wrap(name: string, content: string): string {
  return `${OPEN}${name}${content}${CLOSE}`;
}

function trimLines(text: string): string {
  return text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "");
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}
