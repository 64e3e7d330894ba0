/** The text an item wants on its ticket, rendered at most once and only when somebody looks. */

import { shortPrintOf } from "../fingerprint.ts";
import type { CriterionValue, Item } from "../model/item.ts";
import type { TextFormat, TicketText } from "../text/text-format.ts";

export interface SpecText {
  /** Markdown blocks. */
  blocks(): readonly string[];
  readonly footer: string;
  /** As the tracker would hold it, taken apart again: the canonical values of the spec's side. */
  parsed(): TicketText;
}

/** `render` gives the Markdown blocks of the item's body. */
export function specText(item: Item, sectionTitle: string, format: TextFormat, render: () => readonly string[]): SpecText {
  const footer = `From ${item.address.path} › ${sectionTitle}. Please change title and text there.`;
  let blocks: readonly string[] | null = null;
  let parsed: TicketText | null = null;
  const rendered = (): readonly string[] => (blocks ??= render());
  return {
    blocks: rendered,
    footer,
    parsed: () => (parsed ??= format.parse(format.print({ blocks: rendered(), criteria: item.fields.criteria, footer }))),
  };
}

/** Fingerprint of the meaning of a body. */
export function canonicalBody(text: TicketText): string {
  return shortPrintOf(text.blocks.map((block) => block.canonical));
}

/** Fingerprint of the meaning of the criteria, order and ticks included. */
export function canonicalCriteria(text: TicketText): string {
  return shortPrintOf(text.criteria.map((criterion) => `${criterion.checked ? "x" : " "}${criterion.canonical}`));
}

/** Fingerprint of criteria as they are written. */
export function writtenCriteria(criteria: readonly CriterionValue[]): string {
  // Most sections have none, and a fingerprint takes its time.
  if (criteria.length === 0) return NO_CRITERIA;
  return shortPrintOf(criteria.map((criterion) => `${criterion.checked ? "x" : " "}${criterion.text}`));
}

const NO_CRITERIA = shortPrintOf([]);
