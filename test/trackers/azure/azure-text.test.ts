/** Texts of Azure: HTML means what its Markdown means, stands as it was written, and can hurt nobody who reads it. */

import { fc } from "../../harness/property.ts";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../../src/core/spec/markdown-parser.ts";
import type { TextFormat } from "../../../src/core/text/text-format.ts";
import { loadParser } from "../../../src/io/parse-markdown.ts";
import { htmlBody, htmlOf, markdownBody } from "../../../src/trackers/azure/azure-body.ts";
import { azureFormat } from "../../../src/trackers/azure/azure-format.ts";
import { htmlToMarkdown } from "../../../src/trackers/azure/html/html-to-markdown.ts";
import { sanitizeHtml } from "../../emulators/azure/text/sanitize-html.ts";
import { done, readOne } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";
import { processorTimeSince } from "../../harness/processor-time.ts";

let parser: MarkdownParser;
let format: TextFormat;
beforeAll(async () => {
  parser = await loadParser();
  format = azureFormat(parser, { titleLimit: 255 });
});

/** One block in both forms. */
interface Both {
  readonly html: string;
  readonly markdown: string;
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((some) => some.join(" "));
const inline: fc.Arbitrary<Both> = fc
  .array(
    fc.oneof(
      words.map((text) => ({ html: text, markdown: text })),
      words.map((text) => ({ html: `<b>${text}</b>`, markdown: `**${text}**` })),
      words.map((text) => ({ html: `<em>${text}</em>`, markdown: `_${text}_` })),
      words.map((text) => ({ html: `<code>${text}</code>`, markdown: `\`${text}\`` })),
      words.map((text) => ({ html: `<a href="https://x.dev/a?b=1&amp;c" target="_blank">${text}</a>`, markdown: `[${text}](https://x.dev/a?b=1&c)` })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => ({ html: parts.map(({ html }) => html).join(" "), markdown: parts.map(({ markdown }) => markdown).join(" ") }));

function list(items: readonly Both[], ordered: boolean): Both {
  const tag = ordered ? "ol" : "ul";
  return {
    html: `<${tag}>${items.map(({ html }) => `<li>${html}</li>`).join("")}</${tag}>`,
    markdown: items.map(({ markdown }, index) => `${ordered ? `${index + 1}.` : "-"} ${markdown}`).join("\n"),
  };
}

const block: fc.Arbitrary<Both> = fc.oneof(
  inline.map(({ html, markdown }) => ({ html: `<p>${html}</p>`, markdown })),
  inline.map(({ html, markdown }) => ({ html: `<div>${html}<br></div>`, markdown })),
  fc
    .tuple(words, fc.integer({ min: 1, max: 6 }))
    .map(([text, depth]) => ({ html: `<h${depth}>${text}</h${depth}>`, markdown: `${"#".repeat(depth)} ${text}` })),
  fc.tuple(fc.array(inline, { minLength: 1, maxLength: 4 }), fc.boolean()).map(([items, ordered]) => list(items, ordered)),
  words.map((text) => ({ html: `<pre><code>${text}\n\n  x &lt; y</code></pre>`, markdown: `\`\`\`\n${text}\n\n  x < y\n\`\`\`` })),
  inline.map(({ html, markdown }) => ({ html: `<blockquote>${html}</blockquote>`, markdown: `> ${markdown}` })),
  fc.constant({ html: "<hr>", markdown: "---" }),
  fc
    .tuple(word, word)
    .map(([a, b]) => ({ html: `<table><tbody><tr><th>${a}</th></tr><tr><td>${b}</td></tr></tbody></table>`, markdown: `| ${a} |\n| --- |\n| ${b} |` })),
);

const canonical = (body: string): readonly string[] => format.parse(body).blocks.map((one) => one.canonical);

describe("HTML", () => {
  it("means what its Markdown means, whatever Azure does to its spelling", () => {
    fc.assert(
      // Two lists in a row are one in Markdown.
      fc.property(
        fc
          .array(block, { minLength: 1, maxLength: 5 })
          .filter((blocks) => !blocks.some(({ html }, at) => /^<[uo]l/.test(html) && /^<[uo]l/.test(blocks[at + 1]?.html ?? ""))),
        fc.boolean(),
        (blocks, wrapped) => {
          const html = blocks.map((one) => one.html).join(wrapped ? "\n" : "<div><br></div>");
          const markdown = blocks.map((one) => one.markdown).join("\n\n");
          const whole = wrapped ? `<div>${html}</div>` : html;
          expect(canonical(htmlBody(whole))).toEqual(canonical(markdown));
          expect(canonical(htmlBody(sanitizeHtml(whole)))).toEqual(canonical(markdown));
          expect(canonical(htmlToMarkdown(whole))).toEqual(canonical(markdown));
        },
      ),
    );
  });

  it("keeps the bytes of each block, also among Markdown", () => {
    fc.assert(
      fc.property(block, fc.lorem(), (one, text) => {
        const [first] = format.parse(htmlBody(`<div>${one.html}</div>`)).blocks;
        expect(htmlOf(first?.native ?? "")).toBe(one.html);
        const printed = format.print({
          blocks: [first ?? "", text],
          criteria: [{ text: "done", checked: true }],
          footer: "From specs/a.md › A. Please change title and text there.",
        });
        expect(printed).toContain(one.html);
        const held = format.parse(printed);
        expect(held.blocks).toHaveLength(2);
        expect(held.criteria).toMatchObject([{ text: "done", checked: true }]);
        expect(
          format.parse(format.print({ blocks: held.blocks, criteria: held.criteria, footer: "From specs/a.md › A. Please change title and text there." })),
        ).toEqual(held);
      }),
    );
  });

  it("holds criteria as people write them there", () => {
    const body = htmlBody("<p>Text</p><h2>Acceptance criteria</h2><ul><li>[ ] first <b>thing</b></li><li>[x]&nbsp;second</li></ul>");
    const text = format.parse(body);
    expect(text.criteria.map((one) => [one.text, one.checked])).toEqual([
      ["first **thing**", false],
      ["second", true],
    ]);
    expect(text.blocks.map(({ native }) => htmlOf(native))).toEqual(["<p>Text</p>"]);
  });

  it.each([
    ["<div>Some <b>bold </b>text<br>next &amp; &lt;x&gt;</div><div><br></div>", "Some **bold** text\\\nnext & \\<x>"],
    ["<ul><li>one</li><ul><li>inner, as the editor puts it</li></ul></ul>", "- one\n  - inner, as the editor puts it"],
    ["<p>a<p>b", "a\n\nb"],
    ["plain &unknown; &#x41;&#66;&#0;", "plain \\&unknown; AB\\&#0;"],
    ["<script>alert(1)</script><style>x</style>seen", "seen"],
    ['<img src="https://x.dev/i.png" alt="A picture">', "![A picture](https://x.dev/i.png)"],
    ["<input type=checkbox checked> done", "\\[x] done"],
    ["<!-- canon:ticket:azure:1 -->", ""],
    ["a <unknown tag='>'>b</unknown> <", "a b <"],
  ])("%s reads as Markdown", (html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown);
  });

  it("of any kind is read without an error", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom("<div>", "</div>", "<ul>", "<li>", "</p>", "<table>", "<td>", "<a href='", "<b", ">", '"', "<!--", "&#", "<pre>", "\n\n"),
            fc.string(),
          ),
        ),
        (parts) => {
          const body = htmlBody(parts.join(""));
          for (const one of format.parse(body).blocks) {
            expect(body).toContain(htmlOf(one.native));
            format.markdownOf(one);
          }
        },
      ),
    );
  });

  it("of hostile depth or length is read in time", () => {
    const began = process.cpuUsage();
    for (const part of ["<div>", "<ul><li>", "<b>", "<a ", '<a "', "<!--", "<p>", "<blockquote>"]) format.parse(htmlBody(part.repeat(10_000)));
    expect(processorTimeSince(began)).toBeLessThan(10_000);
  });
});

describe("a body", () => {
  it("of Markdown is never taken for HTML", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `<!--html-->${text}`),
          fc.string().map((text) => `<div>${text}`),
        ),
        (text) => {
          expect(htmlOf(markdownBody(text))).toBeNull();
          expect(htmlOf(htmlBody(text))).toBe(text === "" ? null : text);
        },
      ),
    );
  });

  it("has a title that Azure takes, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), (title) => {
        const cut = format.canonicalTitle(title);
        expect(cut.length).toBeLessThanOrEqual(255);
        expect(format.canonicalTitle(cut)).toBe(cut);
      }),
    );
    expect(format.canonicalTitle("🚀".repeat(200))).toBe("🚀".repeat(127));
  });
});

describe("on a ticket", () => {
  let stage: AzureStage;
  afterEach(() => stage.end());

  it("a person's HTML is read as such, and Canon's Markdown takes its place as Markdown", async () => {
    stage = await azureStage();
    const { key } = await stage.person.create({ title: "Theirs", body: "<p>By <b>hand</b></p>" });
    const ticket = await readOne(stage, key);
    expect(stage.tracker.format.parse(ticket.body).blocks.map((one) => stage.tracker.format.markdownOf(one))).toEqual(["By **hand**"]);
    const kept = stage.tracker.format.parse(ticket.body).blocks;
    const printed = stage.tracker.format.print({
      blocks: [...kept, "By Canon: `a < b`"],
      criteria: [],
      footer: "From specs/a.md › A. Please change title and text there.",
    });
    expect(done((await stage.tracker.update([{ key, expectRevision: null, body: printed }]))[0]).echo?.body).toBe(printed);
    expect(stage.emulator.people.show(key).body).toBe(printed);
    expect(htmlOf((await readOne(stage, key)).body)).toBeNull();
  });

  it("a body that is given back as it was read stays what it was", async () => {
    stage = await azureStage();
    const { key } = await stage.person.create({ title: "Theirs", body: "<p>By <b>hand</b></p>" });
    const { body } = await readOne(stage, key);
    done((await stage.tracker.update([{ key, expectRevision: null, body }]))[0]);
    expect(await readOne(stage, key)).toMatchObject({ body });
    expect(stage.emulator.people.show(key).body).toBe("<p>By <b>hand</b></p>");
  });

  it("a text whose format is not told is HTML", async () => {
    stage = await azureStage();
    const { key } = await stage.person.create({ title: "Theirs", body: "Words" });
    expect(htmlOf((await readOne(stage, key)).body)).toBe("<div>Words</div>");
  });
});
