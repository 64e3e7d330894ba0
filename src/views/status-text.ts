/** `canon status` for people: a line per spec with its numbers in columns; on a narrow page in words. */

import { ACTIONS } from "../core/model/action.ts";
import { cleanLine, displayWidth, padText } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { GLYPHS } from "./glyphs.ts";
import { unpainted, type Page } from "./paint.ts";
import { nextLines } from "./plan-text.ts";
import { summaryLines } from "./spread.ts";
import type { StatusLine, StatusView } from "./status-view.ts";
import { wrapParts, wrapRuns, type Run } from "./wrap.ts";

const INDENT = 2;
const GAP = 2;
const MARGIN = " ".repeat(INDENT);
/** With less room for names than this, columns would only be in the way. */
const NARROWEST_NAME = 22;

export function statusText(view: StatusView, page: Page): string {
  const blocks = [
    linesOf(view, page),
    diagnosticsText(view.diagnostics, page),
    [...summaryLines(view.summary.map(cleanLine), "", page), ...nextLines(view.next, page)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function linesOf(view: StatusView, page: Page): readonly string[] {
  if (view.lines.length === 0) return [];
  const all = [...view.lines, ...(view.total === null ? [] : [view.total])];
  const widths = view.columns.map((column, index) => Math.max(displayWidth(column), ...all.map(({ cells }) => cells[index]?.length ?? 0)));
  const room = page.columns - INDENT - widths.reduce((sum, width) => sum + GAP + width, 0);
  if (room < NARROWEST_NAME) return view.lines.flatMap((line, index) => [...(index === 0 ? [] : [""]), ...stackedLines(line, page)]);
  const name = Math.min(room, Math.max(...all.map((line) => widthOf(nameRuns(line)))));
  const cells = (texts: readonly string[]): string => widths.map((width, index) => " ".repeat(GAP) + (texts[index] ?? "").padStart(width)).join("");
  return [
    page.paint("quiet", (" ".repeat(INDENT + name) + cells(view.columns)).trimEnd()),
    ...view.lines.flatMap((line) => [...rowLines(line, name, cells(line.cells), page), ...waitingLines(line, page)]),
    ...(view.total === null ? [] : ["", ...rowLines(view.total, name, cells(view.total.cells), page)]),
  ];
}

function nameRuns({ title, path }: StatusLine): readonly Run[] {
  const [name, place] = [cleanLine(title), cleanLine(path)];
  return name === place || place === ""
    ? [{ text: name, role: "heading" }]
    : [
        { text: name, role: "heading" },
        { text: `  ${place}`, role: "quiet" },
      ];
}

/** The numbers stand beside the name; a path that finds no room there stands below. */
function rowLines(line: StatusLine, width: number, cells: string, page: Page): readonly string[] {
  const runs = nameRuns(line);
  const fits = widthOf(runs) <= width;
  const beside = fits ? runs : runs.slice(0, 1);
  const plain = wrapRuns(beside, width, unpainted);
  const below = fits ? [] : runs.slice(1).map(({ text, role }) => ({ text: text.trimStart(), role }));
  return [
    ...wrapRuns(beside, width, page.paint).map((text, index) => {
      const bare = plain[index] ?? "";
      const padding = padText(bare, width).slice(bare.length);
      return `${MARGIN}${index === 0 ? `${text}${padding}${cells}` : text}`.trimEnd();
    }),
    ...wrapRuns(below, page.columns - INDENT - INDENT, page.paint).map((text) => MARGIN + MARGIN + text),
  ];
}

function widthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

function stackedLines(line: StatusLine, page: Page): readonly string[] {
  const wide = page.columns - INDENT;
  return [
    ...wrapRuns(nameRuns(line), wide, page.paint).map((text) => MARGIN + text),
    ...wrapParts(line.words, wide - INDENT).map((text) => MARGIN + MARGIN + text),
    ...waitingLines(line, page),
  ];
}

function waitingLines({ waiting, needsYou }: StatusLine, page: Page): readonly string[] {
  const lead = MARGIN + MARGIN;
  const glyph = needsYou ? page.paint("decision", GLYPHS.conflict) : page.paint("observed", ACTIONS.pull);
  return wrapParts(waiting, page.columns - lead.length - INDENT).map((text, index) => lead + (index === 0 ? `${glyph} ` : MARGIN) + text);
}
