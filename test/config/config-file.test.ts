/** Finding the configuration: upwards, by rank, and without ever executing what stands beside it. */

import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CONFIG_NAMES, loadConfig } from "../../src/io/config-file.ts";

const GOOD = "sync: { system: local, project: PAY }\n";

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "canon-config-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, content: string | Uint8Array = GOOD): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function codes(options: { cwd: string; explicit?: string }): Promise<readonly string[]> {
  const { diagnostics } = await loadConfig(options);
  return diagnostics.map(({ code, message, hint }) => `${code}: ${message.replaceAll(folder, "~")}${hint === undefined ? "" : ` ${hint}`}`);
}

describe("finding", () => {
  it.each(CONFIG_NAMES)("%s", async (name) => {
    put(name, name.endsWith(".json") ? '{ "sync": { "system": "local", "project": "PAY" } }' : GOOD);
    expect(await loadConfig({ cwd: folder })).toMatchObject({ ok: true, root: folder, config: { file: name } });
  });

  it("goes upwards, and the nearest one counts", async () => {
    put("canon.config.yaml");
    mkdirSync(join(folder, "a/b/c"), { recursive: true });
    expect(await loadConfig({ cwd: join(folder, "a/b/c") })).toMatchObject({ ok: true, root: folder });
    put("a/CANON.yaml");
    expect(await loadConfig({ cwd: join(folder, "a/b/c") })).toMatchObject({ ok: true, root: join(folder, "a") });
  });

  it("two in one folder: the first by rank is read, the other is told", async () => {
    put("CANON.yaml");
    put("canon.config.yml");
    expect(await loadConfig({ cwd: folder })).toMatchObject({ ok: true, config: { file: "canon.config.yml" } });
    expect(await codes({ cwd: folder })).toEqual(["config-ignored: CANON.yaml is not read, because canon.config.yml stands beside it."]);
  });

  it("a folder of that name is none", async () => {
    mkdirSync(join(folder, "a/canon.config.yaml"), { recursive: true });
    put("canon.config.yaml");
    expect(await loadConfig({ cwd: join(folder, "a") })).toMatchObject({ ok: true, root: folder });
  });

  it("none: says from where", async () => {
    expect(await codes({ cwd: folder })).toEqual(["config-missing: There is no canon.config.yaml in ~ or above it."]);
  });

  it("--config names one, relative to the working directory", async () => {
    put("a/other.yaml");
    expect(await loadConfig({ cwd: folder, explicit: "a/other.yaml" })).toMatchObject({ ok: true, root: join(folder, "a"), config: { file: "other.yaml" } });
    expect(await codes({ cwd: folder, explicit: "b.yaml" })).toEqual(["config-missing: There is no file ~/b.yaml. Check the name after --config."]);
  });
});

describe("a pattern that names a folder", () => {
  it("is refused: it would match no file, and what it keeps out would become tickets", async () => {
    mkdirSync(join(folder, "specs/secret"), { recursive: true });
    put(
      "canon.config.yaml",
      `specs:
  include: specs
  exclude: ["drafts", "specs/secret"]
ticket_systems:
  inner: { system: local, project: IN }
  outer: { system: local, project: OUT }
routing:
  - match: { path: ["specs/*.md", "./specs/secret"] }
    target: inner
  - match: { default: true }
    target: outer
`,
    );
    const loaded = await loadConfig({ cwd: folder });
    expect(loaded.ok).toBe(false);
    expect(loaded.diagnostics.map(({ message, place, hint }) => `${place?.line}:${place?.column} ${message} ${hint}`)).toEqual([
      '2:12 specs.include "specs" is a folder and so matches no file. Write specs/**/*.md.',
      '3:23 specs.exclude "specs/secret" is a folder and so matches no file. Write specs/secret/**.',
      '8:35 routing[0].match.path "./specs/secret" is a folder and so matches no file. Write ./specs/secret/**.',
    ]);
  });

  it("is taken where it names a file, or nothing yet", async () => {
    put("specs/README");
    put("canon.config.yaml", `specs: { include: ["specs/README", "rfcs", "${"x".repeat(300)}"] }\n${GOOD}`);
    expect(await loadConfig({ cwd: folder })).toMatchObject({ ok: true });
  });
});

describe("nothing is executed", () => {
  it("not a program by our name", async () => {
    put("canon.config.ts", 'import { writeFileSync } from "node:fs"; writeFileSync("executed", "");');
    expect(await codes({ cwd: folder })).toEqual([
      "config-missing: There is no canon.config.yaml in ~ or above it. canon.config.ts is not read, because Canon never executes a configuration: write canon.config.yaml.",
    ]);
    expect(await codes({ cwd: folder, explicit: "canon.config.ts" })).toEqual([
      "config-unreadable: ~/canon.config.ts is a program, and Canon never executes a configuration. Write it as canon.config.yaml.",
    ]);
  });

  it("not the settings that cosmiconfig would run", () => {
    const program = `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "executed"))}, "");`;
    for (const name of ["config.js", "config.cjs"]) put(`.config/${name}`, program);
    put("package.json", '{ "cosmiconfig": { "searchPlaces": ["evil.yaml"] } }');
    put("evil.yaml", "sync: { system: local, project: EVIL }");
    put("canon.config.yaml");
    const script = `import { loadConfig } from ${JSON.stringify(new URL("../../src/io/config-file.ts", import.meta.url).href)};
      console.log((await loadConfig({ cwd: process.cwd() })).config.targets[0].project);`;
    expect(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" })).toBe("PAY\n");
    expect(existsSync(join(folder, "executed"))).toBe(false);
  });
});

describe("a file that cannot be read", () => {
  it("is not UTF-8", async () => {
    put("canon.config.yaml", new Uint8Array([0x69, 0x64, 0x3a, 0x20, 0xe9]));
    expect(await codes({ cwd: folder })).toEqual(["config-unreadable: ~/canon.config.yaml is not UTF-8. Save it as UTF-8."]);
  });

  it("is too large", async () => {
    put("canon.config.yaml", "#".repeat(1_000_001));
    expect(await codes({ cwd: folder })).toEqual(["config-unreadable: ~/canon.config.yaml is larger than 1000000 bytes."]);
  });

  it("is a pipe", async () => {
    execFileSync("mkfifo", [join(folder, "canon.config.yaml")]);
    expect(await codes({ cwd: folder })).toEqual(["config-unreadable: ~/canon.config.yaml is no file."]);
  });

  it("is a folder named by --config", async () => {
    expect(await codes({ cwd: folder, explicit: "." })).toEqual(["config-unreadable: ~ is no file."]);
  });

  it.skipIf(process.getuid?.() === 0)("may not be opened: it is not passed over for one above", async () => {
    put("canon.config.yaml");
    chmodSync(put("a/canon.config.yaml"), 0o000);
    expect(await codes({ cwd: join(folder, "a") })).toEqual(["config-unreadable: ~/a/canon.config.yaml cannot be read (EACCES)."]);
  });

  it("has errors: they keep their places", async () => {
    put("canon.config.yaml", "sync:\n  system: jria\n  project: PAY\n");
    expect(await loadConfig({ cwd: folder })).toMatchObject({
      ok: false,
      diagnostics: [{ code: "config-value", place: { path: "canon.config.yaml", line: 2, column: 11 } }],
    });
  });
});
