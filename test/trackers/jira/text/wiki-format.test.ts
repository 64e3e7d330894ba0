/** Descriptions of Jira Data Center: what is printed, and what is read back after people had their hands on it. */

import { beforeAll, describe, expect, it } from "vitest";
import type { TextFormat, TextParts } from "../../../../src/core/text/text-format.ts";
import { loadParser } from "../../../../src/io/parse-markdown.ts";
import { wikiFormat } from "../../../../src/trackers/jira/wiki/wiki-format.ts";

let format: TextFormat;
beforeAll(async () => {
  format = wikiFormat(await loadParser(), { titleLimit: 255 });
});

const footer = "From specs/payments.md › Key Generation. Please change title and text there.";

function parts(blocks: TextParts["blocks"], criteria: readonly string[] = []): TextParts {
  return { blocks, criteria: criteria.map((text) => ({ text: text.replace(/^x /, ""), checked: text.startsWith("x ") })), footer };
}

/** What a block of Markdown becomes. */
function wiki(markdown: string): string {
  return format
    .print(parts([markdown]))
    .replace(`----\n\n${footer}`, "")
    .trimEnd();
}

function read(native: string): { readonly blocks: readonly string[]; readonly criteria: readonly string[] } {
  const text = format.parse(native);
  return { blocks: text.blocks.map((found) => found.native), criteria: text.criteria.map(({ text: words, checked }) => (checked ? `x ${words}` : words)) };
}

function markdown(native: string): string {
  return format
    .parse(native)
    .blocks.map((block) => format.markdownOf(block))
    .join("\n\n");
}

describe("printing", () => {
  it("puts blocks, criteria and footer below each other", () => {
    expect(format.print(parts(["One.", "- a\n- b"], ["returns `402`", "x is tested"]))).toBe(
      `One.\n\n* a\n* b\n\nh2. Acceptance criteria\n\n* [ ] returns {{402}}\n* [x] is tested\n\n----\n\n${footer}`,
    );
    expect(format.print(parts([" \n"], ["<!-- hid -->"]))).toBe(`----\n\n${footer}`);
  });

  const samples: Readonly<Record<string, string>> = {
    "## Title": "h2. Title",
    "a *b* **c** ~~d~~ `e`": "a _b_ *c* -d- {{e}}",
    "w**or**d": "w{*}or{*}d",
    "soft\nline, hard\\\nbreak": "soft line, hard\nbreak",
    "[words](https://x.io/a) <https://x.io> ![alt](https://x.io/i.png)": "[words|https://x.io/a] [https://x.io] [alt|https://x.io/i.png]",
    "- a\n  1. b\n  2. c\n- d": "* a\n*# b\n*# c\n* d",
    "- a\n\n  second\n\n  ```js\n  x\n  ```": "* a \\\\ second\n{code:js}\nx\n{code}",
    "| a | b |\n| :- | -: |\n| 1<br>2 | \\| |": "||a||b||\n|1 \\\\ 2|\\||",
    "> q\n>\n> - l": "{quote}\nq\n\n* l\n{quote}",
    "***": "----",
    "```rs\nlet a;\n```": "{code:none|title=rs}\nlet a;\n{code}",
    "```\n{code} {noformat}\n```": "{code}\n{\u200bcode} {\u200bnoformat}\n{code}",
    "<details>\nx\n</details>": "{code:html}\n<details>\nx\n</details>\n{code}",
    "`code` and `{{x}}`": "{{&#99;ode}} and {{\\{\\{x\\}\\}}}",
  };
  for (const [from, to] of Object.entries(samples)) {
    it(JSON.stringify(from), () => expect(wiki(from)).toBe(to));
  }

  it("reads its own code blocks, languages and tags in them, as they were", () => {
    for (const code of ["```rs\nlet a;\n```", "```\n{code} {noformat}\n```", "```js\na\n\n  b\n```"]) expect(markdown(format.print(parts([code])))).toBe(code);
  });
});

describe("hostile text comes out as text", () => {
  const hostile = [
    "{code} never closed",
    "{color:red}red{color}",
    "[~dana] and [^file] and [a|b]",
    "h1. Title",
    "bq. quote",
    "|a|b|",
    "||a||",
    "*bold* _em_ -gone- +new+ ^up^ ~down~ ??who??",
    "!i.png|thumbnail! wow!",
    "* item",
    "# item",
    "----",
    "- item",
    "{panel:title=x}y{panel}",
    "{{mono}}",
    "(x) (/) (!) :) :D ;)",
    "C:\\temp\\*x*",
    "&#123; &amp; AT&T",
    "a -- b --- c",
    "{quote}{quote}",
  ];

  /** What Jira would still take for markup, found without the reader under test. */
  function active(text: string): readonly string[] {
    const left = text.replace(/\\[-#*_+?^~|%{}[\]()!@]|&(?:#\d+|amp);/g, "x");
    return [/[{}[\]|\\]/, /![^\s!]/, /(?<![\p{L}\p{N}])[*_+^~?-](?=\S)/u, /^\s*(?:h[1-6]\.|bq\.|[*#-]+\s|-{4})/m, /[:;]\)|:[DP]|\([x/!]\)/]
      .map((pattern) => pattern.exec(left)?.[0])
      .filter((found) => found !== undefined);
  }

  for (const words of hostile) {
    it(JSON.stringify(words), () => {
      const escaped = words.replace(/[\\`*_[\]{}()#+\-.!|&~<>]/g, "\\$&");
      for (const place of [escaped, `- ${escaped}`, `> ${escaped}`, `| h |\n| - |\n| ${escaped} |`]) {
        const native = wiki(place);
        const own = native.replace(/^\* |^\{quote\}$|^\|\|h\|\|$|^\||(?<!\\)\|$/gm, "");
        expect(active(own), native).toEqual([]);
        expect(markdown(native).replace(/\\|&#x20;/g, "")).toContain(words.replaceAll("\\", "").slice(0, 6));
      }
      const { criteria } = format.parse(format.print(parts([], [escaped])));
      expect(criteria).toHaveLength(1);
      expect(criteria[0]!.canonical).toBe(words);
    });
  }
});

describe("reading what people made of it", () => {
  const printed = `One.\n\nh2. Acceptance criteria\n\n* [ ] first\n* [x] second\n\n----\n\n${footer}`;
  const same = { blocks: ["One."], criteria: ["first", "x second"] };

  const edits: Readonly<Record<string, (text: string) => string>> = {
    "another level and case": (text) => text.replace("h2. Acceptance criteria", "h4. ACCEPTANCE CRITERIA:"),
    "dashes for bullets": (text) => text.replaceAll("* [", "- ["),
    "numbers for bullets": (text) => text.replaceAll("* [", "# ["),
    "the visual editor's escapes": (text) => text.replaceAll("[ ]", "\\[ \\]").replaceAll("[x]", "\\[x\\]"),
    "Jira's tick marks": (text) => text.replaceAll("[ ]", "(x)").replaceAll("[x]", "(/)"),
    "an empty box without its blank": (text) => text.replaceAll("[ ]", "[]"),
    CRLF: (text) => text.replaceAll("\n", "\r\n"),
    "no blank lines": (text) => text.replaceAll("\n\n", "\n").replace("One.\n", "One.\n\n"),
    "no footer": (text) => text.replace(`\n\n----\n\n${footer}`, ""),
    "no rule": (text) => text.replace("----\n\n", ""),
  };
  for (const [name, edit] of Object.entries(edits)) it(name, () => expect(read(edit(printed))).toEqual(same));

  it("an item without a box is a criterion that is not ticked; a nested task is one of its own", () => {
    expect(read(printed.replace("* [x] second", "** [x] nested\n* [x] second\n* third")).criteria).toEqual(["first", "x nested", "x second", "third"]);
  });

  it("notes, and what stands below the footer, are people's text", () => {
    expect(read(`${printed.replace("----", "A note.\n\n* bullets\n\n----")}\nright below\n\nfar below`)).toEqual({
      blocks: ["One.", "A note.", "* bullets", "right below", "far below"],
      criteria: same.criteria,
    });
  });

  it("a heading, tasks, a rule and a footer like ours stay", () => {
    const blocks = ["## Acceptance criteria", "- [ ] theirs", "---", footer];
    for (const criteria of [[], ["ours"]])
      expect(read(format.print(parts(blocks, criteria)))).toEqual({ blocks: ["h2. Acceptance criteria", "* [ ] theirs", "----", footer], criteria });
  });

  it("a macro that a person put around it all swallows: nothing was taken away", () => {
    expect(format.parse(`{noformat}\n${printed}\n{noformat}`)).toMatchObject({ isSwallowed: true, criteria: [] });
    expect(format.parse(printed).isSwallowed).toBe(false);
  });

  it("a macro that nobody closed is text, and hides nothing", () => {
    expect(read(`{code}\n${printed}`).criteria).toEqual(same.criteria);
  });

  it("a person's ticket without any of our parts is all text", () => {
    expect(read("Hello\nworld\n\n* [ ] a box")).toEqual({ blocks: ["Hello\nworld", "* [ ] a box"], criteria: [] });
    expect(read("")).toEqual({ blocks: [], criteria: [] });
  });

  it("keeps what people wrote in their own way", () => {
    const theirs = "{panel:title=Mind}\nthis\n\n* and that\n{panel}";
    const native = format.print(parts([{ native: theirs }, { native: "-  odd   bullets" }]));
    expect(read(native).blocks).toEqual([theirs, "-  odd   bullets"]);
  });
});

describe("as Markdown", () => {
  const samples: Readonly<Record<string, string>> = {
    "{*}b{*} *c* _d_ -e- {{f}}": "**b** **c** *d* ~~e~~ `f`",
    "line one\nline two\\\\three": "line one\\\nline two\\\nthree",
    "https://x.io/a-b_c, then [w|https://y.io]": "<https://x.io/a-b_c>, then [w](https://y.io)",
    "* a\n** b\n*# c\n# d": "- a\n  - b\n  1. c\n\n1. d",
    "- dash\n- list": "- dash\n- list",
    "||a||b||\n|1|[x\\|y|https://x.io]|": "| a | b |\n| - | - |\n| 1 | [x\\|y](https://x.io) |",
    "bq. said": "> said",
    "{noformat}\n*raw*\n{noformat}": "```\n*raw*\n```",
    "snake_case 2*3*4 pre-commit": "snake_case 2\\*3\\*4 pre-commit",
  };
  for (const [from, to] of Object.entries(samples)) it(JSON.stringify(from), () => expect(markdown(from)).toBe(to));

  it("what it has no words for is carried as it stands, and comes back", () => {
    for (const native of [
      "Ask [~dana].",
      "{color:red}x{color}",
      "!shot.png|thumbnail!",
      "{panel}\nx\n{panel}",
      "|no|header|",
      "[a|https://x.io|smart-link]",
      "{code:wiki}\n*x*\n{code}",
    ]) {
      expect(markdown(native)).toBe(`\`\`\`wiki\n${native}\n\`\`\``);
      expect(wiki(markdown(native))).toBe(native);
    }
  });

  it("hostile nesting and marks that nothing closes end in time", () => {
    for (const native of [
      "{quote}".repeat(5000),
      "*_".repeat(15_000),
      "[a|".repeat(10_000),
      "{code:x}".repeat(4000),
      `${"*".repeat(32_000)} x`,
      "{{".repeat(16_000),
      "|".repeat(30_000),
    ])
      expect(() => markdown(native)).not.toThrow();
  }, 10_000);
});
