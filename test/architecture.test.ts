/** Reads the imports of every module itself and checks the house: floors, cycles, names, sizes. The linter draws the same lines; this test does not trust it. */

import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryFiles } from "./repository-files.ts";

const root = resolve(import.meta.dirname, "..");
const committed = repositoryFiles(root);
const sources = committed.filter((path) => /^src\/.*\.tsx?$/.test(path));
const tests = committed.filter((path) => /^test\/.*\.tsx?$/.test(path));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Import {
  readonly from: string;
  /** A path of this repository, or the name of a package. */
  readonly to: string;
}

const IMPORT = /^\s*(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\b(?:import|require)\(\s*["']([^"']+)["']/gm;

function importsOf(path: string): readonly Import[] {
  return [...read(path).matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    return { from: path, to: specifier.startsWith(".") ? relative(root, resolve(root, dirname(path), specifier)) : specifier };
  });
}

const imports = sources.flatMap(importsOf);

/** The floor a module stands on: `trackers/local` is a floor of its own, `trackers` the contract. */
function floorOf(path: string): string {
  const [, folder = "", ...rest] = path.split("/");
  if (rest.length === 0) return folder;
  return (folder === "trackers" || folder === "forges") && rest.length > 1 ? `${folder}/${rest[0]}` : folder;
}

/** Floor → floors it may import besides itself. A floor that is missing here fails the test. */
const floors: Readonly<Record<string, readonly string[]>> = {
  core: [],
  views: ["core"],
  io: ["core"],
  trackers: ["core", "io"],
  forges: ["core", "io"],
  operations: ["core", "io", "trackers", "forges"],
  cli: ["operations", "views", "core", "wiring.ts"],
  server: ["operations", "views", "core", "wiring.ts"],
  "index.ts": ["operations", "views", "core", "io", "trackers", "forges", "wiring.ts"],
};

const packagesOf: Readonly<Record<string, RegExp>> = {
  core: /^(mdast|mdast-util-[a-z-]+|node-diff3|diff|yaml|zod\/mini)$/,
  views: /^(diff|node:util)$/,
};

function mayImport({ from, to }: Import): boolean {
  const [here, there] = [floorOf(from), floorOf(to)];
  if (from === "src/wiring.ts") return there !== "cli" && there !== "server";
  if (from.startsWith("src/core/model/")) return dirname(to) === "src/core/model" || to === "src/core/codes.ts";
  if (here === there) return true;
  const adapter = /^(trackers|forges)\//.exec(here);
  return (adapter ? ["core", "io", adapter[1]] : (floors[here] ?? [])).includes(there);
}

function mayUse({ from, to }: Import): boolean {
  if (from === "src/core/fingerprint.ts") return to === "node:crypto";
  return packagesOf[floorOf(from)]?.test(to) ?? true;
}

const arrows = (list: readonly Import[]): readonly string[] => list.map(({ from, to }) => `${from} → ${to}`);

describe("the floors", () => {
  test("enough modules were seen for the rest to mean anything", () => {
    expect(sources.length).toBeGreaterThanOrEqual(40);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  test("every import of one module by another goes to a file of src, down or sideways", () => {
    const inside = imports.filter(({ to }) => to.includes("/") && /^(src|test|scripts|bench)\//.test(to));
    expect(arrows(inside.filter(({ to }) => !sources.includes(to) && to !== "package.json"))).toEqual([]);
    expect(arrows(inside.filter((one) => !mayImport(one)))).toEqual([]);
  });

  test("pure floors use pure packages", () => {
    const outside = imports.filter(({ to }) => !to.startsWith("src/"));
    expect(arrows(outside.filter((one) => !mayUse(one)))).toEqual([]);
  });

  test("only wiring.ts names concrete trackers and forges", () => {
    const concrete = imports.filter(({ from, to }) => /^src\/(trackers|forges)\/[^/]+\//.test(to) && floorOf(from) !== floorOf(to));
    expect(new Set(concrete.map(({ from }) => from))).toEqual(new Set(concrete.length > 0 ? ["src/wiring.ts"] : []));
  });

  test("no module reaches itself, type imports included", () => {
    expect(cycleAmong(imports)).toBe(null);
  });

  test("core reads no clock, environment or chance", () => {
    const impure = /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.|performance\.|crypto\.|globalThis|setTimeout\(|fetch\()/;
    expect(sources.filter((path) => path.startsWith("src/core/") && impure.test(code(path)))).toEqual([]);
  });
});

describe("every module", () => {
  test("has a kebab-case name, without forbidden words", () => {
    const bad = [...sources, ...tests].filter((path) =>
      path.split("/").some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.generated|\.config)?(\.tsx?)?$/.test(part)),
    );
    expect(bad).toEqual([]);
    const vague = /(^|[/-])(utils?|helpers?|managers?|services?|misc|common|shared)([/.-]|$)/;
    expect([...sources, ...tests].filter((path) => vague.test(path))).toEqual([]);
  });

  test("begins with one sentence that says what it is", () => {
    expect(sources.filter((path) => !/^(#!.*\n)?\/\*\*(\n \*)? \S.{20,}/.test(read(path)))).toEqual([]);
  });

  test("has at most 400 lines of code, and half of them at most 80", () => {
    expect([...sources, ...tests].filter((path) => countLines(path) > 400)).toEqual([]);
    const sizes = sources.map(countLines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
  });

  test("has no enum, namespace, interface with an I, barrel or module mock", () => {
    const all = sources.map((path) => [path, code(path)] as const);
    const having = (pattern: RegExp): readonly string[] => all.filter(([, text]) => pattern.test(text)).map(([path]) => path);
    expect(having(/^\s*(export )?(const )?enum\s|^\s*(export )?namespace\s/m)).toEqual([]);
    expect(having(/\b(interface|type) I[A-Z][a-z]/)).toEqual([]);
    expect(having(/^export \* from/m)).toEqual([]);
    expect(sources.filter((path) => basename(path) === "index.ts")).toEqual(sources.includes("src/index.ts") ? ["src/index.ts"] : []);
    expect(tests.filter((path) => /\bvi\.(mock|doMock)\(/.test(code(path)) && path !== "test/floors.test.ts")).toEqual([]);
  });
});

describe("committed files", () => {
  test("name no registry host and no path of the machine they were written on", () => {
    // Pieced together, so that this file does not find itself.
    const traces = new RegExp(
      [
        ["registry", "npmjs"],
        ["deb", "debian"],
      ]
        .map((parts) => parts.join("\\."))
        .concat(["(?<!_apis)/wor" + "k/", "/far" + "m/", "/hom" + "e/[a-z]+/"])
        .join("|"),
    );
    const textual = committed.filter((path) => !/\.(png|gz|wasm|sqlite)$/.test(path));
    expect(textual.filter((path) => traces.test(read(path)))).toEqual([]);
  });
});

/** The source without comments. */
function code(path: string): string {
  return read(path)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");
}

function countLines(path: string): number {
  return code(path)
    .split("\n")
    .filter((line) => line.trim() !== "").length;
}

/** One cycle as "a → b → a", or null. */
function cycleAmong(edges: readonly Import[]): string | null {
  const targets = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(" → ");
    if (done.has(path)) return null;
    done.add(path);
    for (const { to } of targets.get(path) ?? []) {
      const found = visit(to, [...trail, path]);
      if (found !== null) return found;
    }
    return null;
  };
  return [...targets.keys()].map((path) => visit(path, [])).find((found) => found !== null) ?? null;
}
