/** Builds the base that travels with a write: what both sides are known to agree on afterwards. */

import { printAddress } from "../address.ts";
import { shortPrint } from "../fingerprint.ts";
import { NO_PARENT, type Base, type BaseFields, type TextPrint } from "../model/base.ts";
import { FIELD_NAMES, type FieldName, type Item } from "../model/item.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import type { TextFormat, TicketText } from "../text/text-format.ts";
import { bodyField, type WrittenBody } from "./body-base.ts";
import { criteriaField, type WrittenCriteria } from "./criteria-base.ts";
import { hasLabel } from "./has-label.ts";

/** Where the spec was read from: part of every base. */
export interface Origin {
  readonly workspace: string;
  readonly commit: string | null;
  readonly unpushed: boolean;
  /** Where routing would have sent the section that moves with this write; null elsewhere. */
  readonly route: string | null;
}

/** What a write sends of each field, and what the ticket is then known to hold. */
export interface Written {
  /** As the spec is by now. */
  readonly item: Item;
  readonly origin: Origin;
  /** Fields written or found equal: both sides agree on them afterwards. */
  readonly agreed: ReadonlySet<FieldName>;
  /** Fields of which the base takes both sides as they are: pulled, or accepted as they differ. The rest keep what the base had. */
  readonly settled: ReadonlySet<FieldName>;
  /** False when a part of the text is as a person left it: then the base must not take the text as a whole for known. */
  readonly isWholeText: boolean;
  readonly parentKey: string | null;
  /** Labels of the ticket as they were; none before a create. */
  readonly labelsBefore: readonly string[];
  /** Native name of the status; null where it was not sent. */
  readonly status: string | null;
  /** The state that `status` stands for, where a workflow made it another than the item's. */
  readonly statusSpec: SpecStatus | null;
  /** The ticket's status stands for the section's state. */
  readonly isStatusEqual: boolean;
  readonly criteria: WrittenCriteria;
  readonly textBody: WrittenBody;
  /** The whole native body after the write. */
  readonly body: string;
  /** `body` taken apart. */
  readonly text: TicketText;
  /** The ticket as it was read before the write; null before a create. */
  readonly live: Ticket | null;
  /** The ticket as the tracker's answer showed it; null before the write, or when the answer shows no fields. */
  readonly echo: Ticket | null;
}

/** A base may hold 24 KB (the smallest vendor's property is 32 KB); beyond it lists give way to one fingerprint each. */
const LIMIT = 24 * 1024;

export function makeBase(previous: Base | null, written: Written, format: TextFormat): Base {
  const { item, origin, echo } = written;
  const route = origin.route ?? previous?.route;
  const base: Base = {
    format: 1,
    ticket: echo?.id ?? written.live?.id ?? previous?.ticket ?? null,
    workspace: origin.workspace,
    address: printAddress(item.address),
    token: previous?.token ?? item.token,
    fields: fieldsOf(previous, written, format),
    text: written.isWholeText ? shortPrint(echo?.body ?? written.body) : (previous?.text ?? null),
    commit: origin.commit,
    unpushed: origin.unpushed,
    hash: item.hash,
    previous: origin.unpushed ? (previous?.unpushed ? previous.previous : (previous?.hash ?? null)) : null,
    released: false,
    ...(route === undefined ? {} : { route }),
  };
  return JSON.stringify(base).length <= LIMIT ? base : { ...base, fields: capped(base.fields) };
}

function fieldsOf(previous: Base | null, written: Written, format: TextFormat): BaseFields {
  const { agreed, settled, echo, text } = written;
  const after = echo === null || echo.body === written.body ? text : format.parse(echo.body);
  return FIELD_NAMES.reduce<BaseFields>((fields, field) => {
    if (agreed.has(field)) return { ...fields, ...agreedField(field, previous, written, after) };
    return { ...fields, ...(settled.has(field) ? settledField(field, written, after, format) : keptField(field, previous)) };
  }, {});
}

function keptField(field: FieldName, previous: Base | null): BaseFields {
  const value = previous?.fields[field];
  return value === undefined ? {} : { [field]: value };
}

function agreedField(field: FieldName, previous: Base | null, written: Written, after: TicketText): BaseFields {
  const { item, echo } = written;
  const { fields } = item;
  switch (field) {
    case "title":
      return { title: { spec: fields.title, echo: echo?.title ?? null, agreed: true } };
    case "type":
      return fields.type === null ? {} : { type: { spec: fields.type, echo: echo?.type ?? null, agreed: true } };
    case "parent":
      return { parent: { spec: written.parentKey, echo: echo ? (echo.parent ?? NO_PARENT) : null, agreed: true } };
    case "status":
      return written.status === null ? {} : { status: { spec: written.statusSpec, echo: echo?.status ?? written.status, agreed: true } };
    case "labels":
      return { labels: { spec: fields.labels, echo: addedLabels(previous, written), agreed: true } };
    case "criteria":
      return { criteria: criteriaField(written.criteria, after.criteria) };
    case "body":
      return { body: bodyField(written.textBody, after) };
  }
}

/** Both sides as they are, whether they are equal or not: neither has moved from here on. */
function settledField(field: FieldName, written: Written, after: TicketText, format: TextFormat): BaseFields {
  const { item, echo, live } = written;
  const ticket = echo ?? live;
  const { fields } = item;
  if (ticket === null) return {};
  switch (field) {
    case "title":
      return { title: { spec: fields.title, echo: ticket.title, agreed: format.canonicalTitle(fields.title) === format.canonicalTitle(ticket.title) } };
    case "type":
      return { type: { spec: fields.type, echo: ticket.type, agreed: fields.type === ticket.type } };
    case "parent":
      return { parent: { spec: written.parentKey, echo: ticket.parent ?? NO_PARENT, agreed: written.parentKey === ticket.parent } };
    case "status":
      return { status: { spec: written.statusSpec, echo: ticket.status, agreed: written.isStatusEqual } };
    case "labels":
      return { labels: { spec: fields.labels, echo: fields.labels.filter((label) => hasLabel(ticket.labels, label)), agreed: false } };
    case "criteria":
      return { criteria: criteriaField(written.criteria, after.criteria) };
    case "body":
      return { body: bodyField(written.textBody, after) };
  }
}

/** Of the tags, those that Canon put on the ticket: a label that stood there before is a person's, and is never taken away. */
function addedLabels(previous: Base | null, { item, labelsBefore }: Written): readonly string[] {
  const ours = previous?.fields.labels?.echo ?? [];
  return item.fields.labels.filter((label) => hasLabel(ours, label) || !hasLabel(labelsBefore, label));
}

function capped(fields: BaseFields): BaseFields {
  const { body, criteria } = fields;
  const bare = (print: TextPrint): TextPrint => ({ whole: print.whole, blocks: null });
  return {
    ...fields,
    ...(body ? { body: { ...body, spec: bare(body.spec), echo: bare(body.echo), runs: null } } : {}),
    ...(criteria ? { criteria: { ...criteria, list: null } } : {}),
  };
}
