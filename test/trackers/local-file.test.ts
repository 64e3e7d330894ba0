/** The local tracker's file: made by the first write only, and every kind of bad file has its words. */

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCHEMA_VERSION } from "../../src/trackers/local/local-schema.ts";
import { createOne, draft } from "../conformance/stage.ts";
import { localStage } from "./local-stage.ts";
import type { LocalStage } from "./local-stage.ts";

let stage: LocalStage;
beforeEach(async () => {
  stage = await localStage();
});
afterEach(() => stage.end());

describe("a file that does not exist", () => {
  it("is not made by anything that reads", async () => {
    const { tracker, desk } = stage;
    expect(tracker.capabilities.embedded).toBe(true);
    await tracker.check();
    await tracker.read({ managed: true });
    await tracker.read({ keys: ["PAY-1"] });
    await tracker.history(["PAY-1"], null);
    await tracker.settleCreates([{ token: "t", watermark: await tracker.watermark() }]);
    expect(await desk.list()).toEqual([]);
    expect(await desk.exportProject()).toContain('"key":"PAY"');
    expect(existsSync(dirname(stage.file))).toBe(false);
  });

  it("is made by the first write, with its folder", async () => {
    await createOne(stage);
    expect(existsSync(stage.file)).toBe(true);
  });

  it("leaves one file behind when it is closed", async () => {
    await createOne(stage);
    await stage.tracker.close();
    await stage.desk.end();
    expect(readdirSync(dirname(stage.file))).toEqual(["local.sqlite"]);
  });

  it("may be an empty file", async () => {
    mkdirSync(dirname(stage.file));
    writeFileSync(stage.file, "");
    expect((await stage.tracker.read({ managed: true })).tickets).toEqual([]);
    await createOne(stage);
  });
});

describe("a bad file", () => {
  async function refuses(words: RegExp, hint: RegExp): Promise<void> {
    const check = await stage.tracker.check();
    expect(check).toMatchObject({ ok: false, error: { kind: "unavailable", message: expect.stringMatching(words), hint: expect.stringMatching(hint) } });
    await expect(stage.tracker.read({ managed: true })).rejects.toMatchObject({ kind: "unavailable" });
    expect((await stage.tracker.create([draft(stage)]))[0]).toMatchObject({
      state: "unsent",
      error: { kind: "unavailable", message: expect.stringMatching(words) },
    });
    expect(stage.tracker.capabilities.embedded).toBe(true);
  }

  function write(bytes: string | Buffer): void {
    mkdirSync(dirname(stage.file), { recursive: true });
    writeFileSync(stage.file, bytes);
  }

  it("that is no database is left as it is", async () => {
    write("This is not SQLite at all, but it is long enough to look at.".repeat(40));
    await refuses(/not a local tracker/, /backup|path:/);
    expect(readFileSync(stage.file, "utf8")).toMatch(/^This is not SQLite/);
  });

  it("that is another program's database is left as it is", async () => {
    mkdirSync(dirname(stage.file));
    const other = new DatabaseSync(stage.file);
    other.exec("CREATE TABLE bookmarks (url TEXT)");
    other.close();
    await refuses(/not one of Canon's/, /path:/);
  });

  it("that a newer Canon wrote asks for an upgrade", async () => {
    await createOne(stage);
    await stage.tracker.close();
    const database = new DatabaseSync(stage.file);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    await refuses(/newer Canon/, /Upgrade/);
  });

  it("that is damaged in the middle is told, never guessed at", async () => {
    await stage.tracker.create(Array.from({ length: 100 }, () => draft(stage, { body: "x".repeat(2000) })));
    await stage.tracker.close();
    await stage.desk.end();
    const bytes = readFileSync(stage.file);
    write(bytes.fill(0xff, 4096 * 3, 4096 * 20));
    await expect(stage.again().read({ managed: true })).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringMatching(/damaged/),
      hint: expect.stringMatching(/backup/),
    });
    await expect(stage.desk.exportProject()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("that is a folder is told", async () => {
    mkdirSync(stage.file, { recursive: true });
    await refuses(/cannot be opened/, /permissions/);
  });

  it("with a base that a person broke, or of another format, has tickets without one", async () => {
    const { key } = await createOne(stage);
    const database = new DatabaseSync(stage.file);
    for (const broken of ["{", '{"format":1}', '{"format":2,"fields":{}}']) {
      database.prepare("UPDATE ticket SET base = ? WHERE key = ?").run(broken, key);
      expect((await stage.tracker.read({ keys: [key] })).tickets).toMatchObject([{ key, base: null }]);
    }
    database.close();
  });

  it("that another process is writing to is read meanwhile", async () => {
    await createOne(stage);
    const other = new DatabaseSync(stage.file);
    other.exec("BEGIN IMMEDIATE");
    expect((await stage.again().read({ managed: true })).tickets).toHaveLength(1);
    other.exec("ROLLBACK");
    other.close();
  });

  it("that may not be written is read, and refuses writes", async () => {
    if (process.getuid?.() === 0) return;
    await createOne(stage);
    await stage.tracker.close();
    await stage.desk.end();
    chmodSync(stage.file, 0o444);
    const tracker = stage.again();
    expect((await tracker.read({ managed: true })).tickets).toHaveLength(1);
    expect((await tracker.create([draft(stage)]))[0]).toMatchObject({ state: "unsent", error: { message: expect.stringMatching(/may not be written/) } });
  });
});

it("two projects in one file have their own keys, tickets and switches", async () => {
  const ops = stage.again({ project: "OPS", identity: "local:x/OPS" });
  await stage.desk.behave({ workflow: "strict" });
  await createOne(stage);
  const [outcome] = await ops.create([draft(stage)]);
  expect(outcome).toMatchObject({ state: "done", key: "OPS-1" });
  expect((await stage.tracker.read({ keys: ["PAY-1", "OPS-1"] })).missing).toEqual(["OPS-1"]);
  expect((await ops.read({ managed: true })).tickets.map(({ key }) => key)).toEqual(["OPS-1"]);
  expect(ops.capabilities.transitions).toBe("free");
});
