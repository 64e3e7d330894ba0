/** Finds the list items that the criteria of a document were read from. */

import type { List, ListItem, Paragraph } from "mdast";
import type { Criterion } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { CHECKBOX, criterionOf, mayHoldCriteria } from "./read-criteria.ts";
import { spanOf, trimmedSpanOf } from "./span-of.ts";

/** A list item in the tree of items of its root list. */
export interface ItemPlace {
  readonly item: ListItem;
  readonly list: List;
  readonly parent: ItemPlace | null;
  /** null where the item is no criterion. */
  readonly criterion: Criterion | null;
  readonly paragraph: Paragraph | null;
  readonly children: ItemPlace[];
  /** From the bullet to the end of all that belongs to the item. */
  readonly start: number;
  readonly end: number;
}

/** Where box and words of a criterion stand. */
export interface CriterionPlace {
  readonly place: ItemPlace;
  /** Offset of the bracket that opens the box. */
  readonly box: number;
  /** From behind the box to the end of the words. */
  readonly words: { readonly start: number; readonly end: number };
}

/** Criteria whose box does not stand plainly in the source are not found. */
export function locateCriteria(doc: SpecDocument, parser: MarkdownParser): ReadonlyMap<Criterion, CriterionPlace> {
  const found = new Map<Criterion, CriterionPlace>();
  // Sections stand in the order of the file, and so do the criteria of each.
  const criteria = doc.sections.flatMap((section) => section.criteria).toReversed();
  for (const node of parser.outline(doc.text).children) {
    if (node.type !== "list") continue;
    const { start, end } = trimmedSpanOf(node, doc.text);
    if (!mayHoldCriteria(doc.text.slice(start, end))) continue;
    for (const place of itemPlaces(node, doc.text, criteria)) {
      const located = placeOfCriterion(place, doc.text);
      if (place.criterion && located) found.set(place.criterion, located);
    }
  }
  return found;
}

/** All items in document order, as `readCriteria` visits them; each criterion takes the next from the end of `criteria`. */
function itemPlaces(root: List, text: string, criteria: Criterion[]): readonly ItemPlace[] {
  const places: ItemPlace[] = [];
  const open = root.children.toReversed().map((item) => ({ item, list: root, parent: null as ItemPlace | null }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, list, parent } = next;
    const paragraph = criterionOf(item);
    const criterion = paragraph ? (criteria.pop() ?? null) : null;
    const { start, end } = trimmedSpanOf(item, text);
    const place: ItemPlace = { item, list, parent, criterion, paragraph, children: [], start, end };
    parent?.children.push(place);
    places.push(place);
    for (const child of item.children.toReversed()) {
      if (child.type === "list") open.push(...child.children.toReversed().map((nested) => ({ item: nested, list: child, parent: place })));
    }
  }
  return places;
}

function placeOfCriterion(place: ItemPlace, text: string): CriterionPlace | null {
  const { criterion, paragraph, start } = place;
  CHECKBOX.lastIndex = start;
  const opening = CHECKBOX.exec(text)?.[0];
  if (!criterion || !paragraph || opening === undefined || criterion.line !== spanOf(place.item).line) return null;
  const box = start + opening.indexOf("[");
  return { place, box, words: { start: start + opening.length, end: spanOf(paragraph).end } };
}
