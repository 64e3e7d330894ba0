/** Every rewriting that FACTS.md tells of a vendor, line by line. */

import { beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import { rewriteText, rewriteTitle } from "../../src/trackers/local/local-rewrites.ts";

let parser: MarkdownParser;
beforeAll(async () => {
  parser = await loadParser();
});

describe("Linear re-serialises Markdown", () => {
  const FACTS: readonly (readonly [what: string, sent: string, stored: string])[] = [
    ["- becomes *", "- a\n- b", "* a\n* b"],
    ["_x_ becomes *x*", "_x_ and __y__", "*x* and **y**"],
    ["[x] becomes [X]", "- [x] a\n- [ ] b", "* [X] a\n* [ ] b"],
    ["](url) becomes ](<url>)", "[a](https://b.io)", "[a](<https://b.io>)"],
    ["bare addresses become links", "see https://b.io/x_y now", "see [https://b.io/x\\_y](<https://b.io/x_y>) now"],
    ["words like domains become links", "see payments.md now", "see [payments.md](<http://payments.md>) now"],
    ["ticket ids become links", "see ENG-12.", "see [ENG-12](<https://linear.app/acme/issue/ENG-12/a-slug>)."],
    ["table alignment is lost", "| a |\n| :-: |\n| 1 |", "| a |\n| --- |\n| 1 |"],
    ["trailing blanks are cut", "a  \nb \n\n", "a\nb"],
    ["HTML comments vanish", "a\n\n<!-- canon:x -->\n\nb <!-- y -->", "a\n\n\n\nb"],
    ["code is left alone", "```\n- _x_ https://b.io ENG-1\n```\n\n`_x_ x.com`", "```\n- _x_ https://b.io ENG-1\n```\n\n`_x_ x.com`"],
  ];
  for (const [what, sent, stored] of FACTS) it(what, () => expect(rewriteText(sent, "linear", "api", parser)).toBe(stored));
});

it("Jira trims trailing blanks, of lines and of the whole", () => {
  expect(rewriteText("- _a_  \n\n```\nx \n```\n\n", "jira", "api", parser)).toBe("- _a_\n\n```\nx\n```");
  expect(rewriteTitle(" A title ", "jira")).toBe("A title");
});

it("GitHub keeps bytes, but an edit in the browser makes CRLF", () => {
  expect(rewriteText("a \n\nb\n", "github", "api", parser)).toBe("a \n\nb\n");
  expect(rewriteText("a \n\nb\r\n", "github", "browser", parser)).toBe("a \r\n\r\nb\r\n");
  expect(rewriteText("<!-- canon -->", "github", "browser", parser)).toBe("<!-- canon -->");
});

it("without the switch nothing changes", () => {
  expect(rewriteText("- a \r\n", "none", "browser", parser)).toBe("- a \r\n");
  expect(rewriteTitle(" a ", "none")).toBe(" a ");
});
