/** Counts sections of a document: where all that stands under one ends, and where each stands once others came between. */

import type { SpecDocument } from "../model/spec-document.ts";
import type { SectionEdit } from "./section-edit.ts";

/** Index of the first section that no longer stands under this one. */
export function edgeOfSubtree(doc: SpecDocument, section: number): number {
  const depth = section === 0 ? 0 : (doc.sections[section]?.depth ?? 0);
  const next = doc.sections.findIndex((candidate) => candidate.index > section && candidate.depth <= depth);
  return next < 0 ? doc.sections.length : next;
}

export interface SectionOrder {
  /** Index of each section of the document after the edits, by its index before. */
  readonly moved: readonly number[];
  /** Index after the edits of each new section, in the order of the edits. */
  readonly added: readonly number[];
}

export function orderAfter(doc: SpecDocument, edits: readonly SectionEdit[]): SectionOrder {
  const appends = edits.flatMap((edit, position) => (edit.append ?? []).map(() => ({ position, edge: edgeOfSubtree(doc, edit.section) })));
  const sorted = appends.toSorted((a, b) => a.edge - b.edge || a.position - b.position);
  const rank = new Map(sorted.map((append, index) => [append, append.edge + index]));
  return {
    moved: doc.sections.map(({ index }) => index + appends.filter(({ edge }) => edge <= index).length),
    added: appends.map((append) => rank.get(append) ?? 0),
  };
}
