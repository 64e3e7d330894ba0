/** Marker lines are written into a spec and nothing else changes, to the byte. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { SpecDocument } from "../../src/core/model/spec-document.ts";
import { SPEC_STATUSES } from "../../src/core/model/status.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import { withDocumentItem } from "../../src/core/spec/document-item.ts";
import type { SectionEdit } from "../../src/core/spec/section-edit.ts";
import { headingLines, markerLines, plannedMarkerLines } from "../../src/core/spec/splice-markers.ts";
import { spliceSpec } from "../../src/core/spec/splice-section.ts";
import { document } from "./arbitrary-document.ts";
import { parse, satteri } from "./parsing.ts";

const TICKET = { kind: "ticket", system: "jira", key: "PAY-7" } as const;
const T = "<!-- canon:ticket:jira:PAY-7 -->";
const SYSTEM = { id: "keys", status: "todo", generation: 1 } as const;
const S = "<!-- canon:system:keys status:todo -->";
const both = (section = 1): SectionEdit => ({ section, ticket: TICKET, system: SYSTEM });

function splice(text: string, ...edits: SectionEdit[]): string {
  return spliceSpec(parse(text), edits, satteri);
}

describe("new marker lines stand directly under the heading", () => {
  it.each([
    ["ATX", "## A\ntext\n", `## A\n${T}\n${S}\ntext\n`],
    ["a blank line below", "## A\n\ntext\n", `## A\n${T}\n${S}\n\ntext\n`],
    ["setext", "A\n---\ntext\n", `A\n---\n${T}\n${S}\ntext\n`],
    ["setext of several lines", "A\nb\n===\n\ntext", `A\nb\n===\n${T}\n${S}\n\ntext`],
    ["closed and indented", "   ## A ##  \ntext\n", `   ## A ##  \n${T}\n${S}\ntext\n`],
    ["indented code below", "## A\n    code\n", `## A\n${T}\n${S}\n    code\n`],
    ["the next heading below", "## A\n## B\n", `## A\n${T}\n${S}\n## B\n`],
    ["CRLF", "## A\r\n\r\ntext\r\n", `## A\r\n${T}\r\n${S}\r\n\r\ntext\r\n`],
    ["lone CR", "## A\r\rtext\r", `## A\r${T}\r${S}\r\rtext\r`],
    ["mixed: the heading's own line end", "x\n\n## A\r\ntext\n", `x\n\n## A\r\n${T}\r\n${S}\r\ntext\n`],
    ["U+2028 in the title", "## A\u2028b\ntext\n", `## A\u2028b\n${T}\n${S}\ntext\n`],
    ["a byte-order mark", "\uFEFF## A\ntext", `\uFEFF## A\n${T}\n${S}\ntext`],
    ["the end of the file", "x\n\n## A", `x\n\n## A\n${T}\n${S}`],
    ["the end of a CRLF file", "x\r\n\r\n## A", `x\r\n\r\n## A\r\n${T}\r\n${S}`],
    ["nothing but the heading", "## A", `## A\n${T}\n${S}`],
  ])("%s", (_, before, after) => {
    expect(splice(before, both())).toBe(after);
    const doc = parse(before);
    expect(checkSplice(doc, parse(after), [both()])).toBeNull();
    expect(plannedMarkerLines(doc, both())).toEqual([T, S]);
    expect(markerLines(parse(after), 1)).toEqual([T, S]);
  });

  it("for the document: under its h1, behind front matter, or at the top", () => {
    const edit = { section: 0, ticket: TICKET };
    const asItem = (text: string): SpecDocument => withDocumentItem(parse(text), new Set([0, 2]));
    const cases: [string, string][] = [
      ["---\na: 1\n---\n\n# T\ntext\n", `---\na: 1\n---\n\n# T\n${T}\ntext\n`],
      ["---\na: 1\n---\n\ntext\n", `---\na: 1\n---\n${T}\n\ntext\n`],
      ["---\na: 1\n---", `---\na: 1\n---\n${T}`],
      ["\uFEFFtext\r\n", `\uFEFF${T}\r\ntext\r\n`],
      ["", `${T}\n`],
    ];
    for (const [before, after] of cases) {
      expect(spliceSpec(asItem(before), [edit], satteri)).toBe(after);
      expect(checkSplice(asItem(before), parse(after), [edit])).toBeNull();
    }
  });
});

describe("marker lines that stand", () => {
  it("keep every byte but the attribute that changes", () => {
    const line = "  <!--canon:system:a%2fb  later:x   status:todo  gen:2 -->  ";
    const edit = (status: "done" | null, generation: number): SectionEdit => ({ section: 1, system: { id: "a/b", status, generation } });
    expect(splice(`## A\n\n${line}\n`, edit("done", 2))).toBe(`## A\n\n${line.replace("todo", "done")}\n`);
    expect(splice(`## A\n\n${line}\n`, edit(null, 1))).toBe("## A\n\n  <!--canon:system:a%2fb  later:x -->  \n");
    expect(splice("## A\n<!-- canon:system:a/b later:x -->\n", edit("done", 3))).toBe("## A\n<!-- canon:system:a/b status:done gen:3 later:x -->\n");
    expect(splice(`## A\n\n${line}\n`, { section: 1, system: { id: "a/b", status: "todo", generation: 2 } })).toBe(`## A\n\n${line}\n`);
  });

  it("change their ticket in place, and lose it on request", () => {
    const text = "## A\r\n<!-- canon:skip -->\r\n\r\n<!-- canon:ticket:jira:PAY-1 note:x -->\r\ntext\r\n";
    expect(splice(text, { section: 1, ticket: TICKET })).toBe(text.replace("PAY-1", "PAY-7"));
    expect(splice(text, { section: 1, ticket: null })).toBe("## A\r\n<!-- canon:skip -->\r\n\r\ntext\r\n");
  });

  it("go with their line end, the last one with the line end before it", () => {
    expect(splice(`## A\n${T}`, { section: 1, ticket: null })).toBe("## A");
    expect(splice(`## A\n${T}\n${T}`, { section: 1, ticket: null })).toBe("## A");
    expect(splice(`## A\n${T}\n`, { section: 1, ticket: null })).toBe("## A\n");
    expect(splice(`## A\n${T}`, { section: 1, ticket: null, system: SYSTEM })).toBe(`## A\n${S}`);
    expect(splice(`## A\n${T}\nx`, { section: 1, ticket: null, system: SYSTEM })).toBe(`## A\n${S}\nx`);
  });

  it("are joined by new ones: the ticket first, the id behind the ticket", () => {
    expect(splice(`## A\n\n${S}\n`, { section: 1, ticket: TICKET })).toBe(`## A\n${T}\n\n${S}\n`);
    expect(splice(`## A\n\n${T}\n<!-- canon:realized-in:PR#1 a.ts -->\n`, { section: 1, system: SYSTEM })).toBe(
      `## A\n\n${T}\n${S}\n<!-- canon:realized-in:PR#1 a.ts -->\n`,
    );
  });

  it("keep a blocker as long as the status is blocked", () => {
    const text = "## A\n<!-- canon:system:keys status:blocked:PAY-200 -->\n";
    expect(splice(text, { section: 1, system: { ...SYSTEM, status: "blocked" } })).toBe(text);
    expect(splice(text, { section: 1, system: SYSTEM })).toBe(`## A\n${S}\n`);
  });

  it("are shown with their heading, as the file has them", () => {
    const doc = parse(`A\nb\n===\n\n ${T}\n${S}\n\n## C\n`);
    expect(headingLines(doc, 1)).toEqual(["A", "b", "==="]);
    expect(markerLines(doc, 1)).toEqual([` ${T}`, S]);
    expect([headingLines(doc, 0), markerLines(doc, 2), headingLines(doc, 9)]).toEqual([[], [], []]);
  });
});

describe("the post-condition", () => {
  const before = parse("## A\n\ntext\n\n## B\n");
  const refusal = (text: string, edit: SectionEdit = both()): string | undefined => checkSplice(before, parse(text), [edit])?.message;

  it.each([
    ["text changed", `## A\n${T}\n${S}\n\ntext!\n\n## B\n`, "text outside of markers"],
    ["a line end changed", `## A\n${T}\n${S}\n\ntext\r\n\n## B\n`, "text outside of markers"],
    ["nothing written", "## A\n\ntext\n\n## B\n", "its id"],
    ["another ticket", `## A\n${T.replace("7", "8")}\n${S}\n\ntext\n\n## B\n`, "its markers"],
    ["another section", `## A\n\ntext\n\n## B\n${T}\n${S}\n`, "its"],
    ["a heading swallowed", `## A\n<!-- canon:ticket:jira:PAY-7\n${S}\n\ntext\n\n## B\n`, "text outside of markers"],
  ])("refuses: %s", (_, text, message) => {
    expect(refusal(text)).toContain(message);
    expect(checkSplice(before, parse(text), [both()])).toMatchObject({ code: "splice-refused", place: { path: before.path } });
  });

  it("refuses an id or a ticket that another section has", () => {
    const doc = parse(`## A\n\n## B\n${T}\n`);
    const edit: SectionEdit = { section: 1, ticket: TICKET };
    expect(checkSplice(doc, parse(spliceSpec(doc, [edit], satteri)), [edit])).toMatchObject({ code: "splice-refused" });
  });

  it("refuses a line that would make front matter of a rule", () => {
    const doc = parse(`${T}\n---\na: 1\n---\n`);
    const edit: SectionEdit = { section: 0, ticket: null };
    expect(checkSplice(doc, parse(spliceSpec(doc, [edit], satteri)), [edit])).toMatchObject({ code: "splice-refused" });
  });
});

describe("over random documents", () => {
  const withoutMarkerLines = (text: string): string =>
    text
      .replace(/[ \t]*<!--[ \t]*canon:(?:ticket|system)[^\r\n]*-->[ \t]*/g, "")
      .replace(/[\r\n]+/g, "\n")
      .trim();
  const pick = fc.record({
    status: fc.constantFrom(null, ...SPEC_STATUSES),
    generation: fc.integer({ min: 1, max: 3 }),
    parts: fc.constantFrom("ticket", "system", "both"),
  });

  type Pick = typeof pick extends fc.Arbitrary<infer Value> ? Value : never;

  /** What apply asks for: sections that may be touched, each with its own ticket and the id it has. */
  function editsFor(doc: SpecDocument, picks: readonly Pick[]): SectionEdit[] {
    return doc.sections.slice(1).flatMap((section, index) => {
      const chosen = picks[index % Math.max(1, picks.length)];
      if (!chosen || section.stopped) return [];
      const ticket = { kind: "ticket", system: "local", key: `NEW-${index + 1}` } as const;
      const system = { id: section.id, status: chosen.status, generation: chosen.generation };
      return [{ section: section.index, ...(chosen.parts === "system" ? {} : { ticket }), ...(chosen.parts === "ticket" ? {} : { system }) }];
    });
  }

  it("only marker lines change, exactly as planned, and once", () => {
    fc.assert(
      fc.property(document, fc.array(pick, { minLength: 1, maxLength: 4 }), (text, picks) => {
        const before = parse(text);
        const edits = editsFor(before, picks);
        const spliced = spliceSpec(before, edits, satteri);
        const after = parse(spliced);
        expect(checkSplice(before, after, edits)).toBeNull();
        expect(withoutMarkerLines(spliced)).toBe(withoutMarkerLines(text));
        expect(spliceSpec(after, edits, satteri)).toBe(spliced);
        for (const edit of edits) {
          expect(markerLines(after, edit.section)).toEqual(plannedMarkerLines(before, edit));
          expect(headingLines(after, edit.section)).toEqual(headingLines(before, edit.section));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("taking the tickets away again gives the file back", () => {
    fc.assert(
      fc.property(document, (text) => {
        const before = parse(text);
        const edits = before.sections
          .slice(1)
          .filter((section) => !section.ticket)
          .map((section, index): SectionEdit => ({ section: section.index, ticket: { ...TICKET, key: `NEW-${index}` } }));
        const after = parse(spliceSpec(before, edits, satteri));
        fc.pre(!after.sections.some(({ stopped }) => stopped));
        expect(
          spliceSpec(
            after,
            edits.map(({ section }) => ({ section, ticket: null })),
            satteri,
          ),
        ).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
