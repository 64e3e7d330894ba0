/** Part of the post-condition: text that nobody meant to change stands as it stood, to the byte where no list around it is edited. */

import type { Marker } from "../model/marker.ts";
import type { SourceBlock } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { bodyParts, type BodyPart } from "./body.ts";
import type { SectionEdit } from "./section-edit.ts";
import { contentEnd, lineEndingAt } from "./source-lines.ts";

export function sameBlocks(a: readonly SourceBlock[], b: readonly SourceBlock[]): boolean {
  const shape = ({ type, start, end, rest }: SourceBlock): readonly unknown[] => [type, end - start, rest];
  return JSON.stringify(a.map(shape)) === JSON.stringify(b.map(shape));
}

/** The blocks of an item's body that its edit does not name; of an edit of criteria alone, all. */
export function bodyDifference(before: SpecDocument, after: SpecDocument, edit: SectionEdit, moved: readonly number[]): string | null {
  const { blocks, criteria } = edit;
  if (!blocks && !criteria) return null;
  const names = new Set(criteria?.now);
  const homes = before.sections.filter(({ index, criteria: own }) => index === edit.section || own.some((criterion) => names.has(criterion)));
  const sections = [...new Set([...(blocks?.sections ?? []), ...homes.map(({ index }) => index)])].toSorted((a, b) => a - b);
  const own = blocks?.sections ?? [];
  const others = sections.filter((index) => !own.includes(index));
  const isSame = (indexes: readonly number[], edits: readonly { readonly start: number; readonly end: number }[]): boolean =>
    matches(
      pattern(
        bodyParts(before, indexes).map((part) => keyOf(before, part)),
        edits,
      ),
      bodyParts(
        after,
        indexes.map((index) => moved[index] ?? -1),
      ).map((part) => keyOf(after, part)),
    );
  return isSame(own, blocks?.edits ?? []) && others.every((index) => isSame([index], [])) ? null : "text beside what is edited would change";
}

/** Bullets of a list change where criteria in it do; its words stay. Headings are compared as sections. */
function keyOf(doc: SpecDocument, { block }: BodyPart): string {
  if (block === null) return "#";
  const source = block.rest ?? doc.text.slice(block.start, block.end);
  if (block.type !== "list") return `${block.type} ${source}`;
  return `list ${source.replace(/^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|$))+/gm, "").replace(/\s+/g, "")}`;
}

/** null stands for any blocks. */
function pattern(keys: readonly string[], edits: readonly { readonly start: number; readonly end: number }[]): readonly (string | null)[] {
  const result: (string | null)[] = [];
  let at = 0;
  for (const { start, end } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result.push(...keys.slice(at, start), null);
    at = end;
  }
  return [...result, ...keys.slice(at)];
}

function matches(wanted: readonly (string | null)[], found: readonly string[]): boolean {
  const [head = [], ...chunks] = chunksOf(wanted);
  if (!startsAt(found, head, 0)) return false;
  const tail = chunks.pop();
  if (!tail) return found.length === head.length;
  let at = head.length;
  for (const chunk of chunks) {
    while (at + chunk.length <= found.length && !startsAt(found, chunk, at)) at++;
    at += chunk.length;
  }
  return at + tail.length <= found.length && startsAt(found, tail, found.length - tail.length);
}

function chunksOf(wanted: readonly (string | null)[]): readonly (readonly string[])[] {
  const chunks: string[][] = [[]];
  for (const key of wanted) {
    if (key === null) chunks.push([]);
    else chunks.at(-1)?.push(key);
  }
  return chunks;
}

function startsAt(found: readonly string[], chunk: readonly string[], at: number): boolean {
  return chunk.every((key, index) => found[at + index] === key);
}

interface Edited {
  readonly titled: readonly SectionEdit[];
  readonly moved: readonly number[];
  readonly touched: ReadonlySet<number>;
}

export function sameWholeText(before: SpecDocument, after: SpecDocument): boolean {
  return wholeText(before) === wholeText(after);
}

/** The sections that no edit of lists or blocks touches, each by itself. */
export function sameText(before: SpecDocument, after: SpecDocument, { titled, moved, touched }: Edited): boolean {
  const headings = new Set(titled.flatMap(({ section }) => before.sections[section]?.heading ?? []));
  return before.sections.every(({ index, heading }) => {
    if (touched.has(index)) return true;
    const isTitled = heading !== null && headings.has(heading);
    return ownText(before, index, isTitled) === ownText(after, moved[index] ?? -1, isTitled);
  });
}

/** From the heading to the next, blank lines at its end left out: what comes behind needs some of its own. */
function ownText(doc: SpecDocument, index: number, isTitled: boolean): string {
  const section = doc.sections[index];
  const heading = index === 0 ? null : (section?.heading ?? null);
  const start = (isTitled ? heading?.end : heading?.start) ?? 0;
  // A document that stands for its h1 has that one's markers.
  const markers = [...(section?.markers ?? []), ...(index > 0 ? (doc.sections[0]?.markers ?? []) : [])];
  const text = withoutMarkers(doc, markers, start, doc.sections[index + 1]?.heading?.start ?? doc.text.length);
  return text.slice(0, contentEnd(text, 0, text.length));
}

function wholeText(doc: SpecDocument): string {
  return withoutMarkers(
    doc,
    doc.sections.flatMap(({ markers }) => markers),
    0,
    doc.text.length,
  );
}

/** That part of the text without its marker lines. */
function withoutMarkers(doc: SpecDocument, markers: readonly Marker[], start: number, end: number): string {
  const spans = markers
    .map(({ span }) => span)
    .filter((span) => span.start >= start && span.end <= end)
    .toSorted((a, b) => a.start - b.start);
  let text = "";
  let at = start;
  for (const span of spans) {
    text += doc.text.slice(at, span.start);
    at = span.end + lineEndingAt(doc.text, span.end).length;
  }
  const endsInMarker = spans.at(-1)?.end === doc.text.length;
  return endsInMarker ? text.replace(/(?:\r\n|\r|\n)$/, "") : text + doc.text.slice(at, end);
}
