/** Says before anything is written why an edit of a section cannot be made. */

import type { SpecDocument } from "../model/spec-document.ts";
import { plainLine } from "../text/safe-inline.ts";
import type { SectionEdit } from "./section-edit.ts";
import { blockProblem } from "./splice-blocks.ts";

/** In words that follow "because"; null where nothing speaks against it. */
export function editProblem(doc: SpecDocument, edit: SectionEdit): string | null {
  const { title, system, criteria, blocks, append = [] } = edit;
  const section = doc.sections[edit.section];
  if (!section) return "it is not in the file";
  if (title !== undefined && section.heading === null) return "it has no heading that could carry the title";
  if (title !== undefined && !system && section.idFrom === "title") return "its id would change with its title";
  if ([title, ...append.map((added) => added.title)].some((text) => text !== undefined && plainLine(text) === ""))
    return "a title without words cannot be written";
  if (criteria) {
    const known = new Set(doc.sections.flatMap((one) => one.criteria));
    const used = criteria.wanted.flatMap(({ was }) => (was === null ? [] : [was]));
    const isOwn = criteria.now.every((criterion) => known.has(criterion));
    if (!isOwn || new Set(used).size < used.length || used.some((was) => !criteria.now[was])) return "its criteria are not those of the file";
  }
  return blocks ? blockProblem(doc, blocks.sections, blocks.edits) : null;
}
