/** Random Markdown of the kinds that bite: markers, tasks, setext, fences, HTML, mixed line ends, byte-order marks. */

import { fc } from "../harness/property.ts";

const inline = fc.constantFrom(
  ...["a", "b c", "`code`", "*em*", "**st**", "[l](x)", "[r]", "[r][s]", "[^f]", "![i](y)", "<b>", "<!-- c -->", "@who", "&amp;", "$x$", "~~d~~"],
  ...["https://x.y", "a@b.c", "\t", "\u00a0", "\u2028", "é🚀z", "|", "\0", "1.", "- ", "# ", "> ", "\\", "  "],
);

const text = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));

const PREFIXES = [
  "",
  "## ",
  "### ",
  "# ",
  "##### ",
  "- [ ] ",
  "- [x] ",
  "  - [ ] ",
  "    - [X] ",
  "1. [ ] ",
  "- ",
  "> ",
  "> - [ ] ",
  "- > ",
  "[r]: ",
  "[^f]: z",
  "    ",
  "  ",
  "\t",
];

const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...PREFIXES), text).map(([prefix, words]) => prefix + words) },
  { weight: 1, arbitrary: text.map((words) => `${words}\n---`) },
  { weight: 1, arbitrary: text.map((words) => `${words}\n===`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        "```",
        "~~~",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<!-- x -->",
        "---",
        "***",
        "| a | b |\n|---|---|",
        "",
        "",
        "",
        "- - [ ] q",
        "-\t[ ] t",
        "<details>",
        "<script>",
        "</script>",
      ],
      ...[
        "<!-- canon:ticket:jira:PAY-1 -->",
        "<!-- canon:ticket:linear:ENG-2 -->",
        "<!-- canon:system:a status:todo -->",
        "<!-- canon:system:b later:x gen:2 -->",
      ],
      ...[
        "<!-- canon:skip -->",
        "<!-- canon:realized-in:PR#1 a.ts -->",
        "<!-- canon:removed:jira:PAY-9 close -->",
        "<!-- canon:ticket:jira: -->",
        "## Acceptance Criteria",
      ],
    ),
  },
);

const ending = fc.constantFrom("\n", "\n\n", "\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n");

export const document: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("", "", "", "\uFEFF", "---\ntitle: x\n---\n", "+++\na = 1\n+++\n"), fc.array(fc.tuple(line, ending), { maxLength: 12 }), fc.boolean())
  .map(([start, lines, cut]) => {
    const whole = start + lines.map((parts) => parts.join("")).join("");
    return cut ? whole.replace(/[\r\n]+$/, "") : whole;
  });
