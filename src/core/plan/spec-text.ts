/** The text an item wants on its ticket, rendered at most once and only when somebody looks. */

import { shortPrintOf } from "../fingerprint.ts";
import type { TargetConfig } from "../model/config.ts";
import type { TargetView } from "./target-view.ts";
import type { CriterionValue, Item } from "../model/item.ts";
import type { TextParts, TicketText } from "../text/text-format.ts";

export interface SpecText {
  /** Markdown blocks. */
  blocks(): readonly string[];
  readonly footer: string;
  /** As the tracker would hold it, taken apart again: the canonical values of the spec's side. */
  parsed(): TicketText;
  /** Of each block alone, the canonical prints of what the tracker makes of it: none, one or several. */
  blockPrints(): readonly (readonly string[])[];
  /** The canonical form of each criterion alone; one that the tracker would not show has its own words. */
  criteriaForms(): readonly string[];
}

/** `render` gives the Markdown blocks of the item's body. */
export function specText(
  item: Item,
  sectionTitle: string,
  { format, config }: Pick<TargetView, "format" | "config">,
  render: () => readonly string[],
): SpecText {
  const footer = `From ${item.address.path} › ${sectionTitle}. ${promiseOf(config)}`;
  const { criteria } = item.fields;
  const parse = (parts: Pick<TextParts, "blocks" | "criteria">): TicketText => format.parse(format.print({ ...parts, footer }));
  const blocks = once(render);
  const parsed = once(() => parse({ blocks: blocks(), criteria }));
  return {
    blocks,
    footer,
    parsed,
    blockPrints: once(() => blocks().map((block) => parse({ blocks: [block], criteria: [] }).blocks.map(({ canonical }) => canonical))),
    criteriaForms: once(() => {
      const all = parsed().criteria;
      if (all.length === criteria.length) return all.map(({ canonical }) => canonical);
      return criteria.map((criterion) => parse({ blocks: [], criteria: [criterion] }).criteria[0]?.canonical ?? criterion.text);
    }),
  };
}

/** What people who read the ticket may rely on. */
function promiseOf({ reverseSync, owners }: TargetConfig): string {
  const comesBack = reverseSync && owners.criteria === "shared" && owners.status === "shared";
  return comesBack ? "Changes to criteria and status here come back to the spec; please change title and text there." : "Please change title and text there.";
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** Fingerprint of the meaning of a body. */
export function canonicalBody(text: TicketText): string {
  return shortPrintOf(text.blocks.map((block) => block.canonical));
}

/** Fingerprint of the meaning of the criteria, order and ticks included. */
export function canonicalCriteria(text: TicketText): string {
  return canonicalList(text.criteria);
}

export function canonicalList(criteria: readonly { readonly checked: boolean; readonly canonical: string }[]): string {
  return shortPrintOf(criteria.map((criterion) => `${criterion.checked ? "x" : " "}${criterion.canonical}`));
}

/** Fingerprint of criteria as they are written. */
export function writtenCriteria(criteria: readonly CriterionValue[]): string {
  // Most sections have none, and a fingerprint takes its time.
  if (criteria.length === 0) return NO_CRITERIA;
  return shortPrintOf(criteria.map((criterion) => `${criterion.checked ? "x" : " "}${criterion.text}`));
}

const NO_CRITERIA = shortPrintOf([]);
