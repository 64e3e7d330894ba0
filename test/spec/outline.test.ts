/** Sections read from an outline are those of the whole tree: over the corpora and random documents. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
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

it("is the nodes of the root, whole where sections are read from them", () => {
  const text = "# *A*\n\nwords *there*\n\n- item *two*\n\n---\n\n- [ ] a *box*\n\n> quote\n\n---\n\n> [d]: there\n\n| a |\n| - |\n| b |\n";
  const outline = satteri.outline(text).children;
  const parsed = satteri.parse(text).children;
  const isWhole = outline.map((node, index) => JSON.stringify(node) === JSON.stringify(parsed[index]));
  expect(parsed.map(({ type }, index) => `${type} ${isWhole[index] === true ? "whole" : "closed"}`)).toEqual([
    ...["heading whole", "paragraph closed", "list closed", "thematicBreak whole", "list whole"],
    ...["blockquote closed", "thematicBreak whole", "blockquote whole", "table closed"],
  ]);
  expect(outline.map((node) => ({ ...node, children: [] }))).toEqual(parsed.map((node) => ({ ...node, children: [] })));
});
