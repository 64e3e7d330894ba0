/** Lays out the lines of tickets: glyph, ticket, title, note, and details below where they find no room beside. */

import { cleanLine, displayWidth, padText, truncateText } from "../core/text/terminal-text.ts";
import type { Detail } from "./field-details.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import type { Row } from "./plan-row.ts";
import type { Piece } from "../core/text/word-difference.ts";
import { inlinePieces, wrapPieces, wrapText } from "./wrap.ts";

/** Columns that all rows of a page share. */
export interface Layout {
  readonly label: number;
  /** Where notes begin. */
  readonly note: number;
  /** Where details begin; the column of the title, or little on a narrow page. */
  readonly details: number;
  /** Lines of details shown per field. */
  readonly most: number;
}

const INDENT = 2;
const RAIL = 2;
const GLYPH = 2;
const GAP = 2;
const NARROW = 60;
const LONGEST_LABEL = 14;
const MOST_DETAIL_LINES = 6;
const NARROWEST_TITLE = 8;

export function layoutOf(rows: readonly Row[], page: Page, most: number = MOST_DETAIL_LINES): Layout {
  let label = 0;
  let title = 0;
  let note = 0;
  for (const row of rows) {
    if (row.kind === "question") continue;
    label = Math.max(label, Math.min(LONGEST_LABEL, displayWidth(row.label)));
    title = Math.max(title, row.depth * RAIL + displayWidth(row.title));
    note = Math.max(note, besideWidth(row));
  }
  const titleColumn = INDENT + GLYPH + label + (label > 0 ? GAP : 0);
  const room = page.columns - Math.min(note, Math.floor(page.columns / 2));
  return {
    label,
    note: Math.min(titleColumn + title + GAP, Math.max(room, titleColumn)),
    details: page.columns < NARROW ? INDENT + GLYPH + GAP : titleColumn,
    most,
  };
}

/** A question is a sentence: all of it is shown, and its hint below. */
function questionLines(row: Row, page: Page): readonly string[] {
  const label = row.label === "" ? "" : `${cleanLine(row.label)}${MARGIN}`;
  const column = INDENT + GLYPH;
  const lines = wrapText(`${label}${row.title}`, page.columns - column).map(
    (text, index) => `${MARGIN}${index === 0 ? `${page.paint(row.role, row.glyph)} ` : MARGIN}${text}`,
  );
  return [
    ...lines,
    ...row.details.flatMap((detail) =>
      wrapPieces(detail.pieces, page.columns - column, page.paint).map((text) => " ".repeat(column) + page.paint("quiet", text)),
    ),
  ];
}

/** The line of a row with `glyph` (a live view shows a state there), then its details. */
export function rowLines(row: Row, layout: Layout, page: Page, glyph: string = page.paint(row.role, row.glyph)): readonly string[] {
  if (row.kind === "question") return questionLines(row, page);
  const margin = row.depth === 0 ? MARGIN : MARGIN + page.paint("quiet", RAILS.repeat(row.depth));
  const label = row.label === "" ? "" : padText(cleanLine(row.label), layout.label) + MARGIN;
  const start = INDENT + row.depth * RAIL + GLYPH + displayWidth(label);
  const { beside, note, below } = placeDetails(row, layout, page, start);
  const [title, ...more] = beside === "" ? wholeTitle(row.title, page.columns - start) : [padText(cleanLine(row.title), layout.note - GAP - start) + MARGIN];
  const head = `${margin}${glyph} ${page.paint("key", label)}${title}${beside}`.trimEnd();
  if (more.length + note.length + below.length === 0) return [head];
  const column = Math.max(layout.details - INDENT - row.depth * RAIL, GLYPH);
  const width = labelWidth(below);
  return [
    head,
    ...more.map((line) => margin + " ".repeat(start - INDENT - row.depth * RAIL) + line),
    ...note.flatMap((detail) => detailLines(detail, 0, margin, column, layout, page)),
    ...below.flatMap((detail) => detailLines(detail, width, margin, column, layout, page)),
  ];
}

/** The same on a single line, whatever has to be left out. */
export function rowLine(row: Row, layout: Layout, page: Page, glyph: string): string {
  const label = row.label === "" ? 0 : Math.max(layout.label, displayWidth(row.label)) + GAP;
  const room = page.columns - INDENT - row.depth * RAIL - GLYPH - label;
  return rowLines({ ...row, title: truncateText(cleanLine(row.title), room) }, layout, page, glyph)[0] ?? "";
}

const MARGIN = " ".repeat(INDENT);
const RAILS = `${GLYPHS.rail} `;

/** A title is never cut: what finds no room goes on below. */
function wholeTitle(title: string, width: number): readonly [string, ...string[]] {
  const [first = "", ...rest] = wrapText(cleanLine(title), Math.max(width, NARROWEST_TITLE));
  return [padText(first, 0), ...rest.map((line) => padText(line, 0))];
}

interface Placed {
  readonly beside: string;
  readonly note: readonly Detail[];
  readonly below: readonly Detail[];
}

const NONE: readonly Detail[] = [];

/** Beside the title goes the note, or a single detail, when the line has room for it; the rest goes below. */
function placeDetails(row: Row, layout: Layout, page: Page, start: number): Placed {
  const pieces = besidePieces(row);
  if (pieces.length === 0) return { beside: "", note: NONE, below: row.details };
  const column = Math.max(layout.note, start + displayWidth(cleanLine(row.title)) + GAP);
  const isNote = pieces === row.note;
  const line = column < page.columns ? wrapPieces(pieces, page.columns - column, page.paint) : [];
  if (line.length === 1) return { beside: line[0] ?? "", note: NONE, below: isNote ? row.details : NONE };
  return { beside: "", note: isNote ? [{ label: "", pieces }] : NONE, below: row.details };
}

/** What may stand beside a title: its note, else its only detail. */
function besidePieces(row: Row): readonly Piece[] {
  const only = row.details[0];
  if (row.note.length > 0 || only === undefined || row.details.length > 1) return row.note;
  return only.label === "" ? only.pieces : [{ kind: "same", text: `${only.label}  ` }, ...only.pieces];
}

function besideWidth(row: Row): number {
  return displayWidth(inlinePieces(besidePieces(row)));
}

function labelWidth(details: readonly Detail[]): number {
  return Math.max(0, ...details.map((detail) => displayWidth(detail.label)));
}

function detailLines(detail: Detail, width: number, indent: string, column: number, layout: Layout, page: Page): readonly string[] {
  const offset = width > 0 ? width + GAP : 0;
  const room = Math.max(12, page.columns - displayWidth(indent) - column - offset);
  const lines = wrapPieces(detail.pieces, room, page.paint);
  const shown = lines.length > layout.most ? [...lines.slice(0, layout.most), page.paint("quiet", `${GLYPHS.fold} the rest: canon plan --explain`)] : lines;
  return shown.map((line, index) => {
    const label = index === 0 ? page.paint("quiet", padText(detail.label, offset)) : " ".repeat(offset);
    return `${indent}${" ".repeat(column)}${label}${line}`.trimEnd();
  });
}
