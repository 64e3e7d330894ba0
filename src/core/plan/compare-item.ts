/** Compares one item with its ticket, field by field, and sorts the verdicts by who owns the field. */

import type { TargetConfig } from "../model/config.ts";
import type { Item } from "../model/item.ts";
import { FIELD_NAMES, type FieldName } from "../model/item.ts";
import type { Ticket } from "../model/ticket.ts";
import type { Verdict } from "../model/verdict.ts";
import type { TextFormat } from "../text/text-format.ts";
import { compareLabels, compareParent, compareStatus, compareTitle, compareType, type ShortFieldContext } from "./compare-fields.ts";
import { compareText, type TextComparison } from "./compare-text.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import type { SpecText } from "./spec-text.ts";
import type { StatusNames } from "./status-names.ts";

/** What a comparison needs to know of the target. */
export interface TargetView {
  readonly config: TargetConfig;
  readonly format: TextFormat;
  readonly statuses: StatusNames;
  readonly hierarchy: boolean;
  readonly types: boolean;
}

export interface ItemComparison {
  /** Fields that apply writes. */
  readonly push: readonly FieldVerdict[];
  /** Fields that people moved, or that both sides left different: nothing is written. */
  readonly observed: readonly FieldVerdict[];
  /** Fields that need a person. */
  readonly conflicts: readonly FieldVerdict[];
  /** Fields that are equal or were not moved by anybody. */
  readonly converged: readonly FieldName[];
  readonly text: SpecText;
  /** All of them, in the fixed order. */
  readonly all: readonly FieldVerdict[];
}

export function compareItem(
  item: Item,
  ticket: Ticket,
  parent: Pick<ShortFieldContext, "parent" | "parentAddress">,
  text: SpecText,
  view: TargetView,
): ItemComparison {
  const context: ShortFieldContext = {
    base: ticket.base,
    ticket,
    statuses: view.statuses,
    canonicalTitle: (title) => view.format.canonicalTitle(title),
    ...parent,
  };
  let texts: TextComparison | null = null;
  const compareTexts = (): TextComparison => (texts ??= compareText(item.fields, ticket, ticket.base, text, view.format));
  const sorted = {
    push: new Array<FieldVerdict>(),
    observed: new Array<FieldVerdict>(),
    conflicts: new Array<FieldVerdict>(),
    converged: new Array<FieldName>(),
  };
  const all: FieldVerdict[] = [];
  for (const field of FIELD_NAMES) {
    const compared = isCompared(field, view) ? compareField(field, item, context, compareTexts) : null;
    if (!compared) continue;
    const verdict = ownedVerdict(compared, view.config);
    const owned = verdict === compared.verdict ? compared : { ...compared, verdict };
    all.push(owned);
    if (verdict === "converged") sorted.converged.push(field);
    else sorted[HEAPS[verdict]].push(owned);
  }
  return { ...sorted, text, all };
}

const HEAPS: Readonly<Record<Exclude<Verdict, "converged">, "push" | "observed" | "conflicts">> = {
  push: "push",
  pull: "observed",
  apart: "observed",
  conflict: "conflicts",
  behind: "conflicts",
};

function isCompared(field: FieldName, view: TargetView): boolean {
  if (view.config.owners[field] === "ignore") return false;
  if (field === "parent") return view.hierarchy && view.config.autoParent;
  return field !== "type" || view.types;
}

function compareField(field: FieldName, item: Item, context: ShortFieldContext, texts: () => TextComparison): FieldVerdict | null {
  switch (field) {
    case "title":
      return compareTitle(item.fields, context);
    case "type":
      return compareType(item.fields, context);
    case "parent":
      return compareParent(context);
    case "status":
      return compareStatus(item.fields, context);
    case "labels":
      return compareLabels(item.fields, context);
    case "criteria":
    case "body":
      return texts()[field];
  }
}

/** A field of the tracker's is sent with the create and never again: what the spec says of it is left apart. Without reverse sync nothing is told of what people moved. */
function ownedVerdict({ field, verdict }: FieldVerdict, config: TargetConfig): Verdict {
  if (config.owners[field] === "tracker" && (verdict === "push" || verdict === "conflict")) return "apart";
  if (verdict === "pull" && !config.reverseSync) return "apart";
  return verdict;
}
