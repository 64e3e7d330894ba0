/** Shows that the linter holds the floors: each forbidden import, written into a copy of the house, goes red; each allowed one stays green. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "..");
let house: string;
let findings: ReadonlyMap<string, readonly string[]>;

/** What each floor must not import: file, specifier. */
const forbidden: readonly (readonly [string, string])[] = [
  ["src/core/plan/bad.ts", "node:fs"],
  ["src/core/plan/bad.ts", "node:crypto"],
  ["src/core/plan/bad.ts", "../../io/files.ts"],
  ["src/core/plan/bad.ts", "../../views/plan-view.ts"],
  ["src/core/plan/bad.ts", "../../trackers/tracker.ts"],
  ["src/core/plan/bad.ts", "../../operations/plan.ts"],
  ["src/core/plan/bad.ts", "../../cli/main.ts"],
  ["src/core/plan/bad.ts", "../../wiring.ts"],
  ["src/core/plan/bad.ts", "../../../test/builders.ts"],
  ["src/core/plan/bad.ts", "zod"],
  ["src/core/plan/bad.ts", "unified"],
  ["src/core/bad.ts", "../io/files.ts"],
  ["src/core/fingerprint.ts", "node:fs"],
  ["src/core/model/bad.ts", "../plan/verdicts.ts"],
  ["src/core/model/bad.ts", "yaml"],
  ["src/views/bad.ts", "../io/files.ts"],
  ["src/views/bad.ts", "../operations/plan.ts"],
  ["src/views/bad.ts", "node:fs"],
  ["src/views/ink/bad.ts", "../../trackers/tracker.ts"],
  ["src/io/bad.ts", "../trackers/tracker.ts"],
  ["src/io/bad.ts", "../views/plan-view.ts"],
  ["src/io/git/bad.ts", "../../operations/plan.ts"],
  ["src/trackers/local/bad.ts", "../jira/jira-tracker.ts"],
  ["src/trackers/local/bad.ts", "../../operations/plan.ts"],
  ["src/trackers/local/bad.ts", "../../wiring.ts"],
  ["src/trackers/tracker.ts", "./local/local-tracker.ts"],
  ["src/trackers/tracker.ts", "../views/plan-view.ts"],
  ["src/operations/bad.ts", "../trackers/local/local-tracker.ts"],
  ["src/operations/bad.ts", "../views/plan-view.ts"],
  ["src/operations/bad.ts", "../wiring.ts"],
  ["src/cli/bad.ts", "../io/files.ts"],
  ["src/cli/commands/bad.ts", "../../trackers/local/local-tracker.ts"],
  ["src/cli/commands/bad.ts", "../../server/routes.ts"],
  ["src/server/bad.ts", "../cli/main.ts"],
  ["src/index.ts", "./cli/main.ts"],
  ["src/index.ts", "./trackers/local/local-tracker.ts"],
  ["src/wiring.ts", "./cli/main.ts"],
];

const allowed: readonly (readonly [string, string])[] = [
  ["src/core/plan/good.ts", "../model/plan.ts"],
  ["src/core/plan/good.ts", "mdast"],
  ["src/core/plan/good.ts", "zod/mini"],
  ["src/core/model/good.ts", "./plan.ts"],
  ["src/core/fingerprint.ts", "node:crypto"],
  ["src/views/good.ts", "../core/model/plan.ts"],
  ["src/views/good.ts", "node:util"],
  ["src/io/good.ts", "node:fs/promises"],
  ["src/io/good.ts", "tinyexec"],
  ["src/trackers/local/good.ts", "../tracker.ts"],
  ["src/trackers/local/good.ts", "../../io/files.ts"],
  ["src/trackers/local/good.ts", "node:sqlite"],
  ["src/trackers/tracker.ts", "../core/model/plan.ts"],
  ["src/operations/good.ts", "../trackers/tracker.ts"],
  ["src/operations/good.ts", "../io/files.ts"],
  ["src/cli/commands/good.ts", "../../operations/plan.ts"],
  ["src/cli/commands/good.ts", "../../wiring.ts"],
  ["src/wiring.ts", "./trackers/local/local-tracker.ts"],
];

/** Other rules a bad line must break: file, source, rule. */
const badLines: readonly (readonly [string, string, string])[] = [
  ["src/core/clock.ts", "export const now: number = Date.now();", "no-restricted-properties"],
  ["src/core/chance.ts", "export const chance: number = Math.random();", "no-restricted-properties"],
  ["src/core/env.ts", "export const home: unknown = process.env;", "no-restricted-globals"],
  ["src/core/talk.ts", "console.log(1);", "no-restricted-globals"],
  ["src/io/anything.ts", "export const value: any = 1;", "no-explicit-any"],
  ["src/io/cast.ts", "export const one = (value: unknown): number => value as number;", "no-unsafe-type-assertion"],
  ["src/io/lost.ts", "const work = async (): Promise<void> => {};\nexport function start(): void {\n  work();\n}", "no-floating-promises"],
  [
    "src/io/half.ts",
    'export function half(word: "a" | "b"): number {\n  switch (word) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}',
    "switch-exhaustiveness-check",
  ],
  ["src/io/UpperCase.ts", "export const value = 1;", "filename-case"],
  ["src/io/long.ts", Array.from({ length: 401 }, (_, line) => `export const line${line} = ${line};`).join("\n"), "max-lines"],
  ["src/io/cycle-one.ts", 'import type { Two } from "./cycle-two.ts";\nexport interface One { readonly two: Two }', "no-cycle"],
  ["src/io/cycle-two.ts", 'import type { One } from "./cycle-one.ts";\nexport interface Two { readonly one: One }', "no-cycle"],
  ["test/mocked.test.ts", 'import { vi } from "vitest";\nvi.mock("node:fs");', "no-restricted-vi-methods"],
  ["test/chance.test.ts", 'import fc from "fast-check";\nexport { fc };', "no-restricted-imports"],
];

const imports = [...forbidden, ...allowed];

function write(file: string, source: string): void {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${source}\n`, { flag: "a" });
}

/** All cases of one file stand in it in order, one a line: this is the line of case `number`, from 1. */
function lineOf(number: number): number {
  return imports.slice(0, number + 1).filter(([file]) => file === imports[number]![0]).length;
}

function isRefused(number: number): boolean {
  return findings.get(imports[number]![0])?.includes(`eslint(no-restricted-imports) in line ${lineOf(number)}`) ?? false;
}

/** File → "rule in line N". */
function lint(): ReadonlyMap<string, readonly string[]> {
  const { stdout, stderr } = spawnSync(join(repository, "node_modules/.bin/oxlint"), ["--format=json", "src", "test"], { cwd: house, encoding: "utf8" });
  if (!stdout.startsWith("{")) throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  const found = new Map<string, string[]>();
  for (const { code, filename, labels } of JSON.parse(stdout).diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), `${code} in line ${labels[0]?.span.line}`]);
  }
  return found;
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "canon-floors-"));
  for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"]) copyFileSync(join(repository, name), join(house, name));
  symlinkSync(join(repository, "node_modules"), join(house, "node_modules"));
  for (const [number, [file, specifier]] of imports.entries()) write(file, `import type * as case${number} from "${specifier}";`);
  for (const [file, source] of badLines) write(file, source);
  findings = lint();
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe("the linter", () => {
  const cases = imports.map(([file, specifier], number) => ({ file, specifier, number }));

  test.each(cases.slice(0, forbidden.length))("refuses in $file the import of $specifier", ({ number }) => {
    expect(isRefused(number)).toBe(true);
  });

  test.each(cases.slice(forbidden.length))("allows in $file the import of $specifier", ({ number }) => {
    expect(isRefused(number)).toBe(false);
  });

  test.each(badLines)("finds in %s what is wrong", (file, _source, rule) => {
    expect(findings.get(file)?.join("\n") ?? "").toContain(rule);
  });
});
