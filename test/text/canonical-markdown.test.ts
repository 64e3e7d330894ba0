/** Spellings that mean the same are equal, texts that mean something else are not. */

import { beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { canonicalBlocks } from "../../src/core/text/canonical-markdown.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

let parser: MarkdownParser;
beforeAll(async () => {
  parser = await loadParser();
});

function meaning(text: string): string {
  return canonicalBlocks(parser.parse(text).children);
}

const SAME: readonly (readonly [string, string])[] = [
  ["- a\n- b", "* a\n* b"],
  ["- a\n- b", "- a\n\n- b"],
  ["- a\n\n* b", "- a\n- b"],
  ["- a\n\n<!-- -->\n\n- b", "- a\n- b"],
  ["_x_ and __y__", "*x* and **y**"],
  ["***x***", "**_x_**"],
  ["- [x] a", "- [X] a"],
  ["see x.com", "see [x.com](<http://x.com>)"],
  ["see https://x.com/a", "see [https://x.com/a](<https://x.com/a>)"],
  ["see <https://x.com>", "see https://x.com"],
  ["mail me@x.org", "mail [me@x.org](<mailto:me@x.org>)"],
  ["in ENG-12", "in [ENG-12](<https://linear.app/acme/issue/ENG-12/a-slug>)"],
  ["**x.com**", "**[x.com](<http://x.com>)**"],
  ["[a](https://b.io)", "[a](<https://b.io>)"],
  ["a  \nb", "a\nb"],
  ["a\\\nb", "a b"],
  ["a <!-- hidden --> b", "a b"],
  ["a\n\n<!-- hidden -->", "a"],
  ["\\*a\\* &amp; &copy;", "\\*a\\* & ©"],
  ["Title\n===", "# Title"],
  ["# Title #", "# Title"],
  ["```js\nx  \n```", "~~~js\nx\n~~~"],
  ["    x", "```\nx\n```"],
  ["***", "- - -"],
  ["| a | b |\n| :-: | --- |\n| 1 | 2 |", "|a|b|\n|-|-|\n|1|2|"],
  ["`` a ``", "`a`"],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ["a b", "ab"],
  ["*a*", "**a**"],
  ["- a", "1. a"],
  ["1. a", "3. a"],
  ["- [ ] a", "- [x] a"],
  ["- [ ] a", "- a"],
  ["# a", "## a"],
  ["[a](https://b.io)", "[a](https://c.io)"],
  ["[ENG-12](https://linear.app/x/issue/ENG-13)", "ENG-12"],
  ["[x.com](http://y.com)", "x.com"],
  ["`a`", "a"],
  ["```\na\n```", "```js\na\n```"],
  ["```\n a\n```", "```\na\n```"],
  ["a\n\nb", "a b"],
  ["- a\n  - b", "- a\n- b"],
  ["> a", "a"],
  ["![a](b.png)", "![a](c.png)"],
  ["~~a~~", "a"],
  ["a", "A"],
  ["\u0001p a\u0002", "a\n\nb"],
];

describe("the same", () => {
  for (const [one, other] of SAME) it(`${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => expect(meaning(other)).toBe(meaning(one)));
});

describe("not the same", () => {
  for (const [one, other] of DIFFERENT) it(`${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => expect(meaning(other)).not.toBe(meaning(one)));
});

it("hostile nesting neither overflows nor takes long", () => {
  const started = process.cpuUsage();
  meaning(`${"> ".repeat(5000)}a`);
  meaning(`${"*".repeat(5000)}a${"*".repeat(5000)}`);
  meaning(`${"- ".repeat(2000)}a`);
  meaning("[".repeat(5000));
  expect(processorTimeSince(started)).toBeLessThan(5000);
});
