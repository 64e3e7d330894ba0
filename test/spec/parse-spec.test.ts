/** Sections of a spec: titles, numbers, ids, parents, and what stops them. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { lineCounter } from "../harness/line-counter.ts";
import { document } from "./arbitrary-document.ts";
import { codes, parse, section } from "./parsing.ts";

describe("titles and numbers", () => {
  it.each([
    ["1. One", "One"],
    ["1.1 A", "A"],
    ["1.10 B", "B"],
    ["1.2) C", "C"],
    ["12) D", "D"],
    ["(3) E", "E"],
    ["4: F", "F"],
    ["2 Two", "Two"],
    ["2 - Two", "Two"],
    ["3.1 – Key generation", "Key generation"],
    ["§3 Three", "Three"],
    ["§ 3.1 Three", "Three"],
    ["A.1 Annex", "Annex"],
    ["IV. Four", "Four"],
    ["3 設計", "設計"],
  ])("%s is called %s", (title, name) => {
    expect(parse(`## ${title}\n`).sections[1]).toMatchObject({ title, name });
  });

  it.each(["3 retries", "404 Not Found", "2024 roadmap", "Step 4: Go", "1.2.3", "C. elegans", "v1.2 release", "3D models"])(
    "%s has no number to lose",
    (title) => {
      expect(parse(`${title}\n---\n`).sections[1]).toMatchObject({ title, name: title });
    },
  );

  it.each([
    ["![logo](a.png) Service", "logo Service"],
    ["A `b` *c* **d** [e](f) ~~g~~", "A b c d e g"],
    ["Vec<T> <!-- x --> &amp; [^1]", "Vec & [^1]"],
    ["a\u00a0b\u2028c  d\te", "a b c d e"],
    ["a \\* b", "a * b"],
  ])("%s reads %s", (source, title) => {
    expect(parse(`## ${source}\n`).sections[1]?.title).toBe(title);
  });

  it("fold a setext heading of several lines", () => {
    expect(parse("A title  \nin two lines\n===\n").sections[1]?.title).toBe("A title in two lines");
  });

  it("name the document by front matter, h1, or file", () => {
    expect(parse("---\ntitle: Paying\n---\n# Payments\n").sections[0]?.title).toBe("Paying");
    expect(parse("## A\n# 1. Payments\n").sections[0]).toMatchObject({ title: "1. Payments", name: "Payments", id: "", depth: 0 });
    expect(parse("## A\n", "specs/key-gen.v2.md").sections[0]?.title).toBe("key-gen.v2");
  });
});

describe("ids", () => {
  const ids = (text: string): string[] =>
    parse(text)
      .sections.slice(1)
      .map(({ id }) => id);

  it("are the first free form of the slug, in document order", () => {
    expect(ids("## 1. Keys\n## 2. Keys\n## Keys!\n## Keys 2\n## Keys\n")).toEqual(["keys", "keys-2", "keys-3", "keys-2-2", "keys-4"]);
  });

  it("leave those in markers alone, wherever these stand", () => {
    expect(ids("## Keys\n## Keys\n## A\n<!-- canon:system:keys -->\n## B\n<!-- canon:system:keys-3 -->\n")).toEqual(["keys-2", "keys-4", "keys", "keys-3"]);
  });

  it("are section where nothing is left of a title", () => {
    expect(ids("##\n\n## ``` ` ```\n\n## 🚀\n")).toEqual(["section", "section-2", "section-3"]);
  });

  it("keep letters of every script, composed, without what nobody sees", () => {
    expect(ids("## Über Größe\n## 設計\n## Cafe\u0301\n## Re\u200btry\n## a_b -- C&D\n")).toEqual(["über-größe", "設計", "café", "retry", "a_b----cd"]);
  });
});

describe("structure", () => {
  it("takes the nearest less deep heading before as parent, over jumps and several h1", () => {
    const parents = parse("### a\n# b\n### c\n## d\n#### e\n## f\n# g\n###### h\n").sections.map(({ parent }) => parent);
    expect(parents).toEqual([-1, 0, 0, 2, 2, 4, 2, 0, 7]);
  });

  it("opens no section in lists, quotes, fences, HTML and footnotes", () => {
    const text = "## A\n> ## q\n\n- ## l\n\n```\n## f\n```\n\n<div>\n## h\n</div>\n\n[^n]: ## n\n";
    expect(parse(text).sections).toHaveLength(2);
  });

  it("keeps blocks with their lines, without comments and definitions", () => {
    const text = "## A\n\npara\npara\n\n<!-- note -->\n\n- x\n- y\n\n[r]: u\n\n```\ncode\n```\n";
    const lineOf = lineCounter(text);
    expect(section(parse(text), "a").blocks.map(({ type, start, end }) => [type, lineOf(start), lineOf(end)])).toEqual([
      ["paragraph", 3, 4],
      ["list", 8, 9],
      ["code", 13, 15],
    ]);
  });

  it("counts a lone CR as a line end, and U+2028 not", () => {
    expect(parse("# a\r\r## b\u2028c\r\n### d\n").sections.map(({ heading }) => heading?.line)).toEqual([undefined, 1, 3, 4]);
  });
});

describe("markers in their place", () => {
  const good = "<!-- canon:ticket:jira:PAY-1 -->";

  it("are read under the heading, after blank lines, in any order, between other comments", () => {
    const doc = parse(`## A\n\n<!-- canon:system:keys gen:3 status:todo -->\n<!-- lint -->\n\n${good}\n\ntext\n`);
    expect(section(doc, "keys")).toMatchObject({ ticket: { system: "jira", key: "PAY-1" }, status: "todo", generation: 3, idFrom: "marker", stopped: false });
    expect(codes(doc)).toEqual([]);
  });

  it.each([
    ["in a fence", `\`\`\`\n${good}\n\`\`\``],
    ["in indented code", `    ${good}`],
    ["in a quote", `> ${good}`],
    ["in a list", `- ${good}`],
    ["in a sentence", `see ${good}`],
    ["in inline code", `\`${good}\``],
    ["in HTML", `<div>\n${good}\n</div>`],
  ])("mean nothing %s", (_, source) => {
    const doc = parse(`## A\n\n${source}\n`);
    expect(doc.sections.map(({ markers, stopped }) => [markers.length, stopped])).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(codes(doc)).toEqual([]);
  });

  it("stop the section when a ticket stands in its text, and the next one when it stands above its heading", () => {
    const middle = parse(`## A\n\ntext\n\n${good}\n\nmore\n\n## B\n`);
    expect(middle.sections.map(({ stopped }) => stopped)).toEqual([false, true, false]);
    const above = parse(`## A\n\ntext\n\n${good}\n## B\n`);
    expect(above.sections.map(({ stopped }) => stopped)).toEqual([false, true, true]);
    expect(codes(above)).toEqual(["error marker-misplaced 5"]);
  });

  it("only warn when what stands in the text names no ticket", () => {
    const doc = parse("## A\n\ntext\n\n<!-- canon:system:x -->\n\n<!-- canon:realized-in:PR#1 a.ts -->\n");
    expect(codes(doc)).toEqual(["warning marker-misplaced 5", "warning marker-misplaced 7"]);
    expect(doc.sections[1]?.stopped).toBe(false);
  });

  it("stop the section when a ticket or id cannot be read", () => {
    expect(parse("## A\n<!-- canon:ticket:jira:oops -->\n").sections[1]?.stopped).toBe(true);
    expect(parse("## A\n<!-- canon:system:a status:doen -->\n").sections[1]?.stopped).toBe(true);
    expect(parse("## A\n<!-- canon:realized-in:oops a.ts -->\n").sections[1]?.stopped).toBe(false);
    expect(parse("## A\n<!-- canon:tikcet:jira:PAY-1 -->\n").diagnostics[0]).toMatchObject({ code: "marker-unknown", hint: "Did you mean ticket?" });
  });

  it("contradict each other, or repeat", () => {
    expect(codes(parse(`## A\n${good}\n${good}\n`))).toEqual(["notice marker-repeated 3"]);
    expect(codes(parse(`## A\n${good}\n<!-- canon:ticket:linear:ENG-1 -->\n`))).toEqual(["error marker-conflict 3"]);
    expect(codes(parse("## A\n<!-- canon:system:a status:todo -->\n<!-- canon:system:a status:done -->\n"))).toEqual(["error marker-conflict 3"]);
  });

  it("tell both places of an id or a ticket that stands twice in a file", () => {
    const doc = parse(`## A\n<!-- canon:system:x -->\n\n## B\n<!-- canon:system:x -->\n\n### C\n${good}\n\n### D\n${good}\n\n## E\n`);
    expect(doc.sections.map(({ stopped }) => stopped)).toEqual([false, true, true, true, true, false]);
    expect(doc.diagnostics).toMatchObject([
      { code: "id-twice", place: { line: 1 }, also: [{ line: 4 }] },
      { code: "ticket-twice", place: { line: 7 }, also: [{ line: 10 }] },
    ]);
  });

  it("pass skip on to everything below", () => {
    const doc = parse("# T\n## A\n<!-- canon:skip -->\n### B\n## C\n");
    expect(doc.sections.map(({ skipped }) => skipped)).toEqual([false, false, true, true, false]);
    expect(parse("<!-- canon:skip -->\n\n# T\n## A\n").sections.every(({ skipped }) => skipped)).toBe(true);
  });

  it("collect tombstones from anywhere at the root", () => {
    const doc = parse("## A\n\ntext\n\n<!-- canon:removed:jira:PAY-9 close -->\n<!-- canon:removed:github:acme/web#2 forget -->\n");
    expect(doc.removed).toEqual([
      { kind: "removed", system: "jira", key: "PAY-9", mode: "close" },
      { kind: "removed", system: "github", key: "acme/web#2", mode: "forget" },
    ]);
    expect(codes(doc)).toEqual([]);
  });
});

describe("a file in the middle of a merge", () => {
  it("is stopped whole, with the lines of the marks, and still shows its tickets", () => {
    const doc = parse("## A\n<!-- canon:ticket:jira:PAY-1 -->\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n");
    expect(doc.sections.every(({ stopped }) => stopped)).toBe(true);
    expect(doc.diagnostics).toMatchObject([{ code: "spec-conflict-marks", place: { line: 3 }, also: [{ line: 5 }, { line: 7 }] }]);
    expect(doc.sections[1]?.ticket?.key).toBe("PAY-1");
  });

  it("is not every file with arrows and rules in it", () => {
    expect(codes(parse("a <<<<<<< b >>>>>>> c\n=======\n"))).toEqual([]);
    expect(codes(parse("Title\n=======\n\n>>>>>>> quote\n"))).toEqual([]);
  });
});

it("never throws, whatever the text", () => {
  const noise = fc.oneof(
    document,
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(fc.tuple(fc.string({ maxLength: 5 }), document), { maxLength: 3 }).map((parts) => parts.flat().join("")),
  );
  fc.assert(
    fc.property(noise, (text) => void parse(text)),
    { numRuns: 500 },
  );
});
