/** Keeps the changelog's form: one Unreleased section on top, known kinds, one list item for each change. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const changelog = readFileSync(resolve(import.meta.dirname, "../../CHANGELOG.md"), "utf8");
const [, ...releases] = changelog.split(/^## /m);

test("Unreleased stands on top, and every release below has a version and a date", () => {
  const titles = releases.map((release) => release.split("\n", 1)[0]);
  expect(titles[0]).toBe("Unreleased");
  expect(titles.slice(1).filter((title) => !/^\d+\.\d+\.\d+ · \d{4}-\d{2}-\d{2}$/.test(title ?? ""))).toEqual([]);
});

test("each change stands under its kind, as one list item that is a sentence", () => {
  for (const release of releases) {
    const lines = release
      .split("\n")
      .slice(1)
      .filter((line) => line !== "");
    expect(lines[0]).toMatch(/^### /);
    expect(lines.filter((line) => !/^### (Added|Changed|Fixed|Removed)$|^- \S.*\.$/.test(line))).toEqual([]);
  }
});
