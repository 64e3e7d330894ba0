/** One line with something at the left and something at the right margin; several lines where the page is too narrow. */

import { displayWidth } from "../core/text/terminal-text.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import { wrapParts, wrapRuns, type Run } from "./wrap.ts";

const INDENT = 2;
/** With less room than this between them, both sides read as one. */
const GAP = 3;

export function spread(left: readonly Run[], right: string, page: Page): readonly string[] {
  const margin = " ".repeat(INDENT);
  const room = page.columns - INDENT - widthOf(left) - displayWidth(right);
  const painted = (runs: readonly Run[]): readonly string[] => wrapRuns(runs, page.columns - INDENT, page.paint).map((line) => margin + line);
  if (right === "" || room < GAP) return [...painted(left), ...painted([{ text: right, role: "quiet" }])];
  return [...painted(left).map((line) => `${line}${" ".repeat(room)}${page.paint("quiet", right)}`)];
}

function widthOf(runs: readonly Run[]): number {
  return runs.reduce((width, run) => width + displayWidth(run.text), 0);
}

/** What something came to: `a · b · c` at the left, its effort at the right; on a narrow page broken between its parts. */
export function summaryLines(parts: readonly string[], effort: string, page: Page): readonly string[] {
  const joined = parts.join(GLYPHS.dot);
  if (INDENT + displayWidth(joined) <= page.columns) return spread([{ text: joined, role: "heading" }], effort, page);
  const margin = " ".repeat(INDENT);
  return [
    ...wrapParts(parts, page.columns - INDENT).map((line) => margin + page.paint("heading", line)),
    ...(effort === "" ? [] : [margin + page.paint("quiet", effort)]),
  ];
}
