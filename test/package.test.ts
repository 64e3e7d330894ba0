/** The package as a stranger gets it: packed, installed in an empty folder, and used from there. */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "..");
const packed = [
  "bin",
  "src",
  "scripts",
  "schema",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsdown.config.ts",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
];

let scratch: string;
let files: readonly string[];
/** The folder Canon was installed in; null where npm could not reach what it needs. */
let installed: string | null = null;
let why = "";

/** npm of this Node: the one on the PATH may belong to an older one. */
const environment = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

/** A copy is built, so that no test that reads `dist` meets it half-written. */
function pack(): string {
  const source = join(scratch, "source");
  for (const name of packed) if (existsSync(join(repository, name))) cpSync(join(repository, name), join(source, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(source, "node_modules"));
  const report = execFileSync("npm", ["pack", "--json", "--pack-destination", scratch], {
    cwd: source,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const name = readdirSync(scratch).find((entry) => entry.endsWith(".tgz"));
  files = [...report.matchAll(/"path": "([^"]+)"/g)].map(([, path = ""]) => path);
  return join(scratch, name ?? "no tarball");
}

function install(tarball: string): string | null {
  const folder = join(scratch, "stranger");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const npm = spawnSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=0", tarball], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  if (npm.status === 0) return folder;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(npm.stderr)) {
    why = "npm reaches no registry from here, and its cache does not hold everything";
    return null;
  }
  throw new Error(npm.stderr);
}

function canon(folder: string, ...words: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const bin = join(installed ?? "", "node_modules/.bin/canon");
  return spawnSync(process.execPath, [bin, ...words], { cwd: folder, env: { ...environment, NO_COLOR: "1" }, encoding: "utf8" });
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "canon-package-"));
  installed = install(pack());
}, 120_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the package", () => {
  test("holds what it needs to run and to be understood, and no source, test or example", () => {
    const folders = new Set(files.map((path) => (path.includes("/") ? (path.split("/", 1)[0] ?? "") : path)));
    expect([...folders].sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "bin", "dist", "package.json", "schema"]);
    expect(files).toContain("dist/cli/main.js");
    expect(files).toContain("dist/index.d.ts");
  });

  test("runs the demo from an empty folder", (context) => {
    context.skip(installed === null, why);
    const folder = mkdtempSync(join(scratch, "empty-"));
    const { status, stdout, stderr } = canon(folder, "demo");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/canon:ticket:local:/);
    expect(readdirSync(folder)).toEqual(["canon-demo"]);
  }, 30_000);

  test("plans and applies an own folder of specs, and finds nothing left to do", (context) => {
    context.skip(installed === null, why);
    const folder = mkdtempSync(join(scratch, "own-"));
    cpSync(join(repository, "examples/payments"), folder, { recursive: true });
    expect(canon(folder, "plan", "--exit-code").status).toBe(2);
    expect(canon(folder, "apply", "--auto-approve").status).toBe(0);
    expect(canon(folder, "plan", "--exit-code").status).toBe(0);
    expect(readFileSync(join(folder, "specs/payments.md"), "utf8")).toMatch(/^<!-- canon:ticket:local:PAY-\d+ -->$/m);
  }, 60_000);

  test("exports the same names when imported as the source does", async (context) => {
    context.skip(installed === null, why);
    const names = execFileSync(process.execPath, ["-e", 'import("canon").then((all) => console.log(Object.keys(all).sort().join(" ")))'], {
      cwd: installed ?? "",
      encoding: "utf8",
    });
    expect(names.trim().split(" ")).toEqual(Object.keys(await import("../src/index.ts")).sort());
  });
});
