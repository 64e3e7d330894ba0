/** `canon bot` as it is typed: words, JSON and exit codes, in one clone with a local tracker. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { run } from "../../src/cli/main.ts";
import type { Sink } from "../../src/cli/world.ts";
import { gitStage, type GitStage } from "../forges/git-stage.ts";
import { git } from "../io/git-world.ts";
import { tempFolder } from "../io/temp-folder.ts";

const CONFIG =
  'specs: { include: ["specs/**/*.md"], exclude_headings: [] }\nticket_systems:\n  main: { system: local, project: PAY }\nbot: { enabled: true }\n';
const SPEC = "specs/payments.md";

let stage: GitStage;
let clone: string;

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function canon(words: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err"): Sink => ({
    write: (text) => void (written[name] += text),
    isTerminal: false,
    stream: null,
    size: () => ({ columns: 100, rows: 24 }),
  });
  const exitCode = await run(words.split(" "), {
    cwd: clone,
    env: { PATH: process.env["PATH"], CANON_NOW: "2026-01-05T09:00:00Z", CANON_USER: "canon[bot]", CANON_FORGE: `git:${stage.remote}:${stage.folder}`, ...env },
    ...{ stdout: sink("out"), stderr: sink("err"), ask: null, onInterrupt: () => () => undefined },
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  });
  return { exitCode, ...written };
}

function update(): void {
  git(clone, "checkout", "-q", ".");
  git(clone, "pull", "-q");
}

beforeEach(async () => {
  stage = await gitStage();
  onTestFinished(() => stage.end());
  const dana = await stage.person("dana");
  await dana.push("main", [
    { path: "canon.config.yaml", content: CONFIG },
    { path: ".gitignore", content: ".canon/\n" },
  ]);
  clone = join(await tempFolder(), "clone");
  git(stage.folder, "clone", "-q", stage.remote, clone);
});

describe("canon bot", () => {
  it("plans, applies and pulls, and says what it did", async () => {
    const dana = await stage.person("dana");
    await dana.push("feature", [{ path: SPEC, content: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n\n## Keys\n" }]);
    await dana.open({ title: "Keys", head: "feature" });
    const planned = await canon("bot plan 1");
    expect([planned.exitCode, planned.err]).toEqual([0, ""]);
    expect(planned.out).toMatch(/^#1: 2 creates\n[\s\S]*\+ Epic {2,}Keys/);
    expect((await canon("bot plan --all")).out).toContain("#1: 2 creates");
    expect(JSON.parse((await canon("bot plan 1 --json")).out.split("\n")[0] ?? "")).toMatchObject({
      type: "reviewed",
      number: 1,
      state: "planned",
      checked: true,
    });

    await dana.merge(1);
    expect(await canon("bot apply")).toMatchObject({ exitCode: 6, out: expect.stringContaining("This clone is not what main is now") });
    update();
    expect(await canon("bot apply")).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^2 changes applied\.\nMarkers are committed: [0-9a-f]{12}\.\n$/),
    });

    expect((await canon("bot pull")).out).toBe("Nothing to propose: the specs say what the tickets say.\n");
    expect((await canon("local criterion PAY-1 --add receipt", { CANON_USER: "rio" })).exitCode).toBe(0);
    const pulled = await canon("bot pull");
    expect(pulled).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^specs\/payments\.md: opened file:/) });
    expect((await canon("bot pull")).out).toBe("specs/payments.md: left alone, its pull request says so already\n");
    const [, summary] = (await canon("bot pull --json")).out.trim().split("\n");
    expect(JSON.parse(summary ?? "")).toEqual({ type: "summary", format: 1, command: "bot pull", exitCode: 0, diagnostics: [] });
  });

  it("does what the event of a workflow asks for", async () => {
    const file = join(clone, "..", "event.json");
    const on = async (name: string, payload: object): Promise<Ran> => {
      await writeFile(file, JSON.stringify(payload));
      return canon("bot run", { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file });
    };
    const dana = await stage.person("dana");
    await dana.push("feature", [{ path: SPEC, content: "# Payments\n\n## Keys\n" }]);
    await dana.open({ title: "Keys", head: "feature" });
    expect(await on("pull_request", { action: "opened", pull_request: { number: 1 } })).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("#1: 1 create"),
    });
    await dana.merge(1);
    update();
    expect(await on("push", { ref: "refs/heads/main" })).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^1 change applied\.\nMarkers [^\n]*\nNothing to propose: [^\n]*\n$/),
    });
    expect(await on("schedule", { schedule: "0 * * * *" })).toMatchObject({ exitCode: 0, out: expect.stringContaining("Nothing to propose") });
    expect(await on("pull_request", { action: "closed", pull_request: { number: 1 } })).toMatchObject({ exitCode: 0, out: "0 proposals are open.\n" });
    expect(await on("issues", { action: "opened" })).toMatchObject({ exitCode: 0, out: "Nothing to do on issues.\n" });
    expect(await canon("bot run")).toMatchObject({ exitCode: 64, err: expect.stringContaining("GITHUB_EVENT_NAME") });
  });

  it("fails nothing where another push came in between, which has a run of its own", async () => {
    const file = join(clone, "..", "event.json");
    const dana = await stage.person("dana");
    const after = await dana.push("main", [{ path: SPEC, content: "# Payments\n\n## Keys\n" }]);
    update();
    await writeFile(file, JSON.stringify({ ref: "refs/heads/main", after }));
    const env = { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: file };
    const message = "Canon: markers\n\nCanon-Bot: markers " + "0".repeat(64);
    await dana.push("main", [{ path: "README.md", content: "One\n" }], { message });
    expect(await canon("bot run", env)).toMatchObject({ exitCode: 6, out: expect.stringContaining("This clone is not what main is now") });
    await dana.push("main", [{ path: "README.md", content: "Two\n" }]);
    expect(await canon("bot run", env)).toMatchObject({ exitCode: 0, out: expect.stringContaining("This clone is not what main is now") });
  });

  it("says how it is meant where it is typed wrongly", async () => {
    expect(await canon("bot plan")).toMatchObject({ exitCode: 64, err: expect.stringContaining("takes a number or --all") });
    expect(await canon("bot plan 1 --all")).toMatchObject({ exitCode: 64 });
    expect(await canon("bot plan x")).toMatchObject({ exitCode: 64, err: expect.stringContaining('"x" is no number') });
    expect(await canon("bot apply --config other.yaml")).toMatchObject({ exitCode: 64, err: expect.stringContaining("default branch") });
    expect(await canon("bot plan 99")).toMatchObject({ exitCode: 1, err: expect.stringContaining("There is no pull request") });
    expect(await canon("bot plan 1", { CANON_FORGE: "" })).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining("does not know the code host of this clone"),
    });
  });

  it("says what is wrong with the configuration on the default branch, and not that it is off", async () => {
    await (await stage.person("dana")).push("main", [{ path: "canon.config.yaml", content: `${CONFIG}colour: blue\n` }]);
    const { exitCode, out, err } = await canon("bot pull");
    expect([exitCode, out]).toEqual([1, "The configuration on the default branch cannot be read, so nothing is proposed.\n"]);
    expect(err).toContain("colour");
  });

  it("ends with 1 where the account may not write", async () => {
    const dana = await stage.person("dana");
    await stage.permit("canon[bot]", "read");
    await dana.push("feature", [{ path: SPEC, content: "# Payments\n\n## Keys\n" }]);
    await dana.open({ title: "Keys", head: "feature" });
    expect((await canon("bot plan 1")).exitCode).toBe(1);
  });
});
