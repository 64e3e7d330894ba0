/** Titles, blocks and whole sections of tickets come into a spec without touching what stands around them. */

import { describe, expect, it } from "vitest";
import type { BlockEdit } from "../../src/core/model/spec-edit.ts";
import { withDocumentItem } from "../../src/core/spec/document-item.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import type { NewSection, SectionEdit } from "../../src/core/spec/section-edit.ts";
import { lineEditsOf, spliceSpec } from "../../src/core/spec/splice-section.ts";
import { parse, satteri } from "./parsing.ts";
import { bodySectionsOf, criteriaOf, edited, refusal, wanted } from "./splicing.ts";

const SYSTEM = { id: "a", status: "todo", generation: 1 } as const;
const S = "<!-- canon:system:a status:todo -->";

describe("a title", () => {
  it.each([
    ["ATX", "## A\n", "New *name*", "## New \\*name\\*\n"],
    ["closed and indented", "  ##  A  ##  \r\ntext\r\n", "B", "  ##  B  ##  \r\ntext\r\n"],
    ["with a number", "## 3.1 A\n", "B", "## 3.1 B\n"],
    ["with an escaped number", "## 1\\.  A\n", "B", "## 1\\.  B\n"],
    ["with a number in markup", "## **3.1** A\n", "B", "## 3.1 B\n"],
    ["setext", "A\n---\ntext\n", "B", "B\n---\ntext\n"],
    ["setext of several lines, with a number", "1\\. A\nb\n  ===\n", "C", "1\\. C\n  ===\n"],
    ["setext that would be a list", "A\n---\n", "- b | c", "\\- b \\| c\n---\n"],
    ["that ends in a mark", "## A", "F #", "## F \\#"],
    ["that is hostile", "## A\n", "<!-- x -->\n# B", "## &lt;!-- x --> # B\n"],
    ["with brackets that the spec would link", "## A\n\n[draft]: x\n", "[Draft] B", "## \\[Draft] B\n\n[draft]: x\n"],
  ])("%s", (_, before, title, after) => {
    const result = edited(before, () => ({ title, system: SYSTEM }));
    expect(result.replace(/[\r\n]+<!-- canon[^>]*-->/, "")).toBe(after);
    expect(result).toContain(S);
  });

  it("of a marked section keeps its markers as they are", () => {
    expect(edited(`## A\n${S}\n`, () => ({ title: "B" }))).toBe(`## B\n${S}\n`);
  });

  it("of a document is its h1", () => {
    const doc = withDocumentItem(parse("# A\n\ntext\n\n## B\n"), new Set([0, 2]));
    const edit: SectionEdit = { section: 0, title: "C", system: { ...SYSTEM, id: "document" } };
    const text = spliceSpec(doc, [edit], satteri);
    expect(text).toBe("# C\n<!-- canon:system:document status:todo -->\n\ntext\n\n## B\n");
    expect(checkSplice(doc, parse(text), [edit])).toBeNull();
  });

  it.each([
    ["without its id frozen", "## A\n", { title: "B" }, "its id would change with its title"],
    ["without words", "## A\n", { title: "\u200b", system: SYSTEM }, "a title without words"],
  ])("is refused %s", (_, text, edit, why) => {
    expect(refusal(text, () => edit)).toContain(why);
  });
});

const blocks = (text: string, ...edits: readonly BlockEdit[]): string => edited(text, (doc) => ({ blocks: { sections: bodySectionsOf(doc), edits } }));
const put = (start: number, end: number, ...markdown: readonly string[]): BlockEdit => ({ start, end, markdown });

describe("blocks", () => {
  it.each([
    ["in place of one", "## A\n\none\n\ntwo\n", put(0, 1, "eins"), "## A\n\neins\n\ntwo\n"],
    ["in place of one between tight neighbours", "## A\none\n- x\n", put(0, 1, "eins"), "## A\neins\n- x\n"],
    ["of another kind between tight neighbours", "## A\none\n- x\n", put(0, 1, "```\neins\n```"), "## A\n\n```\neins\n```\n\n- x\n"],
    ["one for one", "## A\n\none\n\n<!-- note -->\n\ntwo\n", put(0, 2, "eins", "zwei"), "## A\n\neins\n\n<!-- note -->\n\nzwei\n"],
    ["two for one", "## A\r\n\r\none\r\n", put(0, 1, "eins", "zwei\nlines"), "## A\r\n\r\neins\r\n\r\nzwei\r\nlines\r\n"],
    ["one for two", "## A\n\none\n\n- [ ] c\n\ntwo\n\nthree\n", put(0, 2, "eins"), "## A\n\neins\n\n- [ ] c\n\nthree\n"],
    ["none for one", "## A\n\none\n\ntwo\n", put(0, 1), "## A\n\ntwo\n"],
    ["none for all, at the end", "## A\n\none\n\ntwo", put(0, 2), "## A"],
    ["between two", "## A\n\none\n\ntwo\n", put(1, 1, "mid"), "## A\n\none\n\nmid\n\ntwo\n"],
    ["before the first", "## A\none\n", put(0, 0, "zero"), "## A\n\nzero\n\none\n"],
    ["behind the last", "## A\n\none", put(1, 1, "end"), "## A\n\none\n\nend"],
    ["into an empty section, above its criteria", `## A\n${S}\n- [ ] c\n`, put(0, 0, "text"), `## A\n${S}\n\ntext\n\n- [ ] c\n`],
    [
      "under a heading that belongs to it, below its markers",
      "## A\n\none\n\n### Sub\n<!-- canon:realized-in:PR#1 a.ts -->\ntwo\n",
      put(2, 2, "mid"),
      "## A\n\none\n\n### Sub\n<!-- canon:realized-in:PR#1 a.ts -->\n\nmid\n\ntwo\n",
    ],
    ["before a heading that belongs to it", "## A\n\none\n### Sub\n\ntwo\n", put(1, 1, "mid"), "## A\n\none\n\nmid\n\n### Sub\n\ntwo\n"],
    ["a list beside a list", "## A\n\n- one\n", put(1, 1, "- x\n- y"), "## A\n\n- one\n\n* x\n* y\n"],
    ["a list beside criteria", "## A\n\none\n\n- [ ] c\n", put(1, 1, "- x"), "## A\n\none\n\n* x\n\n- [ ] c\n"],
    ["a list in place of a list", "## A\n\n- one\n- two\n", put(0, 1, "- x"), "## A\n\n- x\n"],
    ["brackets that the spec would link", "## A\n\none\n\n[r]: x\n", put(0, 1, "see [r], `[r]`"), "## A\n\nsee \\[r], `[r]`\n\n[r]: x\n"],
    [
      "that open headings, markers and boxes",
      "## A\n\none\n",
      put(0, 1, "## B\n\n<!-- canon:skip -->\n\n- [x] done"),
      "## A\n\n**B**\n\n&lt;!-- canon:skip -->\n\n- done\n",
    ],
    ["that never end", "## A\n\none\n\n## B\n", put(0, 1, "```\nopen"), "## A\n\n```\nopen\n```\n\n## B\n"],
  ])("%s", (_, before, edit, after) => {
    expect(blocks(before, edit)).toBe(after);
  });

  it("in several places at once, with criteria, title and status", () => {
    const text = "## A\n\none\n\n- [ ] c\n\ntwo\n\nthree\n";
    const result = edited(text, (doc) => ({
      title: "B",
      system: SYSTEM,
      blocks: { sections: bodySectionsOf(doc), edits: [put(0, 0, "zero"), put(1, 2, "zwei"), put(3, 3, "end")] },
      criteria: { now: criteriaOf(doc), wanted: [wanted("0:x c"), wanted("d")] },
    }));
    expect(result).toBe(`## B\n${S}\n\nzero\n\none\n\n- [x] c\n- [ ] d\n\nzwei\n\nthree\n\nend\n`);
  });

  it.each([
    ["a heading", "## A\n\none\n\n### Sub\n", put(0, 2, "x"), "a heading below it would be replaced"],
    ["a list with criteria", "## A\n\n- one\n- [ ] c\n", put(0, 1, "x"), "also holds criteria"],
    ["blocks that are not there", "## A\n\none\n", put(1, 3, "x"), "are not those of the section"],
  ])("%s are never replaced", (_, text, edit, why) => {
    expect(refusal(text, (doc) => ({ blocks: { sections: bodySectionsOf(doc), edits: [edit] } }))).toContain(why);
  });

  it("do not come into an open comment", () => {
    expect(refusal("## A\n\none\n\n<!-- open\n\n", (doc) => ({ blocks: { sections: bodySectionsOf(doc), edits: [put(1, 1, "x")] } }))).toBeNull();
    expect(refusal("## A\n\n<div>\n<!-- open\ntwo\n", (doc) => ({ blocks: { sections: bodySectionsOf(doc), edits: [put(1, 1, "x")] } }))).toBeNull();
    expect(refusal("## A\n\n<!-- open\n", (doc) => ({ criteria: { now: criteriaOf(doc), wanted: [wanted("x")] } }))).not.toBeNull();
  });
});

const NEW: NewSection = {
  depth: 3,
  title: "Retry *twice*",
  blocks: ["It should retry.", "# Not a section"],
  criteria: [{ text: "works <b>", checked: true }],
  ticket: { kind: "ticket", system: "jira", key: "PAY-7" },
  system: { id: "retry", status: "todo", generation: 1 },
};
const LINES =
  "### Retry \\*twice\\*\n<!-- canon:ticket:jira:PAY-7 -->\n<!-- canon:system:retry status:todo -->\n\nIt should retry.\n\n**Not a section**\n\n- [x] works &lt;b>";

describe("a new section", () => {
  it.each([
    ["between two sections", "## A\n\none\n\n### Sub\n\ntwo\n\n## B\n", `## A\n\none\n\n### Sub\n\ntwo\n\n${LINES}\n\n## B\n`],
    ["before a heading without a blank line", "## A\n## B\n", `## A\n\n${LINES}\n\n## B\n`],
    ["at the end of the file", "## A\n\none", `## A\n\none\n\n${LINES}`],
    ["at the end of a file that ends in a line", "## A\n\none\n", `## A\n\none\n\n${LINES}\n`],
  ])("%s", (_, before, after) => {
    expect(edited(before, () => ({ append: [NEW] }))).toBe(after);
  });

  it("follows another, in the order given, and the sections behind it keep their edits", () => {
    const doc = parse("## A\r\n\r\none\r\n\r\n## B\r\n\r\n- [ ] c\r\n");
    const second: NewSection = { ...NEW, title: "Other", blocks: [], criteria: [], ticket: { ...NEW.ticket, key: "PAY-8" }, system: null };
    const edits: SectionEdit[] = [
      { section: 2, criteria: { now: criteriaOf(doc, 2), wanted: [wanted("0:x c")] } },
      { section: 1, append: [NEW, second] },
    ];
    const text = spliceSpec(doc, edits, satteri);
    const other = "### Other\n<!-- canon:ticket:jira:PAY-8 -->";
    expect(text).toBe(`## A\n\none\n\n${LINES}\n\n${other}\n\n## B\n\n- [x] c\n`.replaceAll("\n", "\r\n"));
    expect(checkSplice(doc, parse(text), edits)).toBeNull();
  });

  it("is refused where its ticket or its id is taken, or where it would take another section in", () => {
    expect(refusal("## A\n<!-- canon:ticket:jira:PAY-7 -->\n", () => ({ append: [NEW] }))).not.toBeNull();
    expect(refusal("## A\n\n## B\n<!-- canon:system:retry -->\n", () => ({ append: [NEW] }))).not.toBeNull();
    expect(refusal("# T\n\n### A\n\n## B\n", () => ({ section: 2, append: [{ ...NEW, depth: 1, system: null }] }))).not.toBeNull();
    expect(refusal("## A\n\n```\nopen\n", () => ({ append: [NEW] }))).toContain("headings would appear or vanish");
  });
});

describe("the post-condition", () => {
  const doc = parse("## A\n\none\n\n- [ ] c\n\n## B\n\ntwo\n");
  const tick: SectionEdit = { section: 1, criteria: { now: criteriaOf(doc), wanted: [wanted("0:x c")] } };
  const text: SectionEdit = { section: 1, blocks: { sections: [1], edits: [put(0, 1, "eins")] } };

  it.each([
    ["the tick alone", tick, "## A\n\none\n\n- [x] c\n\n## B\n\ntwo\n", null],
    ["no tick", tick, "## A\n\none\n\n- [ ] c\n\n## B\n\ntwo\n", "its criteria"],
    ["other words", tick, "## A\n\none\n\n- [x] d\n\n## B\n\ntwo\n", "its criteria"],
    ["one more", tick, "## A\n\none\n\n- [x] c\n- [ ] d\n\n## B\n\ntwo\n", "its criteria"],
    ["text beside it", tick, "## A\n\none!\n\n- [x] c\n\n## B\n\ntwo\n", "text beside"],
    ["text elsewhere", tick, "## A\n\none\n\n- [x] c\n\n## B\n\ntwo!\n", "read otherwise"],
    ["a comment elsewhere", tick, "## A\n\none\n\n- [x] c\n\n## B\n\n<!-- x -->\n\ntwo\n", "text outside"],
    ["a marker", tick, "## A\n<!-- canon:system:a -->\n\none\n\n- [x] c\n\n## B\n\ntwo\n", "its markers"],
    ["a heading", tick, "## A\n\none\n\n- [x] c\n\n## Bee\n\ntwo\n", "its heading"],
    ["a definition", tick, "## A\n\none\n\n- [x] c\n\n[r]: x\n\n## B\n\ntwo\n", "definition"],
    ["a tombstone", tick, "## A\n\none\n\n- [x] c\n\n<!-- canon:removed:jira:PAY-1 close -->\n\n## B\n\ntwo\n", "tombstone"],
    ["the block alone", text, "## A\n\neins\n\n- [ ] c\n\n## B\n\ntwo\n", null],
    ["a block that brings a criterion", text, "## A\n\neins\n\n- [ ] d\n\n- [ ] c\n\n## B\n\ntwo\n", "criteria"],
  ])("of an edit, given %s", (_, edit, after, why) => {
    const message = checkSplice(doc, parse(after), [edit])?.message ?? null;
    if (why === null) expect(message).toBeNull();
    else expect(message).toContain(why);
  });
});

describe("the lines that differ", () => {
  it("are told without their ends, neighbours together", () => {
    expect(lineEditsOf("a\nb\nc\nd\n", "a\nB\nc\nd\ne", "x.md")).toEqual([
      { path: "x.md", line: 2, before: ["b"], after: ["B"] },
      { path: "x.md", line: 5, before: [], after: ["e"] },
    ]);
    expect(lineEditsOf("a\r\nb\rc", "a\r\nc", "x.md")).toEqual([{ path: "x.md", line: 2, before: ["b"], after: [] }]);
    expect(lineEditsOf("a", "a\nb", "x.md")).toEqual([{ path: "x.md", line: 2, before: [], after: ["b"] }]);
    expect(lineEditsOf("", "a\n", "x.md")).toEqual([{ path: "x.md", line: 1, before: [], after: ["a"] }]);
    expect(lineEditsOf("a", "a", "x.md")).toEqual([]);
  });
});
