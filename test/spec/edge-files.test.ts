/** Every hostile file of the edge corpus has its expected result written down beside it; both parsers must give it. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { printMarker } from "../../src/core/spec/print-marker.ts";
import { parseSpec } from "../../src/core/spec/parse-spec.ts";
import { readSpec } from "../../src/io/spec-files.ts";
import { lineCounter } from "../harness/line-counter.ts";
import { remark, satteri } from "./parsing.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/edge");
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

/** A golden is written only when asked for, and never where a forgotten one would pass unseen. */
const UPDATE = process.env["UPDATE_GOLDENS"] === "1" && process.env["CI"] === undefined;

/** Enough to see every decision, short enough to be read. Of files with very many sections the first thirty. */
async function resultOf(name: string, parser: MarkdownParser): Promise<unknown> {
  const read = await readSpec(FOLDER, name);
  if (!read.ok) return { refused: read.diagnostic };
  const doc = parseSpec(name, read.text, parser);
  const lineOf = lineCounter(read.text);
  return {
    title: doc.sections[0]?.title,
    count: doc.sections.length,
    sections: doc.sections.slice(0, 30).map((section) => ({
      line: section.heading?.line ?? null,
      depth: section.depth,
      title: section.title.slice(0, 80),
      id: section.id.slice(0, 80),
      parent: section.parent,
      markers: section.markers.map(({ value, span }) => `${span.line}: ${printMarker(value)}`),
      criteria: section.criteria.map(({ text, checked, line }) => `${line}: ${checked ? "[x]" : "[ ]"} ${text}`),
      blocks: section.blocks.map(({ type, start, end, rest }) => `${lineOf(start)}-${lineOf(end)}: ${type}${rest === null ? "" : ` ${JSON.stringify(rest)}`}`),
      state: [section.stopped ? "stopped" : "", section.skipped ? "skipped" : "", section.isCriteriaHeading ? "criteria" : ""].filter(Boolean).join(" "),
    })),
    definitions: [...doc.definitions.keys()],
    removed: doc.removed,
    diagnostics: doc.diagnostics,
  };
}

describe("edge files", () => {
  it("are all here", () => {
    expect(FILES.length).toBe(84);
  });

  it.each(FILES)("%s", async (name) => {
    const golden = join(FOLDER, name.replace(/\.md$/, ".json"));
    const result = await resultOf(name, satteri);
    if (UPDATE) writeFileSync(golden, `${JSON.stringify(result, null, 1)}\n`);
    expect(existsSync(golden), `no ${golden}; write it with UPDATE_GOLDENS=1`).toBe(true);
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(readFileSync(golden, "utf8")));
    expect(await resultOf(name, remark)).toEqual(result);
  });
});
