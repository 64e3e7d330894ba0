/** Descriptions of Jira Cloud: what is printed, what survives, and what is read back after people had their hands on it. */

import { beforeAll, describe, expect, it } from "vitest";
import type { TextFormat, TextParts } from "../../../../src/core/text/text-format.ts";
import { loadParser } from "../../../../src/io/parse-markdown.ts";
import { adfFormat } from "../../../../src/trackers/jira/adf/adf-format.ts";
import type { AdfNode } from "../../../../src/trackers/jira/adf/adf-node.ts";
import { schemaErrors } from "./adf-schema.ts";

let format: TextFormat;
beforeAll(async () => {
  format = adfFormat(await loadParser(), { titleLimit: 255 });
});

const footer = "From specs/payments.md › Key Generation. Please change title and text there.";

function parts(blocks: TextParts["blocks"], criteria: readonly string[] = []): TextParts {
  return { blocks, criteria: criteria.map((text) => ({ text: text.replace(/^x /, ""), checked: text.startsWith("x ") })), footer };
}

/** The nodes that a block of Markdown becomes. */
function nodes(...blocks: string[]): readonly AdfNode[] {
  const doc: AdfNode = JSON.parse(format.print(parts(blocks)));
  expect(schemaErrors(doc)).toEqual([]);
  return (doc.content ?? []).slice(0, -2);
}

function read(native: string): { readonly blocks: readonly string[]; readonly criteria: readonly string[] } {
  const text = format.parse(native);
  return {
    blocks: text.blocks.map((block) => format.markdownOf(block)),
    criteria: text.criteria.map(({ text: words, checked }) => (checked ? `x ${words}` : words)),
  };
}

/** The description with its nodes edited. */
function edited(native: string, edit: (content: AdfNode[]) => readonly AdfNode[]): string {
  const doc: AdfNode = JSON.parse(native);
  return JSON.stringify({ ...doc, content: edit([...(doc.content ?? [])]) });
}

const text = (words: string): AdfNode => ({ type: "text", text: words });
const paragraph = (...content: AdfNode[]): AdfNode => ({ type: "paragraph", content });

describe("printing", () => {
  it("puts blocks, one heading, tasks, a rule and the footer below each other", () => {
    const doc: AdfNode = JSON.parse(format.print(parts(["One *two*."], ["returns 402", "x is `tested`"])));
    expect(doc).toMatchObject({
      type: "doc",
      version: 1,
      content: [
        { type: "paragraph", content: [text("One "), { ...text("two"), marks: [{ type: "em" }] }, text(".")] },
        { type: "heading", attrs: { level: 2 }, content: [text("Acceptance criteria")] },
        {
          type: "taskList",
          content: [
            { type: "taskItem", attrs: { state: "TODO" }, content: [text("returns 402")] },
            { type: "taskItem", attrs: { state: "DONE" }, content: [text("is "), { ...text("tested"), marks: [{ type: "code" }] }] },
          ],
        },
        { type: "rule" },
        paragraph(text(footer)),
      ],
    });
    expect(schemaErrors(doc)).toEqual([]);
  });

  it("gives equal tasks ids of their own, the same ones each time, and none that the ticket has", () => {
    const ids = (native: string): string[] => [...native.matchAll(/"localId":"([^"]+)"/g)].map(([, id]) => id!);
    const sent = format.print(parts(["- [ ] same"], ["same", "same"]));
    expect(new Set(ids(sent)).size).toBe(5);
    expect(format.print(parts(["- [ ] same"], ["same", "same"]))).toBe(sent);
    const kept = format.parse(sent).blocks.map(({ native }) => ({ native }));
    const again = ids(format.print(parts([...kept, "- [ ] same"], ["same"])));
    expect(new Set(again).size).toBe(again.length);
  });

  it("has no heading without criteria, and leaves out a criterion without words", () => {
    expect(JSON.parse(format.print(parts([], ["<!-- hid -->"])))).toEqual({ type: "doc", version: 1, content: [{ type: "rule" }, paragraph(text(footer))] });
  });

  it("keeps where an ordered list begins, and a code block's language", () => {
    expect(nodes("3. c\n4. d", "```ts\nlet a;\n```")).toMatchObject([
      { type: "orderedList", attrs: { order: 3 }, content: [{}, {}] },
      { type: "codeBlock", attrs: { language: "ts" }, content: [text("let a;")] },
    ]);
  });

  it("makes a task list of tasks, and keeps bullets beside them", () => {
    expect(nodes("- a\n- [ ] b\n  - [x] c\n- d")).toMatchObject([
      { type: "bulletList" },
      { type: "taskList", content: [{ type: "taskItem" }, { type: "taskList", content: [{ attrs: { state: "DONE" } }] }] },
      { type: "bulletList" },
    ]);
  });

  it("flattens what ADF does not nest", () => {
    expect(nodes("> # Title\n>\n> > deeper\n>\n> ---\n>\n> | a |\n> | - |\n> | b |")).toMatchObject([
      {
        type: "blockquote",
        content: [
          paragraph({ ...text("Title"), marks: [{ type: "strong" }] }),
          paragraph(text("deeper")),
          paragraph(text("---")),
          { type: "codeBlock", attrs: { language: "markdown" }, content: [text("| a |\n| - |\n| b |")] },
        ],
      },
    ]);
    expect(nodes("**bold `code`**")).toEqual([paragraph({ ...text("bold "), marks: [{ type: "strong" }] }, { ...text("code"), marks: [{ type: "code" }] })]);
  });

  it("makes links of images, text of inline HTML, code of HTML blocks, and no link of a script", () => {
    expect(nodes("![alt](https://x.io/i.png) <kbd>K</kbd> [go](javascript:x)", "<details>\nx\n</details>")).toEqual([
      paragraph({ ...text("alt"), marks: [{ type: "link", attrs: { href: "https://x.io/i.png" } }] }, text(" <kbd>K</kbd> go")),
      { type: "codeBlock", attrs: { language: "html" }, content: [text("<details>\nx\n</details>")] },
    ]);
  });

  it("has hostile text as inert text", () => {
    for (const words of ["[~accountid:1] {code} h1. x", "@dana", '{"type":"mention","attrs":{"id":"1"}}'])
      expect(nodes(words.replace(/[[\]*_]/g, "\\$&"))).toEqual([paragraph(text(words))]);
  });

  it("survives nesting that nobody writes", () => {
    expect(nodes(`${"> ".repeat(500)}x`, `${"- ".repeat(500)}y`).length).toBeGreaterThan(0);
  });
});

const UNSAYABLE: Readonly<Record<string, AdfNode>> = {
  panel: { type: "panel", attrs: { panelType: "info", localId: "p" }, content: [paragraph(text("Mind this."))] },
  "a mention": paragraph(text("Ask "), { type: "mention", attrs: { id: "u1", text: "@Dana", accessLevel: "" } }, text(" first")),
  "a smart link": paragraph({ type: "inlineCard", attrs: { url: "https://x.io/d" } }),
  "a card": { type: "blockCard", attrs: { url: "https://x.io/d" } },
  expand: { type: "expand", attrs: { title: "More" }, content: [paragraph(text("inside"))] },
  "status, date, emoji": paragraph(
    { type: "status", attrs: { text: "OPEN", color: "blue" } },
    text(" "),
    { type: "date", attrs: { timestamp: "1700000000000" } },
    { type: "emoji", attrs: { shortName: ":tada:", id: "1f389", text: "🎉" } },
  ),
  media: { type: "mediaSingle", attrs: { layout: "center" }, content: [{ type: "media", attrs: { type: "file", id: "m", collection: "c", alt: "a.png" } }] },
  "a mention in a table": {
    type: "table",
    content: [
      { type: "tableRow", content: [{ type: "tableHeader", content: [paragraph(text("who"))] }] },
      { type: "tableRow", content: [{ type: "tableCell", content: [paragraph({ type: "mention", attrs: { id: "u" } })] }] },
    ],
  },
  "a table without headers": { type: "table", content: [{ type: "tableRow", content: [{ type: "tableCell", content: [paragraph(text("x"))] }] }] },
  "media in a list": {
    type: "bulletList",
    content: [
      {
        type: "listItem",
        content: [
          paragraph(text("see")),
          { type: "mediaSingle", attrs: { layout: "center" }, content: [{ type: "media", attrs: { type: "external", url: "https://x.io/i" } }] },
        ],
      },
    ],
  },
  "code named adf": { type: "codeBlock", attrs: { language: "adf" }, content: [text('{"type":"rule"}')] },
};

describe("what Markdown has no words for", () => {
  for (const [name, node] of Object.entries(UNSAYABLE)) {
    it(`${name}: stays as it is, and comes back out of Markdown`, () => {
      const native = JSON.stringify({ type: "doc", version: 1, content: [node] });
      const [block] = format.parse(native).blocks;
      expect(JSON.parse(block!.native)).toEqual(node);
      const kept = format.parse(format.print(parts([{ native: block!.native }]))).blocks;
      expect(kept).toEqual([block]);
      const markdown = format.markdownOf(block!);
      expect(markdown).toMatch(/adf/);
      expect(nodes(markdown)).toEqual([node]);
    });
  }

  it("is carried inside of its own words, for people to read around it", () => {
    const native = JSON.stringify({ type: "doc", version: 1, content: [UNSAYABLE["a mention"]] });
    expect(read(native).blocks).toEqual(['Ask `adf {"attrs":{"accessLevel":"","id":"u1","text":"@Dana"},"type":"mention"}` first']);
  });

  it("is code where a person broke it, or where it may not stand", () => {
    for (const code of [
      "{",
      '{"type":"panel"}',
      '{"type":"paragraph","content":[{"type":"panel"}]}',
      '{"type":"nothing"}',
      '{"type":"listItem","content":[]}',
      "[]",
      "null",
    ])
      expect(nodes(`\`\`\`adf\n${code}\n\`\`\``)).toEqual([{ type: "codeBlock", attrs: { language: "adf" }, content: [text(code)] }]);
    expect(nodes('> ```adf\n> {"type":"rule"}\n> ```')).toMatchObject([{ type: "blockquote", content: [{ type: "codeBlock" }] }]);
  });

  it("looks are left out, words stay", () => {
    const marks = [{ type: "underline" }, { type: "textColor", attrs: { color: "#ff0000" } }, { type: "strong" }];
    expect(read(JSON.stringify({ type: "doc", version: 1, content: [paragraph({ ...text("loud "), marks }, text("word"))] })).blocks).toEqual([
      "**loud** word",
    ]);
  });
});

describe("reading what people made of it", () => {
  const same = { blocks: ["One."], criteria: ["first", "x second"] };
  const printed = (): string => format.print(parts(["One."], ["first", "x second"]));

  const edits: Readonly<Record<string, (content: AdfNode[]) => readonly AdfNode[]>> = {
    nothing: (content) => content,
    "another level and case": ([one, heading, ...rest]) => [one!, { ...heading!, attrs: { level: 4 }, content: [text("ACCEPTANCE CRITERIA:")] }, ...rest],
    "empty paragraphs everywhere": (content) => content.flatMap((node) => [node, { type: "paragraph" }, paragraph(text("  "))]),
    "no footer": (content) => content.slice(0, -2),
    "no rule": (content) => content.filter(({ type }) => type !== "rule"),
    "two lists": ([one, heading, list, ...rest]) => [one!, heading!, ...list!.content!.map((item) => ({ ...list!, content: [item] })), ...rest],
  };
  for (const [name, edit] of Object.entries(edits)) it(name, () => expect(read(edited(printed(), edit))).toEqual(same));

  it("bullets below the heading are criteria without a box; further down they are notes", () => {
    const bullets: AdfNode = { type: "bulletList", content: [{ type: "listItem", content: [paragraph(text("third"))] }] };
    const added = edited(printed(), (content) => content.toSpliced(3, 0, bullets));
    expect(read(added)).toEqual({ blocks: ["One."], criteria: ["first", "x second", "third"] });
    const noted = edited(printed(), (content) => content.toSpliced(3, 0, paragraph(text("A note.")), bullets));
    expect(read(noted)).toEqual({ blocks: ["One.", "A note.", "- third"], criteria: ["first", "x second"] });
  });

  it("tasks below a criterion are criteria, other things below it are its words", () => {
    const list = (...content: AdfNode[]): AdfNode => ({ type: "taskList", attrs: { localId: "l" }, content });
    const item = (words: string, state = "TODO"): AdfNode => ({ type: "taskItem", attrs: { localId: words, state }, content: [text(words)] });
    const nested = edited(printed(), (content) => content.with(2, list(item("first"), list(item("nested", "DONE")), item("second"))));
    expect(read(nested).criteria).toEqual(["first", "x nested", "second"]);
    const more: AdfNode = {
      type: "bulletList",
      content: [{ type: "listItem", content: [list(item("first", "DONE")), paragraph(text("and more")), list(item("below"))] }],
    };
    expect(read(edited(printed(), (content) => content.with(2, more))).criteria).toEqual(["x first and more", "below"]);
  });

  it("what stands below the footer, and below its line, is people's text", () => {
    const below = edited(printed(), (content) => [
      ...content.slice(0, -1),
      paragraph(text(footer), { type: "hardBreak" }, text("right below")),
      paragraph(text("far below")),
    ]);
    expect(read(below)).toEqual({ blocks: ["One.", "right below", "far below"], criteria: same.criteria });
  });

  it("a heading and a footer like ours above our own stay", () => {
    const blocks = ["## Acceptance criteria", "- [ ] theirs", "---", footer];
    for (const criteria of [[], ["ours"]]) expect(read(format.print(parts(blocks, criteria)))).toEqual({ blocks, criteria });
  });

  it("a person's ticket is all text; an empty one, one of words and a broken one are read too", () => {
    expect(read(JSON.stringify({ type: "doc", version: 1, content: [paragraph(text("Hello"))] }))).toEqual({ blocks: ["Hello"], criteria: [] });
    expect(read("")).toEqual({ blocks: [], criteria: [] });
    expect(read("By hand.")).toEqual({ blocks: ["By hand."], criteria: [] });
    const broken = JSON.stringify({ type: "doc", version: 1, content: [{ odd: true }] });
    expect(read(broken).blocks).toEqual(['```json\n{"odd":true}\n```']);
    const [block] = format.parse(broken).blocks;
    expect(format.parse(format.print(parts([{ native: block!.native }]))).blocks).toEqual([block]);
  });

  it("survives nesting that nobody writes", () => {
    let node: AdfNode = paragraph(text("deep"));
    for (let depth = 0; depth < 400; depth += 1) node = { type: "blockquote", content: [node] };
    const text1 = format.parse(JSON.stringify({ type: "doc", version: 1, content: [node] }));
    expect(text1.blocks).toHaveLength(1);
    expect(format.markdownOf(text1.blocks[0]!)).toContain("deep");
  });
});

describe("what counts as moved", () => {
  const canonical = (...content: AdfNode[]): readonly string[] =>
    format.parse(JSON.stringify({ type: "doc", version: 1, content })).blocks.map((block) => block.canonical);

  it("words, marks, links, ticks, levels and languages do", () => {
    const pairs: [AdfNode, AdfNode][] = [
      [paragraph(text("a")), paragraph(text("b"))],
      [paragraph(text("a")), paragraph({ ...text("a"), marks: [{ type: "strong" }] })],
      [paragraph(text("a")), paragraph({ ...text("a"), marks: [{ type: "textColor", attrs: { color: "#ff0000" } }] })],
      [
        paragraph({ ...text("a"), marks: [{ type: "link", attrs: { href: "https://x" } }] }),
        paragraph({ ...text("a"), marks: [{ type: "link", attrs: { href: "https://y" } }] }),
      ],
      [paragraph(text("a b")), paragraph(text("a"), { type: "hardBreak" }, text("b"))],
      [
        { type: "heading", attrs: { level: 1 }, content: [text("a")] },
        { type: "heading", attrs: { level: 2 }, content: [text("a")] },
      ],
      [
        { type: "codeBlock", attrs: { language: "js" } },
        { type: "codeBlock", attrs: { language: "ts" } },
      ],
      [paragraph({ type: "mention", attrs: { id: "1", text: "@a" } }), paragraph({ type: "mention", attrs: { id: "2", text: "@a" } })],
    ];
    for (const [left, right] of pairs) expect(canonical(left), JSON.stringify(right)).not.toEqual(canonical(right));
  });

  it("ids, sizes, and what Jira fills in for itself do not", () => {
    const mention = (attrs: Record<string, unknown>): AdfNode => paragraph({ type: "mention", attrs: { id: "1", ...attrs } });
    expect(canonical(mention({ text: "@Dana", accessLevel: "CONTAINER", localId: "x" }))).toEqual(canonical(mention({})));
    const url = "https://a.dev/b";
    expect(canonical(paragraph(text(`see ${url}.`)))).toEqual(
      canonical(paragraph(text("see "), { ...text(url), marks: [{ type: "link", attrs: { href: url } }] }, text("."))),
    );
  });
});
