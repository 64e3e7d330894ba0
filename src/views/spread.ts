/** One line with something at the left and something at the right margin; several lines where the page is too narrow. */

import { displayWidth } from "../core/text/terminal-text.ts";
import type { Page } from "./paint.ts";
import { wrapRuns, type Run } from "./wrap.ts";

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
