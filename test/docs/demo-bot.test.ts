/** The README's command for the bot plays its whole story. */

import { resolve } from "node:path";
import { x } from "tinyexec";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");

it("plans a pull request, applies it, proposes one line, and finds nothing to do in the end", { timeout: 120_000 }, async () => {
  const { stdout, stderr, exitCode } = await x(process.execPath, ["scripts/demo-bot.ts"], { nodeOptions: { cwd: root } });
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/canon\[bot\] says on #1:\n {2}\| ### Canon: 2 creates/);
  expect(stdout).toContain("2 changes applied.");
  // Exactly one changed line.
  expect(stdout.match(/^ {2}\| (\+|--).*$/gm)).toEqual(["  | +- [ ] A receipt is sent"]);
  expect(stdout).toMatch(/\$ canon plan --exit-code\n {2}No changes\./);
});
