/** Canon as a process: its first file, closed pipes, unexpected errors, terminals. */

import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportFailure } from "../../src/cli/report-failure.ts";
import { paintFor, wantsColour } from "../../src/cli/colour.ts";
import { withInterrupts } from "../../src/cli/interrupts.ts";
import type { World } from "../../src/cli/world.ts";
import { MINIMAL } from "./captured-world.ts";

const bin = resolve(import.meta.dirname, "../../bin/canon.js");
const shell = promisify(execFile);
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "canon-process-"));
  mkdirSync(join(folder, "specs"));
  for (const [path, text] of Object.entries(MINIMAL)) writeFileSync(join(folder, path), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Node itself warns on stderr when both variables are set.
const { FORCE_COLOR: _forced, ...inherited } = process.env;
const env = { ...inherited, NO_COLOR: "1", CANON: bin, NODE: process.execPath };
const inShell = async (script: string): Promise<{ readonly stdout: string; readonly stderr: string }> => shell("bash", ["-c", script], { cwd: folder, env });

describe("the process", () => {
  test("answers with its exit code", () => {
    expect(spawnSync(process.execPath, [bin, "plan", "--exit-code"], { cwd: folder, env }).status).toBe(2);
    expect(spawnSync(process.execPath, [bin, "plam"], { cwd: folder, env }).status).toBe(64);
  });

  test("does not mind that its reader leaves", async () => {
    const { stdout, stderr } = await inShell('"$NODE" "$CANON" explain | head -n 1; echo "${PIPESTATUS[0]}"');
    expect(stdout).toMatch(/^ {2}accept-refused.*\n0\n$/);
    expect(stderr).toBe("");
  });

  test("knows the width it is told", async () => {
    const { stdout } = await inShell('COLUMNS=40 "$NODE" "$CANON" plan');
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

function silentWorld(parts: Partial<World> = {}): World & { readonly written: { out: string; err: string } } {
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err"): World["stdout"] => ({
    write: (text) => void (written[name] += text),
    isTerminal: false,
    stream: null,
    size: () => ({ columns: 80, rows: 24 }),
  });
  return { cwd: folder, env: {}, stdout: sink("out"), stderr: sink("err"), ask: null, onInterrupt: () => () => {}, exit: () => {}, written, ...parts };
}

describe("an unexpected error", () => {
  test("is one paragraph and how to report it, without a stack", () => {
    const world = silentWorld();
    expect(reportFailure(new TypeError("x is not a function"), "plan", ["plan"], world)).toBe(70);
    expect(world.written.err).toBe(
      "  error    This should not happen: x is not a function\n           Please report it: what you ran, and what CANON_DEBUG=1 prints.  (bug)\n",
    );
    expect(world.written.out).toBe("");
  });

  test("shows the stack under CANON_DEBUG, and tells programs", () => {
    const world = silentWorld({ env: { CANON_DEBUG: "1" } });
    reportFailure(new TypeError("x"), "plan", ["plan", "--json"], world);
    expect(world.written.err).toContain("TypeError: x\n    at ");
    expect(JSON.parse(world.written.out)).toMatchObject({ exitCode: 70, diagnostics: [{ code: "bug" }] });
  });
});

describe("colour", () => {
  test.each([
    [true, {}, false, true],
    [false, {}, false, false],
    [true, { NO_COLOR: "1" }, false, false],
    [true, { NO_COLOR: "" }, false, true],
    [true, {}, true, false],
    [false, { FORCE_COLOR: "1" }, false, true],
    [true, { FORCE_COLOR: "0" }, false, false],
    [true, { TERM: "dumb" }, false, false],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false, false],
  ])("terminal %s, %j, --no-color %s: %s", (isTerminal, vars, refused, wanted) => expect(wantsColour({ isTerminal }, vars, refused)).toBe(wanted));

  test("leaves the text as it is", () => {
    const paint = paintFor({ isTerminal: true }, {}, false);
    expect(paint("good", "done")).toBe("\u001b[32mdone\u001b[39m");
    expect(paintFor({ isTerminal: false }, {}, false)("good", "done")).toBe("done");
  });
});

test("the first ^C aborts, the second leaves with 130", async () => {
  const listeners: (() => void)[] = [];
  const left: (string | number)[] = [];
  const world = silentWorld({
    onInterrupt: (listener) => {
      listeners.push(listener);
      return () => void listeners.pop();
    },
    exit: (code) => void left.push(code),
  });
  await withInterrupts(
    world,
    () => void left.push("told"),
    async (signal) => {
      listeners[0]?.();
      expect([signal.aborted, left]).toEqual([true, []]);
      listeners[0]?.();
      expect(left).toEqual(["told", 130]);
    },
  );
  expect(listeners).toEqual([]);
});
