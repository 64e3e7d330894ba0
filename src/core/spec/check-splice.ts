/** The post-condition of writing markers: the file, parsed again, differs by exactly the intended markers and nothing else. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Marker, MarkerValue } from "../model/marker.ts";
import type { Section, SourceBlock } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { isDocumentHeading, withDocumentItem } from "./document-item.ts";
import { printMarker } from "./print-marker.ts";
import { lineEndingAt } from "./source-lines.ts";
import type { SectionEdit } from "./section-edit.ts";

/** null where all is as intended. `after` is the spliced text, parsed again. */
export function checkSplice(before: SpecDocument, after: SpecDocument, edits: readonly SectionEdit[]): Diagnostic | null {
  const documentHasHeading = (before.sections[0]?.heading ?? null) !== null;
  const result = documentHasHeading ? withDocumentItem(after, new Set([0])) : after;
  const bySection = new Map(edits.map((edit) => [edit.section, edit]));
  const skipped = new Set<number>();
  if (withoutMarkers(before) !== withoutMarkers(result)) return refuse(before, null, "text outside of markers would change");
  if (before.sections.length !== result.sections.length) return refuse(before, null, "headings would appear or vanish");
  for (const section of before.sections) {
    if (bySection.get(section.index)?.skip || skipped.has(section.parent)) skipped.add(section.index);
    const difference = differenceOf(before, section, result.sections[section.index], bySection.get(section.index), skipped.has(section.index));
    if (difference !== null) return refuse(before, section, difference);
  }
  if (!sameEntries(before.definitions, result.definitions)) return refuse(before, null, "a link definition would change");
  if (JSON.stringify(before.removed) !== JSON.stringify(result.removed)) return refuse(before, null, "a tombstone would change");
  return null;
}

function differenceOf(document: SpecDocument, before: Section, after: Section | undefined, edit: SectionEdit | undefined, skipped: boolean): string | null {
  if (!after) return "it would vanish";
  if (before.depth !== after.depth || before.title !== after.title || before.parent !== after.parent) return "its heading would change";
  if (JSON.stringify(before.criteria.map(withoutLine)) !== JSON.stringify(after.criteria.map(withoutLine))) return "its criteria would change";
  if (JSON.stringify(before.blocks.map(shapeOf)) !== JSON.stringify(after.blocks.map(shapeOf))) return "its text would be read otherwise";
  if ((before.skipped || skipped) !== after.skipped || before.stopped !== after.stopped) return "it would be left alone from now on";
  // The document's address has no id, whatever its marker says; the h1 that lends it its heading is no item.
  if (!isDocumentHeading(document, before) && after.id !== (before.index === 0 ? "" : (edit?.system?.id ?? before.id)))
    return `its id would become ${after.id}`;
  if (JSON.stringify(after.markers.map(valueOf)) !== JSON.stringify(intended(before, edit))) return "its markers would not be the intended ones";
  return null;
}

function intended(section: Section, edit: SectionEdit | undefined): readonly string[] {
  const values = section.markers.map(({ value }) => value);
  if (!edit) return values.map((value) => printMarker(value));
  const others = values.flatMap((value) => intendedValue(value, edit));
  const isNewTicket = edit.ticket && !values.some((value) => value.kind === "ticket");
  if (isNewTicket && edit.ticket) others.unshift(edit.ticket);
  if (edit.system && !values.some((value) => value.kind === "system")) {
    others.splice(others.findLastIndex((value) => value.kind === "ticket") + 1, 0, { kind: "system", unknown: [], ...edit.system });
  }
  if (edit.skip && !values.some((value) => value.kind === "skip")) others.unshift({ kind: "skip" });
  return others.map((value) => printMarker(value));
}

function intendedValue(value: MarkerValue, edit: SectionEdit): MarkerValue[] {
  if (value.kind === "ticket" && edit.ticket !== undefined) return edit.ticket === null ? [] : [edit.ticket];
  if (value.kind === "system" && edit.system) return [{ ...value, ...edit.system }];
  return [value];
}

function valueOf(marker: Marker): string {
  return printMarker(marker.value);
}

function withoutLine({ text, checked }: Section["criteria"][number]): readonly [string, boolean] {
  return [text, checked];
}

function shapeOf({ type, start, end, rest }: SourceBlock): readonly unknown[] {
  return [type, end - start, rest];
}

/** The text without its marker lines. */
function withoutMarkers(doc: SpecDocument): string {
  const spans = doc.sections.flatMap((section) => section.markers.map((marker) => marker.span)).toSorted((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const span of spans) {
    text += doc.text.slice(at, span.start);
    at = span.end + lineEndingAt(doc.text, span.end).length;
  }
  const endsInMarker = spans.at(-1)?.end === doc.text.length;
  return endsInMarker ? text.replace(/(?:\r\n|\r|\n)$/, "") : text + doc.text.slice(at);
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function refuse(doc: SpecDocument, section: Section | null, difference: string): Diagnostic {
  const where = section === null ? "" : ` in "${section.title}"`;
  return {
    code: "splice-refused",
    severity: "error",
    message: `The marker lines cannot be written${where}, because ${difference}. The file is as it was.`,
    place: { path: doc.path, line: section?.heading?.line ?? 1 },
  };
}
