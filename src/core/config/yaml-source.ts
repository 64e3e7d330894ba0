/** YAML or JSON as plain values that remember where they stood; hostile text (deep nesting, alias bombs, __proto__) ends in a message. */

import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from "yaml";
import type { CST, Document, YAMLParseError, YAMLWarning } from "yaml";
import type { DiagnosticCode } from "../codes.ts";

const MAX_CHARACTERS = 128_000;
const MAX_DEPTH = 32;
/** Aliases are expanded, so a short text could stand for billions of values. */
const MAX_VALUES = 20_000;
const RESERVED_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An error in the file, before it is a diagnostic: it knows its place, not yet its path. */
export interface SourceProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly at: Position;
}

export type ValuePath = readonly PropertyKey[];

export interface YamlSource {
  readonly value: unknown;
  /** The place of a value, or of the nearest value around it that exists. */
  valueAt(path: ValuePath): Position;
  /** The place of the key that a path ends in. */
  keyAt(path: ValuePath): Position;
}

export type YamlResult = { readonly ok: true; readonly source: YamlSource } | { readonly ok: false; readonly problems: readonly SourceProblem[] };

export function readYaml(text: string): YamlResult {
  const start = { line: 1, column: 1 };
  if (text.length > MAX_CHARACTERS) return refuse("config-unreadable", `The file is longer than ${MAX_CHARACTERS} characters.`, start);
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text.replace(/^\uFEFF/, ""))];
  // The composer calls itself per level; the parser does not. So depth is measured on its tokens.
  if (deeperThan(tokens, MAX_DEPTH)) return refuse("config-too-complex", `The file nests deeper than ${MAX_DEPTH} levels.`, start);
  const documents = [...new Composer({ prettyErrors: false }).compose(tokens)];
  const [document, second] = documents;
  if (document === undefined) return { ok: true, source: { value: null, valueAt: () => start, keyAt: () => start } };
  const place = (offset: number): Position => positionOf(lines, offset);
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return { ok: false, problems: faults.map((fault) => ({ code: "config-syntax", message: faultMessage(fault), at: place(fault.pos[0]) })) };
  if (second !== undefined) return refuse("config-syntax", "The file holds several YAML documents.", place(second.range[0]));
  const problems: SourceProblem[] = [];
  const value = plainValue(document.contents, { document, place, problems, path: [], left: { values: MAX_VALUES } });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, source: sourceOf(document, value, place) };
}

function refuse(code: DiagnosticCode, message: string, at: Position): YamlResult {
  return { ok: false, problems: [{ code, message, at }] };
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function faultMessage({ code, message }: YAMLParseError | YAMLWarning): string {
  if (code === "DUPLICATE_KEY") return "This key stands twice in the same map.";
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function deeperThan(tokens: readonly CST.Token[], limit: number): boolean {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > limit) return true;
    for (const child of childrenOf(next.token)) open.push({ token: child, depth: next.depth + 1 });
  }
  return false;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child !== null && child !== undefined));
}

interface Reading {
  readonly document: Document.Parsed;
  readonly place: (offset: number) => Position;
  readonly problems: SourceProblem[];
  /** The nodes around this one: an alias to one of them would never end. */
  readonly path: readonly unknown[];
  readonly left: { values: number };
}

/** The node as strings, numbers, booleans, null, arrays and plain objects. */
function plainValue(node: unknown, reading: Reading): unknown {
  const { document, problems, path, left } = reading;
  if (problems.length > 0) return null;
  if (--left.values < 0 || path.length > MAX_DEPTH || path.includes(node)) {
    problems.push({
      code: "config-too-complex",
      message: `Its aliases stand for more than ${MAX_VALUES} values or ${MAX_DEPTH} levels.`,
      at: startOf(node, reading),
    });
    return null;
  }
  if (isScalar(node)) return node.value;
  const inside = { ...reading, path: [...path, node] };
  if (isAlias(node)) return plainValue(node.resolve(document), inside);
  if (isSeq(node)) return node.items.map((item) => plainValue(item, inside));
  if (!isMap(node)) return null;
  const members: [string, unknown][] = [];
  for (const { key, value } of node.items) {
    const name = keyName(key);
    if (name !== null && !RESERVED_KEYS.includes(name)) members.push([name, plainValue(value, inside)]);
    else
      problems.push({
        code: "config-syntax",
        message: name === null ? "A key must be a plain word." : `"${name}" cannot be a key.`,
        at: startOf(key, reading),
      });
  }
  return Object.fromEntries(members);
}

/** Keys may be numbers (`hierarchy: { 2: Epic }`). */
function keyName(key: unknown): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === "string" || typeof key.value === "number" ? String(key.value) : null;
}

function startOf(node: unknown, { place }: Pick<Reading, "place">): Position {
  return place(offsetOf(node) ?? 0);
}

function offsetOf(node: unknown): number | null {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? null) : null;
}

function sourceOf(document: Document.Parsed, value: unknown, place: (offset: number) => Position): YamlSource {
  /** Walks a path as far as it exists and remembers the last place seen. */
  const walk = (path: ValuePath): { readonly key: Position; readonly value: Position } => {
    let node: unknown = document.contents;
    let seen = place(offsetOf(node) ?? 0);
    let key = seen;
    for (const step of path) {
      const next = stepInto(isAlias(node) ? node.resolve(document) : node, step);
      if (next === null) break;
      node = next.value;
      key = place(offsetOf(next.key) ?? offsetOf(node) ?? 0);
      // A key without a value has no node of its own; an alias counts where it is used.
      seen = isEmptyNode(node) ? key : place(offsetOf(node) ?? 0);
    }
    return { key, value: seen };
  };
  return { value, valueAt: (path) => walk(path).value, keyAt: (path) => walk(path).key };
}

function stepInto(node: unknown, step: PropertyKey): { readonly key: unknown; readonly value: unknown } | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { key: item, value: item };
  }
  if (!isMap(node)) return null;
  return node.items.find((pair) => keyName(pair.key) === String(step)) ?? null;
}

/** `id:` with nothing behind it: the parser puts an empty scalar right after the colon. */
function isEmptyNode(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.value === null && node.range !== undefined && node.range !== null && node.range[0] === node.range[1];
}
