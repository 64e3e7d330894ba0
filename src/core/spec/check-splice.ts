/** The post-condition of writing into a spec: the file, parsed again, differs by exactly what was intended and by nothing else. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { plainLine } from "../text/safe-inline.ts";
import { addedDifference, criteriaDifference, homesOf, sameCriteria } from "./check-criteria.ts";
import { bodyDifference, sameBlocks, sameText, sameWholeText } from "./check-text.ts";
import { isDocumentHeading, withDocumentItem } from "./document-item.ts";
import { editProblem } from "./edit-problem.ts";
import { intendedMarkers } from "./intended-markers.ts";
import { printMarker } from "./print-marker.ts";
import type { SectionEdit } from "./section-edit.ts";
import { orderAfter } from "./section-order.ts";
import { numberOf } from "./splice-title.ts";

/** null where all is as intended. `after` is the spliced text, parsed again. */
export function checkSplice(before: SpecDocument, after: SpecDocument, edits: readonly SectionEdit[]): Diagnostic | null {
  const difference = findDifference(before, after, edits);
  if (difference === null) return null;
  const { section, why } = difference;
  const what = edits.every(isOnlyMarkers) ? "The marker lines" : "What the ticket says";
  const where = section === null ? "" : ` in "${section.title}"`;
  return {
    code: "splice-refused",
    severity: "error",
    message: `${what} cannot be written${where}, because ${why}. The file is as it was.`,
    place: { path: before.path, line: section?.heading?.line ?? 1 },
  };
}

interface Difference {
  /** null: it is about the whole file. */
  readonly section: Section | null;
  /** In words that follow "because". */
  readonly why: string;
}

function findDifference(before: SpecDocument, after: SpecDocument, edits: readonly SectionEdit[]): Difference | null {
  const sectionOf = (edit: SectionEdit): Section | null => before.sections[edit.section] ?? null;
  for (const edit of edits) {
    const why = editProblem(before, edit);
    if (why !== null) return { section: sectionOf(edit), why };
  }
  const isMarkers = edits.every(isOnlyMarkers);
  if (isMarkers && !sameWholeText(before, after)) return { section: null, why: "text outside of markers would change" };
  const documentHasHeading = (before.sections[0]?.heading ?? null) !== null;
  const result = documentHasHeading ? withDocumentItem(after, new Set([0])) : after;
  const order = orderAfter(before, edits);
  if (before.sections.length + order.added.length !== result.sections.length) return { section: null, why: "headings would appear or vanish" };
  const homes = new Set(edits.flatMap((edit) => homesOf(before, edit)));
  const touched = new Set([...homes, ...edits.flatMap(({ blocks }) => blocks?.sections ?? [])]);
  const context: Context = { before, result, titled: edits.filter(({ title }) => title !== undefined), moved: order.moved, homes, touched, skipped: new Set() };
  const bySection = new Map(edits.map((edit) => [edit.section, edit]));
  for (const section of before.sections) {
    const why = sectionDifference(context, section, bySection.get(section.index));
    if (why !== null) return { section, why };
  }
  for (const edit of edits) {
    const why = criteriaDifference(before, result, edit, order.moved) ?? bodyDifference(before, result, edit, order.moved);
    if (why !== null) return { section: sectionOf(edit), why };
  }
  const added = edits.flatMap((edit) => (edit.append ?? []).map((wanted) => ({ edit, wanted })));
  for (const [index, { edit, wanted }] of added.entries()) {
    const why = addedDifference(wanted, result.sections[order.added[index] ?? -1]);
    if (why !== null) return { section: sectionOf(edit), why };
  }
  if (!isMarkers && !sameText(before, result, context)) return { section: null, why: "text outside of what is edited would change" };
  if (!sameEntries(before.definitions, result.definitions)) return { section: null, why: "a link definition would change" };
  if (JSON.stringify(before.removed) !== JSON.stringify(result.removed)) return { section: null, why: "a tombstone would change" };
  return null;
}

interface Context {
  readonly before: SpecDocument;
  readonly result: SpecDocument;
  /** The edits that bring a title. */
  readonly titled: readonly SectionEdit[];
  /** Index after the edits of each section, by its index before. */
  readonly moved: readonly number[];
  /** Sections whose criteria are edited. */
  readonly homes: ReadonlySet<number>;
  /** These, and those whose blocks are edited: what must be as it was in them is checked block by block. */
  readonly touched: ReadonlySet<number>;
  readonly skipped: Set<number>;
}

function sectionDifference(context: Context, section: Section, edit: SectionEdit | undefined): string | null {
  const { before, result, moved, homes, touched, skipped } = context;
  if (edit?.skip || skipped.has(section.parent)) skipped.add(section.index);
  const after = result.sections[moved[section.index] ?? -1];
  if (!after) return "it would vanish";
  const parent = section.parent < 0 ? section.parent : moved[section.parent];
  if (section.depth !== after.depth || parent !== after.parent) return "its heading would change";
  if (after.title !== intendedTitle(context, section, after)) return "its heading would not read as intended";
  if (!homes.has(section.index) && !sameCriteria(section.criteria, after.criteria)) return "its criteria would change";
  if (!touched.has(section.index) && !sameBlocks(section.blocks, after.blocks)) return "its text would be read otherwise";
  if ((section.skipped || skipped.has(section.index)) !== after.skipped || section.stopped !== after.stopped) return "it would be left alone from now on";
  // The document's address has no id, whatever its marker says; the h1 that lends it its heading is no item.
  if (!isDocumentHeading(before, section) && after.id !== (section.index === 0 ? "" : (edit?.system?.id ?? section.id)))
    return `its id would become ${after.id}`;
  const markers = after.markers.map(({ value }) => printMarker(value));
  return JSON.stringify(markers) === JSON.stringify(intendedMarkers(section, edit)) ? null : "its markers would not be the intended ones";
}

/** A document is called by its h1, unless its front matter says otherwise. */
function intendedTitle({ before, titled }: Context, section: Section, after: Section): string {
  const own = titled.find(({ section: index }) => index === section.index || isSameHeading(before.sections[index], section));
  if (own?.title !== undefined) return numberOf(section) + plainLine(own.title);
  const isNamedByH1 = section.index === 0 && titled.some(({ section: index }) => before.sections[index]?.title === section.title);
  return isNamedByH1 ? after.title : section.title;
}

function isSameHeading(one: Section | undefined, other: Section): boolean {
  return one?.heading !== null && one?.heading === other.heading;
}

function isOnlyMarkers({ title, criteria, blocks, append }: SectionEdit): boolean {
  return title === undefined && !criteria && !blocks && !append;
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
