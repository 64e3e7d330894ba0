/** The laws of Data Center's text: what it makes of printed wiki markup means the same, and Markdown comes back. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../../harness/property.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../../../src/core/spec/markdown-parser.ts";
import { canonicalBlocks } from "../../../../src/core/text/canonical-markdown.ts";
import type { TextFormat, TextParts } from "../../../../src/core/text/text-format.ts";
import { loadParser } from "../../../../src/io/parse-markdown.ts";
import { wikiFormat } from "../../../../src/trackers/jira/wiki/wiki-format.ts";
import { block, criterion } from "../../../text/arbitrary-markdown.ts";
import { isHoldable } from "./holdable.ts";

const CORPUS = join(import.meta.dirname, "../../../../../shared/corpus");

let parser: MarkdownParser;
let format: TextFormat;
beforeAll(async () => {
  parser = await loadParser();
  format = wikiFormat(parser, { titleLimit: 255 });
});

const footer = "From specs/payments.md › Key *Generation* of x_y_. Please change title and text there.";

function meaning(native: string): { blocks: readonly string[]; criteria: readonly string[] } {
  const text = format.parse(native);
  return { blocks: text.blocks.map(({ canonical }) => canonical), criteria: text.criteria.map(({ canonical, checked }) => `${checked} ${canonical}`) };
}

/** What a browser sends, what the server trims, what an editor leaves. */
const REWRITES: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => lines(text, (line) => line.replace(/[ \t]+$/, "")),
  (text) => lines(text, (line) => (line === "" ? line : `${line}  `)),
  (text) => `\r\n\r\n${text}\r\n\r\n`,
  (text) => text.replaceAll("\n\n", "\n\n\n"),
];

function lines(text: string, edit: (line: string) => string): string {
  return text.split("\n").map(edit).join("\n");
}

function holds(parts: TextParts): void {
  const sent = format.print(parts);
  for (const rewrite of REWRITES.slice(0, sent.includes("{code") ? 4 : 5)) {
    const [stored, written] = [format.parse(rewrite(sent)), format.parse(sent)];
    expect(
      stored.blocks.length === written.blocks.length ? [] : [stored, written].map(({ blocks }) => blocks.map(({ native }) => native)),
      "split or joined",
    ).toEqual([]);
    for (const [index, one] of written.blocks.entries()) expect(stored.blocks[index]!.canonical, one.native).toBe(one.canonical);
    expect(meaning(rewrite(sent)).criteria).toEqual(meaning(sent).criteria);
  }
  const { blocks, criteria } = format.parse(sent);
  const again = format.parse(format.print({ ...parts, blocks: blocks.map(({ native }) => ({ native })) }));
  expect(again.blocks.map(({ native }) => native)).toEqual(blocks.map(({ native }) => native));
  expect(again.criteria).toEqual(criteria);
  // What a person reads of it, printed again, says the same.
  const said = format.parse(format.print({ ...parts, blocks: blocks.map((one) => format.markdownOf(one)) })).blocks;
  if (said.length === blocks.length && said.every(({ canonical }, index) => canonical === blocks[index]!.canonical)) return;
  const at = blocks.findIndex(({ canonical }, index) => canonical !== said[index]?.canonical);
  expect(said[at]?.native, format.markdownOf(blocks[at]!)).toBe(blocks[at]?.native);
}

describe("what Data Center makes of printed wiki markup", { timeout: 60_000 }, () => {
  it("means the same, for random Markdown", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.array(criterion, { maxLength: 4 }), (blocks, criteria) => holds({ blocks, criteria, footer })),
      { numRuns: 150 },
    );
  });

  it("comes back as the Markdown it was, as far as wiki markup can hold it", () => {
    let held = 0;
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
        const spec = parser.parse(`\n${blocks.join("\n\n")}`);
        if (!isHoldable(spec, "wiki")) return;
        held += 1;
        const native = format.print({ blocks: [blocks.join("\n\n")], criteria: [], footer });
        const back = format
          .parse(native)
          .blocks.map((one) => format.markdownOf(one))
          .join("\n\n");
        expect(canonicalBlocks(parser.parse(`\n${back}`).children), `${native}\n---\n${back}`).toBe(canonicalBlocks(spec.children));
      }),
      { numRuns: 150 },
    );
    expect(held).toBeGreaterThan(20);
  });

  describe.skipIf(!existsSync(CORPUS))("with ../shared/corpus (skipped where it is missing)", { timeout: 120_000 }, () => {
    it("means the same, for every block of one file in eight of the open corpus", () => {
      for (const path of globSync(`${CORPUS}/open/**/*.md`).filter((_, index) => index % 8 === 0))
        holds({ blocks: rootBlocks(readFileSync(path, "utf8")), criteria: [], footer });
    });

    it("means the same, for every CommonMark and GFM example", () => {
      const examples: unknown = JSON.parse(readFileSync(join(CORPUS, "commonmark/commonmark-0.31.2.json"), "utf8"));
      for (const { markdown } of examples as readonly { markdown: string }[]) holds({ blocks: rootBlocks(markdown), criteria: [], footer });
    });
  });
});

function rootBlocks(text: string): string[] {
  return parser
    .parse(text)
    .children.filter(({ type }) => type !== "yaml")
    .map(({ position }) => text.slice(position!.start.offset, position!.end.offset));
}
