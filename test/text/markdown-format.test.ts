/** Bodies of Markdown trackers: what is printed, and what is read back after vendors and people had their hands on it. */

import { fc } from "../harness/property.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { markdownFormat } from "../../src/core/text/markdown-format.ts";
import type { TextFormat, TextParts } from "../../src/core/text/text-format.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import { block, criterion } from "./arbitrary-markdown.ts";

let format: TextFormat;
beforeAll(async () => {
  format = markdownFormat(await loadParser());
});

const footer = "From specs/payments.md › Key Generation. Please change title and text there.";

function parts(blocks: TextParts["blocks"], criteria: readonly string[] = []): TextParts {
  return { blocks, criteria: criteria.map((text) => ({ text: text.replace(/^x /, ""), checked: text.startsWith("x ") })), footer };
}

function read(native: string): { readonly blocks: readonly string[]; readonly criteria: readonly string[] } {
  const text = format.parse(native);
  return { blocks: text.blocks.map((found) => found.native), criteria: text.criteria.map(({ text: words, checked }) => (checked ? `x ${words}` : words)) };
}

function canonical(native: string): readonly string[] {
  return format.parse(native).blocks.map((found) => found.canonical);
}

describe("printing", () => {
  it("puts blocks, criteria and footer below each other", () => {
    expect(format.print(parts(["One.", "- a\n- b"], ["returns 402", "x is tested"]))).toBe(
      `One.\n\n- a\n- b\n\n## Acceptance criteria\n\n- [ ] returns 402\n- [x] is tested\n\n---\n\n${footer}`,
    );
  });

  it("has no heading without criteria, and nothing but the footer without text", () => {
    expect(format.print(parts([" \n"]))).toBe(`---\n\n${footer}`);
  });

  it("folds a criterion to one line, and leaves out one without words", () => {
    expect(format.print(parts([], [" one\n  two ", " ", "<!-- only a comment -->"]))).toContain("## Acceptance criteria\n\n- [ ] one two\n\n---");
  });

  it("writes a footer that reads as it was given, whatever a title holds", () => {
    for (const title of ["__init__ and *stars*", "a [link](x) <b>", "`code` | pipe", "AT&amp;T", "C:\\temp\\"]) {
      const native = format.print({ blocks: ["Text."], criteria: [], footer: `From specs/a_b.md › ${title}. Please change title and text there.` });
      expect(read(native)).toEqual({ blocks: ["Text."], criteria: [] });
    }
  });

  it("keeps a block of the ticket as a person wrote it", () => {
    const native = "*  odd   bullets*\n***\n";
    expect(format.print(parts(["One.", { native }]))).toBe(`One.\n\n*  odd   bullets*\n***\n\n---\n\n${footer}`);
  });
});

describe("a block that could swallow what stands below it", () => {
  for (const open of ["```js\nlet a", "~~~~\ntext\n~~~", "<!-- never closed", "<script>\nlet x", "<?php echo", "   ```\n   indented"]) {
    it(JSON.stringify(open), () => {
      const native = format.print(parts([open, "After."], ["stays"]));
      expect(read(native).criteria).toEqual(["stays"]);
      expect(read(native).blocks.at(-1)).toBe("After.");
      expect(read(native).blocks).toHaveLength(2);
    });
  }

  it("indented code below a list stays code of its own", () => {
    const native = format.print(parts(["- a", "    let x\n\n    let y", "  para"]));
    expect(read(native).blocks).toEqual(["- a", "```\nlet x\n\nlet y\n```", "para"]);
  });

  it("nothing of a random body is swallowed or drawn into criteria and footer", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), fc.array(criterion, { maxLength: 3 }), (blocks, criteria) => {
        const alone = canonical(format.print({ blocks, criteria: [], footer }));
        const native = format.print({ blocks: [...blocks, "Sentinel."], criteria, footer });
        expect(canonical(native)).toEqual([...alone, ...canonical("Sentinel.")]);
        const words = criteria
          .map(({ text, checked }) => ({ text: text.replace(/\s+/g, " ").trim(), checked }))
          .filter(({ text }) => text.replaceAll("<!-- hid -->", "").trim() !== "");
        expect(format.parse(native).criteria.map(({ text, checked }) => ({ text, checked }))).toEqual(words);
      }),
      { numRuns: 400 },
    );
  });
});

describe("a body that looks like our own parts", () => {
  it("keeps its own heading, with and without criteria of ours", () => {
    for (const heading of ["## Acceptance criteria", "#### ACCEPTANCE CRITERIA:", "Acceptance Criteria\n---"]) {
      for (const criteria of [[], ["ours"]]) {
        expect(read(format.print(parts([heading, "Plain words.", "- plain", "End."], criteria)))).toEqual({
          blocks: [heading, "Plain words.", "- plain", "End."],
          criteria,
        });
        expect(read(format.print(parts([heading], criteria)))).toEqual({ blocks: [heading], criteria });
      }
    }
  });

  it("keeps tasks under its own heading in the body", () => {
    expect(read(format.print(parts(["## Acceptance criteria", "- [ ] theirs"], ["ours"])))).toEqual({
      blocks: ["## Acceptance criteria", "- [ ] theirs"],
      criteria: ["ours"],
    });
    expect(read(format.print(parts(["## Acceptance criteria", "- [ ] theirs"])))).toEqual({ blocks: ["## Acceptance criteria", "- [ ] theirs"], criteria: [] });
  });

  it("keeps lists with boxes elsewhere in the body", () => {
    expect(read(format.print(parts(["- [ ] a box", "## Tasks", "- [x] another"], ["ours"])))).toEqual({
      blocks: ["- [ ] a box", "## Tasks", "- [x] another"],
      criteria: ["ours"],
    });
  });

  it("keeps a rule and a line like our footer above our own", () => {
    expect(read(format.print(parts(["---", footer, "More."], ["ours"])))).toEqual({ blocks: ["---", footer, "More."], criteria: ["ours"] });
  });

  it("is never read as front matter", () => {
    expect(read(format.print(parts(["---", "a: b"])))).toEqual({ blocks: ["---", "a: b"], criteria: [] });
  });
});

describe("reading what people made of it", () => {
  const printed = `One.\n\n## Acceptance criteria\n\n- [ ] first\n- [x] second\n\n---\n\n${footer}`;
  const same = { blocks: ["One."], criteria: ["first", "x second"] };

  const edits: Readonly<Record<string, (text: string) => string>> = {
    "another level and case": (text) => text.replace("## Acceptance criteria", "#### ACCEPTANCE CRITERIA:"),
    "a setext heading": (text) => text.replace("## Acceptance criteria", "Acceptance Criteria\n==="),
    "a bold heading": (text) => text.replace("Acceptance criteria", "**Acceptance criteria**"),
    "other bullets": (text) => text.replaceAll("- [", "* ["),
    "numbers instead of bullets": (text) => text.replace("- [ ]", "1. [ ]").replace("- [x]", "2. [X]"),
    "a loose list": (text) => text.replace("first\n", "first\n\n"),
    CRLF: (text) => text.replaceAll("\n", "\r\n"),
    "lone CR": (text) => text.replaceAll("\n", "\r"),
    "no footer": (text) => text.replace(`\n\n---\n\n${footer}`, ""),
    "no rule": (text) => text.replace("---\n\n", ""),
    "another rule": (text) => text.replace("---", "* * *"),
    "no heading of the footer's rule, blank lines": (text) => `\n\n${text}\n\n\n`,
  };

  for (const [name, edit] of Object.entries(edits)) {
    it(name, () => expect(read(edit(printed))).toEqual(same));
  }

  it("an item without a box is a criterion that is not ticked", () => {
    expect(read(printed.replace("- [x] second", "- [x] second\n- third")).criteria).toEqual(["first", "x second", "third"]);
  });

  it("tasks below a criterion are criteria, other things below it are its words", () => {
    const nested = printed.replace("first\n", "first\n  more of it\n  - [x] nested\n");
    expect(read(nested).criteria).toEqual(["first more of it", "x nested", "x second"]);
    expect(read(printed.replace("first\n", "first\n\n  A paragraph.\n\n  - a bullet\n")).criteria).toEqual(["first A paragraph. - a bullet", "x second"]);
  });

  it("all boxes taken away: people's text, nothing hidden", () => {
    expect(read("## Acceptance criteria\n\n- first\n- second")).toEqual({ blocks: ["## Acceptance criteria", "- first\n- second"], criteria: [] });
  });

  it("all criteria deleted: the bare heading is nobody's text", () => {
    expect(read(printed.replace("- [ ] first\n- [x] second\n\n", ""))).toEqual({ blocks: ["One."], criteria: [] });
  });

  it("notes between heading and list, below the list and below the footer are people's text", () => {
    const noted = `${printed.replace("criteria\n\n", "criteria\n\nPlease check:\n\n").replace("second\n", "second\n\nA note.\n\n- with\n- bullets\n")}\nright below\n\nfar below`;
    expect(read(noted)).toEqual({ blocks: ["One.", "Please check:", "A note.", "- with\n- bullets", "right below", "far below"], criteria: same.criteria });
  });

  it("a second section of that name below the footer is theirs", () => {
    expect(read(`${printed}\n\n## Acceptance criteria\n\n- [ ] theirs`)).toEqual({
      blocks: ["One.", "## Acceptance criteria", "- [ ] theirs"],
      criteria: same.criteria,
    });
  });

  it("comments of people and robots stay with the block before them", () => {
    expect(read("One.\n\n<!-- bot: 1 -->\n\nTwo.").blocks).toEqual(["One.\n\n<!-- bot: 1 -->", "Two."]);
    expect(canonical("One.\n\n<!-- bot: 1 -->\n\nTwo.")).toEqual(canonical("One.\n\nTwo."));
  });

  it("a person's ticket without any of our parts is all text", () => {
    expect(read("Hello\nworld\n\n- [ ] a box\n")).toEqual({ blocks: ["Hello\nworld", "- [ ] a box"], criteria: [] });
    expect(read("")).toEqual({ blocks: [], criteria: [] });
  });
});

describe("titles", () => {
  it("are compared with blanks folded, and cut at the limit without splitting a character", () => {
    expect(format.canonicalTitle("  Key\t generation \n")).toBe("Key generation");
    const cut = format.canonicalTitle("😀".repeat(300));
    expect(cut).toBe("😀".repeat(255));
    expect(format.canonicalTitle(cut)).toBe(cut);
  });
});
