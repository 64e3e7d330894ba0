/** The laws of Jira Cloud's text: what Jira makes of a printed document means the same, the document is valid, and Markdown comes back. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../../harness/property.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../../../src/core/spec/markdown-parser.ts";
import { canonicalBlocks } from "../../../../src/core/text/canonical-markdown.ts";
import type { TextFormat, TextParts } from "../../../../src/core/text/text-format.ts";
import { loadParser } from "../../../../src/io/parse-markdown.ts";
import { adfFormat } from "../../../../src/trackers/jira/adf/adf-format.ts";
import { block, criterion } from "../../../text/arbitrary-markdown.ts";
import { isHoldable } from "./holdable.ts";
import { rewriteAdf } from "./adf-rewrites.ts";
import { schemaErrors } from "./adf-schema.ts";

const CORPUS = join(import.meta.dirname, "../../../../../shared/corpus");

let parser: MarkdownParser;
let format: TextFormat;
beforeAll(async () => {
  parser = await loadParser();
  format = adfFormat(parser, { titleLimit: 255 });
});

const footer = "From specs/payments.md › Key *Generation* of x_y_. Please change title and text there.";

function meaning(native: string): { blocks: readonly string[]; criteria: readonly string[] } {
  const text = format.parse(native);
  return { blocks: text.blocks.map(({ canonical }) => canonical), criteria: text.criteria.map(({ canonical, checked }) => `${checked} ${canonical}`) };
}

function holds(parts: TextParts, seed: number): void {
  const sent = format.print(parts);
  expect(schemaErrors(JSON.parse(sent)), sent).toEqual([]);
  expect(format.print(parts), "printed twice").toBe(sent);
  const stored = rewriteAdf(sent, seed);
  expect(meaning(stored), `${sent}\n${stored}`).toEqual(meaning(sent));
  const again = format.print({ ...parts, blocks: format.parse(stored).blocks.map(({ native }) => ({ native })) });
  expect(format.parse(again).blocks, "kept as they stand").toEqual(format.parse(stored).blocks);
  expect(schemaErrors(JSON.parse(again)), again).toEqual([]);
  // What a person reads of it, printed again, says the same.
  const blocks = format.parse(sent).blocks;
  const said = format.parse(format.print({ ...parts, blocks: blocks.map((one) => format.markdownOf(one)) })).blocks;
  if (said.length === blocks.length && said.every(({ canonical }, index) => canonical === blocks[index]!.canonical)) return;
  const at = blocks.findIndex(({ canonical }, index) => canonical !== said[index]?.canonical);
  expect(said[at]?.native, format.markdownOf(blocks[at]!)).toBe(blocks[at]?.native);
}

describe("what Jira makes of a printed document", { timeout: 60_000 }, () => {
  it("means the same, for random Markdown", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.array(criterion, { maxLength: 4 }), fc.nat(), (blocks, criteria, seed) =>
        holds({ blocks, criteria, footer }, seed),
      ),
      { numRuns: 150 },
    );
  });

  it("comes back as the Markdown it was, as far as ADF can hold it", () => {
    let held = 0;
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
        const spec = parser.parse(`\n${blocks.join("\n\n")}`);
        if (!isHoldable(spec, "adf")) return;
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
        holds({ blocks: rootBlocks(readFileSync(path, "utf8")), criteria: [], footer }, 7);
    });

    it("means the same, for every CommonMark and GFM example", () => {
      const examples: unknown = JSON.parse(readFileSync(join(CORPUS, "commonmark/commonmark-0.31.2.json"), "utf8"));
      for (const { markdown } of examples as readonly { markdown: string }[]) holds({ blocks: rootBlocks(markdown), criteria: [], footer }, 3);
    });
  });
});

function rootBlocks(text: string): string[] {
  return parser
    .parse(text)
    .children.filter(({ type }) => type !== "yaml")
    .map(({ position }) => text.slice(position!.start.offset, position!.end.offset));
}
