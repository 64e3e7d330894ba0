/** Brings the criteria of a ticket into the lists of a spec: boxes, words, items that come and go, and no other byte. */

import type { Criterion } from "../model/section.ts";
import type { CriteriaEdit, WantedCriterion } from "../model/spec-edit.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { criteriaHome, lineBehind } from "./criteria-home.ts";
import { escapeReferences } from "./escape-references.ts";
import type { LinePatch } from "./line-patch.ts";
import { styleOf, type ListStyle } from "./list-style.ts";
import type { CriterionPlace, ItemPlace } from "./locate-criteria.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { removeCriteria } from "./remove-criteria.ts";
import type { Replacement } from "./replace-text.ts";
import { lineEnd, lineEndingAt, lineEndingBefore, lineStart } from "./source-lines.ts";
import { formerOf, newWords } from "./wanted-words.ts";

export interface CriteriaSource {
  readonly doc: SpecDocument;
  readonly places: ReadonlyMap<Criterion, CriterionPlace>;
  readonly patch: LinePatch;
  readonly parser: MarkdownParser;
}

/**
 * The order of a spec is its author's: it follows the wanted one only where all that moves are plain items of one list.
 * A comment among the words of a reworded criterion goes with them.
 */
export function spliceCriteria(source: CriteriaSource, section: number, edit: CriteriaEdit): readonly Replacement[] {
  const { doc, places, patch } = source;
  const entries = edit.wanted.map((wanted) => entryOf(source, edit, wanted));
  const kept = new Set(edit.wanted.map(({ was }) => was));
  const removed = edit.now.flatMap((criterion, index) => (kept.has(index) ? [] : (places.get(criterion) ?? [])));
  const removal = removeCriteria(doc.text, removed, patch);
  const slots = slotsOf(entries);
  const rewritten = [...slots].flatMap(([entry, slot]) => rewrite(doc.text, entry, slot));
  const added: Replacement[] = [];
  for (const group of groupsOf(entries)) {
    const before = group.before && slots.get(group.before)?.place;
    const after = group.after && slots.get(group.after)?.place;
    const lines = group.added.map((entry) => `[${entry.wanted.checked ? "x" : " "}] ${entry.words ?? ""}`);
    const [gone] = removal.gone;
    if (after && (!before || isWithin(after, before))) added.push(insertBefore(doc.text, after, lines, styleOf(doc.text, after)));
    else if (before) patch.insert(patch.lineAt(before.end) + 1, itemLines(styleOf(doc.text, before), lines, 1));
    else if (gone) patch.insert(patch.lineAt(gone.start), itemLines(styleOf(doc.text, gone), lines, 0).slice(styleOf(doc.text, gone).isLoose ? 1 : 0));
    else if (removed[0]) patch.insert(patch.lineAt(removed[0].place.end) + 1, itemLines(styleOf(doc.text, removed[0].place), lines, 1));
    else beginList(doc, section, lines, patch);
  }
  return [...removal.changes, ...rewritten, ...added];
}

interface Entry {
  readonly wanted: WantedCriterion;
  /** What it was, and where that stands; null for a new one. */
  readonly former: CriterionPlace | null;
  /** null: they stay. */
  readonly words: string | null;
}

function entryOf({ doc, places, parser }: CriteriaSource, edit: CriteriaEdit, wanted: WantedCriterion): Entry {
  const former = formerOf(edit, wanted);
  const words = newWords(former, wanted);
  return { wanted, former: (former && places.get(former)) ?? null, words: words === null ? null : escapeReferences(words, doc, parser, "- [ ] ") };
}

/** The place in the file that each kept criterion gets, in the order of the file. */
function slotsOf(entries: readonly Entry[]): ReadonlyMap<Entry, CriterionPlace> {
  const kept = entries.flatMap((entry) => (entry.former ? [{ entry, slot: entry.former }] : []));
  const inFile = kept.toSorted((a, b) => a.slot.box - b.slot.box);
  const moved = kept.filter(({ slot }, index) => slot !== inFile[index]?.slot);
  const list = moved[0]?.slot.place.list;
  const canMove = moved.every(({ slot: { place } }) => place.list === list && place.item.children.length === 1);
  return new Map(inFile.map(({ entry, slot }, index) => [canMove ? (kept[index]?.entry ?? entry) : entry, slot]));
}

function rewrite(text: string, { wanted, former, words }: Entry, slot: CriterionPlace): Replacement[] {
  const box = wanted.checked ? "x" : " ";
  if (former !== slot) {
    const moved = words ?? (former ? text.slice(former.words.start, former.words.end) : "");
    return [{ start: slot.box, end: slot.words.end, text: `[${box}] ${moved}` }];
  }
  const tick = slot.place.criterion?.checked === wanted.checked ? [] : [{ start: slot.box + 1, end: slot.box + 2, text: box }];
  return words === null ? tick : [...tick, { ...slot.words, text: words }];
}

interface Group {
  readonly before: Entry | null;
  readonly added: readonly Entry[];
  readonly after: Entry | null;
}

/** New criteria in a row, with the kept ones around them. */
function groupsOf(entries: readonly Entry[]): readonly Group[] {
  const groups: Group[] = [];
  let before: Entry | null = null;
  let added: Entry[] = [];
  for (const entry of [...entries, null]) {
    if (entry && !entry.former) {
      added.push(entry);
      continue;
    }
    if (added.length > 0) groups.push({ before, added, after: entry });
    added = [];
    before = entry;
  }
  return groups;
}

function isWithin(inner: ItemPlace, outer: ItemPlace): boolean {
  return inner.start > outer.start && inner.end <= outer.end;
}

/** Boxes and words as lines of a list; `from`: how many steps the first one is from the neighbour. */
function itemLines(style: ListStyle, lines: readonly string[], from: number): (string | null)[] {
  return lines.flatMap((line, index) => [...(style.isLoose ? [null] : []), style.indent + style.bullet(from + index) + line]);
}

/** Before an item that may begin behind its parent's bullet. */
function insertBefore(text: string, { start }: ItemPlace, lines: readonly string[], style: ListStyle): Replacement {
  const eol = lineEndingAt(text, lineEnd(text, start)) || lineEndingBefore(text, lineStart(text, start)) || "\n";
  const joint = style.isLoose ? eol + eol : eol;
  return { start, end: start, text: lines.map((line, index) => style.bullet(index) + line + joint + style.indent).join("") };
}

/** A blank line around it, a bullet that does not join it to a list of the text above, and items that do not take in an indented heading below. */
function beginList(doc: SpecDocument, section: number, lines: readonly string[], patch: LinePatch): void {
  const home = criteriaHome(doc, section);
  if (!home) return;
  const above = home.blocks.at(-1);
  const bullet = above?.type === "list" && doc.text[above.start] === "-" ? "*" : "-";
  const below = doc.sections[home.index + 1]?.heading;
  const gap = below && below.start - lineStart(doc.text, below.start) > 1 ? "   " : " ";
  patch.insert(lineBehind(doc, home, patch), [null, ...lines.map((line) => bullet + gap + line), null]);
}
