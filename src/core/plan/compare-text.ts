/** Compares body and criteria of an item with its ticket; parses, renders and merges only when something moved. */

import { shortPrint } from "../fingerprint.ts";
import { mergeBlocks, type MergedBlocks } from "../merge/merge-blocks.ts";
import { mergeCriteria, type MergedCriteria } from "../merge/merge-criteria.ts";
import type { Base } from "../model/base.ts";
import type { CriterionValue, ItemFields } from "../model/item.ts";
import type { Ticket } from "../model/ticket.ts";
import type { Verdict } from "../model/verdict.ts";
import type { TextFormat, TicketText } from "../text/text-format.ts";
import { bodyVerdicts, type BodySides } from "./body-verdicts.ts";
import { fieldVerdict, type FieldVerdict } from "./field-verdict.ts";
import { keepOf, sidedVerdict, type Side } from "./side.ts";
import { canonicalBody, canonicalCriteria, writtenCriteria, type SpecText } from "./spec-text.ts";
import type { Comparison } from "./verdicts.ts";

/** The merges that verdicts were made from; null where one side's text stands as a whole. */
export interface TextMerges {
  readonly body: MergedBlocks | null;
  readonly criteria: MergedCriteria | null;
}

/** Text may be both pushed and pulled: other parts of it. */
export interface TextComparison {
  readonly body: readonly FieldVerdict[];
  readonly criteria: readonly FieldVerdict[];
  readonly merges: TextMerges;
  /** The ticket's text cannot be told apart: what seems to be gone from it may be there. */
  readonly isSwallowed: boolean;
}

export interface TextSides {
  readonly ticket: Ticket;
  readonly base: Base | null;
  readonly spec: SpecText;
  readonly format: TextFormat;
  /** Whose side a person takes, by field. */
  readonly prefers: (field: "body" | "criteria") => Side;
}

export function compareText(fields: ItemFields, sides: TextSides): TextComparison {
  const { ticket, base, format, prefers } = sides;
  const touched = base?.text !== shortPrint(ticket.body);
  const bodyMoved = base?.fields.body?.spec.whole !== fields.body.whole;
  const criteriaMoved = base?.fields.criteria?.spec !== writtenCriteria(fields.criteria);
  const isAsked = prefers("body") !== null || prefers("criteria") !== null;
  if (base && !touched && !bodyMoved && !criteriaMoved && !isAsked) return untouched(fields, base);
  const read: { text: TicketText | null } = { text: null };
  const side = { ...sides, touched, live: (): TicketText => (read.text ??= format.parse(ticket.body)) };
  const [body, criteria] = [compareBody(fields, side, bodyMoved), compareCriteria(fields, side, criteriaMoved)];
  return {
    body: body.verdicts,
    criteria: criteria.verdicts,
    merges: { body: body.merge, criteria: criteria.merge },
    isSwallowed: read.text?.isSwallowed ?? false,
  };
}

interface Both extends TextSides {
  readonly touched: boolean;
  readonly live: () => TicketText;
}

interface Compared<M> {
  readonly verdicts: readonly FieldVerdict[];
  readonly merge: M | null;
}

const UNMERGED: TextMerges = { body: null, criteria: null };

/** Neither side moved: what the last write agreed on still stands, or they are apart as both left them. */
function untouched(fields: ItemFields, base: Base): TextComparison {
  const { body, criteria } = base.fields;
  const lines = fields.criteria.length === 0 ? NO_LINES : criteriaLines(fields.criteria);
  return {
    body: [fieldVerdict("body", still(body?.agreed), { base: fields.body.whole, spec: fields.body.whole, live: base.text })],
    criteria: [fieldVerdict("criteria", still(criteria?.agreed), { base: lines, spec: lines, live: lines })],
    merges: UNMERGED,
    isSwallowed: false,
  };
}

const NO_LINES: readonly string[] = [];

function still(agreed: boolean | undefined): Comparison {
  return { hasBase: true, specMoved: false, liveMoved: false, agreed: agreed ?? false, equal: false };
}

function compareBody(fields: ItemFields, side: Both, specMoved: boolean): Compared<MergedBlocks> {
  const known = side.base?.fields.body;
  const liveNow = side.touched || specMoved || !known ? canonicalBody(side.live()) : known.echo.whole;
  const liveMoved = known === undefined || liveNow !== known.echo.whole;
  const equal = specMoved || liveMoved ? canonicalBody(side.spec.parsed()) === liveNow : (known?.agreed ?? false);
  const comparison = { hasBase: known !== undefined, specMoved, liveMoved, agreed: known?.agreed ?? false, equal };
  const whole = fieldVerdict("body", comparison, { base: known?.spec.whole ?? null, spec: fields.body.whole, live: shortPrint(side.ticket.body) });
  const prefer = side.prefers("body");
  if (whole.verdict === "converged" || (whole.verdict === "apart" && prefer === null)) return { verdicts: [whole], merge: null };
  if (side.live().isSwallowed) {
    const verdicts = bodyVerdicts({ ...whole, verdict: swallowedVerdict(prefer) }, null, bodySides(side));
    return { verdicts, merge: null };
  }
  const forms = side.spec.blockPrints();
  const before =
    known && known.spec.blocks !== null && known.echo.blocks !== null ? { spec: known.spec.blocks, echo: known.echo.blocks, runs: known.runs } : null;
  // A base that had no room for its blocks tells only which side moved: then one side's text stands as a whole.
  const isUnknown = known !== undefined && before === null;
  if (whole.verdict === "push" || (isUnknown && prefer !== "merge"))
    return { verdicts: bodyVerdicts({ ...whole, verdict: sidedVerdict(whole.verdict, prefer) }, null, bodySides(side)), merge: null };
  const merge = mergeBlocks(
    before,
    fields.body.blocks.map((print, index) => ({ print, canonical: forms[index] ?? [] })),
    side.live().blocks.map(({ native, canonical }) => ({ native, print: canonical, canonical })),
    keepOf(prefer),
  );
  const settled = prefer === "revert" ? reverted(merge) : merge;
  return { verdicts: bodyVerdicts(whole, settled, bodySides(side)), merge: settled };
}

function bodySides({ live, spec, format }: Both): BodySides {
  return { live: live(), spec, format };
}

/** Nothing is merged with a text that cannot be told apart, or taken from it: it would bring Canon's own words along. */
function swallowedVerdict(side: Side): Verdict {
  return side === "spec" || side === "revert" ? "push" : "conflict";
}

/** The spec's blocks come back where people changed or removed them; what they added beside stays. */
function reverted(merge: MergedBlocks): MergedBlocks {
  return {
    ...merge,
    chunks: merge.chunks.map((chunk) =>
      chunk.kind === "live" || (chunk.kind === "kept" && chunk.spec[0] < chunk.spec[1]) ? { ...chunk, kind: "spec" } : chunk,
    ),
  };
}

function compareCriteria(fields: ItemFields, side: Both, specMoved: boolean): Compared<MergedCriteria> {
  const known = side.base?.fields.criteria;
  const liveNow = side.touched || specMoved || !known ? canonicalCriteria(side.live()) : known.echo;
  const liveMoved = known === undefined || liveNow !== known.echo;
  const equal = specMoved || liveMoved ? canonicalCriteria(side.spec.parsed()) === liveNow : (known?.agreed ?? false);
  const comparison = { hasBase: known !== undefined, specMoved, liveMoved, agreed: known?.agreed ?? false, equal };
  const spec = criteriaLines(fields.criteria);
  const live = specMoved || liveMoved || side.touched ? criteriaLines(side.live().criteria) : spec;
  const base = known?.list ? known.list.map(({ spec: text, checked }) => criterionLine({ text, checked })) : null;
  const whole = fieldVerdict("criteria", comparison, { base, spec, live });
  const prefer = side.prefers("criteria");
  if (whole.verdict === "converged" || (whole.verdict === "apart" && prefer === null)) return { verdicts: [whole], merge: null };
  if (side.live().isSwallowed) return { verdicts: [{ ...whole, verdict: swallowedVerdict(prefer) }], merge: null };
  if (prefer === "revert" || (known?.list === null && prefer !== "merge"))
    return { verdicts: [{ ...whole, verdict: sidedVerdict(whole.verdict, prefer) }], merge: null };
  const forms = side.spec.criteriaForms();
  const merge = mergeCriteria(
    known?.list?.map((one) => ({ spec: one.spec, echo: one.echo ?? one.spec, checked: one.checked })) ?? null,
    fields.criteria.map(({ text, checked }, index) => ({ text, checked, canonical: forms[index] ?? text })),
    side.live().criteria,
    keepOf(prefer),
  );
  return { verdicts: criteriaVerdicts(whole, merge), merge };
}

function criteriaVerdicts(whole: FieldVerdict, merge: MergedCriteria): readonly FieldVerdict[] {
  if (merge.conflicts.length > 0) return [{ ...whole, verdict: "conflict" }];
  const written = (text: "specText" | "liveText"): readonly string[] =>
    merge.merged.map((criterion) => criterionLine({ text: criterion[text], checked: criterion.checked }));
  const push: FieldVerdict = { ...whole, verdict: "push", spec: written("liveText") };
  const pull: FieldVerdict = { ...whole, verdict: "pull", live: written("specText") };
  return merge.pushes || merge.pulls ? [...(merge.pushes ? [push] : []), ...(merge.pulls ? [pull] : [])] : [{ ...whole, verdict: "converged" }];
}

/** `[x] text` per criterion: how criteria stand in a plan. */
export function criteriaLines(criteria: readonly CriterionValue[]): readonly string[] {
  return criteria.map(criterionLine);
}

/** Joined, because a template keeps its parts beside the whole: a plan may hold hundreds of thousands of these. */
function criterionLine({ text, checked }: CriterionValue): string {
  return [checked ? "[x]" : "[ ]", text].join(" ");
}
