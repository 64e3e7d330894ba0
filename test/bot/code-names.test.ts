/** What a pull request names: trailers and closing words implement, bare keys only link, and what is only shown names nothing. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { coverFiles } from "../../src/core/bot/cover-files.ts";
import { namedSections, type PullRequestText } from "../../src/core/bot/named-sections.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const { config } = parseConfig(
  `id: x
ticket_systems:
  main: { system: local, project: PAY }
  here: { system: github, repo: acme/pay }
  oss: { system: github, repo: acme/tools, public: true }
routing: [{ match: { default: true }, target: main }]
`,
  "canon.config.yaml",
);

interface Read {
  readonly sections: readonly string[];
  readonly closes: readonly string[];
  readonly mentions: readonly string[];
}

function read(text: Partial<PullRequestText>): Read {
  if (config === null) throw new Error("the configuration is wrong");
  const names = { config, hosts: new Map(), repository: "acme/pay" };
  const { sections, closes, mentions } = namedSections({ title: "", body: "", branch: "", messages: [], ...text }, names);
  const words = (found: typeof closes): readonly string[] => found.map(({ key, targets }) => `${targets.join("|")} ${key}`);
  return { sections, closes: words(closes), mentions: words(mentions) };
}

const closes = (body: string): readonly string[] => read({ body }).closes;
const sections = (body: string): readonly string[] => read({ body }).sections;

describe("a trailer", () => {
  it.for([
    ["alone", "Canon-Section: specs/a.md#b", ["specs/a.md#b"]],
    ["below words", "Words.\n\nCanon-Section: specs/a.md#b\n", ["specs/a.md#b"]],
    ["several, in any case", "canon-section: a.md#b\nSigned-off-by: Dana\nCANON-SECTION : a.md#c", ["a.md#b", "a.md#c"]],
    ["with commas, and folded", "Canon-Section: a.md#b, a.md#c,\n  a.md#d", ["a.md#b", "a.md#c", "a.md#d"]],
    ["with CRLF", "Words.\r\n\r\nCanon-Section: a.md#b\r\nCanon-Section: a.md#b\r\n", ["a.md#b"]],
    ["in another paragraph than the last", "Canon-Section: a.md#b\n\nWords.", []],
    ["that is none", "Canon-Section a.md#b", []],
    ["within a sentence", "As it says,\nin four\nlines of\nwords.\nCanon-Section: a.md#b", []],
    ["above the comment of a template", "Canon-Section: a.md#b\n\n<!-- Canon-Section: x.md#y -->\n", ["a.md#b"]],
  ] as const)("%s", ([, body, expected]) => {
    expect(sections(body)).toEqual(expected);
  });

  it("is none in the subject of a commit, and one in the last paragraph", () => {
    expect(read({ messages: ["Canon-Section: a.md#b"] }).sections).toEqual([]);
    expect(read({ messages: ["Keys\n\nCanon-Section: a.md#b", "More\n\nCanon-Section: a.md#c"] }).sections).toEqual(["a.md#b", "a.md#c"]);
  });
});

describe("a closing word", () => {
  it.for([
    ["close PAY-1", ["main PAY-1"]],
    ["Closes: PAY-1, fixed PAY-2; resolves **PAY-3**, IMPLEMENTS [PAY-4](https://x)", ["main PAY-1", "main PAY-2", "main PAY-3", "main PAY-4"]],
    ["fix #12 and closes acme/tools#13", ["here 12", "oss acme/tools#13"]],
    ["closes https://github.com/acme/tools/issues/14.", ["oss 14"]],
    ["see PAY-1. This closes the gap of PAY-2", []],
    ["encloses PAY-1, hot-fix PAY-2, fixing PAY-3", []],
    ["closes ENG-1 and UTF-8", []],
    ["closes acme/other#9 and https://github.com/acme/other/issues/9", []],
  ] as const)("%s", ([body, expected]) => {
    expect(closes(body)).toEqual(expected);
  });

  it("counts in title, body and messages, and not in the branch", () => {
    expect(read({ title: "Fix PAY-1", body: "fix PAY-2", branch: "fix PAY-4", messages: ["fix PAY-3"] })).toEqual({
      sections: [],
      closes: ["main PAY-1", "main PAY-2", "main PAY-3"],
      mentions: ["main PAY-4", "main PAY-1"],
    });
  });

  it("is taken back by a revert", () => {
    expect(read({ title: 'Revert "Fixes PAY-1"', messages: ['Revert "Fixes PAY-1"\n\nThis reverts commit 1234567.'] }).closes).toEqual([]);
  });
});

it("mentions what stands in branch, title or Canon-Ticket:, and not what stands in the text", () => {
  expect(read({ title: "PAY-1 and ENG-1", branch: "feature/pay-2-keys", body: "PAY-3\n\nCanon-Ticket: PAY-4, PAY-5", messages: ["PAY-6"] })).toEqual({
    sections: [],
    closes: [],
    mentions: ["main PAY-2", "main PAY-1", "main PAY-4", "main PAY-5"],
  });
});

/** Ways to show a text without saying it. */
const SHOWN: readonly ((text: string) => string)[] = [
  (text) => `\`\`\`\n${text}\n\`\`\``,
  (text) => `- ~~~~md\n${text}\n~~~~`,
  (text) => `\`\`\`\n${text}`,
  (text) => `> ${text.replaceAll("\n", "\n> ")}`,
  (text) => `> a quote\n${text.replaceAll("\n\n", "\n")}`,
  (text) => `<!--\n${text}\n-->`,
  (text) => `Words <!-- and\n\n${text}`,
  (text) => `<blockquote>\n\n${text}\n\n</blockquote>`,
  (text) => `<pre>\n${text}\n</pre>`,
  (text) => `Words\n\n    ${text.replaceAll("\n", "\n    ")}`,
  (text) => `It says \`\`${text.replaceAll("\n\n", "\n").replaceAll("`", "")}\`\` there.`,
];
const NAMING = [
  "Canon-Section: a.md#b",
  "Words\n\nCanon-Section: a.md#b",
  "closes PAY-1",
  "Canon-Ticket: PAY-1",
  "fixes https://github.com/acme/tools/issues/1",
];

it("is not said where it is only shown", () => {
  const around = fc.constantFrom("", "Words.\n\n", "# Heading\n\n", "- item\n\n", "a `b` c\n\n", "Words.\r\n\r\n");
  fc.assert(
    fc.property(around, fc.constantFrom(...SHOWN), fc.constantFrom(...NAMING), fc.boolean(), (before, show, text, isMessage) => {
      const shown = before + show(text);
      expect(read(isMessage ? { messages: [`Subject\n\n${shown}`] } : { body: shown })).toEqual({ sections: [], closes: [], mentions: [] });
    }),
    { numRuns: 400 },
  );
});

const PIECES = [
  "`",
  "```",
  "~~~",
  "> ",
  "<!--",
  "-->",
  "<pre>",
  "</pre>",
  "<code",
  "\n",
  "\r\n",
  "\n\n",
  "    ",
  "- ",
  "Canon-Section: a.md#b",
  ": ",
  "fix ",
  "PAY-1",
  "#1",
  "👩‍💻",
  "\0",
];

it("never throws, and reads the same again", () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, text, text, fc.array(text, { maxLength: 3 }), (title, body, branch, messages) => {
      const found = read({ title, body, branch, messages });
      expect(read({ title, body, branch, messages })).toEqual(found);
      expect(found.sections.every((one) => one !== "" && !/[\r\n]/.test(one))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("takes no longer for hostile text, however much of it there is", () => {
  const hostile = [
    "fix:",
    "fix ",
    "fix:https://",
    "fix PAY-1 ",
    "`a``b```",
    "<!--",
    "<!-- a -->",
    "<code></code>",
    "\n",
    "A: b\n",
    "a/b#",
    "> ",
    "- - ",
    "```\n",
  ];
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(65_536 / piece.length));
    const before = process.cpuUsage();
    read({ title: text, body: text, branch: text, messages: Array.from({ length: 250 }, () => text) });
    expect(processorTimeSince(before), JSON.stringify(piece)).toBeLessThan(4_000);
  }
}, 120_000);

describe("files of a section", () => {
  it("are named as they are, or by the folders that hold them", () => {
    expect(coverFiles(["b/c.ts", "a.ts"], 2)).toEqual(["a.ts", "b/c.ts"]);
    expect(coverFiles(["a/b/c.ts", "a/b/d.ts", "a/e.ts"], 2)).toEqual(["a/b/", "a/e.ts"]);
    expect(coverFiles(["a/b/c.ts", "d/e.ts", "f.ts"], 2)).toEqual(["./"]);
  });

  it("are all covered, by no more than so many", () => {
    const name = fc.constantFrom("a", "b", "c", "d.ts");
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (paths, most) => {
        const cover = coverFiles(paths, most);
        expect(cover.length).toBeLessThanOrEqual(most);
        for (const one of paths)
          expect(
            cover.some((part) => part === "./" || part === one || (part.endsWith("/") && one.startsWith(part))),
            one,
          ).toBe(true);
        if (paths.length <= most) expect(cover).toEqual([...paths].toSorted());
      }),
    );
  });
});
