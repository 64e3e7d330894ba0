/** `npm run new:tracker`, in a copy of the tree: what it makes compiles, keeps the house's rules, and fails its exam step by step. */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registrationsOf } from "../../scripts/new-tracker/registrations.ts";
import { repositoryFiles } from "../repository-files.ts";

const repository = resolve(import.meta.dirname, "../..");
const NAME = "acme";
const MINUTES = 60_000;

let house: string;
/** The same tree without it. */
let before: string;
let made: Ended;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A program of node_modules, in the copy. */
function run(program: string, ...args: readonly string[]): Ended {
  return runIn(house, program, ...args);
}

function runIn(cwd: string, program: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(join(repository, "node_modules/.bin", program), args, { cwd, encoding: "utf8", maxBuffer: 64 << 20 });
  return { code: status, output: stdout + stderr };
}

function newTracker(...args: readonly string[]): Ended {
  return run("node", "scripts/new-tracker.ts", ...args);
}

beforeAll(() => {
  before = mkdtempSync(join(tmpdir(), "canon-house-"));
  for (const path of repositoryFiles(repository)) {
    mkdirSync(join(before, dirname(path)), { recursive: true });
    cpSync(join(repository, path), join(before, path));
  }
  house = mkdtempSync(join(tmpdir(), "canon-house-"));
  cpSync(before, house, { recursive: true });
  for (const tree of [before, house]) symlinkSync(join(repository, "node_modules"), join(tree, "node_modules"), "dir");
  made = newTracker(NAME);
}, 2 * MINUTES);

afterAll(() => {
  for (const tree of [before, house]) rmSync(tree, { recursive: true, force: true });
});

const FILES = [
  "src/trackers/acme/acme-tracker.ts",
  "src/trackers/acme/acme-client.ts",
  "src/trackers/acme/acme-wire.ts",
  "src/trackers/acme/acme-map.ts",
  "src/trackers/acme/acme-source.ts",
  "src/trackers/acme/readme.md",
  "test/emulators/acme/acme-emulator.ts",
  "test/trackers/acme/acme-conformance.test.ts",
  "test/trackers/acme/samples/ticket.json",
  "docs/trackers/acme.md",
];

test("makes the files, and says each line that it added elsewhere", () => {
  expect(made).toMatchObject({ code: 0 });
  expect(FILES.filter((path) => !existsSync(join(house, path)))).toEqual([]);
  for (const path of FILES) expect(made.output).toContain(path);
  expect(made.output).toContain('src/core/model/system.ts: the word in markers and configurations\n    + "acme",');
  expect(readFileSync(join(house, "src/core/model/system.ts"), "utf8")).toContain('"acme", "local"] as const');
  // Placeholders are all filled in.
  for (const path of FILES) expect(readFileSync(join(house, path), "utf8")).not.toMatch(/__name__/i);
});

test(
  "every table and switch over the trackers knows the new one: the whole tree compiles",
  () => {
    const found = errorsOf(run("tsc", "-p", "."));
    // What is wrong without it as well is somebody else's.
    const foreign = found.length === 0 ? [] : errorsOf(runIn(before, "tsc", "-p", "."));
    expect(found.filter((error) => !foreign.includes(error))).toEqual([]);
  },
  3 * MINUTES,
);

/** Without line numbers, which the new lines shift. */
function errorsOf({ output }: Ended): readonly string[] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.replace(/\(\d+,\d+\)/, ""));
}

test(
  "what it makes keeps the rules of the linter and the formatter, and generated files can follow",
  () => {
    const folders = ["src/trackers/acme", "test/trackers/acme", "test/emulators/acme"];
    expect(run("oxlint", ...folders)).toMatchObject({ code: 0 });
    const changed = registrationsOf(NAME, "Acme").map(({ file }) => file);
    const foreign = unformatted(before, changed);
    expect(unformatted(house, [...folders, ...changed]).filter((path) => !foreign.includes(path))).toEqual([]);
    for (const generator of ["generate-schema.ts", "generate-cli-reference.ts"]) expect(run("node", `scripts/${generator}`)).toMatchObject({ code: 0 });
    expect(readFileSync(join(house, "schema/canon.config.schema.json"), "utf8")).toContain('"acme"');
  },
  3 * MINUTES,
);

test(
  "its exam starts, and names the first step that is missing, then the next",
  () => {
    const exam = (): ReadonlySet<string> =>
      new Set([...run("vitest", "run", "test/trackers/acme").output.matchAll(/not written yet: (step \d+, \S+)/g)].map(([, step = ""]) => step));
    expect([...exam()]).toEqual(["step 2, GET"]);
    answerFromSamples();
    const next = [...exam()].sort();
    expect(next[0]).toMatch(/^step 4, /);
    expect(next.map((step) => step.slice(0, 6))).toContain("step 8");
  },
  3 * MINUTES,
);

function unformatted(tree: string, paths: readonly string[]): readonly string[] {
  return runIn(tree, "oxfmt", "--list-different", ...paths)
    .output.split("\n")
    .filter((line) => line.endsWith(".ts"));
}

/** Step 2, as somebody would begin it. */
function answerFromSamples(): void {
  const file = join(house, "test/emulators/acme/acme-emulator.ts");
  const text = readFileSync(file, "utf8");
  const samples = join(house, "test/trackers/acme/samples");
  const routes = { "/me": "me.json", "/projects/ABC": "project.json" };
  const answers = Object.entries(routes).map(
    ([path, sample]) => `  if (path === "${path}") return { status: 200, body: ${readFileSync(join(samples, sample), "utf8")} };\n`,
  );
  writeFileSync(file, text.replace("  return problem(501,", `${answers.join("")}  return problem(501,`));
}

test("an existing tracker, an existing file, a bad name: refused, and nothing is written", () => {
  expect(newTracker(NAME)).toMatchObject({ code: 64, output: expect.stringContaining("There is a tracker acme already") });
  mkdirSync(join(house, "src/trackers/beta"));
  writeFileSync(join(house, "src/trackers/beta/readme.md"), "mine");
  expect(newTracker("beta")).toMatchObject({ code: 1, output: expect.stringContaining("src/trackers/beta/readme.md") });
  expect(readFileSync(join(house, "src/trackers/beta/readme.md"), "utf8")).toBe("mine");
  expect(existsSync(join(house, "test/trackers/beta"))).toBe(false);
  for (const name of ["Acme", "a", "my-tracker", "../acme", "utils", "1st"])
    expect(newTracker(name)).toMatchObject({ code: 64, output: expect.stringContaining("no name") });
  expect(newTracker()).toMatchObject({ code: 64, output: expect.stringContaining("Usage") });
  expect(newTracker("--help")).toMatchObject({ code: 0, output: expect.stringContaining("Usage: npm run new:tracker") });
});

test("a place that is no longer there is told before anything is written", () => {
  const file = join(house, "src/views/init-text.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace('jira: "Jira"', 'jira: "Jira Cloud"'));
  expect(newTracker("gamma")).toMatchObject({ code: 1, output: expect.stringContaining("src/views/init-text.ts does not hold exactly one") });
  expect(existsSync(join(house, "src/trackers/gamma"))).toBe(false);
  writeFileSync(file, text);
  expect(newTracker("gamma", "--dry-run")).toMatchObject({ code: 0, output: expect.stringContaining("Would make") });
  expect(existsSync(join(house, "src/trackers/gamma"))).toBe(false);
});
