/** Canon's own files, damaged, replaced or in the way: told with their place, and nothing is written on a guess. */

import { DatabaseSync } from "node:sqlite";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { expectTranscript, filesIn, transcript } from "./transcript.ts";

/** A workspace with one ticket, whose marker waits because its spec may not be written. */
async function withClaim(): Promise<Shell> {
  const shell = openShell(MINIMAL);
  chmodSync(join(shell.folder, "specs/payments.md"), 0o444);
  expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 5 });
  return shell;
}

function alter(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
}

describe("the state folder", () => {
  test.each<[string, string, (path: string) => void]>([
    ["a file where .canon belongs", ".canon", (path) => writeFileSync(path, "hello")],
    ["a link where .canon belongs", ".canon", (path) => symlinkSync("/tmp", path)],
    ["a file where .canon/state belongs", ".canon/state", (path) => writeFileSync(path, "hello")],
    ["a file where .canon/state/runs belongs", ".canon/state/runs", (path) => writeFileSync(path, "hello")],
  ])("%s", async (name, path, put) => {
    const shell = openShell(MINIMAL);
    mkdirSync(join(shell.folder, path, ".."), { recursive: true });
    put(join(shell.folder, path));
    const before = filesIn(shell.folder);
    expectTranscript(`state/${name.replaceAll(/[ ./]+/g, "-")}`, await transcript(shell, "plan", "apply --auto-approve", "runs"));
    for (const line of ["track specs/payments.md", "skip specs/payments.md"])
      expect(await shell.canon(...line.split(" ")), line).toMatchObject({ exitCode: 1, out: "" });
    expect(await shell.canon("list")).toMatchObject({ exitCode: 0 });
    expect(filesIn(shell.folder)).toEqual(before);
  });

  test.each<[string, (path: string) => void]>([
    ["a folder", (path) => mkdirSync(path)],
    ["a link", (path) => symlinkSync("/tmp/nowhere", path)],
  ])("%s where the lock belongs", async (_name, put) => {
    const shell = openShell(MINIMAL);
    mkdirSync(join(shell.folder, ".canon/state"), { recursive: true });
    put(join(shell.folder, ".canon/state/lock"));
    const ran = await shell.canon("apply", "--auto-approve");
    expect(ran).toMatchObject({ exitCode: 1, out: "" });
    expect(ran.err).toContain("(lock-unusable)");
    expect((await shell.canon("local", "list")).out).toContain("No tickets");
  });

  test("a cache that is a link: only the link goes", async () => {
    const shell = openShell(MINIMAL);
    const outside = openShell({ "precious.txt": "x" }).folder;
    mkdirSync(join(shell.folder, ".canon"));
    symlinkSync(outside, join(shell.folder, ".canon/cache"));
    expect(await shell.canon("clean")).toMatchObject({ exitCode: 0 });
    expect(filesIn(outside)).toEqual({ "precious.txt": "x" });
  });
});

describe("a journal and claims", () => {
  const DAMAGE: Readonly<Record<string, (file: string) => void>> = {
    altered: (file) => alter(file, (text) => text.replace("PAY-1", "PAY-7")),
    garbage: (file) => writeFileSync(file, Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256))),
    "a folder": (file) => {
      rmSync(file);
      mkdirSync(file);
    },
    "a link": (file) => {
      rmSync(file);
      symlinkSync("/etc/hostname", file);
    },
  };

  test.each(Object.entries(DAMAGE))("claims that are %s stop what would create twice", async (name, damage) => {
    const shell = await withClaim();
    damage(join(shell.folder, ".canon/state/claims.jsonl"));
    const before = filesIn(shell.folder);
    const text = await transcript(shell, "plan", "apply --auto-approve");
    if (name === "altered") expectTranscript("state/claims-altered", text);
    expect(text.match(/\(claims-damaged\)\n\[exit 1\]/g)).toHaveLength(2);
    expect(filesIn(shell.folder)).toEqual(before);
    expect(await shell.canon("validate")).toMatchObject({ exitCode: 0 });
  });

  test.each(Object.entries(DAMAGE))("a journal that is %s is told by every command that needs it", async (name, damage) => {
    const shell = await withClaim();
    const runs = join(shell.folder, ".canon/state/runs");
    const [journal = ""] = readdirSync(join(runs, "done"));
    // As a run leaves it that died: among the open ones, without its end.
    const text = readFileSync(join(runs, "done", journal), "utf8");
    writeFileSync(join(runs, journal), text.split("\n").slice(0, 3).join("\n") + "\n");
    rmSync(join(runs, "done", journal));
    damage(join(runs, journal));
    const before = filesIn(shell.folder);
    const shown = (await transcript(shell, "plan", "apply --auto-approve", "runs")).replaceAll(journal, "3f2a.jsonl");
    if (name === "altered") expectTranscript("state/journal-altered", shown);
    expect(shown.match(/\(journal-damaged\)\n\[exit 1\]/g)).toHaveLength(3);
    expect(shown).toContain("unreadable   what it wrote is not known");
    expect(filesIn(shell.folder)).toEqual(before);
  });

  test("a last line that was cut short is taken for one that was never written", async () => {
    const shell = await withClaim();
    const file = join(shell.folder, ".canon/state/claims.jsonl");
    truncateSync(file, readFileSync(file).length - 20);
    chmodSync(join(shell.folder, "specs/payments.md"), 0o644);
    // The ticket itself says for which section it was made.
    expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect((await shell.canon("local", "list")).out).toContain("1 ticket in PAY");
  });
});

describe("the local tracker's file", () => {
  const DAMAGE: Readonly<Record<string, (file: string) => void>> = {
    truncated: (file) => truncateSync(file, 5000),
    garbage: (file) => writeFileSync(file, Buffer.alloc(50_000, "canon?")),
    "a-text": (file) => writeFileSync(file, "# Payments\n"),
    "a-folder": (file) => {
      rmSync(file);
      mkdirSync(file);
    },
    "another-database": (file) => {
      rmSync(file);
      withDatabase(file, "CREATE TABLE a (b)");
    },
    newer: (file) => withDatabase(file, "PRAGMA user_version = 99"),
    "corrupt-inside": (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 8192, 28_000);
      writeFileSync(file, bytes);
    },
  };

  test.each(Object.entries(DAMAGE))("%s: nothing is written, to it or to a spec", async (name, damage) => {
    const shell = openShell(MINIMAL);
    await shell.canon("apply", "--auto-approve");
    const file = join(shell.folder, ".canon/local.sqlite");
    for (const beside of ["-wal", "-shm"]) rmSync(file + beside, { force: true });
    damage(file);
    const before = filesIn(shell.folder, /^\.canon\/(state\/lock|local\.sqlite-)/);
    expectTranscript(`state/tracker-${name}`, await transcript(shell, "plan", "apply --auto-approve", "local list"));
    expect(await shell.canon("local", "create", "x")).toMatchObject({ exitCode: 1, out: "" });
    expect(await shell.canon("list")).toMatchObject({ exitCode: 0 });
    expect(filesIn(shell.folder, /^\.canon\/(state\/lock|local\.sqlite-)/)).toEqual(before);
  });

  test("gone: its tickets are missing, and none is made anew", async () => {
    const shell = openShell(MINIMAL);
    await shell.canon("apply", "--auto-approve");
    rmSync(join(shell.folder, ".canon"), { recursive: true });
    expectTranscript("state/tracker-gone", await transcript(shell, "plan", "apply --auto-approve"));
  });

  function withDatabase(file: string, sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }
});

describe("a plan file", () => {
  const ALTERED: Readonly<Record<string, (text: string) => string>> = {
    "by hand": (text) => text.replace("Key generation", "Key Generation"),
    "cut short": (text) => text.slice(0, 500),
    empty: () => "",
    "no JSON": () => "hello\n",
    "another JSON": () => '{ "name": "canon" }\n',
    "of a newer format": (text) => text.replace('"format": 1', '"format": 2'),
    "with a part missing": (text) => text.replace('"changes"', '"changed"'),
  };

  test.each(Object.entries(ALTERED))("%s", async (name, change) => {
    const shell = openShell(MINIMAL);
    await shell.canon("plan", "--out", "plan.json");
    alter(join(shell.folder, "plan.json"), change);
    const before = filesIn(shell.folder);
    expectTranscript(`plan-file/${name.replaceAll(" ", "-")}`, await transcript(shell, "apply plan.json", "apply -n plan.json"));
    expect(lastJson(await shell.canon("apply", "plan.json", "--json"))).toMatchObject({ type: "summary", exitCode: 1, diagnostics: [{ severity: "error" }] });
    expect(filesIn(shell.folder)).toEqual(before);
  });

  test("missing, a folder, or from before an edit", async () => {
    const shell = openShell(MINIMAL);
    mkdirSync(join(shell.folder, "d.json"));
    await shell.canon("plan", "--out", "plan.json");
    alter(join(shell.folder, "specs/payments.md"), (text) => text.replace("a day", "a week"));
    alter(join(shell.folder, "canon.config.yaml"), (text) => text.replace("id: test", "id: other"));
    expectTranscript(
      "plan-file/no-longer-fits",
      await transcript(shell, "apply none.json", "apply d.json", "apply plan.json", "apply plan.json specs/payments.md"),
    );
    expect((await shell.canon("local", "list")).out).toContain("No tickets");
  });

  test.each(["--exclude specs/payments.md", "--target default", "--include-done", "--revert title"])(
    "%s with a saved plan is refused: it would not be heeded",
    async (flags) => {
      const shell = openShell(MINIMAL);
      await shell.canon("plan", "--out", "plan.json");
      const { exitCode, err } = await shell.canon("apply", "plan.json", ...flags.split(" "));
      expect(exitCode).toBe(64);
      expect(err.replaceAll(/\s+/g, " ")).toContain(`carries a saved plan out as it is: ${flags.split(" ")[0]} would make it another one.`);
      expect((await shell.canon("local", "list")).out).toContain("No tickets");
    },
  );

  test("--out overwrites a plan, and nothing else", async () => {
    const shell = openShell({ ...MINIMAL, "package.json": '{ "name": "mine" }\n' });
    mkdirSync(join(shell.folder, "d.json"));
    const before = filesIn(shell.folder);
    expectTranscript(
      "plan-file/out",
      await transcript(shell, "apply -n", "plan --out specs/payments.md", "plan --out package.json", "plan --out d.json", "plan --out none/plan.json"),
    );
    expect(filesIn(shell.folder)).toEqual(before);
    expect(await shell.canon("plan", "--out", "plan.json")).toMatchObject({ exitCode: 0 });
    expect(await shell.canon("plan", "--out", "plan.json")).toMatchObject({ exitCode: 0 });
    expect(await shell.canon("apply", "plan.json")).toMatchObject({ exitCode: 0 });
  });
});

describe("a clone without the tracker file that the specs were applied on", () => {
  test("gives no key again that a marker names", async () => {
    const shell = openShell({ ...MINIMAL, "specs/payments.md": "## One\n\n1\n\n## Two\n\n2\n" });
    const spec = join(shell.folder, "specs/payments.md");
    await shell.canon("apply", "--auto-approve");
    rmSync(join(shell.folder, ".canon"), { recursive: true });
    writeFileSync(spec, `${readFileSync(spec, "utf8")}\n## Three\n\n3\n`);
    expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 4 });
    expect(readFileSync(spec, "utf8")).toContain("## Three\n<!-- canon:ticket:local:PAY-3 -->");
    expect((await shell.canon("local", "list")).out).toContain("1 ticket in PAY");
    expect(await shell.canon("recreate", "specs", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect(readFileSync(spec, "utf8").match(/PAY-\d+/g)).toEqual(["PAY-4", "PAY-5", "PAY-3"]);
    expect((await shell.canon("plan")).out).toContain("No changes. 3 sections match local PAY.");
  });
});
