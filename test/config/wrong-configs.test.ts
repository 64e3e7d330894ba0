/** Wrong configurations and what Canon says of each: fixtures/wrong-configs.txt, rewritten by UPDATE=1. */

import { readFileSync, writeFileSync } from "node:fs";
import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import type { Diagnostic } from "../../src/core/model/diagnostic.ts";

const FILE = new URL("fixtures/wrong-configs.txt", import.meta.url);

interface Case {
  readonly title: string;
  readonly text: string;
  readonly expected: string;
}

/** `=== title`, the configuration, and what is said of it in lines that begin with `> `. */
function readCases(): readonly Case[] {
  const blocks = readFileSync(FILE, "utf8").split(/^=== /m).slice(1);
  return blocks.map((block) => {
    const [title = "", ...lines] = block.trimEnd().split("\n");
    const text = lines
      .filter((line) => !line.startsWith("> "))
      .join("\n")
      .trimEnd();
    return { title, text: `${text}\n`, expected: lines.filter((line) => line.startsWith("> ")).join("\n") };
  });
}

function say({ code, severity, message, place, hint }: Diagnostic): string {
  const line = `> ${place?.path}:${place?.line}:${place?.column} ${severity} ${code}: ${message}`;
  return hint === undefined ? line : `${line}\n>     ${hint}`;
}

function answer(text: string): string {
  const { config, diagnostics } = parseConfig(text, "canon.config.yaml");
  expect(config).toBeNull();
  return diagnostics.map(say).join("\n");
}

function writeCases(): void {
  const blocks = readCases().map(({ title, text }) => `=== ${title}\n${text}${answer(text)}\n`);
  writeFileSync(FILE, blocks.join("\n"));
}

if (process.env["UPDATE"] === "1") writeCases();

const cases = readCases();

describe("a wrong configuration", () => {
  it("has many cases", () => {
    expect(cases.length).toBeGreaterThan(30);
  });

  it.each(cases)("$title", ({ text, expected }) => {
    expect(answer(text)).toBe(expected);
  });

  it.each(cases)("$title: no secret is repeated", ({ text }) => {
    expect(answer(text)).not.toContain("canary");
  });

  it.each([
    ["flow lists", "sync: ".concat("[".repeat(60_000))],
    ["block lists", "- ".repeat(30_000).concat("a")],
    ["maps", "{a: ".repeat(20_000)],
  ])("nesting without end in %s is refused, not a stack overflow", (_, text) => {
    expect(answer(text)).toContain("config-too-complex: The file nests deeper than 32 levels.");
  });

  it("a file without end is refused before it is parsed", () => {
    expect(answer(`# ${"x".repeat(200_000)}`)).toContain("config-unreadable: The file is longer than 128000 characters.");
  });

  it("of any text, also of good ones broken at random: never throws, and always says why", () => {
    const good = cases.map(({ text }) => text);
    const broken = fc
      .tuple(fc.constantFrom(...good), fc.nat(400), fc.nat(20), fc.string({ maxLength: 6 }))
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string({ unit: "binary" }), fc.json()), (text) => {
        const { config, diagnostics } = parseConfig(text, "canon.config.yaml");
        expect(config === null).toBe(diagnostics.length > 0);
        for (const { place } of diagnostics) expect([(place?.line ?? 0) > 0, (place?.column ?? 0) > 0]).toEqual([true, true]);
      }),
      { numRuns: 2_000 },
    );
  });
});
