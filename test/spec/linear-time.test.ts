/** Reading and splicing take time in proportion to a file, also where it is all headings, criteria or repeated titles. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyDigest, renderBody } from "../../src/core/spec/body.ts";
import { selectSections } from "../../src/core/spec/select-sections.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import type { SectionEdit } from "../../src/core/spec/section-edit.ts";
import { spliceSpec } from "../../src/core/spec/splice-section.ts";
import { processorTimeSince } from "../harness/processor-time.ts";
import { parse, satteri } from "./parsing.ts";

const RULES = { rule: "all", excludeHeadings: [], depths: new Set([2, 3, 4]) } as const;

/** Everything that a first plan and apply do with a file. */
function work(text: string): void {
  const doc = parse(text);
  const { choices } = selectSections(doc, RULES);
  for (const { item, bodySections } of choices) if (item) bodyDigest(doc, bodySections);
  const edits = choices.flatMap(({ item }, section): SectionEdit[] =>
    item ? [{ section, ticket: { kind: "ticket", system: "local", key: `PAY-${section}` } }] : [],
  );
  const after = parse(spliceSpec(doc, edits, satteri));
  expect(checkSplice(doc, after, edits)).toBeNull();
}

/** Milliseconds of processor time, the best of several runs: the rest is noise of the machine. */
function best(run: () => void, runs = 4): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    return processorTimeSince(before);
  });
  return Math.min(...times);
}

const SHAPES: readonly [string, (index: number) => string][] = [
  ["sections", (index) => `## Section ${index}\n\ntext\n\n`],
  ["the same title", () => "## Keys\n\ntext\n\n"],
  ["criteria headings without an item", (index) => `# T${index}\n\n## Acceptance Criteria\n\n- [ ] a\n\n`],
  ["siblings under one heading", () => "### Acceptance Criteria\n\n- [ ] a\n\n"],
  ["references", (index) => `## S ${index}\n\nsee [r${index}] and [r${index + 1}]\n\n[r${index}]: https://example.com\n\n`],
  ["deep under shallow", (index) => `${"#".repeat(1 + (index % 6))} S ${index}\n\n- [x] a\n- b\n\n`],
];

describe("time", () => {
  it.each(SHAPES)("grows no faster than %s", (_, shape) => {
    const textOf = (count: number): string => Array.from({ length: count }, (__, index) => shape(index)).join("");
    const [small, large] = [textOf(400), textOf(6400)];
    work(small);
    // Sixteen times the text; quadratic work would take two hundred and fifty-six times as long.
    expect(best(() => work(large), 2)).toBeLessThan(best(() => work(small), 8) * 80);
  });

  it("for bringing a change to each of 10,000 criteria is a second or two", () => {
    const doc = parse(`## A\n\n${Array.from({ length: 10_000 }, (_, index) => `- [ ] criterion ${index}\n`).join("")}`);
    const now = doc.sections[1]?.criteria ?? [];
    const wanted = now.flatMap(({ text }, was) => [
      ...(was % 3 === 0 ? [] : [{ was, text: was % 3 === 1 ? text : `${text} again`, checked: true }]),
      { was: null, text: `new ${was}`, checked: false },
    ]);
    const edits: readonly SectionEdit[] = [{ section: 1, criteria: { now, wanted } }];
    expect(best(() => expect(checkSplice(doc, parse(spliceSpec(doc, edits, satteri)), edits)).toBeNull(), 1)).toBeLessThan(3000);
  });

  it("for 2,000 sections is well under 200 ms", () => {
    const text = readFileSync(join(import.meta.dirname, "../fixtures/edge/large-flat.md"), "utf8");
    expect(parse(text).sections.length).toBe(2001);
    work(text);
    expect(best(() => work(text))).toBeLessThan(200);
  });

  it.each([
    ["brackets", "[".repeat(100_000)],
    ["checkboxes", `- [ ] ${"a ".repeat(50_000)}`],
    ["spaces", `## A${" ".repeat(100_000)}B`],
    ["numbers", `## ${"1.".repeat(50_000)}`],
    ["colons", `## A${":".repeat(100_000)}`],
    ["marker attributes", `## A\n<!-- canon:system:a${" x:y".repeat(20_000)} -->`],
    ["open comments", `## A\n${"<!-- canon:".repeat(20_000)}`],
    ["emphasis in a title", `## ${"*a _b ".repeat(8000)}c${"_ d* ".repeat(8000)}`],
    ["emphasis in a criterion", `- [ ] ${"*a _b ".repeat(8000)}[r]${"_ d* ".repeat(8000)}\n\n[r]: x\n`],
    // The parsers take time in the square of the depth: this is 30 kB of each.
    ["quotes", `${"> ".repeat(15_000)}[r]: x`],
    ["bullets", `${"- ".repeat(15_000)}[ ] a`],
    ["footnote marks", `${"[^a]:".repeat(20_000)}`],
    ["pipes", `${"|".repeat(100_000)}`],
    ["keys in front matter", `---\n${Array.from({ length: 7000 }, (_, index) => `k${index}: 1`).join("\n")}\n---\n`],
    ["blank lines", `- [ ] a${"\n".repeat(100_000)}- b`],
  ])("is bounded for 100 kB of %s", (_, text) => {
    expect(best(() => void parse(text), 2)).toBeLessThan(1000);
  });

  it.each([
    ["angle brackets", `<div>\n${"<".repeat(50_000)}\n`],
    ["at signs", "@a/".repeat(30_000)],
    [
      "footnotes that mention each other",
      `${Array.from({ length: 40 }, (_, index) => `[^${index}]: [^${index + 1}][^${index + 1}]`).join("\n\n")}\n\ntext[^0]\n`,
    ],
  ])("is bounded for rendering %s", (_, text) => {
    const doc = parse(`## A\n\n${text}`);
    expect(best(() => void renderBody(doc, [1], satteri, { linkBase: "https://x.y", mentions: "neutralise" }), 1)).toBeLessThan(2000);
  });
});
