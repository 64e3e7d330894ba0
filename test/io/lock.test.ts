/** One writer at a time: real processes, killed and racing. */

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { realDisk } from "../../src/io/disk.ts";
import { lockHolder, takeLock } from "../../src/io/lock.ts";
import { tempFolder } from "./temp-folder.ts";

const disk = realDisk();
const WHO = { command: "canon apply", now: new Date("2026-11-21T10:00:00Z") };

async function contender(stateDir: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "lock-child.ts"), [stateDir, "sync"], { execArgv: [] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "message");
  return child;
}

async function take(child: ChildProcess): Promise<string> {
  const answer = once(child, "message");
  child.send("take");
  return String((await answer)[0]);
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

test("the second is told who, since when, and what to do", async () => {
  const dir = await tempFolder();
  const first = await takeLock(disk, dir, WHO);
  expect(first.ok).toBe(true);
  const second = await takeLock(disk, dir, { ...WHO, command: "sync" });
  expect(second).toMatchObject({ ok: false, holder: { pid: process.pid, command: "canon apply", since: "2026-11-21T10:00:00.000Z" } });
  expect(second.ok ? "" : second.message).toMatch(/^canon apply is writing in this workspace since 2026-11-21 10:00:00 UTC \(process \d+ on .+\)\.$/);
  expect(await lockHolder(disk, dir)).toMatchObject({ pid: process.pid });
  if (first.ok) await first.lock.release();
});

test("released, it is free, and only an empty file is left", async () => {
  const dir = await tempFolder();
  for (let round = 0; round < 3; round += 1) {
    const taken = await takeLock(disk, dir, WHO);
    if (taken.ok) await taken.lock.release();
    if (taken.ok) await taken.lock.release();
    expect(taken.ok).toBe(true);
  }
  expect(await lockHolder(disk, dir)).toBeNull();
  expect(await readdir(dir)).toEqual(["lock"]);
  expect((await stat(join(dir, "lock"))).size).toBe(0);
});

test("who only looks turns nobody away", async () => {
  const dir = await tempFolder();
  const child = await contender(dir);
  let isOver = false;
  void once(child, "message").then(() => void (isOver = true));
  child.send("look");
  const refused: string[] = [];
  for (; !isOver; await new Promise((next) => setTimeout(next, 1))) {
    const taken = await takeLock(disk, dir, WHO);
    if (taken.ok) await taken.lock.release();
    else refused.push(taken.message);
  }
  expect(refused).toEqual([]);
});

test("a lock outlives the value that was returned for it", async () => {
  const dir = await tempFolder();
  const child = await contender(dir);
  await takeLock(disk, dir, WHO);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await take(child)).toBe(`refused by ${process.pid}`);
});

test("it falls with its process, killed or exited, and the next one gets it", async () => {
  const dir = await tempFolder();
  const killed = await contender(dir);
  expect(await take(killed)).toBe("held");
  expect(await takeLock(disk, dir, WHO)).toMatchObject({ ok: false, holder: { pid: killed.pid, command: "sync" } });
  await kill(killed);
  expect(await lockHolder(disk, dir)).toBeNull();
  const exiting = await contender(dir);
  expect(await take(exiting)).toBe("held");
  const gone = once(exiting, "exit");
  exiting.send("exit");
  await gone;
  const next = await takeLock(disk, dir, WHO);
  expect(next.ok).toBe(true);
  if (next.ok) await next.lock.release();
});

test("whoever races for the lock of a dead process, one gets it, in every round", async () => {
  const dir = await tempFolder();
  let holder = await contender(dir);
  expect(await take(holder)).toBe("held");
  let waiting: readonly ChildProcess[] = await Promise.all([contender(dir), contender(dir), contender(dir)]);
  for (let round = 0; round < 12; round += 1) {
    const [fresh] = await Promise.all([contender(dir), kill(holder)]);
    const answers = await Promise.all(waiting.map(async (child) => ({ child, answer: await take(child) })));
    const winners = answers.filter(({ answer }) => answer === "held");
    expect(winners).toHaveLength(1);
    holder = winners[0]?.child ?? holder;
    waiting = [...waiting.filter((child) => child !== holder), fresh];
  }
});

test("the name of a dead holder is not told as that of the living one", async () => {
  const dir = await tempFolder();
  const dead = await contender(dir);
  await take(dead);
  const left = await readFile(join(dir, "lock.json"));
  await kill(dead);
  const taken = await takeLock(disk, dir, WHO);
  await writeFile(join(dir, "lock.json"), left);
  expect(await takeLock(disk, dir, WHO)).toMatchObject({ ok: false, holder: null, message: "Another canon is writing in this workspace." });
  await writeFile(join(dir, "lock.json"), "{not json");
  expect(await lockHolder(disk, dir)).toBeNull();
  if (taken.ok) await taken.lock.release();
});

test.each([
  ["a folder", (path: string) => mkdir(path)],
  ["a link", (path: string) => symlink("/etc/passwd", path)],
  ["a file with other contents", (path: string) => writeFile(path, "x".repeat(4096))],
])("%s in its place: an error that names it", async (_, put) => {
  const dir = await tempFolder();
  await put(join(dir, "lock"));
  await expect(takeLock(disk, dir, WHO)).rejects.toMatchObject({ diagnostic: { code: "lock-unusable", place: { path: ".canon/state/lock" } } });
});
