/** Marker lines of a spec: which of them an edit adds, changes or removes, and nothing else of the text. */

import type { Span } from "../model/marker.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { Section } from "../model/section.ts";
import { editSystemLine, editTicketLine } from "./edit-marker-line.ts";
import { printMarker } from "./print-marker.ts";
import type { Replacement } from "./replace-text.ts";
import type { MarkerEdit } from "./section-edit.ts";
import { lineEnd, lineEndingAt, lineEndingBefore, lineStart, linesOf } from "./source-lines.ts";

/** The source lines of a section's heading; none for the document. */
export function headingLines(doc: SpecDocument, section: number): string[] {
  const heading = doc.sections[section]?.heading;
  return heading ? linesOf(doc.text, heading) : [];
}

/** The source lines of a section's markers, as they stand. */
export function markerLines(doc: SpecDocument, section: number): string[] {
  return (doc.sections[section]?.markers ?? []).map(({ span }) => doc.text.slice(span.start, span.end));
}

/** The marker lines of the section once the edit is made. */
export function plannedMarkerLines(doc: SpecDocument, edit: MarkerEdit): string[] {
  return planLines(doc, edit).flatMap((line) => (line.after === null ? [] : [line.after]));
}

/** A marker line before and after; `span` null where it is new, `after` null where it goes. */
interface PlannedLine {
  readonly span: Span | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** In the order they will stand: a new ticket line first, a new system line behind the ticket's. */
function planLines(doc: SpecDocument, edit: MarkerEdit): PlannedLine[] {
  const section = sectionOf(doc, edit);
  const planned = section.markers.map(({ value, span }): PlannedLine => {
    const before = doc.text.slice(span.start, span.end);
    if (value.kind === "ticket" && edit.ticket === null) return { span, before, after: null };
    if (value.kind === "ticket" && edit.ticket) return { span, before, after: editTicketLine(before, value, edit.ticket) };
    if (value.kind === "system" && edit.system) return { span, before, after: editSystemLine(before, value, edit.system) };
    return { span, before, after: before };
  });
  const hasTicket = section.markers.some(({ value }) => value.kind === "ticket");
  const hasSystem = section.markers.some(({ value }) => value.kind === "system");
  const hasSkip = section.markers.some(({ value }) => value.kind === "skip");
  if (edit.skip && !hasSkip) planned.unshift(newLine(printMarker({ kind: "skip" })));
  if (edit.ticket && !hasTicket) planned.unshift(newLine(printMarker(edit.ticket)));
  if (edit.system && !hasSystem) {
    const ticketAt = planned.findLastIndex((line) => line.after?.includes("canon:ticket:"));
    planned.splice(ticketAt + 1, 0, newLine(printMarker({ kind: "system", unknown: [], ...edit.system })));
  }
  const realized = (edit.realized ?? []).map((value) => newLine(printMarker(value)));
  planned.splice(planned.findLastIndex(({ after }) => after !== null && /canon:(?:ticket|system|realized-in):/.test(after)) + 1, 0, ...realized);
  return planned;
}

function newLine(text: string): PlannedLine {
  return { span: null, before: null, after: text };
}

/** What the edit changes in the text, in its order. */
export function markerChanges(doc: SpecDocument, edit: MarkerEdit): readonly Replacement[] {
  const changes: Replacement[] = [];
  // New lines go behind the last line that stands: the heading, or the marker before them.
  let anchor = insertionPoint(doc, sectionOf(doc, edit));
  let added: string[] = [];
  const flush = (): void => {
    if (added.length > 0) changes.push(insertion(doc.text, anchor, added));
    added = [];
  };
  for (const line of planLines(doc, edit)) {
    if (line.span === null) {
      if (line.after !== null) added.push(line.after);
      continue;
    }
    flush();
    if (line.after === null) {
      changes.push({ start: line.span.start, end: line.span.end + lineEndingAt(doc.text, line.span.end).length, text: "" });
      continue;
    }
    anchor = { offset: line.span.end, isLine: true };
    if (line.after !== line.before) changes.push({ start: line.span.start, end: line.span.end, text: line.after });
  }
  flush();
  return changes;
}

/** Behind a line (`isLine`: before its line end), or at the very start of the text. */
interface Anchor {
  readonly offset: number;
  readonly isLine: boolean;
}

/** Under the heading (setext: under its underline); for the document under the h1 or the front matter, else at the top. */
function insertionPoint(doc: SpecDocument, section: Section): Anchor {
  if (section.heading) return { offset: lineEnd(doc.text, section.heading.end), isLine: true };
  const { frontMatterEnd } = doc;
  if (frontMatterEnd !== null) return { offset: lineEnd(doc.text, frontMatterEnd), isLine: true };
  return { offset: doc.text.startsWith("\uFEFF") ? 1 : 0, isLine: false };
}

function insertion(text: string, anchor: Anchor, lines: readonly string[]): Replacement {
  const at = anchor.offset;
  if (!anchor.isLine) {
    const eol = firstLineEnding(text);
    return { start: at, end: at, text: lines.map((line) => line + eol).join("") };
  }
  // The line's own ending, so that files with mixed ones stay as they are; before the end of the file, its neighbour's.
  const eol = lineEndingAt(text, at) || lineEndingBefore(text, lineStart(text, at)) || "\n";
  return { start: at, end: at, text: lines.map((line) => eol + line).join("") };
}

function firstLineEnding(text: string): string {
  return lineEndingAt(text, lineEnd(text, 0)) || "\n";
}

function sectionOf(doc: SpecDocument, edit: MarkerEdit): Section {
  const section = doc.sections[edit.section];
  if (!section) throw new RangeError(`${doc.path} has no section ${edit.section}`);
  return section;
}
