/** The law of every text format: what a tracker makes of a printed body means the same, block by block and criterion by criterion. */

import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { markdownFormat } from "../../src/core/text/markdown-format.ts";
import type { TextFormat, TextParts } from "../../src/core/text/text-format.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import { rewriteText } from "../../src/trackers/local/local-rewrites.ts";
import { block, criterion } from "./arbitrary-markdown.ts";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");

let parser: MarkdownParser;
let format: TextFormat;
beforeAll(async () => {
  parser = await loadParser();
  format = markdownFormat(parser);
});

function meaning(native: string): { blocks: readonly string[]; criteria: readonly string[] } {
  const text = format.parse(native);
  return { blocks: text.blocks.map(({ canonical }) => canonical), criteria: text.criteria.map(({ canonical, checked }) => `${checked} ${canonical}`) };
}

function holds(parts: TextParts): void {
  const sent = format.print(parts);
  const meant = meaning(sent);
  for (const vendor of ["linear", "jira", "github"] as const) {
    for (const by of ["api", "browser"] as const) {
      const stored = rewriteText(sent, vendor, by, parser);
      try {
        expect(meaning(stored), vendor).toEqual(meant);
        expect(meaning(rewriteText(stored, vendor, by, parser)), `${vendor} twice`).toEqual(meant);
      } catch (error) {
        throw new Error(
          `${vendor}\n--- sent\n${sent}\n--- stored\n${stored}\n--- ${JSON.stringify(format.parse(sent).blocks.map((b) => b.native))}\n--- ${JSON.stringify(format.parse(stored).blocks.map((b) => b.native))}`,
          { cause: error },
        );
      }
    }
  }
}

const footer = "From specs/payments.md › Key *Generation* of x_y_. Please change title and text there.";

describe("canonical(parse(rewrite(print(x)))) is canonical(parse(print(x)))", () => {
  it("for random Markdown", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.array(criterion, { maxLength: 4 }), (blocks, criteria) => holds({ blocks, criteria, footer })),
      { numRuns: 600 },
    );
  });

  it("for every block of the open corpus", () => {
    for (const path of globSync(`${CORPUS}/open/**/*.md`))
      holds({ blocks: rootBlocks(readFileSync(path, "utf8")), criteria: [{ text: "See x.com", checked: true }], footer });
  });

  it("for every CommonMark and GFM example", () => {
    const examples: unknown = JSON.parse(readFileSync(join(CORPUS, "commonmark/commonmark-0.31.2.json"), "utf8"));
    for (const { markdown } of examples as readonly { markdown: string }[]) holds({ blocks: rootBlocks(markdown), criteria: [], footer });
  });
});

function rootBlocks(text: string): string[] {
  return parser
    .parse(text)
    .children.filter(({ type }) => type !== "yaml")
    .map(({ position }) => text.slice(position!.start.offset, position!.end.offset));
}
