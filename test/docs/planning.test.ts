/** Holds the verdict table of docs/PLANNING.md against the function that decides: every combination, and no line without one. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeField, type Comparison } from "../../src/core/plan/verdicts.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/PLANNING.md"), "utf8");
const table = /<!-- verdicts -->\n([\s\S]*?)<!-- \/verdicts -->/.exec(page)?.[1] ?? "";
const rules = table
  .trim()
  .split("\n")
  .slice(2)
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const COLUMNS = ["hasBase", "specMoved", "liveMoved", "agreed", "equal"] as const;
const combinations = Array.from({ length: 2 ** COLUMNS.length }, (_, bits) =>
  Object.fromEntries(COLUMNS.map((name, place) => [name, (bits & (1 << place)) !== 0])),
) as unknown as readonly Comparison[];

const fits = (rule: readonly string[], comparison: Comparison): boolean =>
  COLUMNS.every((name, place) => rule[place] === "any" || rule[place] === (comparison[name] ? "yes" : "no"));

describe("the verdict table of docs/PLANNING.md", () => {
  test.each(combinations)("says what judgeField says of %o", (comparison) => {
    const verdicts = rules.filter((rule) => fits(rule, comparison)).map((rule) => rule[COLUMNS.length]);
    expect(verdicts).toEqual([judgeField(comparison)]);
  });

  test("has no line that no combination reaches", () => {
    expect(rules.filter((rule) => !combinations.some((comparison) => fits(rule, comparison)))).toEqual([]);
  });
});
