/** canon init: what it sees, what it proposes, what it writes, and what it leaves alone. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultAnswers, inspectForInit, writeInit, type InitAnswers } from "../../src/operations/init.ts";
import { loadConfig } from "../../src/io/config-file.ts";

let top = "";
let folder = "";

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "canon-init-")));
  folder = join(top, "payments-platform");
  mkdirSync(folder);
  gh(1);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true });
});

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A `gh` that leaves with this code, before all others on the path. */
function gh(exitCode: number, first = ""): void {
  const bin = join(top, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "gh"), `#!/bin/sh\n${first}\nexit ${exitCode}\n`);
  chmodSync(join(bin, "gh"), 0o755);
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env["PATH"] ?? ""}`);
}

function git(...words: readonly string[]): void {
  execFileSync("git", words, { cwd: folder, stdio: "pipe" });
}

const SPEC = `# Payments

## Overview

Words.

## 1. Keys

- [ ] unique

### Generation

### 1.2 Expiry
<!-- canon:ticket:jira:PAY-7 -->

## Limits
<!-- canon:system:limits status:draft -->
`;

function answers(some: Partial<InitAnswers> = {}): InitAnswers {
  return { root: folder, id: "acme/pay", include: ["specs/**/*.md"], sections: "all", system: "local", project: "PAY", ...some };
}

describe("looking around", () => {
  it("an empty folder: proposes, and finds nothing", async () => {
    expect(await inspectForInit(folder, {})).toEqual({
      root: folder,
      existing: null,
      git: null,
      folders: [],
      credentials: [],
      ghLoggedIn: false,
      suggested: { id: "payments-platform", projectKey: "PP", githubProject: null },
    });
  });

  it("counts what each way of choosing sections comes to", async () => {
    put("specs/payments.md", SPEC);
    put("docs/adr/0001-use-git.md", "# Use git\n\n## Decision\n\nYes.\n");
    const { folders } = await inspectForInit(folder, {});
    expect(folders).toEqual([
      { path: "specs", include: "specs/**/*.md", files: 1, tickets: 1, counts: { all: 4, marked: 2, numbered: 3, criteria: 3 } },
      { path: "docs/adr", include: "docs/adr/**/*.md", files: 1, tickets: 0, counts: { all: 1, marked: 0, numbered: 0, criteria: 0 } },
    ]);
  });

  it("the folder with most files comes first, hidden .specify included", async () => {
    put("specs/a.md", "# A\n");
    put(".specify/specs/001/spec.md", "# A\n");
    put(".specify/specs/002/spec.md", "# B\n");
    const { folders } = await inspectForInit(folder, {});
    expect(folders.map(({ path, files }) => [path, files])).toEqual([
      [".specify", 2],
      ["specs", 1],
    ]);
  });

  it("without a usual folder, any other at the top that holds Markdown", async () => {
    put("README.md", "# Read me\n");
    put("design/a/b.md", "# B\n");
    put("node_modules/x/readme.md", "# X\n");
    put(".github/x.md", "# X\n");
    put("src/code.ts", "");
    expect((await inspectForInit(folder, {})).folders.map(({ path }) => path)).toEqual(["design"]);
  });

  it("git: top, remote without its credentials, and a name that holds for this folder only", async () => {
    git("init", "--quiet");
    git("remote", "add", "upstream", "https://github.com/other/pay.git");
    git("remote", "add", "origin", "https://dana:canary-7f3a@github.com/acme/pay.git");
    const findings = await inspectForInit(folder, {});
    expect(findings.git).toEqual({ top: folder, remote: "github.com/acme/pay" });
    expect(findings.suggested).toMatchObject({ id: "github.com/acme/pay", githubProject: "acme/pay" });
    expect(JSON.stringify(findings)).not.toContain("canary");
    mkdirSync(join(folder, "services/refunds"), { recursive: true });
    expect((await inspectForInit(join(folder, "services/refunds"), {})).suggested.id).toBe("github.com/acme/pay/services/refunds");
  });

  it.each(["canon.config.yaml", "CANON.yaml", "canon.config.json"])("an existing %s, here or above", async (name) => {
    const file = put(name, "");
    mkdirSync(join(folder, "a"));
    expect((await inspectForInit(folder, {})).existing).toBe(file);
    expect((await inspectForInit(join(folder, "a"), {})).existing).toBe(file);
  });

  it("names of credentials, never their values", async () => {
    const findings = await inspectForInit(folder, {
      JIRA_API_TOKEN: "canary-7f3a",
      JIRA_HOST: "canary-7f3a",
      GITHUB_TOKEN: "",
      AZURE_DEVOPS_PAT: "canary-7f3a",
      HOME: "/",
    });
    expect(findings.credentials).toEqual(["JIRA_HOST", "JIRA_API_TOKEN", "AZURE_DEVOPS_PAT"]);
    expect(JSON.stringify(findings)).not.toContain("canary");
  });

  it("a gh that is logged in, and one that never answers", async () => {
    gh(0, '[ "$1 $2" = "auth status" ] || exit 3');
    expect((await inspectForInit(folder, { PATH: process.env["PATH"] })).ghLoggedIn).toBe(true);
    gh(0, "exec sleep 30");
    const start = performance.now();
    expect((await inspectForInit(folder, { PATH: process.env["PATH"] })).ghLoggedIn).toBe(false);
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it("touches nothing", async () => {
    put("specs/payments.md", SPEC);
    await inspectForInit(folder, {});
    expect(readdirSync(folder)).toEqual(["specs"]);
  });
});

describe("proposing", () => {
  it("--yes: the local tracker on the largest folder, every section", async () => {
    put("docs/specs/payments.md", SPEC.replaceAll(/<!--.*-->\n/g, ""));
    const findings = await inspectForInit(folder, {});
    expect(defaultAnswers(findings)).toEqual({
      root: folder,
      id: "payments-platform",
      include: ["docs/specs/**/*.md"],
      sections: "all",
      system: "local",
      project: "PP",
    });
    expect(defaultAnswers(findings, "jira").sections).toBe("marked");
  });

  it("a real tracker on specs that have tickets already: every section", async () => {
    put("specs/payments.md", SPEC);
    expect(defaultAnswers(await inspectForInit(folder, {}), "jira").sections).toBe("all");
  });
});

describe("writing", () => {
  it("what was proposed is valid and means what was answered", async () => {
    const given = answers({ include: ["specs/**/*.md", "rfcs/*.md"], sections: "numbered", system: "github", project: "acme/pay" });
    expect(await writeInit(given)).toEqual({ written: ["canon.config.yaml", ".gitignore"], file: join(folder, "canon.config.yaml"), diagnostics: [] });
    expect(await loadConfig({ cwd: folder })).toMatchObject({
      ok: true,
      diagnostics: [],
      config: { id: "acme/pay", specs: { include: given.include, sections: "numbered" }, targets: [{ system: "github", project: "acme/pay" }] },
    });
    expect(readdirSync(folder).toSorted()).toEqual([".gitignore", "canon.config.yaml"]);
  });

  it.each([
    ["", ".canon/\n"],
    ["node_modules", "node_modules\n.canon/\n"],
    ["node_modules\n", "node_modules\n.canon/\n"],
    ["a\r\nb\r\n", "a\r\nb\r\n.canon/\r\n"],
  ])("appends to .gitignore: %j", async (before, after) => {
    put(".gitignore", before);
    expect((await writeInit(answers())).written).toEqual(["canon.config.yaml", ".gitignore"]);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(after);
  });

  it.each([".canon", ".canon/", "/.canon/"])("leaves a .gitignore with %s as it is", async (line) => {
    put(".gitignore", `a\n${line}\nb`);
    expect((await writeInit(answers())).written).toEqual(["canon.config.yaml"]);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(`a\n${line}\nb`);
  });

  it("git then ignores the state", async () => {
    git("init", "--quiet");
    await writeInit(answers());
    put(".canon/state/x", "");
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: folder, encoding: "utf8" })).toBe("?? .gitignore\n?? canon.config.yaml\n");
  });

  it.each(["canon.config.yaml", "canon.config.yml", "CANON.yaml"])("never overwrites %s, nor puts another beside it", async (name) => {
    put(name, "mine");
    expect(await writeInit(answers())).toMatchObject({ written: [], diagnostics: [{ code: "config-exists", severity: "error" }] });
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name), "utf8")).toBe("mine");
  });

  it("never writes through a link", async () => {
    const outside = join(top, "outside");
    writeFileSync(outside, "theirs\n");
    symlinkSync(outside, join(folder, ".gitignore"));
    expect(await writeInit(answers())).toMatchObject({
      written: ["canon.config.yaml"],
      diagnostics: [{ code: "config-unwritable", severity: "warning", hint: "Put .canon/ into it by hand." }],
    });
    expect(readFileSync(outside, "utf8")).toBe("theirs\n");
  });

  it("a link by the name of the configuration that leads nowhere is not followed either", async () => {
    symlinkSync(join(top, "nowhere"), join(folder, "canon.config.yaml"));
    expect(await writeInit(answers())).toMatchObject({ written: [], diagnostics: [{ code: "config-exists" }] });
    expect(readdirSync(top).toSorted()).toEqual(["bin", "payments-platform"]);
  });

  it("a folder that is not there is an error, not a crash", async () => {
    expect(await writeInit(answers({ root: join(top, "gone") }))).toMatchObject({
      written: [],
      diagnostics: [{ code: "config-unwritable", severity: "error" }],
    });
  });

  it("the text, for people", async () => {
    await writeInit(answers({ system: "jira", project: "PAY", sections: "marked" }));
    expect(readFileSync(join(folder, "canon.config.yaml"), "utf8")).toMatchInlineSnapshot(`
      "# Canon: specs are the source of truth, tickets follow.
      # Every key and what it means: canon schema

      # Names this workspace on the tickets it makes. Never change it.
      id: acme/pay

      specs:
        # Which files are specs, relative to this file.
        include: ["specs/**/*.md"]
        # Which headings become tickets:
        #   all       every ## to ####, but not titles such as Overview or Glossary
        #   marked    only those chosen with: canon track ADDRESS
        #   numbered  those with a number, such as "3.1 Key generation"
        #   criteria  those with a task list
        # What that comes to, offline: canon list
        sections: marked

      # Where the tickets are.
      sync:
        system: jira # jira | linear | github | azure | local
        project: PAY
        # Credentials never stand here: Canon reads JIRA_HOST, JIRA_EMAIL and JIRA_API_TOKEN from the environment.
        # The tracker's own names for the states, where they differ:
        # status_map: { todo: "Open", in_progress: "In Development", done: "Closed" }
        # Types by heading level, where the usual ones do not fit:
        # hierarchy: { 2: "Epic", 3: "Story", 4: "Sub-task" }
      "
    `);
  });
});
