/** Which tickets may belong to which sections, the surest first, and what nothing fits. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Match } from "../core/model/match.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";
import { wrapParts, wrapRuns, wrapText } from "./wrap.ts";

export interface Matches {
  readonly matches: readonly Match[];
  readonly diagnostics: readonly Diagnostic[];
}

/** More are for a spreadsheet. */
const SHOWN = 20;
/** `  92  `: the score and what is around it. */
const INDENT = 7;

/** `file`: where they were written; null: they are only shown. */
export function matchesText({ matches, diagnostics }: Matches, file: string | null, page: Page): string {
  const pairs = matches.flatMap(({ ticket, section, ...match }) => (ticket && section ? [{ ...match, ticket, section }] : []));
  const shown = file === null ? pairs.slice(0, SHOWN) : [];
  const more = file === null ? pairs.length - shown.length : 0;
  const blocks = [
    ...shown.map((pair) => pairLines(pair, page)),
    more > 0 ? [page.paint("quiet", `${" ".repeat(INDENT)}${GLYPHS.fold} ${count(more, "more", "more")}`)] : [],
    diagnosticsText(diagnostics, page),
    [...summary(matches, pairs.length, page), ...next(pairs.length, file, page)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

type Pair = Pick<Match, "score" | "why"> & { readonly ticket: NonNullable<Match["ticket"]>; readonly section: NonNullable<Match["section"]> };

/**
 *   92  PAY-12  [PAY] Key generation
 *       specs/payments.md#key-generation
 *       title shares key, generation; 2 of 3 criteria
 */
function pairLines({ score, why, ticket, section }: Pair, page: Page): readonly string[] {
  const margin = " ".repeat(INDENT);
  const width = page.columns - INDENT;
  const [first = "", ...rest] = wrapRuns(
    [
      { text: cleanLine(ticket.key), role: "key" },
      { text: `  ${cleanLine(ticket.title)}`, role: null },
    ],
    width,
    page.paint,
  );
  const lines = [...rest, cleanLine(section.address), ...wrapText(cleanLine(why), width).map((line) => page.paint("quiet", line))];
  return [`  ${String(score).padStart(3)}  ${first}`, ...lines.map((line) => margin + line)];
}

function summary(matches: readonly Match[], pairs: number, page: Page): readonly string[] {
  const sections = matches.filter(({ ticket }) => ticket === null).length;
  const tickets = matches.filter(({ section }) => section === null).length;
  const parts = [count(pairs, "suggestion"), `${count(sections, "section")} without one`, `${count(tickets, "ticket")} without one`];
  return wrapParts(parts, page.columns - 2).map((line) => `  ${page.paint("heading", line)}`);
}

function next(pairs: number, file: string | null, page: Page): readonly string[] {
  if (file !== null) {
    const shown = cleanLine(file);
    const answer = `Written to ${shown}. Answer in its first column, yes or no, then: canon adopt --from ${shown}`;
    return wrapText(answer, page.columns - 2).map((line) => `  ${line}`);
  }
  return pairs === 0 ? [] : wrapText("To answer them: canon adopt --suggest --out matches.csv", page.columns - 2).map((line) => `  ${line}`);
}
