/** canon completion in the shells themselves: what they would offer for a line that somebody has begun. */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { BIN, NODE } from "./run-canon.ts";

const FILES = {
  ...MINIMAL,
  "specs/payments.md": "# Payments\n\n## Key generation\n\n## Key storage\n\n### Acceptance Criteria\n\n- [ ] Safe\n",
  "specs/oss/library.md": "## Library\n",
  "specs/oss/tools.md": "## Tools: one\n",
  "elsewhere/notes.md": "## No spec\n",
};

const HOSTILE = { "specs/$(touch pwned) `touch pwned`;'x.md": '## "$(touch pwned)" `touch pwned`\n' };

/** The completion functions of each shell, called as the shell calls them; every candidate on a line of its own. */
const DRIVERS = {
  bash: (words: readonly string[]) =>
    `source ./script\nCOMP_WORDS=(${words.map(quoted).join(" ")})\nCOMP_CWORD=${words.length - 1}\n_canon\n[[ \${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (words: readonly string[]) =>
    [
      "compdef() { }",
      `compadd() { local -a list; while (( $# )); do case $1 in (-a) shift; list+=("\${(@P)1}");; (-d|-S) shift;; (-l|--) ;; (*) list+=("$1");; esac; shift; done; (( $#list )) && print -rl -- "\${(@M)list:#$PREFIX*}"; return 0 }`,
      `_describe() { local name=\${@[-1]}; local -a list; list=("\${(@P)name}"); compadd -- "\${(@)list%%:*}" }`,
      "_files() { local -a list; list=(${PREFIX}*(N)); compadd -- $list }",
      "source ./script",
      `words=(${words.map(quoted).join(" ")})\nCURRENT=${words.length}\nPREFIX=\${words[-1]}\n_canon`,
    ].join("\n"),
  fish: (words: readonly string[]) => `source ./script\ncomplete -C ${fishQuoted(words.join(" "))} | string replace -r '\\t.*' ''`,
};

type Name = keyof typeof DRIVERS;

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

const shells: readonly Name[] = ["bash", "zsh", "fish"];

function isThere(shell: Name): boolean {
  return spawnSync(shell, ["--version"]).status === 0;
}

interface Stage {
  readonly shell: Shell;
  /** What is offered for the last of these words. */
  readonly offered: (...words: readonly string[]) => readonly string[];
}

async function stage(name: Name, files: Readonly<Record<string, string>> = FILES): Promise<Stage> {
  const shell = openShell(files);
  const bin = join(shell.folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "canon"), `#!/bin/sh\nexec ${quoted(NODE)} ${quoted(BIN)} "$@"\n`);
  chmodSync(join(bin, "canon"), 0o755);
  writeFileSync(join(shell.folder, "script"), (await shell.canon("completion", name)).out);
  const env = { PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, HOME: shell.folder, LANG: "C.UTF-8" };
  const flags: Readonly<Record<Name, readonly string[]>> = { bash: ["--norc", "--noprofile"], zsh: ["-f"], fish: ["--no-config"] };
  const offered: Stage["offered"] = (...words) => {
    const { stdout, stderr } = spawnSync(name, [...flags[name], "-c", DRIVERS[name](["canon", ...words])], { cwd: shell.folder, env, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  };
  return { shell, offered };
}

describe.each(shells)("%s", (name) => {
  // zsh and fish are seldom on machines of CI; the script is the same everywhere, so wherever they are is enough.
  test.skipIf(!isThere(name))(`completes commands, flags and addresses (skipped where ${name} is not installed)`, { timeout: 60_000 }, async () => {
    const { offered } = await stage(name);
    const sorted = (...words: readonly string[]): readonly string[] => offered(...words).toSorted();
    expect(sorted("pla")).toEqual(["plan"]);
    expect(sorted("")).toEqual(expect.arrayContaining(["plan", "apply", "local", "completion"]));
    expect(sorted("local", "sh")).toEqual(["show"]);
    expect(sorted("local", "mov")).toEqual(["move"]);
    expect(sorted("plan", "--ex")).toEqual(["--exclude", "--exit-code", "--explain"]);
    expect(sorted("local", "close", "--can")).toEqual(["--canceled"]);
    expect(sorted("help", "val")).toEqual(["validate"]);
    expect(sorted("completion", "ba")).toEqual(["bash"]);
    expect(sorted("plan", "spe")).toEqual(["specs/oss/", "specs/payments.md"]);
    expect(sorted("plan", "--md", "specs/payments.md#key")).toEqual(["specs/payments.md#key-generation", "specs/payments.md#key-storage"]);
    expect(sorted("plan", "--exclude", "specs/oss/lib")).toEqual(["specs/oss/library.md", "specs/oss/library.md#library"]);
    expect(sorted("-C", "specs", "plan", "oss/t")).toEqual(["oss/tools.md", "oss/tools.md#tools-one"]);
    expect(sorted("plan", "--out", "elsewhere/n")).toEqual([expect.stringMatching(/notes\.md$/)]);
    expect(sorted("plan", "nope")).toEqual([]);
    expect(sorted("plan", "--target", "x")).toEqual([]);
  });

  test.skipIf(!isThere(name))(
    `runs nothing that stands in names of files and sections (skipped where ${name} is not installed)`,
    { timeout: 60_000 },
    async () => {
      const { offered, shell } = await stage(name, { ...MINIMAL, ...HOSTILE });
      expect(offered("plan", "specs/$").length).toBeGreaterThan(0);
      expect(offered("plan", "specs/").length).toBeGreaterThan(0);
      expect(existsSync(join(shell.folder, "pwned"))).toBe(false);
    },
  );
});

test("bash quotes what would not be one word", { timeout: 60_000 }, async () => {
  const { offered } = await stage("bash", { ...MINIMAL, ...HOSTILE, "specs/two words.md": "## A\n" });
  expect(offered("plan", "specs/two")).toEqual(["specs/two\\ words.md", "specs/two\\ words.md#a"]);
  expect(offered("plan", "specs/two\\ words.md#")).toEqual(["specs/two\\ words.md#a"]);
  expect(offered("plan", "specs/\\$")[0]).toBe("specs/\\$\\(touch\\ pwned\\)\\ \\`touch\\ pwned\\`\\;\\'x.md");
});

describe("canon completion --addresses", () => {
  const lines = async (shell: Shell, prefix: string): Promise<readonly string[]> => {
    const { out, err, exitCode } = await shell.canon("completion", "--addresses", prefix);
    expect({ err, exitCode }).toEqual({ err: "", exitCode: 0 });
    return out.split("\n").filter((line) => line !== "");
  };

  test("goes step by step, and names the sections once the file is certain", async () => {
    const shell = openShell(FILES);
    expect(await lines(shell, "")).toEqual(["specs/oss/", "specs/payments.md"]);
    expect(await lines(shell, "./sp")).toEqual(["specs/oss/", "specs/payments.md"]);
    expect(await lines(shell, "specs/o")).toEqual(["specs/oss/library.md", "specs/oss/tools.md"]);
    expect(await lines(shell, "specs/oss/t")).toEqual(["specs/oss/tools.md", "specs/oss/tools.md#tools-one\tTools: one"]);
    expect(await lines(shell, "specs/payments.md#key-s")).toEqual(["specs/payments.md#key-storage\tKey storage"]);
    expect(await lines(shell, "specs/payments.md#nope")).toEqual([]);
    expect(await lines(shell, `${shell.folder}/specs/p`)).toHaveLength(4);
  });

  test("is silent without a configuration, and where a spec cannot be read", async () => {
    expect(await lines(openShell(), "sp")).toEqual([]);
    const shell = openShell({ ...MINIMAL, "canon.config.yaml": "id: [" });
    expect(await lines(shell, "sp")).toEqual([]);
    const bad = openShell(MINIMAL);
    writeFileSync(join(bad.folder, "specs/payments.md"), Buffer.from([0x23, 0x20, 0xff, 0x0a]));
    expect(await lines(bad, "specs/payments.md#")).toEqual([]);
  });

  test("prints no control characters, and leaves out files that have them in their names", async () => {
    const shell = openShell({ ...MINIMAL, "specs/new\nline.md": "## A\n", "specs/esc.md": "## Clear \u001b[2Jit\n" });
    const found = (await Promise.all([lines(shell, ""), lines(shell, "specs/esc.md#")])).flat();
    expect(found).toEqual(["specs/esc.md", "specs/payments.md", "specs/esc.md#clear-2jit\tClear it"]);
  });
});

test("another shell is refused, with those that there are", async () => {
  const shell = openShell(MINIMAL);
  expect(await shell.canon("completion")).toMatchObject({ exitCode: 64, err: expect.stringContaining("bash, zsh, fish") });
  expect(await shell.canon("completion", "tcsh")).toMatchObject({ exitCode: 64 });
  expect(JSON.parse((await shell.canon("completion", "zsh", "--json")).out)).toMatchObject({ shell: "zsh", script: expect.stringContaining("#compdef canon") });
});
