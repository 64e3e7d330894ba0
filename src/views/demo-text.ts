/** What the demo did, beyond what apply itself says: the lines it put into the specs, and what to try next. */

import { cleanLine } from "../core/text/terminal-text.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";
import { wrapText } from "./wrap.ts";

export interface AddedLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly after: string;
}

/** Of each file; the others are alike. */
const SHOWN_HEADINGS = 2;

/** As a diff, one hunk per heading; those that are not shown are counted. */
export function markerDiff(added: readonly AddedLine[], page: Page): string {
  const files = Map.groupBy(added, (line) => line.path);
  const blocks = [...files].map(([path, lines]) => {
    const hunks = hunksOf(lines);
    const left = hunks.length - SHOWN_HEADINGS;
    return [
      `  ${page.paint("heading", cleanLine(path))}`,
      ...hunks.slice(0, SHOWN_HEADINGS).flatMap((hunk) => hunkLines(hunk, page)),
      ...(left > 0 ? [page.paint("quiet", `    ${GLYPHS.fold} and the same under ${count(left, "more heading")}`)] : []),
    ];
  });
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function hunksOf(lines: readonly AddedLine[]): readonly (readonly AddedLine[])[] {
  const hunks: AddedLine[][] = [];
  for (const line of lines) {
    const last = hunks.at(-1);
    if (last?.at(-1)?.line === line.line - 1) last.push(line);
    else hunks.push([line]);
  }
  return hunks;
}

function hunkLines(hunk: readonly AddedLine[], page: Page): readonly string[] {
  return [`    ${cleanLine(hunk[0]?.after ?? "")}`, ...hunk.map((line) => page.paint("added", `  + ${cleanLine(line.text)}`))];
}

export interface TryNext {
  readonly command: string;
  readonly what: string;
}

export function tryNext(steps: readonly TryNext[], page: Page): string {
  const width = Math.max(...steps.map(({ command }) => command.length));
  const beside = page.columns >= width + 30;
  return steps
    .map(({ command, what }) =>
      beside
        ? wrapText(what, page.columns - width - 4)
            .map((line, index) => `  ${index === 0 ? page.paint("command", command.padEnd(width)) : " ".repeat(width)}  ${page.paint("quiet", line)}\n`)
            .join("")
        : `  ${page.paint("quiet", what)}\n    ${page.paint("command", command)}\n`,
    )
    .join("");
}
