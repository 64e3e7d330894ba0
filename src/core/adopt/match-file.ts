/** The file of matches that a person answers in a spreadsheet: printed with empty answers, read back with every mistake's line. */

import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Match } from "../model/match.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { parseCsv, printCsv, type CsvRecord } from "./csv.ts";

const COLUMNS = ["answer", "key", "ticket title", "address", "section title", "score", "why"] as const;
type Column = (typeof COLUMNS)[number];

/** The others only help the person. */
const NEEDED: readonly Column[] = ["answer", "key", "address"];

const ANSWERS = ["yes", "no"] as const;

/** A ticket and a section that a person calls one. */
export interface Pair {
  readonly key: string;
  readonly address: string;
  /** Where it was said; null on the command line. */
  readonly place: Place | null;
}

export interface MatchFile {
  readonly rows: number;
  /** Rows answered with yes or no. */
  readonly answered: number;
  /** The rows answered yes. */
  readonly pairs: readonly Pair[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The mark at the beginning tells spreadsheets that it is UTF-8. */
export function printMatchFile(matches: readonly Match[]): string {
  return `\uFEFF${printCsv([COLUMNS, ...matches.map((match) => COLUMNS.map((column) => cellOf(match, column)))])}`;
}

/** A suggestion is never answered beforehand. */
function cellOf({ ticket, section, score, why }: Match, column: Column): string {
  switch (column) {
    case "answer":
      return "";
    case "key":
      return ticket?.key ?? "";
    case "ticket title":
      return ticket?.title ?? "";
    case "address":
      return section?.address ?? "";
    case "section title":
      return section?.title ?? "";
    case "score":
      return ticket && section ? String(score) : "";
    case "why":
      return why;
  }
}

/** `path` is how messages name the file. */
export function readMatchFile(text: string, path: string): MatchFile {
  const { records, openQuote } = parseCsv(text);
  const [header, ...rows] = records;
  const nothing = { rows: 0, answered: 0, pairs: [] };
  if (openQuote !== null)
    return { ...nothing, diagnostics: [wrong("matches-unreadable", { path, line: openQuote }, "A quote opens here and nothing closes it.")] };
  if (!header) return { ...nothing, diagnostics: [wrong("matches-unreadable", { path }, "The file of matches is empty.")] };
  const columns = readHeader(header, path);
  if (columns.diagnostics.some(({ severity }) => severity === "error")) return { ...nothing, diagnostics: columns.diagnostics };
  const read = rows.map((row) => readRow(row, columns.at, header.cells.length, path));
  return {
    rows: rows.length,
    answered: read.filter(({ answered }) => answered).length,
    pairs: read.flatMap(({ pair }) => pair ?? []),
    diagnostics: [...columns.diagnostics, ...read.flatMap(({ diagnostic }) => diagnostic ?? [])],
  };
}

interface Columns {
  readonly at: ReadonlyMap<Column, number>;
  readonly diagnostics: readonly Diagnostic[];
}

/** In any order and case. */
function readHeader({ cells, line }: CsvRecord, path: string): Columns {
  const at = new Map<Column, number>();
  const diagnostics: Diagnostic[] = [];
  cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase();
    const column = COLUMNS.find((known) => known === name);
    if (column !== undefined && !at.has(column)) return void at.set(column, index);
    if (column !== undefined)
      return void diagnostics.push(wrong("matches-column", { path, line, column: index + 1 }, `The column "${column}" stands there twice.`));
    if (name !== "") diagnostics.push(unknownColumn(cell.trim(), cells, { path, line, column: index + 1 }));
  });
  const missing = NEEDED.filter((column) => !at.has(column));
  if (missing.length > 0)
    diagnostics.push(
      wrong(
        "matches-column",
        { path, line },
        `${missing.length === 1 ? "The column" : "The columns"} ${quoted(missing)} ${missing.length === 1 ? "is" : "are"} missing.`,
      ),
    );
  return { at, diagnostics };
}

/** People add columns of their own, so it only hurts where one of ours is missing. */
function unknownColumn(name: string, cells: readonly string[], place: Place): Diagnostic {
  const there = new Set(cells.map((cell) => cell.trim().toLowerCase()));
  const near = nearestWord(
    name,
    COLUMNS.filter((column) => !there.has(column)),
  );
  const hint = near === null ? `Canon reads ${quoted(NEEDED)}.` : `Did you mean "${near}"?`;
  return { code: "matches-column", severity: "warning", message: `The column "${name}" is not known, so nothing in it counts.`, place, hint };
}

interface ReadRow {
  readonly answered: boolean;
  readonly pair: Pair | null;
  readonly diagnostic: Diagnostic | null;
}

function readRow({ cells, line }: CsvRecord, at: ReadonlyMap<Column, number>, width: number, path: string): ReadRow {
  const place: Place = { path, line };
  const cell = (column: Column): string => cells[at.get(column) ?? -1]?.trim() ?? "";
  const [answer, key, address] = [cell("answer"), cell("key"), cell("address")];
  const refused = (diagnostic: Diagnostic): ReadRow => ({ answered: true, pair: null, diagnostic });
  const word = ANSWERS.find((known) => known === answer.toLowerCase());
  if (answer === "" || word === "no") return { answered: answer !== "", pair: null, diagnostic: null };
  // A cell too many shifts all that follow it: what then stands under "key" may be part of a title.
  if (cells.slice(width).some((extra) => extra.trim() !== "")) return refused(wrong("matches-row", place, "The row has more cells than the header names."));
  if (word === undefined) return refused(unknownAnswer(answer, place));
  if (key === "" || address === "") return refused(wrong("matches-row", place, `The row says yes and names no ${key === "" ? "key" : "address"}.`));
  return { answered: true, pair: { key, address, place }, diagnostic: null };
}

function unknownAnswer(answer: string, place: Place): Diagnostic {
  const near = nearestWord(answer, ANSWERS);
  const message = `"${answer}" is no answer.`;
  return near === null ? wrong("matches-answer", place, message) : { ...wrong("matches-answer", place, message), hint: `Did you mean "${near}"?` };
}

function wrong(code: Diagnostic["code"], place: Place, message: string): Diagnostic {
  return { code, severity: "error", message, place };
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
