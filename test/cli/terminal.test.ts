/** Canon on a real terminal, which `script` pretends to be: it asks, redraws, and leaves the tree behind. */

import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { drawTree } from "../../src/cli/ink/draw-tree.ts";
import { advance, notStarted } from "../../src/views/apply-progress.ts";
import { makeTree, treeText } from "../../src/views/apply-tree.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { planView } from "../../src/views/plan-view.ts";
import { paymentsPlan } from "../views/plan-builder.ts";
import { MINIMAL } from "./captured-world.ts";

const bin = resolve(import.meta.dirname, "../../bin/canon.js");
const hasScript = spawnSync("script", ["--version"]).status === 0;

/** Types `line` as soon as the program asks. */
async function onTerminal(command: string, folder: string, line: string): Promise<{ readonly exitCode: number | null; readonly screen: string }> {
  const { CI: _ci, FORCE_COLOR: _forced, ...env } = process.env;
  return new Promise((done) => {
    let raw = "";
    const child = execFile("script", ["-qec", command, "/dev/null"], { cwd: folder, env: { ...env, TERM: "xterm", NO_COLOR: "1" } }, () =>
      done({ exitCode: child.exitCode, screen: stripVTControlCharacters(raw).replaceAll("\r", "") }),
    );
    child.stdout?.on("data", (text: string) => {
      const asked = !raw.includes("accepted: ") && (raw + text).includes("accepted: ");
      raw += text;
      if (asked) child.stdin?.write(`${line}\r`);
    });
  });
}

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), "canon-terminal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "specs"));
  for (const [path, text] of Object.entries(MINIMAL)) writeFileSync(join(folder, path), text);
  return folder;
}

describe.skipIf(!hasScript)("apply on a terminal", () => {
  test("asks, and leaves the tree with its states behind", async () => {
    const { exitCode, screen } = await onTerminal(`"${process.execPath}" "${bin}" apply`, project(), "yes");
    expect(screen).toContain("+ Epic  Key generation  1 criterion");
    expect(screen).toContain("Apply? Only yes is accepted: ");
    expect(screen).toMatch(/ {2}✓ PAY-1 {2}Key generation\n\n {2}1 created · 1 spec marked/);
    expect(exitCode).toBe(0);
  });

  test("takes ^C for no while it asks", async () => {
    const { exitCode, screen } = await onTerminal(`"${process.execPath}" "${bin}" apply`, project(), "\u0003");
    expect(screen).toContain("Nothing was written.");
    expect(exitCode).toBe(1);
  });
});

test("the last frame drawn is the tree that stays", async () => {
  const plan = paymentsPlan();
  const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true });
  let drawn = "";
  stream.on("data", (chunk: Buffer) => (drawn += chunk.toString()));
  const progress = notStarted();
  const tree = makeTree(planView(plan), pageOf(80, unpainted));
  const live = drawTree(tree, progress, stream as unknown as NodeJS.WriteStream);
  for (const change of plan.changes) advance(progress, { kind: "change", change: change.digest, state: "done", key: change.key ?? "PAY-151", message: null });
  await new Promise((later) => setTimeout(later, 300));
  live.end();
  expect(stripVTControlCharacters(drawn)).toContain(treeText(tree, progress).trimEnd());
  expect(stripVTControlCharacters(drawn)).toContain("3 of 3");
});
