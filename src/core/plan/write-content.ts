/** What a create or an update sends: the fields of the change, and the base that travels with them. */

import type { Base } from "../model/base.ts";
import type { Owner, TargetConfig } from "../model/config.ts";
import type { SpecStatus } from "../model/status.ts";
import { FIELD_NAMES, type FieldName, type Item } from "../model/item.ts";
import type { Change } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { BlockSource, TextFormat } from "../text/text-format.ts";
import type { BlockChunk } from "../merge/block-chunk.ts";
import { mergeBlocks } from "../merge/merge-blocks.ts";
import { isSpecChunk, type WrittenBody } from "./body-base.ts";
import type { ItemComparison } from "./compare-item.ts";
import type { CriteriaDeed, WrittenCriteria } from "./criteria-base.ts";
import { hasLabel } from "./has-label.ts";
import { makeBase, type Origin, type Written } from "./make-base.ts";
import type { SpecText } from "./spec-text.ts";

/** Everything a create sends. */
export interface CreateContent {
  readonly title: string;
  readonly type: string | null;
  readonly parent: string | null;
  readonly status: string | null;
  readonly labels: readonly string[];
  readonly body: string;
  readonly base: Base;
  /** A status that only a step of its own can reach; null where the create carries it. */
  readonly laterStatus: string | null;
  /** Kept to make the base again once the answer shows what the tracker stored. */
  readonly written: Written;
}

export interface WriteContext {
  readonly item: Item;
  readonly text: SpecText;
  readonly format: TextFormat;
  readonly origin: Origin;
  /** Key of the parent's ticket, known by now; null without a parent. */
  readonly parentKey: string | null;
  readonly owners: TargetConfig["owners"];
}

export interface CreateStatus {
  /** The project's name for the item's state; null: its initial status serves. */
  readonly wanted: string | null;
  /** Set where the create leaves the ticket in the initial status, for good or until a step after it: it begins as `initial`, which stands for `state`. */
  readonly begins: { readonly initial: string; readonly state: SpecStatus | null } | null;
}

/** Of fields that are ignored only the title is sent: there is no ticket without one. */
export function createContent({ item, text, format, origin, parentKey, owners }: WriteContext, { wanted, begins }: CreateStatus): CreateContent {
  const { fields } = item;
  const sent = new Set(FIELD_NAMES.filter((field) => owners[field] !== "ignore"));
  const blocks = sent.has("body") ? text.blocks() : [];
  const criteria = sent.has("criteria") ? fields.criteria : [];
  const body = sent.has("body") || sent.has("criteria") ? format.print({ blocks, criteria, footer: text.footer }) : "";
  const statusOf = begins ? { status: begins.initial, statusSpec: begins.state } : { status: wanted, statusSpec: fields.status };
  const written: Written = {
    item,
    origin,
    agreed: sent,
    settled: NO_FIELDS,
    isWholeText: true,
    parentKey,
    labelsBefore: [],
    ...statusOf,
    isStatusEqual: true,
    criteria: { list: fields.criteria, forms: () => text.criteriaForms(), merge: null, deed: "written" },
    textBody: {
      digest: fields.body,
      isAllVisible: () => isAllVisible(text),
      blockPrints: () => text.blockPrints(),
      chunks: null,
      before: null,
      isPending: false,
      previous: null,
    },
    live: null,
    body,
    text: format.parse(body),
    echo: null,
  };
  return {
    title: fields.title,
    type: sent.has("type") ? fields.type : null,
    parent: sent.has("parent") ? parentKey : null,
    status: sent.has("status") && !begins ? wanted : null,
    laterStatus: sent.has("status") && begins ? wanted : null,
    labels: sent.has("labels") ? fields.labels : [],
    body,
    base: makeBase(null, written, format),
    written,
  };
}

/** What an update sends; a field that is absent is not touched. */
export interface UpdateContent {
  readonly title?: string;
  readonly type?: string;
  readonly parent?: string | null;
  readonly labels?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly body?: string;
  /** The status to step to; null when the change does not touch it. */
  readonly status: string | null;
  /** Travels with the last request of the change. */
  readonly base: Base;
  /** Travels with the fields while the step to `status` is still to come: it must not say yet that both sides agree. */
  readonly baseBeforeStep: Base;
  readonly written: Written;
}

/** What the two sides were when the plan was made, against the ticket as it was read right before the write. */
export interface Judged {
  readonly ticket: Ticket;
  readonly comparison: ItemComparison;
  /** The text of the spec as it was then; `context` has it as it is by now, with what was pulled. */
  readonly text: SpecText;
  /** The state that its marker gets from an adopted ticket; null where it keeps its own. */
  readonly adoptedStatus: SpecStatus | null;
}

export function updateContent(context: WriteContext, change: Change, judged: Judged): UpdateContent {
  const { item, format, origin, parentKey, owners } = context;
  const { ticket, comparison } = judged;
  const pushed = new Map(change.fields.map((field) => [field.field, field] as const));
  const settled = settledFields(change, comparison);
  const agreed = new Set<FieldName>([...pushed.keys(), ...comparison.converged].filter((field) => !settled.has(field)));
  const movesText = change.action === "move" && TEXT_FIELDS.some((field) => isOurs(owners[field]));
  const body = movesText || TEXT_FIELDS.some((field) => pushed.has(field)) ? composeBody(context, judged) : null;
  const status = textOf(pushed.get("status")?.spec);
  const written: Written = {
    ...{ item, origin, agreed, settled, parentKey },
    isWholeText: TEXT_FIELDS.every((field) => isTextKnown(field, change, comparison, owners[field])),
    labelsBefore: ticket.labels,
    statusSpec: judged.adoptedStatus ?? item.fields.status,
    status: status ?? (comparison.converged.includes("status") ? ticket.status : null),
    isStatusEqual: judged.adoptedStatus !== null || change.pulled.some(({ field }) => field === "status"),
    criteria: writtenCriteria(context, change, comparison),
    textBody: writtenBody(context, change, judged),
    live: ticket,
    body: body ?? ticket.body,
    text: format.parse(body ?? ticket.body),
    echo: null,
  };
  const labels = pushed.has("labels") ? labelSteps(item, ticket) : null;
  return {
    ...(pushed.has("title") ? { title: item.fields.title } : {}),
    ...(pushed.has("type") && item.fields.type !== null ? { type: item.fields.type } : {}),
    ...(pushed.has("parent") ? { parent: parentKey } : {}),
    ...(labels ? { labels } : {}),
    ...(body === null ? {} : { body }),
    status,
    base: makeBase(ticket.base, written, format),
    baseBeforeStep: makeBase(ticket.base, { ...written, agreed: new Set([...written.agreed].filter((field) => field !== "status")) }, format),
    written,
  };
}

/** What was pulled, and, where a ticket is adopted as it is, all that differs. A body that is still to be pushed is settled then. */
function settledFields({ action, pulled, fields }: Change, comparison: ItemComparison): ReadonlySet<FieldName> {
  const written = new Set(fields.map(({ field }) => field));
  const taken = pulled.map(({ field }) => field).filter((field) => field === "criteria" || !written.has(field));
  const accepted = action === "adopt" ? comparison.all.flatMap(({ field, verdict }) => (verdict === "converged" || written.has(field) ? [] : [field])) : [];
  const isPushLeft = comparison.push.some(({ field }) => field === "body") && !written.has("body");
  return new Set([...taken, ...accepted].filter((field) => field !== "body" || !isPushLeft));
}

/** False while a part of it stays as a person left it and still counts as moved. */
function isTextKnown(field: FieldName, change: Change, comparison: ItemComparison, owner: Owner): boolean {
  if (owner === "ignore" || comparison.converged.includes(field)) return true;
  const isIn = (list: readonly { readonly field: FieldName }[]): boolean => list.some((one) => one.field === field);
  const isPullDone = isIn(change.pulled) || !isIn(comparison.pulled);
  const isPushDone = isIn(change.fields) || !isIn(comparison.push);
  const isLeft = isIn(comparison.conflicts) || (isIn(comparison.observed) && !isIn(change.fields));
  return isPullDone && isPushDone && (!isLeft || change.action === "adopt");
}

function writtenCriteria({ item, text }: WriteContext, change: Change, { merges }: ItemComparison): WrittenCriteria {
  const isIn = (list: readonly { readonly field: FieldName }[]): boolean => list.some(({ field }) => field === "criteria");
  const [isPushed, isPulled] = [isIn(change.fields), isIn(change.pulled)];
  const deed: CriteriaDeed = isPulled ? (isPushed ? "both" : "pulled") : change.action === "adopt" && !isPushed ? "noted" : "written";
  return { list: item.fields.criteria, forms: () => text.criteriaForms(), merge: merges.criteria, deed };
}

/** What was absorbed stands in the spec in other blocks than on the ticket: both are laid side by side anew. */
function writtenBody({ item, text, format, owners }: WriteContext, change: Change, { ticket, comparison }: Judged): WrittenBody {
  const before = format.parse(ticket.body);
  const isAbsorbed = change.pulled.some(({ field, note }) => field === "body" && note !== "only-on-ticket");
  const digest = item.fields.body;
  const anew = (): readonly BlockChunk[] =>
    mergeBlocks(
      null,
      digest.blocks.map((print, index) => ({ print, canonical: text.blockPrints()[index] ?? [] })),
      before.blocks.map(({ native, canonical }) => ({ native, print: canonical, canonical })),
      null,
    ).chunks;
  return {
    digest,
    isAllVisible: () => isAllVisible(text),
    blockPrints: () => text.blockPrints(),
    chunks: isAbsorbed ? anew() : (comparison.merges.body?.chunks ?? null),
    before,
    isPending: owners.body !== "spec" && change.action !== "adopt",
    previous: ticket.base?.fields.body ?? null,
  };
}

/** Comments and other HTML may vanish on the way. */
function isAllVisible(text: SpecText): boolean {
  return text.blocks().every((block) => !/^\s*(?:<|$)/.test(block));
}

const NO_FIELDS: ReadonlySet<FieldName> = new Set();

/** True when the ticket holds what was sent, letter by letter: then the base that travelled along says all. */
export function holdsAsSent({ item, body, agreed }: Written, echo: Ticket): boolean {
  return echo.body === body && (!agreed.has("title") || echo.title === item.fields.title);
}

/** The base once the tracker's answer is known: the echo as stored, and the ticket's own id; null where the answer shows no fields. */
export function echoedBase(before: Base | null, written: Written, echo: Ticket | null, format: TextFormat): Base {
  return makeBase(before, { ...written, echo }, format);
}

/** The spec's side where both agree or it is pushed; what people wrote, in its own form, where it is not. */
function composeBody({ item, text: now, format, owners }: WriteContext, { ticket, comparison, text }: Judged): string {
  const ours = (field: FieldName): boolean =>
    isOurs(owners[field]) && (comparison.converged.includes(field) || comparison.push.some((verdict) => verdict.field === field));
  const onTicket = format.parse(ticket.body);
  const native = onTicket.blocks.map((block) => ({ native: block.native }));
  const { body, criteria } = comparison.merges;
  const blocks: readonly BlockSource[] = !ours("body") ? native : body ? composed(body.chunks, text.blocks(), native) : text.blocks();
  const merged = criteria?.merged.map(({ liveText, checked }) => ({ text: liveText, checked }));
  return format.print({ blocks, criteria: ours("criteria") ? (merged ?? item.fields.criteria) : onTicket.criteria, footer: now.footer });
}

function composed(chunks: readonly BlockChunk[], spec: readonly string[], native: readonly BlockSource[]): readonly BlockSource[] {
  return chunks.flatMap((chunk) => (isSpecChunk(chunk) ? spec.slice(...chunk.spec) : native.slice(...chunk.live)));
}

/** Two fields that live in one text of the tracker. */
const TEXT_FIELDS: readonly FieldName[] = ["body", "criteria"];

/** A field of the tracker's is sent with the create and never again, one that is ignored never at all. */
function isOurs(owner: Owner): boolean {
  return owner === "spec" || owner === "shared";
}

function labelSteps(item: Item, ticket: Ticket): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const added = ticket.base?.fields.labels?.echo ?? [];
  return {
    add: item.fields.labels.filter((label) => !hasLabel(ticket.labels, label)),
    remove: ticket.labels.filter((label) => hasLabel(added, label) && !hasLabel(item.fields.labels, label)),
  };
}

function textOf(value: string | null | readonly string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
