/** Canon plans its own specs, and its examples, with itself: on copies, so that no marker and no tracker lands here. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryFiles } from "../repository-files.ts";

const root = resolve(import.meta.dirname, "../..");
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "canon-own-"));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function copy(paths: readonly string[], from = root): string {
  const folder = mkdtempSync(join(scratch, "copy-"));
  for (const path of paths) cpSync(join(from, path), join(folder, path), { recursive: true });
  return folder;
}

function canon(folder: string, ...words: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [join(root, "bin/canon.js"), ...words], { cwd: folder, env: { ...process.env, NO_COLOR: "1" }, encoding: "utf8" });
}

/** list, validate, plan, apply, plan: the last one must find nothing to do. */
function expectWholeLoop(folder: string): void {
  expect(canon(folder, "validate")).toMatchObject({ status: 0 });
  expect(canon(folder, "plan", "--exit-code")).toMatchObject({ status: 2 });
  expect(canon(folder, "apply", "--auto-approve")).toMatchObject({ status: 0 });
  expect(canon(folder, "plan", "--exit-code")).toMatchObject({ status: 0 });
}

describe("Canon's own specs", () => {
  test("become tickets, and a second plan is empty", () => expectWholeLoop(copy(["canon.config.yaml", "specs"])));
});

describe("the examples", () => {
  const examples = repositoryFiles(root).filter((path) => /^examples\/.*\.md$/.test(path));

  test("carry no ticket markers", () => {
    expect(examples.length).toBeGreaterThan(8);
    expect(examples.filter((path) => readFileSync(join(root, path), "utf8").includes("canon:ticket"))).toEqual([]);
  });

  test("payments becomes three levels of tickets", () => {
    const folder = copy(["."], join(root, "examples/payments"));
    expectWholeLoop(folder);
    const types = canon(folder, "local", "list", "--json").stdout;
    for (const type of ["Epic", "Story", "Sub-task"]) expect(types).toContain(`"${type}"`);
  });

  test("multi-tracker is listed offline, each spec with its tracker", () => {
    const { status, stdout } = canon(copy(["."], join(root, "examples/multi-tracker")), "list", "--json");
    expect(status).toBe(0);
    const specs: readonly { readonly path: string; readonly target: { readonly name: string } }[] = JSON.parse(stdout).specs;
    expect(Object.fromEntries(specs.map(({ path, target }) => [path, target.name]))).toEqual({
      "specs/oss/sdk.md": "oss",
      "specs/platform/cli.md": "oss",
      "specs/platform/ledger.md": "platform",
      "specs/security/access.md": "security",
    });
  });

  test("monorepo generates 2,000 sections, and its two projects take what is theirs", () => {
    const folder = copy(["."], join(root, "examples/monorepo"));
    expect(spawnSync(process.execPath, ["generate.ts"], { cwd: folder }).status).toBe(0);
    const { status, stdout } = canon(folder, "list", "--json");
    expect(status).toBe(0);
    // 2,000 generated ones, and those with criteria in the hand-written specs.
    expect(JSON.parse(stdout).totals).toEqual({ services: { fresh: 2_005, linked: 0 }, web: { fresh: 2, linked: 0 } });
  });
});
