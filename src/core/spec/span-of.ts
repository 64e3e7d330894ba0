/** The source span of a node; every node of a parsed file has one. */

import type { Nodes } from "mdast";
import type { Span } from "../model/marker.ts";

export function spanOf(node: Nodes): Span {
  const { position } = node;
  if (position?.start.offset === undefined || position.end.offset === undefined) throw new Error(`a ${node.type} without a position`);
  return { start: position.start.offset, end: position.end.offset, line: position.start.line, endLine: position.end.line };
}

/** The same without white space at its end: parsers differ in whether a block takes blank lines along. */
export function trimmedSpanOf(node: Nodes, text: string): Span {
  const { start, line, end: last, endLine: lastLine } = spanOf(node);
  let end = last;
  let endLine = lastLine;
  for (; end > start; end--) {
    const code = text.charCodeAt(end - 1);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) break;
    // CRLF is one line end.
    if (code === 10 || (code === 13 && text.charCodeAt(end) !== 10)) endLine--;
  }
  return { start, end, line, endLine };
}
