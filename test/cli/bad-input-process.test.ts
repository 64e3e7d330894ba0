/** The world against a run: limits, permissions, signals, closed pipes, an old Node, a broken repository; each in a real process. */

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/io/config-file.ts";
import { realDisk } from "../../src/io/disk.ts";
import { takeLock } from "../../src/io/lock.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import type { LocalFault } from "../../src/trackers/local-desk.ts";
import { openLocalDesk } from "../../src/wiring.ts";
import { lastJson, MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { BIN, NODE, runCanon, startCanon, until } from "./run-canon.ts";

const sections = (...names: readonly string[]): string => names.map((name) => `## ${name}\n\nText of ${name}.\n`).join("\n");
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

/** Two tickets are there; two sections more wait, and the tracker misbehaves with the first of them. */
async function withFault(kind: LocalFault["kind"], ms: number): Promise<Shell> {
  const shell = openShell({ ...MINIMAL, "specs/payments.md": sections("One", "Two") });
  await shell.canon("apply", "--auto-approve");
  writeFileSync(join(shell.folder, "specs/more.md"), sections("Three", "Four"));
  const loaded = await loadConfig({ cwd: shell.folder });
  const target = loaded.ok ? loaded.config.targets[0] : undefined;
  if (target === undefined) throw new Error("the configuration has no target");
  const desk = await openLocalDesk(target, { root: shell.folder, parser: await loadParser(), env: {}, now: () => new Date() });
  await desk.setFaults([{ operation: "create", nth: 1, kind, ms }]);
  await desk.end();
  return shell;
}

/** Resolves once a create is announced in the journal, and so about to be sent. */
async function sent({ folder }: Shell): Promise<void> {
  const runs = join(folder, ".canon/state/runs");
  const isSent = (): boolean => readdirSync(runs).some((name) => name.endsWith(".jsonl") && readFileSync(join(runs, name), "utf8").includes('"kind":"intent"'));
  while (!isSent()) await new Promise((next) => setTimeout(next, 10));
  await new Promise((next) => setTimeout(next, 50));
}

async function holdsFour(shell: Shell): Promise<void> {
  expect((await runCanon(["apply", "--auto-approve"], { cwd: shell.folder })).exitCode).toBe(0);
  expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
  expect((await shell.canon("local", "list")).out).toContain("4 tickets in PAY");
}

describe("interrupted", () => {
  test("^C once comes to a clean end", async () => {
    const shell = await withFault("hang", 500);
    const run = startCanon(["apply", "--auto-approve"], { cwd: shell.folder });
    await sent(shell);
    run.child.kill("SIGINT");
    const { exitCode, stdout } = await run.finished;
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/stopping: what was sent is being finished; \^C again to leave at once\n[^]*1 created · 1 in doubt · 1 spec marked/);
    expect((await shell.canon("plan")).out).toContain("An interrupted run may have created a ticket for this section");
    await holdsFour(shell);
  });

  test.each([[[]], [["--json"]]])("^C twice leaves at once and lists what is in doubt %j", async (flags) => {
    const shell = await withFault("hang", 15_000);
    const run = startCanon(["apply", "--auto-approve", ...flags], { cwd: shell.folder });
    await sent(shell);
    run.child.kill("SIGINT");
    await until(run, flags.length === 0 ? "^C again" : '"draining"');
    run.child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await run.finished;
    expect(exitCode).toBe(130);
    expect(stderr).toContain(
      "Left. In doubt, because no answer was waited for:\n  ? Three  specs/more.md#three\n  ? Four  specs/more.md#four\n  next: canon apply finds out and carries on\n",
    );
    if (flags.length > 0)
      expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
        type: "summary",
        exitCode: 130,
        results: [{ state: "unknown" }, { state: "unknown" }],
      });
    await holdsFour(shell);
  });

  test("SIGTERM, as CI sends it, is a ^C; programs are told as well", async () => {
    const shell = await withFault("hang", 600);
    const run = startCanon(["apply", "--auto-approve", "--json"], { cwd: shell.folder });
    await sent(shell);
    run.child.kill("SIGTERM");
    const { exitCode, stdout } = await run.finished;
    expect(exitCode).toBe(130);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: "summary", exitCode: 130, results: [{ state: "unknown" }, { state: "done" }] });
    await holdsFour(shell);
  });

  test("killed, it leaves nothing half-written", async () => {
    const shell = await withFault("die-after", 0);
    expect((await runCanon(["apply", "--auto-approve"], { cwd: shell.folder })).exitCode).toBe(null);
    expect(readFileSync(join(shell.folder, "specs/more.md"), "utf8")).toBe(sections("Three", "Four"));
    await holdsFour(shell);
  });
});

describe("while it runs", () => {
  test.each<[string, (spec: string, shell: Shell) => void, string]>([
    ["its spec is edited", (spec) => writeFileSync(spec, `New first line.\n\n${readFileSync(spec, "utf8")}`), "was changed by somebody else meanwhile"],
    ["its spec is taken away", (spec, { folder }) => renameSync(spec, join(folder, "kept")), "is gone"],
    [
      "its spec becomes a link",
      (spec, { folder }) => {
        renameSync(spec, join(folder, "kept"));
        symlinkSync("../kept", spec);
      },
      "is a symbolic link, and Canon never writes through one",
    ],
    ["its spec becomes read-only", (spec) => chmodSync(spec, 0o444), "is read-only"],
  ])("%s: the ticket is kept, the marker waits", async (_name, change, why) => {
    const shell = await withFault("hang", 500);
    const spec = join(shell.folder, "specs/more.md");
    const run = startCanon(["apply", "--auto-approve"], { cwd: shell.folder });
    await sent(shell);
    change(spec, shell);
    const { stdout, exitCode } = await run.finished;
    expect(exitCode).toBe(8);
    expect(flat(stdout)).toContain(`PAY-3 specs/more.md#four: specs/more.md ${why}`);
    const kept = join(shell.folder, "kept");
    if (existsSync(kept)) {
      rmSync(spec, { force: true });
      renameSync(kept, spec);
    }
    chmodSync(spec, 0o644);
    expect(readFileSync(spec, "utf8")).not.toContain("canon:");
    await holdsFour(shell);
  });

  test("a second one ends with 7 and says who and since when", async () => {
    const shell = openShell(MINIMAL);
    const taken = await takeLock(realDisk(), join(shell.folder, ".canon/state"), { command: "canon apply", now: new Date("2026-11-21T09:48:00Z") });
    for (const line of ["apply --auto-approve", "track specs/payments.md", "skip specs/payments.md"]) {
      const ran = await shell.canon(...line.split(" "));
      expect(ran.exitCode, line).toBe(7);
      expect(flat(ran.out + ran.err)).toContain(
        `canon apply is writing in this workspace since 2026-11-21 09:48:00 UTC (process ${process.pid} on ${hostname()}). Wait until it is done and try again; if it hangs, end that process: its lock falls with it. (locked)`,
      );
    }
    expect(lastJson(await shell.canon("apply", "--auto-approve", "--json"))).toMatchObject({ type: "summary", exitCode: 7, diagnostics: [{ code: "locked" }] });
    expect((await shell.canon("plan")).exitCode).toBe(0);
    if (taken.ok) await taken.lock.release();
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
  });
});

describe("what the system refuses", () => {
  const limited = (blocks: number): string => `ulimit -f ${blocks}; exec "$@"`;

  test("a disk that fills up: nothing half-written, and the next run goes on", async () => {
    const shell = openShell({ ...MINIMAL, "specs/payments.md": sections(...Array.from({ length: 20 }, (_, index) => `S ${index} ${"x".repeat(200)}`)) });
    const before = readFileSync(join(shell.folder, "specs/payments.md"), "utf8");
    for (const blocks of [1, 20, 60, 100]) {
      const ran = await runCanon(["apply", "--auto-approve", "--json"], { cwd: shell.folder, shell: limited(blocks) });
      expect(ran.stderr + ran.stdout, `${blocks}`).not.toMatch(/This should not happen|\n\s+at /);
      expect([1, 5, 8]).toContain(ran.exitCode);
      expect(JSON.parse(ran.stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ type: "summary", exitCode: ran.exitCode });
      expect(readFileSync(join(shell.folder, "specs/payments.md"), "utf8")).toBe(before);
    }
    expect((await runCanon(["apply", "--auto-approve"], { cwd: shell.folder })).exitCode).toBe(0);
    expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
    expect((await shell.canon("local", "list")).out).toContain("20 tickets in PAY");
  });

  test("room for the ticket and none for its marker: the ticket is kept", async () => {
    const shell = openShell({ ...MINIMAL, "specs/payments.md": `## One\n\n## Rest\n<!-- canon:skip -->\n\n${"text ".repeat(400_000)}\n` });
    const ran = await runCanon(["apply", "--auto-approve"], { cwd: shell.folder, shell: limited(2000) });
    expect(ran.exitCode).toBe(5);
    expect(flat(ran.stdout)).toContain("PAY-1 specs/payments.md#one: specs/payments.md cannot be written: the disk is full");
    expect(readdirSync(join(shell.folder, "specs"))).toEqual(["payments.md"]);
    expect((await shell.canon("apply", "--auto-approve")).out).toContain("1 marked · 1 spec marked");
  });

  const isRoot = process.getuid?.() === 0;
  const hasSetpriv = spawnSync("setpriv", ["--version"]).status === 0;
  const asNobody = isRoot ? 'exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"' : 'exec "$@"';

  test.skipIf(isRoot && !hasSetpriv)("folders and files without permission (skipped as root without setpriv, who may write all)", async () => {
    const shell = openShell({ ...MINIMAL, "specs/secret.md": "## Secret\n" });
    const run = async (...words: readonly string[]): Promise<string> => {
      const { stdout, stderr, exitCode } = await runCanon(words, { cwd: shell.folder, shell: asNobody });
      return `${flat(stdout + stderr)}[${exitCode}]`;
    };
    chmodSync(shell.folder, 0o555);
    chmodSync(join(shell.folder, "specs/secret.md"), 0o000);
    expect(await run("list")).toContain(
      "error specs/secret.md The file cannot be read: permission is denied. Check the path and its permissions. (spec-unreadable)",
    );
    for (const words of [
      ["apply", "--auto-approve"],
      ["skip", "specs/payments.md"],
    ])
      expect(await run(...words)).toMatch(
        /\.canon cannot be made: permission is denied\. Check the path and its permissions, then run the same command again\. \(file-refused\) \[1\]$/,
      );
    expect(await run("plan", "--out", "plan.json")).toMatch(/plan\.json cannot be opened: permission is denied\..*\(file-refused\) \[1\]$/);
    expect(await run("demo")).toMatch(/canon-demo.* cannot be made: permission is denied\..*\[1\]$/);
    chmodSync(join(shell.folder, "specs"), 0o000);
    expect(await run("validate")).toContain("error specs The folder cannot be read: permission is denied.");
    chmodSync(join(shell.folder, "canon.config.yaml"), 0o000);
    expect(await run("plan")).toMatch(/canon\.config\.yaml cannot be read: permission is denied\..*\(config-unreadable\) \[1\]$/);
    chmodSync(shell.folder, 0o755);
    chmodSync(join(shell.folder, "specs"), 0o755);
  });
});

describe("streams", () => {
  test("a reader that leaves, and output that is closed, full or nowhere", async () => {
    const shell = openShell({ ...MINIMAL, "specs/many.md": sections(...Array.from({ length: 200 }, (_, index) => `S ${index}`)) });
    const run = (words: readonly string[], redirected: string): ReturnType<typeof runCanon> => runCanon(words, { cwd: shell.folder, shell: redirected });
    expect(await run(["plan"], '{ "$@"; echo $? >&2; } | head -n 1')).toMatchObject({ stderr: "0\n" });
    expect(await run(["list", "--json"], '{ "$@"; echo $? >&2; } | head -c 10')).toMatchObject({ stdout: '{"format":', stderr: "0\n" });
    expect(await run(["plan"], '"$@" >&-')).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await run(["plan", "nope.md"], '"$@" 2>&-')).toMatchObject({ exitCode: 1, stdout: "" });
    if (existsSync("/dev/full"))
      expect(await run(["plan"], '"$@" >/dev/full')).toMatchObject({
        exitCode: 1,
        stderr: "canon: the output could not be written: ENOSPC: no space left on device, write\n",
      });
    expect(await run(["apply", "--auto-approve"], '{ "$@"; echo $? >&2; } | head -n 1')).toMatchObject({ stderr: "0\n" });
    expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
  });

  test("without a terminal nothing ever asks", async () => {
    const shell = openShell({ "specs/payments.md": MINIMAL["specs/payments.md"] });
    const init = await runCanon(["init"], { cwd: shell.folder });
    expect(init).toMatchObject({ exitCode: 64, stdout: "" });
    expect(init.stderr).toContain("Give --yes");
    await shell.canon("init", "--yes", "--project", "PAY");
    for (const words of [["apply"], ["apply", "--quiet"], ["apply", "--json"]]) {
      const ran = await runCanon(words, { cwd: shell.folder });
      expect(ran.exitCode, words.join(" ")).toBe(64);
      expect(flat(ran.stderr)).toContain("Give --auto-approve, or a plan that canon plan --out FILE saved.");
    }
    // Only apply takes a saved plan.
    for (const words of [["pull"], ["sync"]]) {
      const ran = await runCanon(words, { cwd: shell.folder });
      expect(ran.exitCode, words.join(" ")).toBe(64);
      expect(flat(ran.stderr).trimEnd()).toMatch(/nobody to ask\. Give --auto-approve\.$/);
    }
    expect((await runCanon(["apply", "-n"], { cwd: shell.folder })).exitCode).toBe(0);
    expect(existsSync(join(shell.folder, ".canon"))).toBe(false);
  });
});

describe("environments", () => {
  test("nearly nothing set, and nonsense", async () => {
    const shell = openShell(MINIMAL);
    const run = async (env: Readonly<Record<string, string | undefined>>, ...words: readonly string[]): Promise<number | null> =>
      (await runCanon(words, { cwd: shell.folder, env })).exitCode;
    expect(await run({ HOME: undefined, PATH: undefined, CANON_USER: undefined, CANON_NOW: undefined }, "plan")).toBe(0);
    expect(await run({ CANON_NOW: "garbage", COLUMNS: "-3", CANON_PARSER: "x", CANON_DEBUG: "nonsense" }, "apply", "--auto-approve")).toBe(0);
    expect(await run({ CANON_NOW: "+999999-01-01T00:00:00Z", COLUMNS: "1" }, "plan")).toBe(0);
  });

  test("repositories of every state of repair do not matter to the local tracker", async () => {
    const shell = openShell(MINIMAL);
    const git = join(shell.folder, ".git");
    const states: readonly (() => unknown)[] = [
      () => execFileSync("git", ["init", "-q", shell.folder]),
      () => writeFileSync(join(git, "HEAD"), ""),
      () => writeFileSync(join(git, "HEAD"), "garbage\n"),
      () => writeFileSync(join(git, "HEAD"), "ref: refs/heads/--upload-pack=x\n"),
      () => writeFileSync(join(git, "config"), '[remote "origin'),
      () => writeFileSync(join(git, "config"), Buffer.alloc(3000, 0xa7)),
      () => rmSync(git, { recursive: true }),
      () => writeFileSync(git, "gitdir: /nonexistent\n"),
      () => writeFileSync(git, "nonsense"),
    ];
    for (const state of states) {
      state();
      expect(await shell.canon("plan"), state.toString()).toMatchObject({ exitCode: 0, err: "" });
    }
  });

  test("a remote that is a trap is never run", async () => {
    const shell = openShell(MINIMAL);
    await shell.canon("local", "behave", "embedded=false");
    execFileSync("git", ["init", "-q", shell.folder]);
    const trap = join(shell.folder, "TRAPPED");
    for (const url of [`--upload-pack=touch ${trap}`, `ext::sh -c touch% ${trap}`, "/nonexistent/repository"]) {
      writeFileSync(join(shell.folder, ".git/config"), `[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = ${url}\n`);
      const ran = await runCanon(["apply", "--auto-approve"], { cwd: shell.folder });
      expect(ran.exitCode, url).toBe(6);
      expect(flat(ran.stdout), url).toContain("origin cannot be reached");
      expect(existsSync(trap)).toBe(false);
    }
  });
});

describe("an installation that is not whole", () => {
  const root = resolve(BIN, "../..");
  const oldNode = ["/usr/bin/node", "/usr/local/bin/node"].find(
    (path) => existsSync(path) && /^v(1[89]|20)\./.test(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout),
  );

  function copied(part: "src" | "dist"): string {
    const { folder } = openShell({
      "package.json": '{ "type": "module" }\n',
      ...(part === "dist" ? { "dist/cli/main.js": "export const start = async () => console.log(1);\n" } : {}),
    });
    cpSync(join(root, "bin"), join(folder, "bin"), { recursive: true });
    if (part === "src") cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
    return join(folder, "bin/canon.js");
  }

  test.skipIf(oldNode === undefined).each([
    ["src", "Run npm ci first: it brings a Node of its own for this clone."],
    ["dist", "Upgrade it (https://nodejs.org), for example: nvm install 24"],
  ] as const)("an old Node with %s says what to upgrade (skipped where there is none)", (part, hint) => {
    const bin = copied(part);
    const ran = spawnSync(oldNode ?? "", [bin, "plan"], { encoding: "utf8" });
    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toMatch(/^canon needs Node 22\.22, 24\.11 or newer; this is Node \d+\.\d+\.\d+\.\n/);
    expect(ran.stderr).toContain(hint);
    const told = spawnSync(oldNode ?? "", [bin, "plan", "--json"], { encoding: "utf8" });
    expect(JSON.parse(told.stdout)).toMatchObject({ format: 1, command: "plan", exitCode: 1, diagnostics: [{ code: "node-too-old", hint }] });
  });

  test("a clone before npm ci says so", () => {
    const { folder } = openShell(MINIMAL);
    const ran = spawnSync(NODE, [copied("src"), "plan"], { cwd: folder, encoding: "utf8", env: { NO_COLOR: "1" } });
    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(flat(ran.stderr)).toMatch(
      /^ error Canon is not installed whole: \S+ is missing\. Run npm ci in the folder of Canon, or install Canon again\. \(packages-missing\) $/,
    );
  });

  test.skipIf(oldNode === undefined)("an old Node waits for the one it starts, and hands signals on (skipped where there is none)", async () => {
    const shell = await withFault("hang", 600);
    const run = startCanon(["apply", "--auto-approve"], { cwd: shell.folder, shell: `shift; exec ${oldNode ?? ""} "$@"` });
    await sent(shell);
    run.child.kill("SIGTERM");
    expect((await run.finished).exitCode).toBe(130);
    expect(run.seen()).toContain("1 created · 1 in doubt");
    mkdirSync(join(shell.folder, "done"));
    await holdsFour(shell);
  });
});
