/** What tickets say is hostile until it is encoded: words survive, everything that acts does not, and ordinary text is left alone. */

import { fc } from "../harness/property.ts";
import type { Nodes } from "mdast";
import { describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { isRemote } from "../../src/core/text/link-safety.ts";
import { safeBlocks } from "../../src/core/text/safe-blocks.ts";
import { plainLine, safeInline } from "../../src/core/text/safe-inline.ts";
import { safeTitle } from "../../src/core/text/safe-title.ts";
import { parse, remark, satteri } from "../spec/parsing.ts";
import { examples, HOSTILE } from "../harness/hostile.ts";
import { block, line } from "./arbitrary-markdown.ts";

/** Remark is slow: it reads what was written to hurt, and one random text of thirty. */
function parsersFor(text: string): readonly MarkdownParser[] {
  return HOSTILE.includes(text) || text.length % 32 === 0 ? [satteri, remark] : [satteri];
}

/** Links and images that would do something, and every bit of HTML. */
function dangers(root: Nodes): readonly string[] {
  const found: string[] = [];
  const open: Nodes[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "html") found.push(`html ${node.value}`);
    if (node.type === "link" && /^\s*[a-z][a-z0-9+.-]*:/i.test(node.url) && !/^(https?|mailto):/i.test(node.url)) found.push(`link ${node.url}`);
    if (node.type === "image" && isRemote(node.url)) found.push(`image ${node.url}`);
    if ("children" in node) open.push(...node.children);
  }
  return found;
}

const shards = fc.constantFrom(
  ...[
    "[",
    "]",
    "](",
    ")",
    "(",
    "!",
    "![",
    "<",
    ">",
    "`",
    "``",
    "\\",
    "javascript:",
    "https://e.org",
    "data:x",
    "//e",
    "a",
    " ",
    "<!--",
    "-->",
    "&lt;",
    "&#58;",
  ],
  ...[
    '"',
    "'",
    "*",
    "_",
    "~~",
    "|",
    "#",
    "- ",
    "[ ] ",
    "1. ",
    "\n",
    "\r",
    "\t",
    "\u200b",
    "\u202e",
    "é",
    "🚀",
    "x@y.zz",
    "<b>",
    "</b>",
    "<a:b>",
    "^",
    "[^1]",
    ":",
    "$",
    "=",
  ],
);
const inlineSoup = fc.oneof(
  fc.array(shards, { maxLength: 14 }).map((parts) => parts.join("")),
  line,
  fc.constantFrom(...HOSTILE),
);

describe("a criterion", () => {
  it.each([
    "Answer within 50 ms, see `x` and [guide](https://e.org)",
    "5 < 6 & *soft* **hard** ~~gone~~ snake_case_name",
    "mail me@e.org or <mailto:me@e.org>, [here](../docs/a.md#b 'T'), ![local](img/a.png)",
    "`<b>` in code, C++ && Rust, a -> b, R&D",
    "日本語 naïve 😀 👩‍🚀",
    "[draft] not a link",
  ])("that is ordinary stays as it is: %s", (text) => {
    expect(safeInline(text)).toBe(text);
  });

  it.each([
    ["a <!-- canon:ticket:jira:PAY-1 --> b", "a &lt;!-- canon:ticket:jira:PAY-1 --> b"],
    ["two\n\n## Heading", "two ## Heading"],
    ["[go](javascript:alert(1)) now", "go now"],
    ["![chart](https://e.org/p.png)", "[chart](https://e.org/p.png)"],
    ["![](https://e.org/p.png)", "[image](https://e.org/p.png)"],
    ["[![badge](https://e.org/b.svg)](https://e.org)", "[badge](https://e.org)"],
    ["<b>bold</b>", "&lt;b>bold&lt;/b>"],
    ['[a](https://e.org "<!-- t")', '[a](https://e.org "&lt;!-- t")'],
    ["\u202eabc\u200b", "abc"],
    ["\u200b", "…"],
    ["", "…"],
  ])("that is not is encoded: %s", (text, safe) => {
    expect(safeInline(text)).toBe(safe);
  });

  it("has at most a thousand characters, and ends in … where it was cut", () => {
    expect(safeInline("a".repeat(1000))).toHaveLength(1000);
    expect(safeInline("a".repeat(1001))).toBe(`${"a".repeat(999)}…`);
    expect(safeInline("<a".repeat(1000)).length).toBeLessThanOrEqual(1000);
  });

  const check = (text: string): void => {
    const safe = safeInline(text);
    expect(safeInline(safe)).toBe(safe);
    for (const parser of parsersFor(text)) expect(dangers(parser.parse(`- [ ] ${safe}\n`))).toEqual([]);
    const doc = parse(`## A\n\n- [ ] before\n- [ ] ${safe}\n- [x] after\n\ntext\n`);
    expect(doc.sections[1]?.criteria.map((criterion) => [criterion.text, criterion.checked])).toEqual([
      ["before", false],
      [safe, false],
      ["after", true],
    ]);
    expect(doc.sections.length).toBe(2);
    expect(doc.sections[1]?.blocks.length).toBe(1);
  };

  it("is one criterion with these words, and harmless, whatever it says", () => {
    for (const text of [...HOSTILE, ...examples()]) check(text);
    fc.assert(fc.property(inlineSoup, check), { numRuns: 800 });
  });
});

describe("a title", () => {
  it.each(["Key generation", "R&D <3", "[Draft] Keys", "snake_case and C#", "5 * 3 = 15", "~5 ms", "See https://e.org/a_b"])(
    "that is ordinary stays as it is: %s",
    (text) => {
      expect(safeTitle(text)).toBe(text);
    },
  );

  it("reads back as exactly the plain text", () => {
    const check = (text: string): void => {
      const plain = plainLine(text);
      fc.pre(plain !== "");
      expect(parse(`## ${safeTitle(text)}\n\ntext\n`).sections.map(({ title }) => title)).toEqual(["payments", plain]);
    };
    for (const text of [...HOSTILE, ...examples()]) if (plainLine(text) !== "") check(text);
    fc.assert(fc.property(inlineSoup, check), { numRuns: 800 });
  });
});

describe("a block", () => {
  it.each([
    ["## Heading", ["**Heading**"]],
    ["Title\n=====", ["**Title**"]],
    ["- [ ] a\n- [x] b", ["- a\n- b"]],
    ["<!-- canon:skip -->", ["&lt;!-- canon:skip -->"]],
    ["```js\nlet a", ["```js\nlet a\n```"]],
    ["---\ntitle: x\n---", ["***", "**title: x**"]],
    ["a <b>c</b>", ["a &lt;b>c&lt;/b>"]],
    ["    code", ["```\ncode\n```"]],
    ["[r]: https://e.org", ["\\[r]: <https://e.org>"]],
    ["see [r]\n\n[r]: https://e.org", ["see [r](https://e.org)", "\\[r]: <https://e.org>"]],
  ])("is made harmless: %j", (markdown, safe) => {
    expect(safeBlocks(markdown, satteri)).toEqual(safe);
  });

  it.each([
    "a paragraph\nof _two_ lines",
    "* a\n* b\n\n  more",
    "> quote\n>\n> # inside",
    "```js\n# code\n<!-- x -->\n```",
    "| a | b |\n| - | :-: |\n| 1 | `2` |",
  ])("that is ordinary stays as it is: %j", (markdown) => {
    expect(safeBlocks(markdown, satteri)).toEqual([markdown]);
  });

  const check = (markdown: string): void => {
    const blocks = safeBlocks(markdown, satteri);
    expect(blocks.flatMap((text) => safeBlocks(text, satteri))).toEqual(blocks);
    for (const text of blocks) {
      const doc = parse(`${text}\n\n## A\n\n${text}\n\ntext\n\n## B\n`);
      expect(doc.sections.map(({ title }) => title).slice(1)).toEqual(["A", "B"]);
      expect(doc.sections.map(({ blocks: own, criteria }) => [own.length, criteria.length])).toEqual([
        [1, 0],
        [2, 0],
        [0, 0],
      ]);
      expect([doc.definitions.size, doc.diagnostics, doc.frontMatterEnd]).toEqual([0, [], null]);
      for (const parser of parsersFor(markdown)) expect(dangers(parser.parse(text))).toEqual([]);
    }
  };

  it("stands alone and does nothing, whatever it says", () => {
    for (const text of [...HOSTILE, ...examples()]) check(text);
    fc.assert(
      fc.property(
        fc.oneof(
          block,
          inlineSoup,
          fc.tuple(block, inlineSoup).map((parts) => parts.join("\n")),
        ),
        check,
      ),
      { numRuns: 800 },
    );
  });
});
