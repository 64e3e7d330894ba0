/** Canon's hidden line: the last line of an issue's text, holding token and base where people do not see them. */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import { nullable, object, safeParse, string, unknown } from "zod/mini";
import type { Base } from "../../core/model/base.ts";
import { baseSchema } from "../../io/base-schema.ts";

export interface HiddenLine {
  /** The create token; null on a ticket that Canon did not create. */
  readonly token: string | null;
  /** null: the line is ours, and what it holds cannot be read. */
  readonly base: Base | null;
}

/** An issue's text taken apart. */
export interface LinedText {
  /** What people see: all before the hidden line, byte for byte. */
  readonly body: string;
  /** The line as it stands; null where there is none. */
  readonly native: string | null;
  readonly line: HiddenLine | null;
}

/** A line of its own. Letters, digits, dot and underscore: none of them can end a comment (threats 1, 2). */
const LINE = /^<!-- canon:base:([A-Za-z0-9._]+) -->[ \t]*(?=\r?\n|$)/;
const OPENING = "<!-- canon:base:";

/** One line of JSON unpacks to at most this much: a stranger's text must not fill the memory (threat 8). */
const LARGEST = 512 * 1024;

const content = object({ token: nullable(string()), base: unknown() });

export function printLine({ token, base }: HiddenLine): string {
  const packed = deflateRawSync(JSON.stringify({ token, base }), { level: 9 }).toString("base64");
  return `<!-- canon:base:${packed.replaceAll("+", ".").replaceAll("/", "_").replaceAll("=", "")} -->`;
}

/** A blank line between: the comment is a block of its own, whatever stands above it. */
export function withLine(body: string, native: string | null): string {
  if (native === null) return body;
  return body === "" ? native : `${body}\n\n${native}`;
}

/**
 * Canon writes its line at the end; people who write on below it take nothing away, so the last one that Canon can have
 * written counts, wherever it stands by now. Anything like it with other signs in it, or within a line, is text. Line ends
 * may have become CRLF in a browser.
 */
export function parseText(text: string): LinedText {
  for (let at = text.lastIndexOf(OPENING); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(OPENING, at - 1)) {
    if (at > 0 && text[at - 1] !== "\n") continue;
    const [whole = "", packed = ""] = LINE.exec(text.slice(at)) ?? [];
    const line = packed === "" ? null : readLine(packed);
    if (line !== null) return { body: withoutLine(text.slice(0, at), text.slice(at + whole.length)), native: whole.trimEnd(), line };
  }
  return { body: text, native: null, line: null };
}

/** `withLine` put one empty line above it; it ends as the line end right above the comment does. */
function withoutLine(above: string, below: string): string {
  const end = above.endsWith("\r\n") ? "\r\n" : "\n";
  const body = above.endsWith(end + end) ? above.slice(0, -2 * end.length) : above.endsWith(end) ? above.slice(0, -end.length) : above;
  if (below.trim() === "") return body;
  // The comment parted what stands around it; without it an empty line does.
  return body === "" ? below.replace(/^(?:\r?\n)+/, "") : `${body}${end}${end}${below.replace(/^(?:\r?\n)+/, "")}`;
}

/** null: not what Canon writes. */
function readLine(packed: string): HiddenLine | null {
  try {
    const json = inflateRawSync(Buffer.from(packed.replaceAll(".", "+").replaceAll("_", "/"), "base64"), { maxOutputLength: LARGEST }).toString("utf8");
    const read = safeParse(content, JSON.parse(json));
    if (!read.success) return null;
    const base = safeParse(baseSchema, read.data.base);
    return { token: read.data.token, base: base.success ? base.data : null };
  } catch {
    return null;
  }
}
