/** Builds the base that travels with a write: what both sides are known to agree on afterwards. */

import { printAddress } from "../address.ts";
import { shortPrint, shortPrintOf } from "../fingerprint.ts";
import type { Base, BaseFields, CriteriaPrint, TextPrint } from "../model/base.ts";
import type { CriterionValue, Item } from "../model/item.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import type { TextFormat, TicketText } from "../text/text-format.ts";
import { canonicalBody, canonicalCriteria, writtenCriteria } from "./spec-text.ts";

/** Where the spec was read from: part of every base. */
export interface Origin {
  readonly workspace: string;
  readonly commit: string | null;
  readonly unpushed: boolean;
}

/** What a write sends of each field, and what the ticket is then known to hold. */
export interface Written {
  readonly item: Item;
  readonly origin: Origin;
  /** Fields written or found equal: both sides agree on them afterwards. The others keep what the base had. */
  readonly agreed: ReadonlySet<string>;
  /** False when a part of the text is as a person left it: then the base must not take the text as a whole for known. */
  readonly isWholeText: boolean;
  readonly parentKey: string | null;
  /** Labels of the ticket as they were; none before a create. */
  readonly labelsBefore: readonly string[];
  /** Native name of the status; null where it was not sent. */
  readonly status: string | null;
  /** The state that `status` stands for, where a workflow made it another than the item's. */
  readonly statusSpec: SpecStatus | null;
  /** The whole native body after the write. */
  readonly body: string;
  /** `body` taken apart. */
  readonly text: TicketText;
  /** The ticket as the tracker's answer showed it; null before the write, or when the answer shows no fields. */
  readonly echo: Ticket | null;
}

/** A base may hold 24 KB (the smallest vendor's property is 32 KB); beyond it lists give way to one fingerprint each. */
const LIMIT = 24 * 1024;

export function makeBase(previous: Base | null, written: Written, format: TextFormat): Base {
  const { item, origin, echo } = written;
  const base: Base = {
    format: 1,
    ticket: echo?.id ?? previous?.ticket ?? null,
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
  };
  return JSON.stringify(base).length <= LIMIT ? base : { ...base, fields: capped(base.fields) };
}

function fieldsOf(previous: Base | null, written: Written, format: TextFormat): BaseFields {
  const { item, agreed, echo, text } = written;
  const { fields } = item;
  const live = echo ? (echo.body === written.body ? text : format.parse(echo.body)) : null;
  const fresh: BaseFields = {
    title: { spec: fields.title, echo: echo?.title ?? null, agreed: true },
    ...(fields.type === null ? {} : { type: { spec: fields.type, echo: echo?.type ?? null, agreed: true } }),
    parent: { spec: written.parentKey, echo: echo ? echo.parent : null, agreed: true },
    ...(written.status === null ? {} : { status: { spec: written.statusSpec, echo: echo?.status ?? written.status, agreed: true } }),
    labels: { spec: fields.labels, echo: addedLabels(previous, written), agreed: true },
    criteria: {
      spec: criteriaPrint(fields.criteria, writtenCriteria(fields.criteria)),
      echo: criteriaPrint((live ?? text).criteria, canonicalCriteria(live ?? text)),
      agreed: true,
    },
    body: {
      spec: { whole: fields.body.whole, blocks: fields.body.blocks },
      echo: live ? textPrint(live) : null,
      agreed: true,
      canonical: canonicalBody(live ?? text),
      runs: null,
    },
  };
  const kept = Object.entries(previous?.fields ?? {}).filter(([name]) => !agreed.has(name));
  const taken = Object.entries(fresh).filter(([name]) => agreed.has(name));
  return Object.fromEntries([...kept, ...taken]);
}

/** Of the tags, those that Canon put on the ticket: a label that stood there before is a person's, and is never taken away. */
function addedLabels(previous: Base | null, { item, labelsBefore }: Written): readonly string[] {
  const ours = previous?.fields.labels?.echo ?? [];
  return item.fields.labels.filter((label) => ours.includes(label) || !labelsBefore.includes(label));
}

function criteriaPrint(list: readonly CriterionValue[], digest: string): CriteriaPrint {
  return { digest, list: list.map(({ text, checked }) => ({ text, checked })) };
}

function textPrint(text: TicketText): TextPrint {
  const blocks = text.blocks.map((block) => block.print);
  return { whole: shortPrintOf(blocks), blocks };
}

function capped(fields: BaseFields): BaseFields {
  const { body, criteria } = fields;
  const bare = (print: TextPrint): TextPrint => ({ whole: print.whole, blocks: [] });
  const unlisted = (print: CriteriaPrint): CriteriaPrint => ({ digest: print.digest, list: null });
  return {
    ...fields,
    ...(body ? { body: { ...body, spec: bare(body.spec), echo: body.echo && bare(body.echo) } } : {}),
    ...(criteria ? { criteria: { ...criteria, spec: unlisted(criteria.spec), echo: criteria.echo && unlisted(criteria.echo) } } : {}),
  };
}
