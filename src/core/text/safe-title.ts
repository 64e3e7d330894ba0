/** Plain text as the Markdown of a heading that reads back as exactly that text. */

import { plainLine } from "./safe-inline.ts";

/** What begins HTML or, with any sign that CommonMark allows before the `@`, a mail address in angle brackets. */
const TAG_OR_ADDRESS = /<(?=[a-z/!?]|[\w.!#$%&'*+/=?^`{|}~-]+@)/gi;

/** One line, `plainLine(text)` once it is read again. Only what would be markup is escaped. */
export function safeTitle(text: string): string {
  const line = plainLine(text);
  const isPaired = (mark: RegExp): boolean => (line.match(mark)?.length ?? 0) > 1;
  let safe = line
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(TAG_OR_ADDRESS, "&lt;");
  for (const mark of [/`/g, /\*/g, /~/g]) if (isPaired(mark)) safe = safe.replace(mark, "\\$&");
  if (isPaired(/_/g)) safe = safe.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
  if (line.includes("](")) safe = safe.replace(/\[/g, "\\[");
  // In a bare web address an escape would be part of it: as soon as one is there, it must not be a link.
  safe = safe.replace(/(https?)(?=:\/\/\S*(?:\\|&lt;))|(www)(?=\.\S*(?:\\|&lt;))/gi, "$1$2\\");
  return safe.replace(/(^| )(#+)$/, "$1\\$2");
}

/** The same where no mark of a heading stands before it: nothing at its beginning opens a list, a quote, a rule or a table. */
export function withoutBlockStart(line: string): string {
  return line
    .replace(/\|/g, "\\|")
    .replace(/^(\d{1,9})([.)])(?= |$)/, "$1\\$2")
    .replace(/^(?:[-+*=]|#{1,6}(?= |$)|>|`{3}|~{3}|\+{3}|_{3})/, "\\$&")
    .replace(/^\[(?=.*\]:)/, "\\[");
}
