/** Lines of a source text as Markdown counts them: LF, CRLF and lone CR end a line; U+2028 and its like do not. */

import type { Span } from "../model/marker.ts";

/** Offset of the first character of the line that `offset` stands on. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  // A byte-order mark belongs to the file, not to its first line.
  return at === 0 && text.charCodeAt(0) === 0xfeff && offset > 0 ? 1 : at;
}

/** Offset behind the last character of the line that `offset` stands on, before its line end. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}

/** The line end that stands at `offset`: "\n", "\r\n", "\r", or "" at the end of the text. */
export function lineEndingAt(text: string, offset: number): string {
  const code = text.charCodeAt(offset);
  if (code === 10) return "\n";
  if (code !== 13) return "";
  return text.charCodeAt(offset + 1) === 10 ? "\r\n" : "\r";
}

/** The line end that stands before `offset`, or "". */
export function lineEndingBefore(text: string, offset: number): string {
  const code = text.charCodeAt(offset - 1);
  if (code === 13) return "\r";
  if (code !== 10) return "";
  return text.charCodeAt(offset - 2) === 13 ? "\r\n" : "\n";
}

/** Offset behind the last character between the two that is no white space of Markdown (a no-break space is text); `start` where there is none. */
export function contentEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && " \t\r\n".includes(text.charAt(at - 1))) at--;
  return at;
}

/** The whole lines a span touches, without the last line end. */
export function linesOf(text: string, span: Span): string[] {
  return text.slice(lineStart(text, span.start), lineEnd(text, span.end)).split(/\r\n|\r|\n/);
}

/** CR and CRLF become LF, so that a fingerprint does not depend on the line ends of a checkout. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
