/** Which sections are items, why the others are not, and where their text and criteria go. */

import { describe, expect, it } from "vitest";
import { DEFAULT_EXCLUDE_HEADINGS } from "../../src/core/config/default-exclude-headings.ts";
import type { SpecDocument } from "../../src/core/model/spec-document.ts";
import { withDocumentItem } from "../../src/core/spec/document-item.ts";
import { selectSections, type SelectionRules } from "../../src/core/spec/select-sections.ts";
import { parse } from "./parsing.ts";

const RULES: SelectionRules = { rule: "all", excludeHeadings: [], depths: new Set([2, 3, 4]) };

interface Seen {
  readonly reasons: Record<string, string>;
  readonly bodies: Record<string, string[]>;
  readonly criteria: Record<string, string[]>;
  readonly homeless: string[];
}

/** By title, with "(doc)" for the document: what a reader of the test sees in the text. */
function select(source: string | SpecDocument, rules: Partial<SelectionRules> = {}): Seen {
  const doc = typeof source === "string" ? parse(source) : source;
  const { choices, homeless } = selectSections(doc, { ...RULES, ...rules });
  const nameOf = (index: number): string => (index === 0 ? "(doc)" : (doc.sections[index]?.title ?? "?"));
  const items = choices.flatMap((choice, index) => (choice.item ? [{ choice, index }] : []));
  return {
    reasons: Object.fromEntries(choices.map(({ reason, item }, index) => [nameOf(index), item ? "item" : String(reason)])),
    bodies: Object.fromEntries(items.map(({ choice, index }) => [nameOf(index), choice.bodySections.map(nameOf)])),
    criteria: Object.fromEntries(items.map(({ choice, index }) => [nameOf(index), choice.criteria.map(({ text }) => text)])),
    homeless: homeless.map(({ text }) => text),
  };
}

describe("the first rule that applies", () => {
  const ticket = "<!-- canon:ticket:jira:PAY-1 -->";
  const system = "<!-- canon:system:x -->";

  it("skip, own or enclosing, wins over a ticket, which is frozen", () => {
    expect(select(`## A\n<!-- canon:skip -->\n### B\n${ticket}\n## C\n${ticket.replace("1", "2")}\n<!-- canon:skip -->\n`).reasons).toMatchObject({
      A: "skip",
      B: "skip",
      C: "skip",
    });
  });

  it("a ticket wins over front matter, exclusion, depth and rule", () => {
    const text = `---\nsync: false\n---\n# T\n${ticket}\n## Goals\n${ticket.replace("1", "2")}\n##### E\n${ticket.replace("1", "3")}\n## B\n`;
    expect(select(text, { excludeHeadings: ["Goals"], rule: "marked" }).reasons).toEqual({
      "(doc)": "depth",
      T: "item",
      Goals: "item",
      E: "item",
      B: "sync-false",
    });
  });

  it("a system marker wins likewise, at a depth that becomes items", () => {
    expect(select(`---\nsync: false\n---\n## Goals\n${system}\n##### E\n<!-- canon:system:y -->\n`, { excludeHeadings: ["Goals"] }).reasons).toMatchObject({
      Goals: "item",
      E: "depth",
    });
  });

  it("exclusion covers what is below, and matches whole titles in any writing", () => {
    const text = "## 3. GOALS (optional):\n### Inner\n## Goals of ours\n## Non-goals:\n## *Goals*\n";
    expect(select(text, { excludeHeadings: ["goals", "1. Non-Goals"] }).reasons).toMatchObject({
      "3. GOALS (optional):": "excluded-heading",
      Inner: "excluded-heading",
      "Goals of ours": "item",
      "Non-goals:": "excluded-heading",
      Goals: "excluded-heading",
    });
    expect(select("## Summary\n## Keys\n", { excludeHeadings: DEFAULT_EXCLUDE_HEADINGS }).reasons).toMatchObject({ Summary: "excluded-heading", Keys: "item" });
    expect(select("## Summary\n", { excludeHeadings: [] }).reasons).toMatchObject({ Summary: "item" });
  });

  it("then specs.sections decides", () => {
    const text = `## 1. A\n\n- [ ] a\n\n## B\n\n### C\n${system}\n`;
    expect(select(text, { rule: "all" }).reasons).toMatchObject({ "1. A": "item", B: "item", C: "item" });
    expect(select(text, { rule: "marked" }).reasons).toMatchObject({ "1. A": "not-marked", B: "not-marked", C: "item" });
    expect(select(text, { rule: "numbered" }).reasons).toMatchObject({ "1. A": "item", B: "not-numbered", C: "item" });
    expect(select(text, { rule: "criteria" }).reasons).toMatchObject({ "1. A": "item", B: "no-criteria", C: "item" });
  });

  it("criteria count where they will go", () => {
    const text =
      "## A\n\n### Acceptance Criteria\n\n- [ ] a\n\n## B\n\n### B1\n\n- [ ] b\n\n#### B2\n\n##### Deep\n\n- [ ] c\n\n## C\n\n##### Deeper\n\n- [ ] d\n";
    expect(select(text, { rule: "criteria" }).reasons).toMatchObject({ A: "item", B: "no-criteria", B1: "item", B2: "item", C: "item" });
  });
});

describe("text", () => {
  it("of sections that are no items belongs to the item around them, in order; that of items and skipped ones does not", () => {
    const text = "# T\n## A\n### Goals\n#### Sub\n##### Deep\n### B\n###### Deeper\n### S\n<!-- canon:skip -->\n#### S1\n### Z\n## C\n";
    expect(select(text, { excludeHeadings: ["Goals", "Z"] }).bodies).toEqual({ A: ["A", "Goals", "Sub", "Deep", "Z"], B: ["B", "Deeper"], C: ["C"] });
  });

  it("stays in the spec where no item is around it", () => {
    expect(select("# T\n\ntext\n\n##### D\n\n## A\n").bodies).toEqual({ A: ["A"] });
  });

  it("of a section that is stopped goes nowhere: it will be an item again", () => {
    const text = "## A\n### B\n<!-- canon:ticket:jira:oops -->\n##### B1\n### C\n";
    expect(select(text)).toMatchObject({ reasons: { B: "stopped", B1: "depth" }, bodies: { A: ["A"], C: ["C"] } });
  });

  it("of an Acceptance Criteria heading with more than criteria is text of the item", () => {
    expect(select("## A\n### Acceptance criteria:\n\n- [ ] a\n\n## B\n### 2. Acceptance Criteria\n\nAll of:\n\n- [ ] b\n").bodies).toEqual({
      A: ["A"],
      B: ["B", "2. Acceptance Criteria"],
    });
  });
});

describe("criteria", () => {
  it("belong to the nearest item around them", () => {
    const text =
      "## A\n- [ ] own\n### Acceptance Criteria\n- [ ] ac\n### B\n- [ ] b\n##### Deep\n- [ ] deep\n#### Acceptance Criteria (optional)\n- [ ] bac\n### S\n<!-- canon:skip -->\n- [ ] gone\n";
    expect(select(text).criteria).toEqual({ A: ["own", "ac"], B: ["b", "deep", "bac"] });
  });

  it("of a heading beside one item belong to it; beside none or several, to nobody", () => {
    expect(select("## A\n## Acceptance Criteria\n- [ ] a\n")).toMatchObject({ criteria: { A: ["a"] }, homeless: [] });
    expect(select("## A\n## B\n## Acceptance Criteria\n- [ ] a\n")).toMatchObject({ criteria: { A: [], B: [] }, homeless: ["a"] });
    expect(select("## Acceptance Criteria\n- [ ] a\n## A\n")).toMatchObject({ criteria: { A: [] }, homeless: ["a"] });
    expect(select("# P\n## A\n# Q\n## Acceptance Criteria\n- [ ] a\n")).toMatchObject({ criteria: { A: [] }, homeless: ["a"] });
  });

  it("belong to the document where it is an item", () => {
    const doc = withDocumentItem(parse("# T\n## A\n## B\n## Acceptance Criteria\n- [ ] a\n"), new Set([0, 2]));
    expect(select(doc, { depths: new Set([0, 2]) })).toMatchObject({ criteria: { "(doc)": ["a"], A: [], B: [] }, homeless: [] });
  });

  it("make a section again of a heading that has a ticket or an id of its own", () => {
    expect(select("## A\n### Acceptance Criteria\n<!-- canon:system:ac -->\n- [ ] a\n")).toMatchObject({
      reasons: { "Acceptance Criteria": "item" },
      criteria: { A: [], "Acceptance Criteria": ["a"] },
    });
  });
});

describe("the document as an item", () => {
  const text = "---\ntitle: Paying\n---\n\n# T\n<!-- canon:ticket:jira:PAY-1 -->\n\nintro\n\n## A\n\n##### D\n";
  const depths = new Set([0, 2]);

  it("takes over the markers under its h1, which then is its text", () => {
    const doc = withDocumentItem(parse(text), depths);
    expect(doc.sections[0]).toMatchObject({ title: "Paying", depth: 0, id: "", ticket: { key: "PAY-1" }, heading: { line: 5 } });
    expect(doc.sections[1]).toMatchObject({ title: "T", ticket: null, markers: [] });
    expect(select(doc, { depths })).toMatchObject({ reasons: { "(doc)": "item", T: "depth", A: "item" }, bodies: { "(doc)": ["(doc)", "T"], A: ["A", "D"] } });
  });

  it("changes nothing where the h1 is an item itself, or the document none", () => {
    const doc = parse(text);
    expect(withDocumentItem(doc, new Set([0, 1]))).toBe(doc);
    expect(withDocumentItem(doc, new Set([2, 3]))).toBe(doc);
  });

  it("has its markers at the top where there is no h1", () => {
    const doc = withDocumentItem(parse("<!-- canon:ticket:jira:PAY-1 -->\n\ntext\n\n## A\n"), depths);
    expect(select(doc, { depths }).reasons).toEqual({ "(doc)": "item", A: "item" });
    expect(select(doc).reasons).toEqual({ "(doc)": "depth", A: "item" });
  });
});
