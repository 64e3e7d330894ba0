/** Reads the front matter of a spec: the keys Canon knows, with the place of every value it cannot use. */

import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from "yaml";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { FrontMatter } from "../model/front-matter.ts";
import type { Span } from "../model/marker.ts";
import { SPEC_STATUSES, type SpecStatus } from "../model/status.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { foldSpace } from "../text/plain-text.ts";
import { lineEnd, lineEndingAt, lineStart } from "./source-lines.ts";

export interface FrontMatterReading {
  readonly value: FrontMatter;
  readonly diagnostics: readonly Diagnostic[];
  /** True where a value that decides what may be touched cannot be read. */
  readonly stops: boolean;
}

export const EMPTY_FRONT_MATTER: FrontMatter = {
  title: null,
  status: null,
  owner: null,
  team: null,
  tags: [],
  ticketProject: null,
  sync: true,
  lines: {},
};

/** Only these are looked at: what an author calls `__proto__` never becomes a key of ours. */
const KEYS: readonly string[] = ["title", "status", "owner", "team", "tags", "ticket_project", "sync"];

/** Keys that decide whether and where tickets are made: broken front matter that mentions one stops its file. */
const DECIDES = /(?:^|[\s{,"'])(?:sync|ticket_project|team|owner|tags)["']?[ \t]*:/;

const MAX_LENGTH = 64 * 1024;
const MAX_NESTING = 64;

/** `span` is the whole block with both its fences. */
export function readFrontMatter(path: string, text: string, span: Span): FrontMatterReading {
  const source = sourceBetweenFences(text, span);
  const context: Context = { path, source, diagnostics: [] };
  if (source.length > MAX_LENGTH) return stopped(context, `is longer than ${MAX_LENGTH / 1024} KB`, 0);
  if (nestsTooDeep(source)) return stopped(context, `nests deeper than ${MAX_NESTING} levels`, 0);
  const document = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error && (DECIDES.test(source) || !isMap(document.contents))) return stopped(context, `does not parse: ${error.message}`, error.pos[0]);
  if (error)
    tell(
      context,
      "warning",
      `The front matter does not parse: ${withoutEnd(error.message)}. What was read before that counts; it names nothing that decides where tickets go.`,
      error.pos[0],
    );
  if (!isMap(document.contents)) {
    if (document.contents !== null) tell(context, "warning", "The front matter is no list of keys and values; it is not read.", 0);
    return { value: EMPTY_FRONT_MATTER, diagnostics: context.diagnostics, stops: false };
  }
  return readKeys(document.contents, document, context);
}

interface Context {
  readonly path: string;
  /** What stands between the fences; its first line is line 2 of the file. */
  readonly source: string;
  readonly diagnostics: Diagnostic[];
}

/** Lone CR becomes LF: the YAML reader does not take it for a line end. Lengths stay as they are. */
function sourceBetweenFences(text: string, span: Span): string {
  const firstEnd = lineEnd(text, span.start);
  const from = firstEnd + lineEndingAt(text, firstEnd).length;
  const to = lineStart(text, span.end);
  return text.slice(from, Math.max(from, to)).replace(/\r(?!\n)/g, "\n");
}

/** The YAML reader recurses; brackets and indicators on one line are the only cheap way to nest beyond its stack. */
function nestsTooDeep(source: string): boolean {
  let open = 0;
  for (const character of source) {
    if (character === "[" || character === "{") open++;
    else if (character === "]" || character === "}") open--;
    if (open > MAX_NESTING) return true;
  }
  return new RegExp(`^[ \\t]*(?:[-?:][ \\t]+){${MAX_NESTING}}`, "m").test(source);
}

function readKeys(map: YAMLMap, document: Document, context: Context): FrontMatterReading {
  const values = new Map<string, unknown>();
  const lines = new Map<string, number>();
  for (const { key, value } of map.items) {
    if (!isScalar(key) || typeof key.value !== "string" || !KEYS.includes(key.value)) continue;
    values.set(key.value, isAlias(value) ? value.resolve(document) : value);
    lines.set(key.value, placeAt(offsetOf(key), context).line);
  }
  const sync = readSync(values.get("sync"), context);
  const value: FrontMatter = {
    title: readText("title", values, context),
    status: readStatus(values, context),
    owner: readText("owner", values, context),
    team: readText("team", values, context),
    tags: readTags(values.get("tags"), context),
    ticketProject: readText("ticket_project", values, context),
    sync: sync ?? true,
    lines: Object.fromEntries(lines),
  };
  return { value, diagnostics: context.diagnostics, stops: sync === null };
}

function readText(name: string, values: ReadonlyMap<string, unknown>, context: Context): string | null {
  const node = values.get(name);
  const text = textOf(node);
  if (text === null) tell(context, "warning", `"${name}" must be a text; it is not read.`, offsetOf(node));
  return text || null;
}

function readStatus(values: ReadonlyMap<string, unknown>, context: Context): SpecStatus | null {
  const written = readText("status", values, context);
  if (written === null) return null;
  const word = written.toLowerCase().replace(/[ -]/g, "_");
  const status = SPEC_STATUSES.find((known) => known === word) ?? null;
  if (status === null) {
    const near = nearestWord(word, SPEC_STATUSES);
    const hint = near === null ? `Use one of ${SPEC_STATUSES.join(", ")}.` : `Did you mean ${near}?`;
    // Other vocabularies ("Final", "Implemented") are no mistake; a word close to one of ours probably is.
    tell(context, near === null ? "notice" : "warning", `"${written}" is no status; it is not read.`, offsetOf(values.get("status")), hint);
  }
  return status;
}

/** A list, or words with commas between them. */
function readTags(node: unknown, context: Context): readonly string[] {
  const tags = isSeq(node) ? node.items.map(textOf) : textOf(node)?.split(",").map(foldSpace);
  if (tags === undefined || tags.includes(null)) tell(context, "warning", `"tags" must be a list of texts; what is none is not read.`, offsetOf(node));
  return (tags ?? []).filter((tag) => tag !== null).filter((tag) => tag !== "");
}

/** null where it cannot be told whether the author wants this file left alone: then it is. */
function readSync(node: unknown, context: Context): boolean | null {
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) return true;
  if (isScalar(node) && typeof node.value === "boolean") return node.value;
  tell(context, "error", `"sync" must be true or false; until it is, nothing in this file is touched.`, offsetOf(node));
  return null;
}

/** "" where nothing is written; null where something else than a text is. */
function textOf(node: unknown): string | null {
  if (node === undefined || node === null) return "";
  if (!isScalar(node)) return null;
  if (node.value === null) return "";
  return typeof node.value === "string" || typeof node.value === "number" || typeof node.value === "boolean" ? foldSpace(String(node.value)) : null;
}

function stopped(context: Context, problem: string, offset: number): FrontMatterReading {
  const message = `The front matter ${withoutEnd(problem)}. Nothing in this file is touched.`;
  const diagnostic: Diagnostic = { code: "front-matter-broken", severity: "error", message, place: placeAt(offset, context) };
  return { value: EMPTY_FRONT_MATTER, diagnostics: [...context.diagnostics, diagnostic], stops: true };
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/[.:]?\s*$/, "");
}

function tell(context: Context, severity: Diagnostic["severity"], message: string, offset: number, hint?: string): void {
  context.diagnostics.push({ code: "front-matter-value", severity, message, place: placeAt(offset, context), ...(hint === undefined ? {} : { hint }) });
}

function offsetOf(node: unknown): number {
  return (isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[0] : 0;
}

function placeAt(offset: number, context: Context): Required<Place> {
  const before = context.source.slice(0, offset).split(/\r\n|\n/);
  return { path: context.path, line: before.length + 1, column: (before.at(-1) ?? "").length + 1 };
}
