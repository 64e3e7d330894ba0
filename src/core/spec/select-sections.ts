/** Says which sections are items, why the others are not, and where the text and the criteria of those go (semantics 1). */

import type { SectionRule } from "../model/config.ts";
import type { NotItemReason } from "../model/list-report.ts";
import type { Criterion, Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { titleKey } from "../text/title-key.ts";

export interface SelectionRules {
  readonly rule: SectionRule;
  readonly excludeHeadings: readonly string[];
  /** Depths that become items; 0 is the document itself (see `withDocumentItem`). */
  readonly depths: ReadonlySet<number>;
}

export interface SectionChoice {
  readonly item: boolean;
  /** null for an item. */
  readonly reason: NotItemReason | null;
  /** Sections whose blocks make this item's body: its own, then the enclosed ones that are no items, in order. */
  readonly bodySections: readonly number[];
  readonly criteria: readonly Criterion[];
}

export interface Selection {
  /** One per section, by index. */
  readonly choices: readonly SectionChoice[];
  /** Criteria under an "Acceptance Criteria" heading that belong to no item. */
  readonly homeless: readonly Criterion[];
}

export function selectSections(doc: SpecDocument, rules: SelectionRules): Selection {
  const reasons = reasonsOf(doc, rules);
  const owners = ownersOf(doc.sections, reasons);
  const drafts = reasons.map((reason, index) => {
    const item = reason === null;
    return { item, reason, bodySections: item ? [index] : [], criteria: new Array<Criterion>() };
  });
  const homeless: Criterion[] = [];
  const siblings = new Map<string, number[]>();
  for (const section of doc.sections) {
    const owner = owners[section.index] ?? NOWHERE;
    const level = `${section.parent}/${section.depth}`;
    if (owner === section.index) siblings.set(level, [...(siblings.get(level) ?? []).slice(-1), owner]);
    else if (hasBody(section)) drafts[owner]?.bodySections.push(section.index);
    if (section.criteria.length === 0 || owner === NOWHERE) continue;
    const isLost = owner === OUTSIDE && section.isCriteriaHeading;
    const home = isLost ? onlyOne(siblings.get(level)) : owner;
    const list = drafts[home]?.criteria ?? (isLost ? homeless : []);
    for (const criterion of section.criteria) list.push(criterion);
  }
  return { choices: drafts.map((draft, index) => withOwnList(draft, doc.sections[index])), homeless };
}

/** Most items have the criteria of their section and no others: two lists would be kept where one will do. */
function withOwnList(draft: SectionChoice, section: Section | undefined): SectionChoice {
  const isOwn = section && draft.item && draft.criteria.length === section.criteria.length && draft.criteria[0] === section.criteria[0];
  return isOwn ? { ...draft, criteria: section.criteria } : draft;
}

/** No item encloses it: its text stays in the spec. */
const OUTSIDE = -1;
/** It is skipped, or in a section that is left alone: its text goes nowhere at all. */
const NOWHERE = -2;

/** The index of the item that a section's text belongs to: itself, or the nearest enclosing one. */
function ownersOf(sections: readonly Section[], reasons: readonly (NotItemReason | null)[]): readonly number[] {
  const owners: number[] = [];
  for (const { index, parent } of sections) {
    const reason = reasons[index] ?? null;
    const above = parent < 0 ? OUTSIDE : (owners[parent] ?? OUTSIDE);
    owners.push(reason === null ? index : reason === "skip" || reason === "stopped" ? NOWHERE : above);
  }
  return owners;
}

/** A heading over nothing but criteria adds nothing to a body: they get a heading of their own there. */
function hasBody(section: Section): boolean {
  return !section.isCriteriaHeading || section.blocks.length > 0;
}

/** The one item of the same depth before it, under the same heading; with none, or several, nobody can tell. */
function onlyOne(items: readonly number[] | undefined): number {
  const [first = OUTSIDE, ...others] = items ?? [];
  return others.length === 0 ? first : OUTSIDE;
}

function reasonsOf(doc: SpecDocument, rules: SelectionRules): readonly (NotItemReason | null)[] {
  const excluded = excludedSections(doc.sections, rules.excludeHeadings);
  const reasons = doc.sections.map((section) => reasonAgainst(section, doc, rules, excluded[section.index] === true));
  if (rules.rule === "criteria") requireCriteria(doc.sections, reasons);
  return reasons.map((reason) => (reason === "undecided" ? null : reason));
}

/** undecided: an item if it turns out to have criteria. */
type Verdict = NotItemReason | null | "undecided";

function reasonAgainst(section: Section, doc: SpecDocument, rules: SelectionRules, isExcluded: boolean): Verdict {
  if (section.skipped) return "skip";
  if (section.stopped) return "stopped";
  // A ticket makes an item at any depth, but the document has to be asked for: it is no heading.
  if (section.ticket && (section.depth > 0 || rules.depths.has(0))) return null;
  if (section.isCriteriaHeading) return "criteria-heading";
  if (!rules.depths.has(section.depth)) return "depth";
  if (section.markers.some(({ value }) => value.kind === "system")) return null;
  if (!doc.frontMatter.sync) return "sync-false";
  if (isExcluded) return "excluded-heading";
  switch (rules.rule) {
    case "all":
      return null;
    case "marked":
      return "not-marked";
    case "numbered":
      return section.name === section.title ? "not-numbered" : null;
    case "criteria":
      return "undecided";
  }
}

/** From the last section to the first, so that criteria of enclosed sections that are no items are counted where they will go. */
function requireCriteria(sections: readonly Section[], reasons: Verdict[]): void {
  const counts = sections.map((section) => section.criteria.length);
  for (const { index, parent } of sections.toReversed()) {
    const count = counts[index] ?? 0;
    if (reasons[index] === "undecided") reasons[index] = count > 0 ? null : "no-criteria";
    const passesOn = reasons[index] !== null && reasons[index] !== "skip" && reasons[index] !== "stopped";
    if (passesOn && parent >= 0) counts[parent] = (counts[parent] ?? 0) + count;
  }
}

/** By index: true where its own title or one around it is on the list. The document's title excludes nothing. */
function excludedSections(sections: readonly Section[], headings: readonly string[]): readonly boolean[] {
  const keys = new Set(headings.map(titleKey));
  const excluded: boolean[] = [];
  for (const section of sections) {
    const isNamed = keys.size > 0 && section.index > 0 && keys.has(titleKey(section.title));
    excluded.push(isNamed || (excluded[section.parent] ?? false));
  }
  return excluded;
}
