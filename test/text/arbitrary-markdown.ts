/** Random Markdown for property tests: blocks built from every construct that trackers rewrite. */

import { fc } from "../harness/property.ts";

const word = fc.constantFrom(
  "alpha",
  "x.com",
  "ENG-12",
  "https://a.dev/b_c",
  "snake_case",
  "a*b",
  "<br>",
  "100%",
  "&amp;",
  "&copy;",
  "\\*raw\\*",
  "naïve",
  "日本",
  "😀",
  "@dana",
  "#12",
  "www.y.org",
  "[link](https://e.io/p)",
  "![img](i.png)",
  "<https://auto.io>",
  "me@mail.org",
  "C++",
  "__init__",
  "1.",
  "-",
  "+",
  "`co de`",
  "~~gone~~",
  "<!-- hid -->",
  "b[x]",
  "[ref][r]",
  "foo\\",
  "a  ",
  "\u00a0",
);

/** Marks stand around plain words only: how stray stars and underscores pair is a parser's affair, not a tracker's. */
const plain = fc.constantFrom("alpha", "x.com", "ENG-12", "naïve", "日本", "two words");

const styled: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: plain.map((text) => `_${text}_`) },
  { weight: 1, arbitrary: plain.map((text) => `__${text}__`) },
  { weight: 1, arbitrary: plain.map((text) => `**_${text}_**`) },
  { weight: 1, arbitrary: plain.map((text) => `*${text}*`) },
);

export const line: fc.Arbitrary<string> = fc.array(styled, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));

const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).chain((lines) => fc.constantFrom("\n", "  \n", "\\\n").map((joint) => lines.join(joint)));

const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([depth, text]) => `${"#".repeat(depth)} ${text}`);

const bullet = fc.constantFrom("-", "*", "+", "1.", "3)");

const list = fc
  .tuple(bullet, fc.array(fc.tuple(fc.constantFrom("", "[ ] ", "[x] ", "[X] "), line, fc.option(line)), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([mark, items, loose]) =>
    items.map(([box, text, nested]) => `${mark} ${box}${text}${nested === null ? "" : `\n   - ${nested}`}`).join(loose ? "\n\n" : "\n"),
  );

const fence = fc
  .tuple(
    fc.constantFrom("```", "~~~~"),
    fc.constantFrom("", "js", "ts title=x"),
    fc.array(fc.constantFrom("let a = 1;  ", "- [ ] no", "", "# no", "\tx", "```", "---"), { maxLength: 4 }),
  )
  .map(([mark, info, lines]) => `${mark}${info}\n${lines.filter((text) => !text.startsWith(mark)).join("\n")}\n${mark}`);

const table = fc
  .tuple(line, line, fc.constantFrom("---", ":-:", "--:", ":--"))
  .map(([a, b, align]) => `| ${cell(a)} | b |\n| ${align} | :--- |\n| ${cell(b)} | ${cell(a)} |`);

const quote = fc.oneof(paragraph, list).map((text) => text.replace(/^/gm, "> "));

const html = fc.constantFrom(
  "<details>\n<summary>x</summary>\n\ntext\n\n</details>",
  "<!-- comment -->",
  "<!-- two\nlines -->",
  "<div>\n*raw*  \n</div>",
  "<!-- open",
  "<script>\nlet x",
  "```\nnever closed",
  '[r]: https://r.io "T"',
  "    indented();\n    code()",
  "***",
  "- - -",
  "[^1]: note",
  "a[^1]\n\n[^1]: note",
);

const lookalike = fc.constantFrom(
  "## Acceptance criteria",
  "### ACCEPTANCE CRITERIA:",
  "Acceptance Criteria\n---",
  "---",
  "From a.md › B. Please change title and text there.",
  "- [ ] task in the body",
  "- [x] done in the body",
  "- [ ]",
  "---\na: b\n---",
);

export const block: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  { weight: 1, arbitrary: heading },
  { weight: 4, arbitrary: list },
  { weight: 2, arbitrary: fence },
  { weight: 2, arbitrary: table },
  { weight: 1, arbitrary: quote },
  { weight: 2, arbitrary: html },
  { weight: 2, arbitrary: lookalike },
);

export const criterion: fc.Arbitrary<{ text: string; checked: boolean }> = fc.record({ text: line, checked: fc.boolean() });

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
