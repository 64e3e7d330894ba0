/** Laws of splices: what was wanted is read again, doing it twice changes nothing, and every other byte stays, over random and real specs. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { WantedCriterion } from "../../src/core/model/spec-edit.ts";
import type { SpecDocument } from "../../src/core/model/spec-document.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import { locateCriteria } from "../../src/core/spec/locate-criteria.ts";
import type { SectionEdit } from "../../src/core/spec/section-edit.ts";
import { selectSections } from "../../src/core/spec/select-sections.ts";
import { spliceSpec } from "../../src/core/spec/splice-section.ts";
import { plainLine, safeInline } from "../../src/core/text/safe-inline.ts";
import { specText } from "../harness/arbitrary-spec.ts";
import { examples, HOSTILE } from "../harness/hostile.ts";
import { lineCounter } from "../harness/line-counter.ts";
import { document } from "./arbitrary-document.ts";
import { parse, satteri } from "./parsing.ts";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");
const RULES = { rule: "all", excludeHeadings: [], depths: new Set([1, 2, 3]) } as const;

const words = fc.oneof(
  fc.constantFrom(
    "plain words",
    "*soft* `code`",
    "a\n\n## Heading",
    "<!-- canon:skip -->",
    "[r] and [^f]",
    "[x](javascript:y)",
    "- [ ] box",
    "5 < 6",
    "\u202e",
    "```",
    "| a |",
  ),
  fc.string({ maxLength: 12 }),
);

/** What happens to each criterion, over and over: kept, ticked, reworded, dropped; and what is new behind it. */
const step = fc.record({ fate: fc.constantFrom("keep", "keep", "tick", "reword", "both", "drop"), text: words, fresh: fc.array(words, { maxLength: 2 }) });
const steps = fc.record({ first: fc.array(words, { maxLength: 1 }), each: fc.array(step, { minLength: 1, maxLength: 7 }) });
type Steps = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

function wantedOf(now: readonly { readonly text: string; readonly checked: boolean }[], { first, each }: Steps): readonly WantedCriterion[] {
  const fresh = (text: string): WantedCriterion => ({ was: null, text, checked: text.length % 2 === 1 });
  return [
    ...first.map(fresh),
    ...now.flatMap(({ text, checked }, was): WantedCriterion[] => {
      const { fate, text: other, fresh: added } = each[was % each.length] ?? { fate: "keep", text: "", fresh: [] };
      const isTicked = fate === "tick" || fate === "both";
      const isReworded = fate === "reword" || fate === "both";
      const kept = fate === "drop" ? [] : [{ was, text: isReworded ? other : text, checked: isTicked ? !checked : checked }];
      return [...kept, ...added.map(fresh)];
    }),
  ];
}

/** One edit for every item of the file whose section may be touched. */
function editsOf(
  doc: SpecDocument,
  choice: (now: SectionEdit["section"], criteria: readonly { text: string; checked: boolean }[]) => readonly WantedCriterion[],
): SectionEdit[] {
  return selectSections(doc, RULES).choices.flatMap(({ item, criteria }, section): SectionEdit[] =>
    item && section > 0 ? [{ section, criteria: { now: criteria, wanted: choice(section, criteria) } }] : [],
  );
}

const plain = (text: string): string => text.replaceAll("\\[", "[");

/** True where the edit was made; false where it was refused, and so nothing written. */
function expectLaws(
  text: string,
  choice: (section: number, criteria: readonly { text: string; checked: boolean }[]) => readonly WantedCriterion[],
  path?: string,
): boolean {
  const before = parse(text, path);
  const edits = editsOf(before, choice);
  const result = spliceSpec(before, edits, satteri);
  const after = parse(result, path);
  if (checkSplice(before, after, edits) !== null) return false;
  const choices = selectSections(after, RULES).choices;
  for (const { section, criteria } of edits) {
    const now = choices[section]?.criteria ?? [];
    const wanted = (criteria?.wanted ?? []).map(({ was, text: said, checked }) => {
      const former = was === null ? undefined : criteria?.now[was];
      return [former?.text === said ? said : plain(safeInline(said)), checked];
    });
    expect(now.map((one) => [plain(one.text), one.checked])).toEqual(wanted.map(([said, checked]) => [typeof said === "string" ? plain(said) : said, checked]));
  }
  const again = selectSections(after, RULES).choices.flatMap(({ item, criteria }, section): SectionEdit[] => {
    const wish = edits.find((edit) => edit.section === section)?.criteria;
    return item && wish
      ? [
          {
            section,
            criteria: {
              now: criteria,
              wanted: wish.wanted.map(({ text: said, checked }, was) => ({ was, text: wish.now.find((one) => one.text === said)?.text ?? said, checked })),
            },
          },
        ]
      : [];
  });
  expect(spliceSpec(after, again, satteri)).toBe(result);
  expectOtherLines(before, edits, result);
  return true;
}

/** All lines stay in their order that belong to no criterion that goes or changes, and are not blank. */
function expectOtherLines(before: SpecDocument, edits: readonly SectionEdit[], result: string): void {
  const lineOf = lineCounter(before.text);
  const changed = new Set<number>();
  for (const [criterion, { place, words: range }] of locateCriteria(before, satteri)) {
    const wish = edits.find(({ criteria }) => criteria?.now.includes(criterion))?.criteria;
    const same = wish?.wanted.find(({ was }) => was !== null && wish.now[was] === criterion);
    if (same && same.text === criterion.text && same.checked === criterion.checked) continue;
    const isDropped = wish && !same;
    for (let line = lineOf(place.start); line <= lineOf(isDropped ? place.end : range.end); line++) changed.add(line);
  }
  // An item behind its parent's bullet moves to a line of its own when another comes before it.
  const isShared = (line: string): boolean => /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])){2}[ \t]/.test(line);
  const kept = before.text.split(/\r\n|\r|\n/).filter((line, index) => line.trim() !== "" && !changed.has(index + 1) && !isShared(line));
  const found = result.split(/\r\n|\r|\n/);
  let at = 0;
  for (const line of kept) {
    at = found.indexOf(line, at) + 1;
    expect(at, `"${line}" stays where it was`).toBeGreaterThan(0);
  }
}

describe("criteria that come and go", () => {
  it("are read as wanted, change no other line, and change nothing when they come again", () => {
    let made = 0;
    const text = fc.oneof(document, specText);
    fc.assert(
      fc.property(text, steps, (source, choice) => {
        if (expectLaws(source, (_, now) => wantedOf(now, choice))) made += 1;
      }),
      { numRuns: 600 },
    );
    // Random files are full of open comments; a law that held because all was refused would say nothing.
    expect(made).toBeGreaterThan(350);
  });

  it("in any order lose nothing", () => {
    fc.assert(
      fc.property(specText, fc.nat(), (source, seed) => {
        const before = parse(source);
        const edits = editsOf(before, (_, now) =>
          now.map(({ text, checked }, was) => ({ was, text, checked })).toSorted((a, b) => ((a.was * 7919 + seed) % 13) - ((b.was * 7919 + seed) % 13)),
        );
        const after = parse(spliceSpec(before, edits, satteri));
        expect(checkSplice(before, after, edits)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});

describe("ticks", () => {
  it("change one character each", () => {
    fc.assert(
      fc.property(fc.oneof(document, specText), (source) => {
        const before = parse(source);
        const edits = editsOf(before, (_, now) => now.map(({ text, checked }, was) => ({ was, text, checked: !checked })));
        const result = spliceSpec(before, edits, satteri);
        expect(result.length).toBe(source.length);
        const differ = [...result].filter((character, index) => character !== [...source][index]);
        expect(differ.every((character) => character === "x" || character === " ")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("titles and blocks", () => {
  it("are written or refused, never half of it", () => {
    let made = 0;
    fc.assert(
      fc.property(fc.oneof(document, specText), words, fc.array(words, { maxLength: 2 }), fc.nat(), (source, title, markdown, pick) => {
        const before = parse(source);
        const edits = selectSections(before, RULES).choices.flatMap(({ item, bodySections }, section): SectionEdit[] => {
          const found = before.sections[section];
          if (!item || section === 0 || !found) return [];
          const at = pick % (found.blocks.length + 1);
          const blocks = { sections: bodySections, edits: [{ start: at, end: Math.min(found.blocks.length, at + (pick % 2)), markdown }] };
          return [{ section, title, blocks, system: { id: found.id, status: found.status, generation: found.generation } }];
        });
        const after = parse(spliceSpec(before, edits, satteri));
        if (edits.length === 0 || checkSplice(before, after, edits) !== null) return;
        made += 1;
        expect(after.sections.map(({ id, depth, criteria }) => [id, depth, criteria.map(({ text }) => text)])).toEqual(
          before.sections.map(({ id, depth, criteria }) => [id, depth, criteria.map(({ text }) => text)]),
        );
      }),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(80);
  });
});

describe("hostile tickets", () => {
  it("change criteria, titles, blocks and sections by their words alone", { timeout: 60_000 }, () => {
    const source = "# Doc\n\n## A\n\none\n\n- [ ] c\n\n## B\n\ntwo [r]\n\n- [x] d\n\n[r]: x\n";
    const before = parse(source);
    const shapeOf = (doc: SpecDocument): unknown => doc.sections.map(({ id, depth, criteria, markers }) => [id, depth, criteria.length, markers.length]);
    for (const text of [...HOSTILE, ...examples().filter((_, index) => index % 5 === 0)]) {
      const edit: SectionEdit = {
        section: 2,
        ...(plainLine(text) === "" ? {} : { title: text }),
        system: { id: "a", status: "todo", generation: 1 },
        criteria: {
          now: before.sections[2]?.criteria ?? [],
          wanted: [
            { was: 0, text, checked: true },
            { was: null, text, checked: false },
          ],
        },
        blocks: { sections: [2], edits: [{ start: 0, end: 1, markdown: [text, text] }] },
        append: [
          {
            depth: 3,
            title: "New",
            blocks: [text],
            criteria: [{ text, checked: true }],
            ticket: { kind: "ticket", system: "local", key: "T-1" },
            system: null,
          },
        ],
      };
      const result = spliceSpec(before, [edit], satteri);
      const after = parse(result);
      expect(checkSplice(before, after, [edit]), JSON.stringify(text)).toBeNull();
      expect(shapeOf(after)).toEqual([
        ["", 0, 0, 0],
        ["doc", 1, 0, 0],
        ["a", 2, 2, 1],
        ["new", 3, 1, 1],
        ["b", 2, 1, 0],
      ]);
      expect(result.slice(result.indexOf("## B\n\ntwo"))).toBe(source.slice(source.indexOf("## B")));
    }
  });
});

describe.skipIf(!existsSync(CORPUS))("over ../shared/corpus (skipped where it is missing)", { timeout: 120_000 }, () => {
  const files = ["open", "edge"].flatMap((folder) =>
    existsSync(CORPUS)
      ? readdirSync(join(CORPUS, folder), { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".md"))
          .map((name) => join(CORPUS, folder, name))
      : [],
  );

  it("every spec takes ticks, new words, new criteria and removals", () => {
    const refused: string[] = [];
    for (const path of files) {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(path));
      if (text.length > 300_000) continue;
      const all: Steps = {
        first: ["<!-- first"],
        each: [
          { fate: "both", text: "## new [words]", fresh: [] },
          { fate: "drop", text: "", fresh: ["x [r]"] },
          { fate: "keep", text: "", fresh: [] },
        ],
      };
      if (!expectLaws(text, (_, now) => wantedOf(now, all), path)) refused.push(path.slice(CORPUS.length));
    }
    // Their last code block is never closed: no list can stand behind it.
    expect(refused).toEqual(files.map((path) => path.slice(CORPUS.length)).filter((path) => /headings-in-fences|11\.139\.10/.test(path)));
  });
});
