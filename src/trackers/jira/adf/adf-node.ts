/** A node of an Atlassian document, and the one door through which what Jira answered becomes one. */

export type AdfAttrs = Readonly<Record<string, unknown>>;

export interface AdfMark {
  readonly type: string;
  readonly attrs?: AdfAttrs;
}

export interface AdfNode {
  readonly type: string;
  readonly attrs?: AdfAttrs;
  readonly marks?: readonly AdfMark[];
  readonly text?: string;
  readonly content?: readonly AdfNode[];
}

/** Nobody nests deeper by hand; everything that walks these trees recurses. */
const MAX_DEPTH = 100;

/** Looked through to the bottom: true also says that recursion is safe. */
export function isAdfNode(value: unknown): value is AdfNode {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > MAX_DEPTH || !hasShape(next.value)) return false;
    for (const child of next.value.content ?? []) open.push({ value: child, depth: next.depth + 1 });
  }
  return true;
}

function hasShape(value: unknown): value is { readonly content?: readonly unknown[] } {
  if (!isRecord(value) || typeof value.type !== "string") return false;
  const { attrs, marks, text, content } = value;
  return (
    (attrs === undefined || isRecord(attrs)) &&
    (marks === undefined || (Array.isArray(marks) && marks.every(isMark))) &&
    (value.type === "text" ? typeof text === "string" : text === undefined || typeof text === "string") &&
    (content === undefined || Array.isArray(content))
  );
}

function isMark(value: unknown): boolean {
  return isRecord(value) && typeof value.type === "string" && (value.attrs === undefined || isRecord(value.attrs));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An attribute that is text; "" where it is not. */
export function textAttr(node: { readonly attrs?: AdfAttrs }, name: string): string {
  const value = node.attrs?.[name];
  return typeof value === "string" ? value : "";
}

/** The words of a node; line breaks are line feeds, a mention or emoji says what it shows. */
export function adfWords(node: AdfNode): string {
  if (node.type === "hardBreak") return "\n";
  if (node.text !== undefined) return node.text;
  if (node.content === undefined) return textAttr(node, "text") || textAttr(node, "shortName");
  return node.content.map(adfWords).join("");
}
