/** A journal tells after any crash what was announced, and never takes damage for absence. */

import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JournalRecord } from "../../src/core/model/journal-record.ts";
import { createsInDoubt } from "../../src/core/plan/in-doubt.ts";
import { realDisk } from "../../src/io/disk.ts";
import { listRuns, newRunId, openJournal, unfinishedRun, unfinishedRuns } from "../../src/io/journal.ts";
import { hookedDisk, systemError } from "./hooked-disk.ts";
import { created, failed, intent, END, start } from "./journal-records.ts";
import { tempFolder } from "./temp-folder.ts";

const disk = realDisk();

async function write(stateDir: string, run: string, records: readonly JournalRecord[]): Promise<string> {
  const journal = await openJournal(disk, stateDir, run);
  for (const record of records) await journal.append(record);
  return join(stateDir, "runs", `${run}.jsonl`);
}

test("what was appended is read again", async () => {
  const dir = await tempFolder();
  const records = [start("3f2a"), intent("t1", "t2"), created("t1")];
  await write(dir, "3f2a", records);
  expect((await openJournal(disk, dir, "3f2a")).records).toEqual(records);
});

test("opening writes nothing", async () => {
  const dir = await tempFolder();
  expect((await openJournal(disk, join(dir, "state"), "3f2a")).records).toEqual([]);
  expect(await readdir(dir)).toEqual([]);
});

test("cut at any byte: the whole lines are read, and the next append stands on its own line", async () => {
  const dir = await tempFolder();
  const records = [start("3f2a"), intent("t1"), created("t1")];
  const path = await write(dir, "3f2a", records);
  const whole = await readFile(path);
  for (let length = whole.length; length >= 0; length -= 7) {
    await writeFile(path, whole.subarray(0, length));
    const lines = whole.subarray(0, length).toString("utf8").split("\n").length - 1;
    const journal = await openJournal(disk, dir, "3f2a");
    expect(journal.records).toEqual(records.slice(0, lines));
    await journal.append(failed("t1", "refused"));
    expect((await openJournal(disk, dir, "3f2a")).records).toEqual([...records.slice(0, lines), failed("t1", "refused")]);
  }
});

test("a disk that fills up in the middle of an append loses only that append", async () => {
  const dir = await tempFolder();
  let full = false;
  const filling = hookedDisk(async (_, mutation, path) => {
    if (mutation !== "append" || !full) return;
    await appendFile(path, '{"sum":"01');
    throw systemError("ENOSPC");
  });
  const journal = await openJournal(filling, dir, "3f2a");
  await journal.append(start("3f2a"));
  full = true;
  await expect(journal.append(intent("t1"))).rejects.toMatchObject({ code: "ENOSPC" });
  expect(journal.records).toEqual([start("3f2a")]);
  full = false;
  await journal.append(intent("t2"));
  expect((await openJournal(disk, dir, "3f2a")).records).toEqual([start("3f2a"), intent("t2")]);
});

test.each([
  ["a changed byte", (text: string) => text.replace("t1", "t9")],
  ["a line that was never ours", (text: string) => `hello\n${text}`],
  ["an emptied line", (text: string) => text.replace(/\n.*"intent".*\n/, "\n\n")],
  ["a last line that is whole and damaged", (text: string) => `${text.trimEnd()} \n`],
])("%s: an error with file, line and what to do", async (_, damage) => {
  const dir = await tempFolder();
  const path = await write(dir, "3f2a", [start("3f2a"), intent("t1"), created("t1")]);
  await writeFile(path, damage(await readFile(path, "utf8")));
  await expect(openJournal(disk, dir, "3f2a")).rejects.toMatchObject({
    message: expect.stringMatching(/^\.canon\/state\/runs\/3f2a\.jsonl:[123]: This line is damaged/),
    diagnostic: { code: "journal-damaged", place: { path: ".canon/state/runs/3f2a.jsonl" }, hint: expect.stringContaining("Restore it") },
  });
  await expect(unfinishedRuns(disk, dir)).rejects.toThrow("is damaged");
  expect((await listRuns(disk, dir))[0]?.problem?.message).toContain("is damaged");
});

test("a record of another version is told apart from damage", async () => {
  const dir = await tempFolder();
  const { writeLine } = await import("../../src/io/checked-log.ts");
  await mkdir(join(dir, "runs"));
  await writeFile(join(dir, "runs", "3f2a.jsonl"), writeLine({ kind: "teleported" }));
  await expect(openJournal(disk, dir, "3f2a")).rejects.toThrow(".canon/state/runs/3f2a.jsonl:1: This line was written by another version of Canon.");
});

test("a run is unfinished without its end, and with a create in doubt", async () => {
  const dir = await tempFolder();
  await write(dir, "0001", [start("0001", 1), intent("t1"), created("t1"), END]);
  await write(dir, "0002", [start("0002", 2), intent("t1"), END]);
  await write(dir, "0003", [start("0003", 3), intent("t1"), failed("t1", "unknown-outcome"), END]);
  await write(dir, "0004", [start("0004", 4), intent("t1"), failed("t1", "invalid"), END]);
  await write(dir, "0005", [start("0005", 5), intent("t1"), created("t1")]);
  expect((await unfinishedRuns(disk, dir)).map(({ run }) => run)).toEqual(["0005", "0003", "0002"]);
  expect((await unfinishedRun(disk, dir))?.run).toBe("0005");
  expect((await listRuns(disk, dir)).map(({ run, inDoubt }) => [run, inDoubt])).toEqual([
    ["0005", 0],
    ["0004", 0],
    ["0003", 1],
    ["0002", 1],
    ["0001", 0],
  ]);
});

test("a run that is resumed to its end lies with the finished ones", async () => {
  const dir = await tempFolder();
  await write(dir, "0002", [start("0002"), intent("t1"), END]);
  await (await openJournal(disk, dir, "0002")).append(created("t1"));
  expect(await unfinishedRun(disk, dir)).toBeNull();
  expect(await readdir(join(dir, "runs"))).toEqual(["done"]);
  expect((await openJournal(disk, dir, "0002")).records).toHaveLength(4);
  await expect((await openJournal(disk, dir, "0002")).append(END)).rejects.toThrow("has ended");
});

test("killed between the end and the move: finished all the same", async () => {
  const dir = await tempFolder();
  const dying = hookedDisk((_, mutation) => {
    if (mutation === "rename") throw systemError("EIO");
  });
  const journal = await openJournal(dying, dir, "0001");
  await expect(journal.append(start("0001"), END)).rejects.toThrow("EIO");
  expect(await unfinishedRun(disk, dir)).toBeNull();
  expect(await listRuns(disk, dir)).toMatchObject([{ run: "0001", end: END }]);
});

test("a file cut before its first line end counts as no run", async () => {
  const dir = await tempFolder();
  const path = await write(dir, "0001", [start("0001")]);
  await truncate(path, 20);
  expect(await unfinishedRun(disk, dir)).toBeNull();
});

test("run ids avoid those that are taken, and grow", async () => {
  const dir = await tempFolder();
  await write(dir, "aaaa", [start("aaaa")]);
  await write(dir, "bbbb", [start("bbbb"), END]);
  const values = ["aaaa", "bbbb", "aaaa", "aaaa", "ccccc"];
  expect(await newRunId(disk, dir, () => values.shift() ?? "")).toBe("ccccc");
  expect(await newRunId(disk, dir, (digits) => randomBytes(digits).toString("hex").slice(0, digits))).toMatch(/^[0-9a-f]{4}$/);
});

test("a create is in doubt from its intent to its outcome, and again after a second intent", () => {
  const tokens = (...records: readonly JournalRecord[]): readonly string[] => createsInDoubt(records).map(({ token }) => token);
  expect(tokens(intent("a", "b"))).toEqual(["a", "b"]);
  expect(tokens(intent("a", "b"), created("a"))).toEqual(["b"]);
  expect(tokens(intent("a"), failed("a", "invalid"))).toEqual([]);
  expect(tokens(intent("a"), failed("a", "unknown-outcome"))).toEqual(["a"]);
  expect(tokens(intent("a"), failed("a", "invalid"), intent("a"))).toEqual(["a"]);
});
