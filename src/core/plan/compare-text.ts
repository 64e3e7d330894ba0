/** Compares body and criteria of an item with its ticket; parses and renders only when something moved. */

import { shortPrint } from "../fingerprint.ts";
import type { Base } from "../model/base.ts";
import type { CriterionValue, ItemFields } from "../model/item.ts";
import type { Ticket } from "../model/ticket.ts";
import type { TextFormat, TicketText } from "../text/text-format.ts";
import { fieldVerdict, type FieldVerdict } from "./field-verdict.ts";
import { canonicalBody, canonicalCriteria, writtenCriteria, type SpecText } from "./spec-text.ts";

export interface TextComparison {
  readonly body: FieldVerdict;
  readonly criteria: FieldVerdict;
}

export function compareText(fields: ItemFields, ticket: Ticket, base: Base | null, spec: SpecText, format: TextFormat): TextComparison {
  const touched = base?.text !== shortPrint(ticket.body);
  const bodyMoved = base?.fields.body?.spec.whole !== fields.body.whole;
  const criteriaMoved = base?.fields.criteria?.spec.digest !== writtenCriteria(fields.criteria);
  if (base && !touched && !bodyMoved && !criteriaMoved) return untouched(fields, base);
  let live: TicketText | null = null;
  const side = { ticket, base, spec, touched, live: (): TicketText => (live ??= format.parse(ticket.body)) };
  return { body: compareBody(fields, side, bodyMoved), criteria: compareCriteria(fields, side, criteriaMoved) };
}

interface Side {
  readonly ticket: Ticket;
  readonly base: Base | null;
  readonly spec: SpecText;
  readonly touched: boolean;
  readonly live: () => TicketText;
}

/** Neither side moved: what the last write agreed on still stands, or they are apart as both left them. */
function untouched(fields: ItemFields, base: Base): TextComparison {
  const still = (agreed: boolean | undefined): { hasBase: true; specMoved: false; liveMoved: false; agreed: boolean; equal: false } => ({
    hasBase: true,
    specMoved: false,
    liveMoved: false,
    agreed: agreed ?? false,
    equal: false,
  });
  const criteria = criteriaLines(fields.criteria);
  return {
    body: fieldVerdict("body", still(base.fields.body?.agreed), { base: fields.body.whole, spec: fields.body.whole, live: base.text }),
    criteria: fieldVerdict("criteria", still(base.fields.criteria?.agreed), { base: criteria, spec: criteria, live: criteria }),
  };
}

function compareBody(fields: ItemFields, side: Side, specMoved: boolean): FieldVerdict {
  const known = side.base?.fields.body;
  const liveNow = side.touched || specMoved ? canonicalBody(side.live()) : (known?.canonical ?? "");
  const liveMoved = side.touched && (known === undefined || liveNow !== known.canonical);
  const equal = specMoved || liveMoved ? canonicalBody(side.spec.parsed()) === liveNow : (known?.agreed ?? false);
  const verdict = fieldVerdict(
    "body",
    { hasBase: known !== undefined, specMoved, liveMoved, agreed: known?.agreed ?? false, equal },
    { base: known?.spec.whole ?? null, spec: fields.body.whole, live: shortPrint(side.ticket.body) },
  );
  if (verdict.verdict === "converged" || verdict.verdict === "apart") return verdict;
  return { ...verdict, preview: { before: joinBlocks(side.live()), after: joinBlocks(side.spec.parsed()) } };
}

function compareCriteria(fields: ItemFields, side: Side, specMoved: boolean): FieldVerdict {
  const known = side.base?.fields.criteria;
  const liveNow = side.touched || specMoved ? canonicalCriteria(side.live()) : (known?.echo?.digest ?? "");
  const liveMoved = side.touched && (known === undefined || liveNow !== known.echo?.digest);
  const equal = specMoved || liveMoved ? canonicalCriteria(side.spec.parsed()) === liveNow : (known?.agreed ?? false);
  const live = side.touched || specMoved ? side.live().criteria : fields.criteria;
  return fieldVerdict(
    "criteria",
    { hasBase: known !== undefined, specMoved, liveMoved, agreed: known?.agreed ?? false, equal },
    { base: known?.spec.list ? criteriaLines(known.spec.list) : null, spec: criteriaLines(fields.criteria), live: criteriaLines(live) },
  );
}

/** `[x] text` per criterion: how criteria stand in a plan. */
export function criteriaLines(criteria: readonly CriterionValue[]): readonly string[] {
  return criteria.map((criterion) => `[${criterion.checked ? "x" : " "}] ${criterion.text}`);
}

function joinBlocks(text: TicketText): string {
  return text.blocks.map((block) => block.native).join("\n\n");
}
