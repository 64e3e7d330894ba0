/** Turns one field of a change into what people read: its name and the words that move. */

import type { FieldName } from "../core/model/item.ts";
import type { FieldChange, PlanValue } from "../core/model/plan.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { foldSame, wordDifference, type Piece } from "../core/text/word-difference.ts";
import { count, criteriaCount } from "./words.ts";

/** One line of detail under a ticket; `label` is "" where it goes on with the one above. */
export interface Detail {
  readonly label: string;
  readonly pieces: readonly Piece[];
}

/** From which value to which: apply brings the spec to the ticket, what people changed goes the other way. */
export type Direction = "to-ticket" | "from-ticket";

/** Characters of unchanged text that stay readable around a change. */
const CONTEXT = 12;
/** More lines of criteria than this say no more than their numbers. */
const MOST_CRITERIA = 8;
/** Longer lists are not searched for reworded pairs: the search is quadratic. */
const MOST_COMPARED = 400;

export function fieldDetails(change: FieldChange, direction: Direction, whole: boolean = false): readonly Detail[] {
  const [before, after] = direction === "to-ticket" ? [change.live, change.spec] : [change.spec, change.live];
  switch (change.field) {
    case "title":
      return [detail(change.field, titlePieces(cleanLine(textOf(before)), cleanLine(textOf(after)), whole))];
    case "type":
    case "parent":
    case "status": {
      const way = [textOf(before) || "none", ...(direction === "to-ticket" ? (change.way ?? []) : []), textOf(after) || "none"];
      return [detail(change.field, [said(way.map(cleanLine).join(" → "))])];
    }
    case "labels":
      return [detail(change.field, spaced(listPieces(listOf(before), listOf(after))))];
    case "criteria":
      return criteriaDetails(listOf(before), listOf(after), whole);
    case "body":
      return [detail(change.field, bodyPieces(change, direction, whole))];
  }
}

/** In a few words, for a line that has room for no more: "+1 criterion", "status To Do → Done". */
export function fieldNote(change: FieldChange, direction: Direction): readonly Piece[] {
  if (change.field === "criteria") {
    const [before, after] = direction === "to-ticket" ? [change.live, change.spec] : [change.spec, change.live];
    return [said(criteriaNote(listOf(before), listOf(after)))];
  }
  return fieldDetails(change, direction).flatMap((line) => [said(`${line.label} `), ...line.pieces]);
}

function detail(label: FieldName | "", pieces: readonly Piece[]): Detail {
  return { label, pieces };
}

export function said(text: string): Piece {
  return { kind: "same", text };
}

function fold(pieces: readonly Piece[], whole: boolean): readonly Piece[] {
  return whole ? pieces : foldSame(pieces, CONTEXT);
}

/** Cleaned before they are compared: an escape sequence cut in two by a difference would no longer be known as one. */
function titlePieces(before: string, after: string, whole: boolean): readonly Piece[] {
  return before === after ? [said(`${after} (only its control characters change)`)] : fold(wordDifference(before, after), whole);
}

function bodyPieces(change: FieldChange, direction: Direction, whole: boolean): readonly Piece[] {
  if (change.preview === undefined) return [said("changed")];
  const { before, after } = change.preview;
  const pieces = direction === "to-ticket" ? wordDifference(before, after) : wordDifference(after, before);
  return pieces.every((piece) => piece.kind === "same") ? [said("only its form changes")] : fold(pieces, whole);
}

function listPieces(before: readonly string[], after: readonly string[]): readonly Piece[] {
  const [old, current] = [new Set(before), new Set(after)];
  const removed = before.filter((value) => !current.has(value)).map((text): Piece => ({ kind: "removed", text }));
  const added = after.filter((value) => !old.has(value)).map((text): Piece => ({ kind: "added", text }));
  return removed.length + added.length === 0 ? [said("other order")] : [...removed, ...added];
}

function spaced(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [said(" "), piece]));
}

/** Rows of removed and added criteria; one that was ticked or reworded is a single row with its words. */
function criteriaDetails(before: readonly string[], after: readonly string[], whole: boolean): readonly Detail[] {
  if (before.length + after.length > MOST_COMPARED) return [detail("criteria", [said(criteriaNote(before, after))])];
  const pieces = listPieces(before, after);
  const removed = pieces.filter((piece) => piece.kind === "removed").map((piece) => piece.text);
  const rows: (readonly Piece[])[] = [];
  for (const piece of pieces) {
    if (piece.kind === "removed") continue;
    const was = piece.kind === "added" ? removed.findIndex((text) => resembles(text, piece.text)) : -1;
    const old = was < 0 ? undefined : removed.splice(was, 1)[0];
    rows.push(old === undefined ? [piece] : rewordedCriterion(old, piece.text));
  }
  for (const text of removed) rows.push([{ kind: "removed", text }]);
  if (!whole && rows.length > MOST_CRITERIA) return [detail("criteria", [said(criteriaNote(before, after))])];
  return rows.map((row, index) => detail(index === 0 ? "criteria" : "", row));
}

function rewordedCriterion(before: string, after: string): readonly Piece[] {
  const [wasTicked, isTicked] = [isChecked(before), isChecked(after)];
  const box: readonly Piece[] =
    wasTicked === isTicked ? [] : [{ kind: "removed", text: wasTicked ? "[x]" : "[ ]" }, { kind: "added", text: isTicked ? "[x]" : "[ ]" }, said(" ")];
  const words = wordDifference(criterionText(before), criterionText(after));
  return [...box, ...(words.length > 1 ? foldSame(words, CONTEXT) : words)];
}

/** Half of the shorter one's words in common: one criterion in other words. */
function resembles(before: string, after: string): boolean {
  const words = new Set(wordsOf(before));
  const others = wordsOf(after);
  const shared = others.filter((word) => words.has(word)).length;
  return shared * 2 >= Math.min(words.size, others.length) && shared > 0;
}

function wordsOf(line: string): readonly string[] {
  return (
    criterionText(line)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** A criterion stands in a plan as `[x] text`. */
export function isChecked(line: string): boolean {
  return line.startsWith("[x]");
}

function criterionText(line: string): string {
  return line.replace(/^\[[ x]\] /, "");
}

/** "+1 criterion", "1 ticked, +2 −1 criteria". */
export function criteriaNote(before: readonly string[], after: readonly string[]): string {
  const ticks = new Map(before.map((line) => [criterionText(line), isChecked(line)]));
  const texts = new Set(after.map(criterionText));
  const ticked = after.filter((line) => ticks.get(criterionText(line)) === !isChecked(line));
  const added = after.filter((line) => !ticks.has(criterionText(line))).length;
  const removed = before.filter((line) => !texts.has(criterionText(line))).length;
  const on = ticked.filter(isChecked).length;
  const parts = [
    added > 0 ? `+${criteriaCount(added)}` : "",
    removed > 0 ? `−${criteriaCount(removed)}` : "",
    on > 0 ? count(on, "criterion ticked", "criteria ticked") : "",
    ticked.length > on ? count(ticked.length - on, "criterion unticked", "criteria unticked") : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "criteria in another order" : parts.join(", ");
}

export function textOf(value: PlanValue): string {
  return value === null ? "" : typeof value === "string" ? value : value.join(", ");
}

export function listOf(value: PlanValue): readonly string[] {
  return value === null ? [] : typeof value === "string" ? [value] : value;
}
