/** Compares the short fields of an item with its ticket: title, type, parent, status, labels. */

import { NO_PARENT, type Base, type BaseField } from "../model/base.ts";
import type { ItemFields } from "../model/item.ts";
import type { Ticket } from "../model/ticket.ts";
import { fieldVerdict, type FieldVerdict } from "./field-verdict.ts";
import { hasLabel, ownLabels } from "./has-label.ts";
import type { StatusNames } from "./status-names.ts";
import type { Comparison } from "./verdicts.ts";

export interface ShortFieldContext {
  readonly base: Base | null;
  readonly ticket: Ticket;
  readonly statuses: StatusNames;
  readonly canonicalTitle: (title: string) => string;
  /** Key of the parent's ticket; "new" while this plan creates it; null without a parent. */
  readonly parent: { readonly key: string } | "new" | null;
  /** Address of the parent that is still to be created, for people. */
  readonly parentAddress: string | null;
}

export function compareTitle(fields: ItemFields, { base, ticket, canonicalTitle }: ShortFieldContext): FieldVerdict {
  const spec = canonicalTitle(fields.title);
  const live = canonicalTitle(ticket.title);
  const known = base?.fields.title;
  const comparison = {
    hasBase: known !== undefined,
    specMoved: known?.spec !== fields.title,
    liveMoved: known !== undefined && canonicalTitle(known.echo ?? known.spec) !== live,
    agreed: known?.agreed ?? false,
    equal: spec === live,
  };
  return fieldVerdict("title", comparison, { base: known?.spec ?? null, spec: fields.title, live: ticket.title });
}

/** null when the depth has no type of its own, or the tracker has none: then the type is the ticket's. */
export function compareType(fields: ItemFields, { base, ticket }: ShortFieldContext): FieldVerdict | null {
  if (fields.type === null) return null;
  const known = base?.fields.type;
  const comparison = moved(known, fields.type, ticket.type, known?.spec ?? null, fields.type === ticket.type);
  return fieldVerdict("type", comparison, { base: known?.spec ?? null, spec: fields.type, live: ticket.type });
}

export function compareParent({ base, ticket, parent, parentAddress }: ShortFieldContext): FieldVerdict {
  const known = base?.fields.parent;
  const spec = parent === null ? null : parent === "new" ? `new:${parentAddress ?? ""}` : parent.key;
  const comparison = moved(known, spec, ticket.parent ?? NO_PARENT, known?.spec ?? NO_PARENT, spec === ticket.parent);
  return fieldVerdict("parent", comparison, {
    base: known?.spec ?? null,
    spec: spec === null ? null : parent === "new" ? parentAddress : spec,
    live: ticket.parent,
  });
}

/** null when the project has no name for the spec's status. A section that names none gets the ticket's. */
export function compareStatus(fields: ItemFields, { base, ticket, statuses }: ShortFieldContext): FieldVerdict | null {
  if (fields.status === null) return { field: "status", verdict: "pull", base: null, spec: null, live: ticket.status };
  const target = statuses.forward(fields.status);
  const known = base?.fields.status;
  const equal = statuses.backward(ticket.status).includes(fields.status) || target === ticket.status;
  // Without a status of that name the step cannot be made; the state is not forgotten, it is simply not the tracker's.
  if (target === null) return null;
  const echo = known?.echo ?? (known?.spec ? statuses.forward(known.spec) : null);
  return fieldVerdict("status", moved(known, fields.status, ticket.status, echo, equal), { base: known?.echo ?? null, spec: target, live: ticket.status });
}

/** Only labels that Canon added, or is about to add, are looked at: the others belong to people. */
export function compareLabels(fields: ItemFields, { base, ticket }: ShortFieldContext): FieldVerdict {
  const known = base?.fields.labels;
  const added = known?.echo ?? [];
  const live = ownLabels(ticket.labels, fields.labels, added);
  const before = sorted(known?.spec ?? []);
  // Labels are a set with an owner: what the spec adds and people do not take away is never a conflict, even without a base.
  const takenAway = added.some((label) => hasLabel(fields.labels, label) && !hasLabel(live, label));
  const comparison = {
    hasBase: true,
    specMoved: !sameList(before, fields.labels),
    liveMoved: takenAway,
    agreed: known?.agreed ?? true,
    equal: sameList(live, fields.labels),
  };
  return fieldVerdict("labels", comparison, { base: known ? before : null, spec: fields.labels, live });
}

function moved<S, E>(known: BaseField<S, E> | undefined, spec: S, live: E, echoOfSpec: E, equal: boolean): Comparison {
  if (!known) return { hasBase: false, specMoved: true, liveMoved: true, agreed: false, equal };
  return { hasBase: true, specMoved: known.spec !== spec, liveMoved: (known.echo ?? echoOfSpec) !== live, agreed: known.agreed, equal };
}

function sorted(list: readonly string[]): readonly string[] {
  return [...list].sort();
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
