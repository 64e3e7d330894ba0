/** Where the first criterion of a section goes: under its "Acceptance Criteria" heading, else below its own text. */

import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { LinePatch } from "./line-patch.ts";
import { contentEnd } from "./source-lines.ts";

/** The section of the file in which the list is begun. */
export function criteriaHome(doc: SpecDocument, section: number): Section | undefined {
  const own = ownSection(doc, section);
  return doc.sections.find((candidate) => candidate.parent === own?.index && isOpenCriteriaHeading(candidate)) ?? own;
}

/** The section that holds an item's own text: for a document that stands for its h1, the h1's. */
export function ownSection(doc: SpecDocument, section: number): Section | undefined {
  const own = doc.sections[section];
  const isDocument = section === 0 && own?.heading;
  return isDocument ? doc.sections.find(({ index, heading }) => index > 0 && heading === own.heading) : own;
}

function isOpenCriteriaHeading({ isCriteriaHeading, skipped, stopped, ticket }: Section): boolean {
  return isCriteriaHeading && !skipped && !stopped && ticket === null;
}

/** Index of the line behind the last one that is not blank, before the next heading. */
export function lineBehind(doc: SpecDocument, { index, heading }: Section, patch: LinePatch): number {
  const start = heading?.start ?? doc.frontMatterEnd ?? (doc.text.startsWith("\uFEFF") ? 1 : 0);
  const last = contentEnd(doc.text, start, doc.sections[index + 1]?.heading?.start ?? doc.text.length);
  // Behind front matter there is a line at least: the one that closes it.
  return last === start && heading === null && doc.frontMatterEnd === null ? 0 : patch.lineAt(Math.max(0, last - 1)) + 1;
}
