/** Comma-separated values as spreadsheets read and write them (RFC 4180, and what they make of it), safe to open: no cell is a formula. */

export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Csv {
  readonly records: readonly CsvRecord[];
  /** The line of a quote that nothing closes: what follows it cannot be told apart. */
  readonly openQuote: number | null;
}

/** Spreadsheets carry out what begins like this; a longer run of apostrophes is one that was guarded already. */
const FORMULA = /^'*[=+\-@\t\r]/;

export function printCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(printCell).join(",")}\n`).join("");
}

function printCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A byte-order mark, any line end, and the separators that spreadsheets of other countries write are understood. Empty lines are no records. */
export function parseCsv(text: string): Csv {
  const source = text.replace(/^\uFEFF/, "");
  const separator = separatorOf(source);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  let at = 0;
  const endRecord = (): void => {
    if (cells.length > 1 || cells[0]?.trim() !== "") records.push({ line: began, cells });
    cells = [];
    began = line;
  };
  while (at < source.length || cells.length > 0) {
    const isQuoted = source[at] === '"';
    const end = isQuoted ? closingQuote(source, at + 1) : at;
    if (end === null) return { records, openQuote: line };
    const cellEnd = nextOf(source, end, separator);
    const quoted = isQuoted ? source.slice(at + 1, end - 1) : "";
    line += lineEnds(quoted);
    cells.push(unguarded(quoted.replaceAll('""', '"') + source.slice(end, cellEnd)));
    at = cellEnd;
    if (source[at] === separator) {
      at += 1;
      continue;
    }
    if (at < source.length) line += 1;
    at += source.startsWith("\r\n", at) ? 2 : 1;
    endRecord();
  }
  return { records, openQuote: null };
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** The first that stands in the header outside of quotes; a comma where none does. */
function separatorOf(source: string): string {
  const header = source.slice(0, nextOf(source, 0, "\n")).replace(/"[^"]*"/g, "");
  return /[,;\t]/.exec(header)?.[0] ?? ",";
}

/** The offset behind the quote that closes the cell. */
function closingQuote(source: string, from: number): number | null {
  for (let at = source.indexOf('"', from); at >= 0; at = source.indexOf('"', at + 2)) if (source[at + 1] !== '"') return at + 1;
  return null;
}

function nextOf(source: string, from: number, separator: string): number {
  let at = from;
  while (at < source.length && source[at] !== separator && source[at] !== "\n" && source[at] !== "\r") at += 1;
  return at;
}

function lineEnds(text: string): number {
  return (text.match(/\r\n|\r|\n/g) ?? []).length;
}
