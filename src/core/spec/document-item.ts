/** Lets a document be an item itself (`spec:` in a hierarchy): what is marked under its h1 then speaks for the whole file. */

import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";

/**
 * Call it before selecting, with the depths of the target. Markers under the h1 belong to the h1's own section, except
 * where depth 0 is an item and depth 1 is not: then `sections[0]` takes heading and markers over, and the h1 keeps none.
 * Without an h1 the document's markers are those at the top of the file. A configuration that makes both items is refused.
 */
export function withDocumentItem(doc: SpecDocument, depths: ReadonlySet<number>): SpecDocument {
  const [top, ...others] = doc.sections;
  const h1 = others.find((section) => section.depth === 1);
  if (!top || !h1 || !depths.has(0) || depths.has(1)) return doc;
  const document: Section = {
    ...h1,
    index: top.index,
    depth: top.depth,
    title: top.title,
    name: top.name,
    id: top.id,
    parent: top.parent,
    skipped: h1.skipped,
    isCriteriaHeading: false,
    stopped: top.stopped || h1.stopped,
    criteria: top.criteria,
    blocks: top.blocks,
  };
  const plain: Section = { ...h1, markers: [], ticket: null, status: null, generation: 1 };
  return { ...doc, sections: [document, ...others.map((section) => (section === h1 ? plain : section))] };
}

/** True for the h1 that lends its heading to the document: its title is the document's, not part of its body. */
export function isDocumentHeading(doc: SpecDocument, section: Section): boolean {
  return section.index > 0 && section.heading !== null && section.heading === doc.sections[0]?.heading;
}
