/** Several processes on one file: nothing lost, nothing twice, and what a dying sender sent still lands. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { base, LONG } from "../conformance/stage.ts";
import { localStage } from "./local-stage.ts";
import type { LocalStage } from "./local-stage.ts";

const CHILD = join(import.meta.dirname, "local-child.ts");
const run = promisify(execFile);

let stage: LocalStage;
afterEach(() => stage.end());

function child(...args: readonly string[]): Promise<{ stdout: string }> {
  return run(process.execPath, ["--no-warnings", CHILD, stage.file, ...args]);
}

it("three processes create 300 tickets each on a file that does not exist yet", async () => {
  stage = await localStage();
  const outputs = await Promise.all(["a", "b", "c"].map((prefix) => child(prefix, "300")));
  const keys = outputs.flatMap(({ stdout }) => stdout.trim().split("\n"));
  expect(new Set(keys).size).toBe(900);
  expect(keys.every((key) => /^PAY-\d+$/.test(key))).toBe(true);
  const { tickets } = await stage.tracker.read({ managed: true });
  expect(tickets.map(({ key }) => key)).toEqual(Array.from({ length: 900 }, (_, index) => `PAY-${index + 1}`));
  expect(new Set(tickets.map(({ token }) => token)).size).toBe(900);
});

it("a process killed before an element leaves what came before it, killed after it also that one", async () => {
  stage = await localStage();
  await stage.fault("create", 3, "die-before");
  await expect(child("before", "5", "5")).rejects.toMatchObject({ signal: "SIGKILL" });
  expect((await stage.tracker.read({ managed: true })).tickets.map(({ title }) => title)).toEqual(["before-0", "before-1"]);
  await stage.fault("create", 3, "die-after");
  await expect(child("after", "5", "5")).rejects.toMatchObject({ signal: "SIGKILL" });
  expect((await stage.tracker.read({ managed: true })).tickets.map(({ title }) => title).slice(2)).toEqual(["after-0", "after-1", "after-2"]);
});

it("a late create of a process that has ended lands when another opens the file", async () => {
  stage = await localStage();
  await stage.fault("create", 1, "late", 60);
  expect((await child("late", "1")).stdout).toContain("unknown");
  await stage.pass(-LONG);
  // The child's clock is the real one: the tracker here must be beyond it.
  const later = stage.again({ now: () => new Date(Date.now() + LONG) });
  expect((await later.read({ managed: true })).tickets).toMatchObject([{ title: "late-0", updatedBy: "late", base: base("late-0") }]);
  expect(await later.settleCreates([{ token: "late-0", watermark: "0" }])).toMatchObject([{ state: "created" }]);
});
