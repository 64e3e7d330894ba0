/** The criteria of a ticket come into the lists of a spec as their author would have written them. */

import { describe, expect, it } from "vitest";
import { parse } from "./parsing.ts";
import { criteriaOf, edited, refusal, wanted, withCriteria } from "./splicing.ts";

type Row = readonly [what: string, before: string, lines: readonly string[], after: string];

function rows(list: readonly Row[]): void {
  it.each(list)("%s", (_, before, lines, after) => {
    expect(withCriteria(before, ...lines)).toBe(after);
  });
}

describe("a tick is the one character in the box", () => {
  rows([
    ["set", "## A\n\n- [ ] a\n- [ ] b\n", ["0:x a", "1: b"], "## A\n\n- [x] a\n- [ ] b\n"],
    ["taken away", "## A\n\n- [X] a\n", ["0: a"], "## A\n\n- [ ] a\n"],
    ["a tab in the box", "## A\n\n- [\t] a\n", ["0:x a"], "## A\n\n- [x] a\n"],
    ["odd spaces and words on two lines", "## A\r\n\r\n*   [ ]  a  \r\n    b  \r\n", ["0:x a b"], "## A\r\n\r\n*   [x]  a  \r\n    b  \r\n"],
    ["the same words spelled otherwise stay", "## A\n\n- [x] _a_ `<!-- c -->`\n", ["0: _a_ `<!-- c -->`"], "## A\n\n- [ ] _a_ `<!-- c -->`\n"],
    ["nested", "## A\n\n1) [ ] a\n   + [ ] b\n", ["0: a", "1:x b"], "## A\n\n1) [ ] a\n   + [x] b\n"],
  ]);
});

describe("new words replace the old ones and nothing else", () => {
  rows([
    ["plain", "## A\n\n- [ ] a\n- [x] b\n", ["0: bee", "1:x b"], "## A\n\n- [ ] bee\n- [x] b\n"],
    ["on one line", "## A\n\n- [ ] a\n  b\n  c\n- [ ] d\n", ["0: e", "1: d"], "## A\n\n- [ ] e\n- [ ] d\n"],
    ["what stands below stays", "## A\n\n- [ ] a\n\n  note\n  - bullet\n", ["0: b"], "## A\n\n- [ ] b\n\n  note\n  - bullet\n"],
    ["and a tick", "## A\n\n- [ ] a", ["0:x b"], "## A\n\n- [x] b"],
    ["brackets that the spec would link", "## A\n\n- [ ] a\n\n[r]: x\n", ["0: see [r]"], "## A\n\n- [ ] see \\[r]\n\n[r]: x\n"],
    ["a footnote of the spec", "## A\n\n- [ ] a\n\n[^1]: x\n", ["0: see[^1]"], "## A\n\n- [ ] see\\[^1]\n\n[^1]: x\n"],
    ["a heading in it", "## A\n\n- [ ] a\n", ["0: b\n\n## C\n<!-- canon:skip -->"], "## A\n\n- [ ] b ## C &lt;!-- canon:skip -->\n"],
  ]);
});

describe("what is no longer wanted goes", () => {
  rows([
    ["from the middle", "## A\n\n- [ ] a\n- [ ] b\n- [ ] c\n", ["0: a", "2: c"], "## A\n\n- [ ] a\n- [ ] c\n"],
    ["the last line of the file", "## A\n\n- [ ] a\n- [ ] b", ["0: a"], "## A\n\n- [ ] a"],
    ["with one of the blank lines around", "## A\n\n- [ ] a\n\n- [ ] b\n\n- [ ] c\n", ["0: a", "2: c"], "## A\n\n- [ ] a\n\n- [ ] c\n"],
    ["all of a list", "## A\n\ntext\n\n- [ ] a\n\n- [ ] b\n\nmore\n", [], "## A\n\ntext\n\nmore\n"],
    ["all at the end", "## A\n\ntext\n\n- [ ] a\n- [ ] b\n", [], "## A\n\ntext\n"],
    ["with the bullet around it", "## A\n\n- x\n- - [ ] a\n- y\n", [], "## A\n\n- x\n- y\n"],
    ["with criteria below it", "## A\n\n- [ ] a\n  - [ ] b\n- [ ] c\n", ["2: c"], "## A\n\n- [ ] c\n"],
    ["behind a bullet on its line", "## A\n\n- - [ ] a\n  - [ ] b\n", ["1: b"], "## A\n\n- - [ ] b\n"],
    ["not the notes below it", "## A\n\n- [ ] a\n\n  note\n\n  more\n- [ ] b\n", ["1: b"], "## A\n\n- note\n\n  more\n- [ ] b\n"],
    ["not the criteria below it that stay", "## A\n\n- [ ] a\n  - [ ] b\n", ["1: b"], "## A\n\n- - [ ] b\n"],
    ["not the bullets beside it", "## A\n\n- plain\n- [ ] a\n", [], "## A\n\n- plain\n"],
  ]);
});

describe("a new one is written like its neighbours", () => {
  rows([
    ["behind the one before it", "## A\n\n* [ ] a\n* [ ] b\n", ["0: a", "x n", "1: b", "m"], "## A\n\n* [ ] a\n* [x] n\n* [ ] b\n* [ ] m\n"],
    ["before the first", "## A\n\n+  [ ] a\n", ["n", "0: a"], "## A\n\n+  [ ] n\n+  [ ] a\n"],
    [
      "with blank lines where the list has them",
      "## A\n\n- [ ] a\n\n- [ ] b\n\ntext\n",
      ["0: a", "n", "1: b", "m"],
      "## A\n\n- [ ] a\n\n- [ ] n\n\n- [ ] b\n\n- [ ] m\n\ntext\n",
    ],
    [
      "at the level of its neighbour",
      "## A\n\n- [ ] a\n  - [ ] b\n- [ ] c\n",
      ["0: a", "1: b", "n", "2: c"],
      "## A\n\n- [ ] a\n  - [ ] b\n  - [ ] n\n- [ ] c\n",
    ],
    ["between a criterion and what is nested in it", "## A\n\n- [ ] a\n  - [ ] b\n", ["0: a", "n", "1: b"], "## A\n\n- [ ] a\n  - [ ] n\n  - [ ] b\n"],
    ["before one behind a bullet", "## A\n\n- - [ ] a\n", ["n", "0: a"], "## A\n\n- - [ ] n\n  - [ ] a\n"],
    ["counting on", "## A\n\n8. [ ] a\n9. [ ] b\n", ["0: a", "1: b", "n", "m"], "## A\n\n8. [ ] a\n9. [ ] b\n10. [ ] n\n11. [ ] m\n"],
    ["where all have one number", "## A\n\n1. [ ] a\n1. [ ] b\n", ["0: a", "n", "1: b"], "## A\n\n1. [ ] a\n1. [ ] n\n1. [ ] b\n"],
    ["with the line end of its neighbour", "## A\r\n\r\n- [ ] a\r\n- [ ] b", ["0: a", "1: b", "n"], "## A\r\n\r\n- [ ] a\r\n- [ ] b\r\n- [ ] n"],
    ["below what stands under its neighbour", "## A\n\n- [ ] a\n\n  note\n", ["0: a", "n"], "## A\n\n- [ ] a\n\n  note\n- [ ] n\n"],
    ["where all others went", "## A\n\ntext\n\n* [x] a\n\n* [ ] b\n\nmore\n", ["n", "m"], "## A\n\ntext\n\n* [ ] n\n\n* [ ] m\n\nmore\n"],
    ["where the only one went, at the end", "## A\n- [ ] a", ["n"], "## A\n- [ ] n"],
    ["behind one whose last nested one went", "## A\n\n- [ ] a\n  - [ ] b", ["0: a", "n"], "## A\n\n- [ ] a\n- [ ] n"],
  ]);
});

describe("a list is begun where there is none", () => {
  rows([
    ["below the text", "## A\n\ntext\n", ["n", "x m"], "## A\n\ntext\n\n- [ ] n\n- [x] m\n"],
    ["before the first heading below", "## A\n\ntext\n### B\n\nmore\n", ["n"], "## A\n\ntext\n\n- [ ] n\n\n### B\n\nmore\n"],
    ["under a heading alone", "## A", ["n"], "## A\n\n- [ ] n"],
    ["under markers", "## A\n<!-- canon:ticket:jira:PAY-1 -->\n\n\n## B\n", ["n"], "## A\n<!-- canon:ticket:jira:PAY-1 -->\n\n- [ ] n\n\n\n## B\n"],
    ["with the line ends of the file", "## A\r\n\r\ntext", ["n"], "## A\r\n\r\ntext\r\n\r\n- [ ] n"],
    [
      "under its heading of criteria",
      "## A\n\n### B\n\n### Acceptance Criteria\n\n### C\n",
      ["n"],
      "## A\n\n### B\n\n### Acceptance Criteria\n\n- [ ] n\n\n### C\n",
    ],
    ["beside a list of the text", "## A\n\n- x\n", ["n"], "## A\n\n- x\n\n* [ ] n\n"],
    ["above a heading that is indented", "## A\n\ntext\n\n   ## B\n", ["n"], "## A\n\ntext\n\n-   [ ] n\n\n   ## B\n"],
    ["behind a definition", "## A\n\n[r]: x\n", ["n"], "## A\n\n[r]: x\n\n- [ ] n\n"],
  ]);

  it("for the document under its h1, behind front matter, or at the top", () => {
    const cases: readonly [string, string][] = [
      ["---\na: 1\n---\n\n## B\n", "---\na: 1\n---\n\n- [ ] n\n\n## B\n"],
      ["\uFEFF## B\n", "\uFEFF- [ ] n\n\n## B\n"],
      ["", "- [ ] n\n"],
    ];
    for (const [before, after] of cases) expect(edited(before, () => ({ section: 0, criteria: { now: [], wanted: [wanted("n")] } }))).toBe(after);
  });
});

describe("the order of the ticket", () => {
  rows([
    [
      "is taken over where plain items of one list move",
      "## A\n\n1. [ ] a\n2. [x] b\n3. [ ] c\n",
      ["2: c", "1:x b", "0:x a"],
      "## A\n\n1. [ ] c\n2. [x] b\n3. [x] a\n",
    ],
    ["moves with new ones and new words", "## A\n\n- [ ] a\n- [ ] b\n", ["1: bee", "n", "0: a"], "## A\n\n- [ ] bee\n- [ ] n\n- [ ] a\n"],
    ["is left where more than words would move", "## A\n\n- [ ] a\n\n  note\n- [ ] b\n", ["1: b", "0:x a"], "## A\n\n- [x] a\n\n  note\n- [ ] b\n"],
    ["is left between lists", "## A\n\n- [ ] a\n\ntext\n\n- [ ] b\n", ["1: b", "0: a"], "## A\n\n- [ ] a\n\ntext\n\n- [ ] b\n"],
  ]);
});

describe("criteria in several lists and sections", () => {
  const text = "## A\n\n- [ ] a\n\ntext\n\n* [ ] b\n\n### Sub\n\n1. [x] c\n\n### Acceptance Criteria\n\n- [ ] d\n\n## B\n\n- [ ] other\n";

  it("are edited where each of them stands", () => {
    expect(withCriteria(text, "0:x a", "n1", "1: bee", "2:x c", "n2", "3: d", "n3")).toBe(
      "## A\n\n- [x] a\n- [ ] n1\n\ntext\n\n* [ ] bee\n\n### Sub\n\n1. [x] c\n2. [ ] n2\n\n### Acceptance Criteria\n\n- [ ] d\n- [ ] n3\n\n## B\n\n- [ ] other\n",
    );
  });

  it("stay where their section is not meant", () => {
    expect(criteriaOf(parse(withCriteria(text)), 4).map((criterion) => criterion.text)).toEqual(["other"]);
  });
});

describe("an edit is refused", () => {
  it("when its criteria are those of another reading of the file", () => {
    const now = criteriaOf(parse("## A\n\n- [ ] a\n"));
    expect(refusal("## A\n\n- [ ] a\n", () => ({ criteria: { now, wanted: [wanted("0:x a")] } }))).toContain("its criteria are not those of the file");
  });

  it("when one criterion is wanted twice", () => {
    expect(refusal("## A\n\n- [ ] a\n", (doc) => ({ criteria: { now: criteriaOf(doc), wanted: [wanted("0: a"), wanted("0: b")] } }))).toContain("not those of");
  });

  it("when the list would stand in an open comment or fence", () => {
    for (const open of ["<!--", "```", "<script>"])
      expect(refusal(`## A\n\n${open}\ntext\n`, () => ({ criteria: { now: [], wanted: [wanted("n")] } }))).toContain(
        "its criteria would not read as on the ticket",
      );
  });
});
