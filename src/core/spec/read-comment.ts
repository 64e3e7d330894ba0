/** Decides what a comment at the root is: a marker of its section, a tombstone, a near miss, or nothing to Canon. */

import type { Html } from "mdast";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { MarkerValue } from "../model/marker.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { MARKER_KEYWORDS, parseMarker, type MarkerReading } from "./parse-marker.ts";
import type { SectionDraft, SpecDraft } from "./section-draft.ts";
import { lineEnd, lineStart } from "./source-lines.ts";
import { spanOf } from "./span-of.ts";

export interface Surroundings {
  /** Nothing but comments stands between the heading (for the document: the top) and this one. */
  readonly isUnderHeading: boolean;
  /** The next thing is a heading. */
  readonly isAboveHeading: boolean;
}

/** body: it holds more than comments. lost-ticket: a ticket marker that stands under no heading. */
export type CommentRole = "body" | "comment" | "lost-ticket";

export function readComment(node: Html, draft: SpecDraft, section: SectionDraft, around: Surroundings): CommentRole {
  if (!node.value.trimStart().startsWith("<!--")) return "body";
  const span = spanOf(node);
  const lines = { ...span, start: lineStart(draft.text, span.start), end: lineEnd(draft.text, span.end) };
  const reading = parseMarker(draft.text.slice(lines.start, lines.end));
  const role = isOnlyComments(node.value) ? "comment" : "body";
  if (reading === null) return role;
  const place = { path: draft.path, line: span.line, column: span.start - lines.start + 1 };
  if (!reading.ok) {
    draft.diagnostics.push(tellBroken(reading, section, around, place));
    return role;
  }
  const { value } = reading;
  draft.diagnostics.push(...tellUnknown(reading, place));
  if (value.kind === "removed") draft.removed.push(value);
  else if (around.isUnderHeading || (value.kind === "skip" && isDocumentTop(section))) section.markers.push({ value, span: lines });
  else {
    draft.diagnostics.push(tellMisplaced(value, section, around, place));
    if (value.kind === "ticket") return "lost-ticket";
  }
  return role;
}

/** Before the first block of the file, `skip` can only mean the whole file, wherever the title stands. */
function isDocumentTop(section: SectionDraft): boolean {
  return section.index === 0 && section.blocks.length === 0;
}

/** True where an HTML block is made of whole comments and white space. */
export function isOnlyComments(html: string): boolean {
  let at = 0;
  for (;;) {
    const rest = html.slice(at).trimStart();
    if (rest === "") return true;
    if (!rest.startsWith("<!--")) return false;
    const end = rest.indexOf("-->", 4);
    // A comment that is never closed hides everything to the end of the file.
    if (end < 0) return true;
    at = html.length - rest.length + end + 3;
  }
}

/** A ticket or id that cannot be read may be the section's own: acting without it could make a second ticket. */
function tellBroken(reading: Extract<MarkerReading, { ok: false }>, section: SectionDraft, around: Surroundings, place: Place): Diagnostic {
  const isIdentity = reading.keyword === null || reading.keyword === "ticket" || reading.keyword === "system";
  const stops = around.isUnderHeading && isIdentity;
  section.stopped ||= stops;
  const what = `This is not a marker, because ${reading.problem}.`;
  return { code: "marker-broken", severity: stops ? "error" : "warning", message: stops ? `${what} Its section is left alone.` : what, place };
}

function tellUnknown(reading: Extract<MarkerReading, { ok: true }>, place: Place): Diagnostic[] {
  if (reading.value.kind === "unknown") {
    const near = nearestWord(reading.value.keyword, MARKER_KEYWORDS);
    const hint = near === null ? {} : { hint: `Did you mean ${near}?` };
    return [
      {
        code: "marker-unknown",
        severity: "warning",
        message: `"${reading.value.keyword}" is no marker that Canon knows; it is kept as it is.`,
        place,
        ...hint,
      },
    ];
  }
  return reading.unknown.map((attribute) => ({
    code: "marker-unknown",
    severity: "warning",
    message: `"${attribute}" is no attribute of a ${reading.value.kind} marker; it is kept as it is.`,
    place,
  }));
}

/** Whose ticket is it? A guess could make a second one, so the section that holds it waits. */
function tellMisplaced(value: MarkerValue, section: SectionDraft, around: Surroundings, place: Place): Diagnostic {
  const stops = value.kind === "ticket";
  section.stopped ||= stops;
  const hint = around.isAboveHeading ? "Move it to the line under the heading." : "Move it directly under the heading of its section.";
  return {
    code: "marker-misplaced",
    severity: stops ? "error" : "warning",
    message: `A ${value.kind} marker stands in the text, not under a heading, and is not followed.`,
    place,
    hint,
  };
}
