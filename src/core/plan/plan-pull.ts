/** What pull brings into one section: the edit of the spec, and the fields as the plan shows them. */

import type { FieldName } from "../model/item.ts";
import type { FieldChange } from "../model/plan.ts";
import type { BlockEdit, CriteriaEdit } from "../model/spec-edit.ts";
import type { Ticket } from "../model/ticket.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import type { TextFormat } from "../text/text-format.ts";
import type { ItemComparison } from "./compare-item.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import { systemEdit } from "./marker-edit.ts";
import { NOTHING_PULLED, type Pulled } from "./plan-change.ts";
import type { Side } from "./side.ts";

/** null: nothing of it stands in the spec; the base alone takes note. */
export function pullEdit(
  item: CompiledItem,
  ticket: Ticket,
  comparison: ItemComparison,
  pulled: readonly FieldVerdict[],
  format: TextFormat,
): SectionEdit | null {
  const fields = new Set<FieldName>(pulled.flatMap(({ field, note }) => (note === "only-on-ticket" ? [] : [field])));
  const { section, criteria } = item.entry;
  const status = fields.has("status") ? comparison.pulledStatus : null;
  const parts: Omit<SectionEdit, "section"> = {
    // A new title must not become a new id: it is frozen with it.
    ...(status !== null || fields.has("title") ? { system: { ...systemEdit(item), ...(status === null ? {} : { status }) } } : {}),
    ...(fields.has("title") ? { title: ticket.title } : {}),
    ...(fields.has("criteria") ? { criteria: { now: criteria, wanted: wantedCriteria(item, ticket, comparison, format) } } : {}),
    ...(fields.has("body") ? { blocks: { sections: item.sections, edits: blockEdits(item, ticket, comparison, format) } } : {}),
  };
  return Object.keys(parts).length === 0 ? null : { section: section.index, ...parts };
}

/** The states of the section stand for the names of the tracker, which mean nothing in a spec. */
export function pulledField(verdict: FieldVerdict, item: CompiledItem, comparison: ItemComparison): FieldChange {
  return verdict.field === "status" && comparison.pulledStatus !== null
    ? { ...verdict, spec: item.entry.section.status, live: comparison.pulledStatus }
    : verdict;
}

function wantedCriteria(item: CompiledItem, ticket: Ticket, { merges }: ItemComparison, format: TextFormat): CriteriaEdit["wanted"] {
  if (merges.criteria) return merges.criteria.merged.map(({ spec, specText, checked }) => ({ was: spec, text: specText, checked }));
  const left = item.fields.criteria.map(({ text }, index) => ({ text, index }));
  return format.parse(ticket.body).criteria.map(({ text, checked }) => {
    const at = left.findIndex((one) => one.text === text);
    return { was: at < 0 ? null : (left.splice(at, 1)[0]?.index ?? null), text, checked };
  });
}

function blockEdits(item: CompiledItem, ticket: Ticket, { merges }: ItemComparison, format: TextFormat): readonly BlockEdit[] {
  const live = format.parse(ticket.body).blocks.map((block) => format.markdownOf(block));
  if (!merges.body) return [{ start: 0, end: item.fields.body.blocks.length, markdown: live }];
  return merges.body.chunks
    .filter(({ kind }) => kind === "live" || kind === "ticket-only")
    .map(({ spec: [start, end], live: [from, to] }) => ({ start, end, markdown: live.slice(from, to) }));
}

/**
 * Where a base is written only with a field, what the spec has no place for waits for the next write to take note of it,
 * and is told until then: a change that can do nothing would stay in every plan. Who took a side has it written.
 */
export function withoutNotes(pull: Pulled, prefers: (field: FieldName) => Side): Pulled {
  return pull.edits.length > 0 || pull.fields.some(({ field }) => prefers(field) !== null) ? pull : NOTHING_PULLED;
}
