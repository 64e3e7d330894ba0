/** Part of the post-condition: the criteria of a section, and sections that are new, read as they were wanted. */

import type { CriterionValue } from "../model/item.ts";
import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { plainLine, safeInline } from "../text/safe-inline.ts";
import { criteriaHome } from "./criteria-home.ts";
import { printMarker } from "./print-marker.ts";
import type { NewSection, SectionEdit } from "./section-edit.ts";
import { formerOf, newWords } from "./wanted-words.ts";

/** Indexes of the sections in which the criteria of the edit stand, or will. */
export function homesOf(doc: SpecDocument, { section, criteria }: SectionEdit): readonly number[] {
  if (!criteria) return [];
  if (criteria.now.length === 0) return [criteriaHome(doc, section)?.index ?? section];
  const now = new Set(criteria.now);
  return doc.sections.filter((candidate) => candidate.criteria.some((criterion) => now.has(criterion))).map(({ index }) => index);
}

/** Order is left to the spec's author, so it is not looked at. */
export function criteriaDifference(before: SpecDocument, after: SpecDocument, edit: SectionEdit, moved: readonly number[]): string | null {
  const { criteria } = edit;
  if (!criteria) return null;
  const wanted = criteria.wanted.map((one) => {
    const former = formerOf(criteria, one);
    return { text: newWords(former, one) ?? former?.text ?? "", checked: one.checked };
  });
  const found = homesOf(before, edit).flatMap((home) => after.sections[moved[home] ?? -1]?.criteria ?? []);
  const isAsWanted = JSON.stringify(wanted.map(keyOf).toSorted()) === JSON.stringify(found.map(keyOf).toSorted());
  return isAsWanted ? null : "its criteria would not read as on the ticket";
}

export function addedDifference(wanted: NewSection, found: Section | undefined): string | null {
  if (!found || found.depth !== wanted.depth || found.title !== plainLine(wanted.title)) return "the new heading would not read as intended";
  if (found.stopped || found.skipped) return "the new section would be left alone from now on";
  if (wanted.system && found.id !== wanted.system.id) return `the id of the new section would be ${found.id}`;
  const markers = [printMarker(wanted.ticket), ...(wanted.system ? [printMarker({ kind: "system", unknown: [], ...wanted.system })] : [])];
  if (JSON.stringify(found.markers.map(({ value }) => printMarker(value))) !== JSON.stringify(markers))
    return "the new section's markers would not be the intended ones";
  const criteria = wanted.criteria.map(({ text, checked }) => ({ text: safeInline(text), checked }));
  return sameCriteria(criteria, found.criteria) ? null : "the new section's criteria would not read as on the ticket";
}

export function sameCriteria(a: readonly CriterionValue[], b: readonly CriterionValue[]): boolean {
  return a.length === b.length && a.every((one, index) => keyOf(one) === keyOf(b[index] ?? { text: "", checked: !one.checked }));
}

/** A bracket that would be a reference in this spec is written with a backslash. */
function keyOf({ text, checked }: CriterionValue): string {
  return `${checked ? "x" : " "} ${text.replaceAll("\\[", "[")}`;
}
