/** What tests of splices share: the edit of a section's criteria from a short list, and the text that comes out, checked. */

import { expect } from "vitest";
import type { Criterion } from "../../src/core/model/section.ts";
import type { WantedCriterion } from "../../src/core/model/spec-edit.ts";
import type { SpecDocument } from "../../src/core/model/spec-document.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import type { SectionEdit } from "../../src/core/spec/section-edit.ts";
import { selectSections } from "../../src/core/spec/select-sections.ts";
import { spliceSpec } from "../../src/core/spec/splice-section.ts";
import { parse, satteri } from "./parsing.ts";

const RULES = { rule: "all", excludeHeadings: [], depths: new Set([2]) } as const;

export function criteriaOf(doc: SpecDocument, section = 1): readonly Criterion[] {
  return selectSections(doc, RULES).choices[section]?.criteria ?? [];
}

export function bodySectionsOf(doc: SpecDocument, section = 1): readonly number[] {
  return selectSections(doc, RULES).choices[section]?.bodySections ?? [];
}

/** `x a` is a ticked criterion; `0: a` and `0:x a` say which one of the section's it was. */
export function wanted(line: string): WantedCriterion {
  const [, was, tick, text = ""] = /^(?:(\d+):)?(x)? ?(.*)$/s.exec(line) ?? [];
  return { was: was === undefined ? null : Number(was), checked: tick === "x", text };
}

/** The text after the edit; fails where the post-condition refuses it, or where the edit made once more changes anything. */
export function edited(text: string, edit: (doc: SpecDocument) => Omit<SectionEdit, "section"> & { readonly section?: number }): string {
  const doc = parse(text);
  const whole = { section: 1, ...edit(doc) };
  const result = spliceSpec(doc, [whole], satteri);
  expect(checkSplice(doc, parse(result), [whole])).toBeNull();
  return result;
}

/** Why the edit is refused; null where it is not. Whatever is refused has no way into the file. */
export function refusal(text: string, edit: (doc: SpecDocument) => Omit<SectionEdit, "section">): string | null {
  const doc = parse(text);
  const whole = { section: 1, ...edit(doc) };
  return checkSplice(doc, parse(spliceSpec(doc, [whole], satteri)), [whole])?.message ?? null;
}

export function withCriteria(text: string, ...lines: readonly string[]): string {
  return edited(text, (doc) => ({ criteria: { now: criteriaOf(doc), wanted: lines.map(wanted) } }));
}
