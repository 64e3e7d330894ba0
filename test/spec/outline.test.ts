/** Sections read from an outline are those of the whole tree: over the corpora and random documents. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseSpec } from "../../src/core/spec/parse-spec.ts";
import { document } from "./arbitrary-document.ts";
import { satteri } from "./parsing.ts";

const whole = { ...satteri, outline: satteri.parse };

it("on every file of the edge corpus", () => {
  const folder = join(import.meta.dirname, "../fixtures/edge");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(parseSpec(name, text, satteri), name).toEqual(parseSpec(name, text, whole));
  }
});

it("on random documents", () => {
  fc.assert(
    fc.property(document, (text) => {
      expect(parseSpec("a.md", text, satteri)).toEqual(parseSpec("a.md", text, whole));
    }),
  );
});

it("is a tree whose paragraphs and tables at the root have no children, and whole elsewhere", () => {
  const text = "# *A*\n\nwords *there*\n\n- item *two*\n\n> quote\n\n| a |\n| - |\n| b |\n";
  const [heading, paragraph, list, quote, table] = satteri.outline(text).children;
  const parsed = satteri.parse(text).children;
  expect([heading, list, quote]).toEqual([parsed[0], parsed[2], parsed[3]]);
  expect(paragraph).toEqual({ ...parsed[1], children: [] });
  expect(table).toEqual({ ...parsed[4], children: [] });
});
