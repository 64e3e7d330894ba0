/** Compares one item with its ticket, field by field, and sorts the verdicts by who owns the field. */

import type { Owner, TargetConfig } from "../model/config.ts";
import type { Item } from "../model/item.ts";
import { FIELD_NAMES, type FieldName } from "../model/item.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import type { Verdict } from "../model/verdict.ts";
import { compareLabels, compareParent, compareStatus, compareTitle, compareType, type ShortFieldContext } from "./compare-fields.ts";
import { compareText, type TextComparison, type TextMerges } from "./compare-text.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import { pulledStatus } from "./pulled-status.ts";
import { sidedVerdict, type Side } from "./side.ts";
import type { SpecText } from "./spec-text.ts";
import type { TargetView } from "./target-view.ts";

export interface ItemComparison {
  /** Fields that apply writes. */
  readonly push: readonly FieldVerdict[];
  /** Fields that people moved on the ticket and that pull brings into the spec, or takes note of. */
  readonly pulled: readonly FieldVerdict[];
  /** Fields that people moved although the spec owns them, or that both sides left different. */
  readonly observed: readonly FieldVerdict[];
  /** Fields that need a person. */
  readonly conflicts: readonly FieldVerdict[];
  /** Fields that are equal or were not moved by anybody. */
  readonly converged: readonly FieldName[];
  readonly text: SpecText;
  readonly merges: TextMerges;
  /** See `TicketText.isSwallowed`. */
  readonly isSwallowed: boolean;
  /** The state that pull gives the section; null where it leaves it. */
  readonly pulledStatus: SpecStatus | null;
  /** All of them, in the fixed order. */
  readonly all: readonly FieldVerdict[];
}

export interface Compared {
  readonly parent: ShortFieldContext["parent"];
  readonly parentAddress: string | null;
  readonly text: SpecText;
  readonly view: TargetView;
  /** Whose side a person takes, by field. */
  readonly prefers: (field: FieldName) => Side;
}

export function compareItem(item: Item, ticket: Ticket, { parent, parentAddress, text, view, prefers }: Compared): ItemComparison {
  const context: ShortFieldContext = {
    base: ticket.base,
    ticket,
    statuses: view.statuses,
    canonicalTitle: (title) => view.format.canonicalTitle(title),
    ...{ parent, parentAddress },
  };
  let texts: TextComparison | null = null;
  const compareTexts = (): TextComparison => (texts ??= compareText(item.fields, { ticket, base: ticket.base, spec: text, format: view.format, prefers }));
  const sorted = {
    push: new Array<FieldVerdict>(),
    pulled: new Array<FieldVerdict>(),
    observed: new Array<FieldVerdict>(),
    conflicts: new Array<FieldVerdict>(),
  };
  const converged: FieldName[] = [];
  const all: FieldVerdict[] = [];
  for (const field of FIELD_NAMES) {
    if (!isCompared(field, view)) continue;
    const found = field === "body" || field === "criteria" ? compareTexts()[field] : [shortField(field, item, context, prefers(field))];
    for (const compared of found) {
      if (compared === null) continue;
      const owned = ownedField(compared, view.config, prefers(field));
      const { verdict } = owned;
      all.push(owned);
      if (verdict === "converged") converged.push(field);
      // What its owner makes of it is nothing that people must hear of.
      else if (verdict !== "apart" || compared.verdict === "apart") sorted[heapOf(owned, view.config.owners[field], prefers(field))].push(owned);
    }
  }
  const status = sorted.pulled.some(({ field }) => field === "status") ? pulledStatus(item.fields.status, ticket, view.statuses) : null;
  return { ...sorted, converged, text, merges: compareTextsDone(texts), isSwallowed: isSwallowedIn(texts), pulledStatus: status, all };
}

function compareTextsDone(texts: TextComparison | null): TextMerges {
  return texts?.merges ?? { body: null, criteria: null };
}

function isSwallowedIn(texts: TextComparison | null): boolean {
  return texts?.isSwallowed ?? false;
}

type Heap = "push" | "pulled" | "observed" | "conflicts";

function heapOf(compared: FieldVerdict & { readonly verdict: Verdict }, owner: Owner, side: Side): Heap {
  switch (compared.verdict) {
    case "push":
      return "push";
    case "conflict":
    case "behind":
      return "conflicts";
    case "apart":
    case "converged":
      return "observed";
    case "pull":
      return isPulled(compared, owner, side) ? "pulled" : "observed";
  }
}

/** What the spec owns stays drift until somebody ends it; what only the ticket has beside it is taken note of. */
function isPulled({ field, note }: FieldVerdict, owner: Owner, side: Side): boolean {
  if (side === "tracker" || side === "absorb") return true;
  if (field === "parent" || field === "type") return false;
  return owner !== "spec" || note === "only-on-ticket";
}

function isCompared(field: FieldName, view: TargetView): boolean {
  if (view.config.owners[field] === "ignore") return false;
  if (field === "parent") return view.hierarchy && view.config.autoParent;
  return field !== "type" || view.types;
}

function shortField(field: Exclude<FieldName, "body" | "criteria">, item: Item, context: ShortFieldContext, side: Side): FieldVerdict | null {
  const compared = compareField(field, item, context);
  return compared === null || side === null ? compared : { ...compared, verdict: sidedVerdict(compared.verdict, side) };
}

function compareField(field: Exclude<FieldName, "body" | "criteria">, item: Item, context: ShortFieldContext): FieldVerdict | null {
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
  }
}

function ownedField(compared: FieldVerdict, config: TargetConfig, side: Side): FieldVerdict {
  const verdict = ownedVerdict(compared, config);
  // What people wrote beside the spec is only noted where the spec owns the text: elsewhere it is brought into it.
  const isBroughtIn = compared.note === "only-on-ticket" && side !== "spec" && (config.owners[compared.field] !== "spec" || side === "absorb");
  if (!isBroughtIn) return verdict === compared.verdict ? compared : { ...compared, verdict };
  const { note: _note, ...rest } = compared;
  // Without a base nobody knows whether the ticket got it or the spec lost it.
  return { ...rest, verdict: compared.base === null && (side === null || side === "revert") ? "conflict" : verdict };
}

/** A field of the tracker's is sent with the create and never again: what both sides moved is the tracker's. Without reverse sync nothing is told of what people moved. */
function ownedVerdict({ field, verdict }: FieldVerdict, config: TargetConfig): Verdict {
  if (config.owners[field] === "tracker" && (verdict === "push" || verdict === "conflict")) return verdict === "push" ? "apart" : "pull";
  if (verdict === "pull" && !config.reverseSync) return "apart";
  return verdict;
}
