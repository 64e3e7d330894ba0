/** Breaks text into lines of a page, words whole where they fit. */

import { cleanLine, cutText, displayWidth } from "../core/text/terminal-text.ts";
import type { Piece } from "../core/text/word-difference.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Paint, Role } from "./paint.ts";

/** A stretch of plain text in one colour. */
export interface Run {
  readonly text: string;
  readonly role: Role | null;
}

/** Pieces as painted lines: `…kept [-old-]{+new+} kept…`. The marks say without colour what the colour says. */
export function wrapPieces(pieces: readonly Piece[], width: number, paint: Paint): readonly string[] {
  return wrapRuns(pieces.map(runOf), width, paint);
}

export function wrapRuns(runs: readonly Run[], width: number, paint: Paint): readonly string[] {
  const whole = runs.reduce((sum, run) => sum + displayWidth(run.text), 0);
  if (whole <= width) return whole === 0 ? [] : [paintLine(runs, paint)];
  const lines: string[] = [];
  let line: Run[] = [];
  let used = 0;
  const flush = (): void => {
    lines.push(paintLine(line, paint));
    line = [];
    used = 0;
  };
  for (const word of runs.flatMap(wordsOf)) {
    let rest = word.text;
    if (used > 0 && used + displayWidth(rest.trimEnd()) > width) flush();
    if (used === 0) rest = rest.trimStart();
    const parts = displayWidth(rest.trimEnd()) > width ? cutText(rest, width) : [rest];
    for (const part of parts.slice(0, -1)) {
      line.push({ text: part, role: word.role });
      flush();
    }
    rest = parts.at(-1) ?? "";
    if (rest === "") continue;
    line.push({ text: rest, role: word.role });
    used += displayWidth(rest);
  }
  if (line.length > 0) flush();
  return lines;
}

export function wrapText(text: string, width: number): readonly string[] {
  return wrapPieces([{ kind: "same", text }], width, (_role, plain) => plain);
}

/** Pieces of text with lines, line by line; empty lines are left out. */
export function splitLines(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const { kind, text } of pieces) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "" || kind === "fold") lines.at(-1)?.push({ kind, text: part });
    }
  }
  return lines.filter((line) => line.length > 0);
}

/** `a · b · c`, broken only between its parts. */
export function wrapParts(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last}${GLYPHS.dot}${part}`;
    if (last !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrapText(part, width));
  }
  return lines;
}

/** On one line, however long. */
export function inlinePieces(pieces: readonly Piece[]): string {
  if (pieces.length === 0) return "";
  return pieces
    .map((piece) => marked(piece))
    .join("")
    .trim();
}

function marked(piece: Piece): string {
  switch (piece.kind) {
    case "same":
      return cleanLine(piece.text);
    case "fold":
      return GLYPHS.fold;
    case "removed":
      return `[-${cleanLine(piece.text)}-]`;
    case "added":
      return `{+${cleanLine(piece.text)}+}`;
  }
}

function runOf(piece: Piece): Run {
  switch (piece.kind) {
    case "same":
      return { text: marked(piece), role: null };
    case "fold":
      return { text: marked(piece), role: "quiet" };
    case "removed":
    case "added":
      return { text: marked(piece), role: piece.kind };
  }
}

function wordsOf(run: Run): readonly Run[] {
  return (run.text.match(/\s*\S+|\s+$/g) ?? []).map((text) => ({ text, role: run.role }));
}

function paintLine(words: readonly Run[], paint: Paint): string {
  let line = "";
  for (let index = 0; index < words.length;) {
    const role = words[index]?.role ?? null;
    let run = "";
    for (; index < words.length && (words[index]?.role ?? null) === role; index += 1) run += words[index]?.text ?? "";
    line += role === null ? run : paint(role, run);
  }
  return line.trimEnd();
}
