/** Puts blocks of a ticket in place of blocks of a spec, or between them. */

import type { List } from "mdast";
import type { BlockEdit } from "../model/spec-edit.ts";
import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { safeBlocks } from "../text/safe-blocks.ts";
import { bodyParts, type BodyPart } from "./body.ts";
import { ownSection } from "./criteria-home.ts";
import { escapeReferences } from "./escape-references.ts";
import type { LinePatch, NewLine } from "./line-patch.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { spanOf } from "./span-of.ts";

export function spliceBlocks(doc: SpecDocument, sections: readonly number[], edits: readonly BlockEdit[], patch: LinePatch, parser: MarkdownParser): void {
  const parts = bodyParts(doc, sections);
  for (const edit of edits) {
    const old = parts.slice(edit.start, edit.end);
    const fresh = blockTexts(doc, parts, edit, parser);
    if (old.length === 0) insert(doc, sections, parts, edit.start, fresh, patch);
    else replace(old, fresh, patch, parser);
  }
}

/** Why the edit cannot be made, in words that follow "because"; null where it can. */
export function blockProblem(doc: SpecDocument, sections: readonly number[], edits: readonly BlockEdit[]): string | null {
  const parts = bodyParts(doc, sections);
  let end = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < end || edit.end < edit.start || edit.end > parts.length) return "the blocks to change are not those of the section";
    end = edit.end;
    const old = parts.slice(edit.start, edit.end);
    if (old.some(({ block }) => block === null)) return "a heading below it would be replaced by text";
    if (old.some(({ block }) => block !== null && block.rest !== null)) return "the list to change also holds criteria";
  }
  return null;
}

/** Each block alone where as many come as go; else all that come stand where the first one stood. */
function replace(old: readonly BodyPart[], fresh: readonly string[], patch: LinePatch, parser: MarkdownParser): void {
  const isPaired = old.length === fresh.length;
  for (const [index, { block }] of old.entries()) {
    if (!block) continue;
    const texts = isPaired ? fresh.slice(index, index + 1) : index === 0 ? fresh : [];
    const first = patch.lineAt(block.start);
    const lines = texts.flatMap((text, position): NewLine[] => [...(position === 0 ? [] : [null]), ...text.split("\n")]);
    // Whatever ended the old paragraph without a blank line ends the new one.
    const isAlike = block.type === "paragraph" && texts.length === 1 && texts.every((text) => typeOf(text, parser) === "paragraph");
    patch.remove(first, patch.lineAt(block.end));
    if (lines.length > 0) patch.insert(first, isAlike ? lines : [null, ...lines, null]);
  }
}

function insert(doc: SpecDocument, sections: readonly number[], parts: readonly BodyPart[], at: number, fresh: readonly string[], patch: LinePatch): void {
  const lines = fresh.flatMap((text): NewLine[] => [null, ...text.split("\n")]);
  if (lines.length === 0) return;
  const before = parts[at - 1];
  const after = parts[at];
  const own = ownSection(doc, sections[0] ?? 0);
  if (before) patch.insert(lineAfter(doc, before, patch), [...lines, null]);
  else if (after?.block) patch.insert(patch.lineAt(after.block.start), [...lines, null]);
  else patch.insert(own ? lineUnderHeading(doc, own, patch) : 0, [...lines, null]);
}

function lineAfter(doc: SpecDocument, { section, block }: BodyPart, patch: LinePatch): number {
  return block ? patch.lineAt(block.end) + 1 : lineUnderHeading(doc, section, patch);
}

/** Markers belong to their heading: text comes below them. */
function lineUnderHeading(doc: SpecDocument, { index, heading }: Section, patch: LinePatch): number {
  // A document that stands for its h1 has that one's markers.
  const holder = doc.sections[0]?.heading === heading ? doc.sections[0] : doc.sections[index];
  const last = Math.max(heading?.end ?? doc.frontMatterEnd ?? 0, ...(holder?.markers ?? []).map(({ span }) => span.end));
  return last === 0 ? 0 : patch.lineAt(last) + (doc.text.length === 0 ? 0 : 1);
}

/** Safe, in terms of this spec: no reference of it, and no list that runs into one beside it. */
function blockTexts(doc: SpecDocument, parts: readonly BodyPart[], { start, end, markdown }: BlockEdit, parser: MarkdownParser): readonly string[] {
  const beside = [parts[start - 1]?.block, parts[end]?.block, ...criteriaAround(doc, parts, start, end)];
  const used = new Set(beside.flatMap((block) => (block ? (listMark(doc.text.slice(block.start, block.start + 12)) ?? []) : [])));
  return markdown
    .flatMap((text) => safeBlocks(text, parser))
    .map((text) => {
      const other = withOtherBullet(escapeReferences(text, doc, parser), used, parser);
      used.add(listMark(other) ?? "");
      return other;
    });
}

/** Lists of criteria are no blocks, but a list beside one would join it all the same. */
function criteriaAround(doc: SpecDocument, parts: readonly BodyPart[], start: number, end: number): readonly { readonly start: number }[] {
  const from = parts[start - 1]?.block?.end ?? parts[start - 1]?.section.heading?.end ?? 0;
  const to = parts[end]?.block?.start ?? parts[end]?.section.heading?.start ?? doc.text.length;
  return [...doc.text.slice(from, to).matchAll(/^ {0,3}(?=(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\])/gm)].map(({ index, 0: indent }) => ({
    start: from + index + indent.length,
  }));
}

const MARKS = ["-", "*", "+", ".", ")"];

function listMark(source: string): string | null {
  return (
    /^(?:([-*+])|\d{1,9}([.)]))[ \t\r\n]/
      .exec(source)
      ?.slice(1)
      .find((mark) => mark !== undefined) ?? null
  );
}

function withOtherBullet(text: string, used: ReadonlySet<string>, parser: MarkdownParser): string {
  const mark = listMark(text);
  if (mark === null || !used.has(mark)) return text;
  const list = parser.parse(`\n${text}`).children[0];
  if (list?.type !== "list") return text;
  const isOrdered = mark === "." || mark === ")";
  const other = MARKS.find((candidate) => (candidate === "." || candidate === ")") === isOrdered && !used.has(candidate));
  return other === undefined ? text : bulletsOf(list).reduceRight((result, at) => result.slice(0, at) + result.slice(at).replace(mark, other), text);
}

function bulletsOf(list: List): readonly number[] {
  return list.children.map((item) => spanOf(item).start - 1);
}

function typeOf(text: string, parser: MarkdownParser): string | undefined {
  return parser.parse(`\n${text}`).children[0]?.type;
}
