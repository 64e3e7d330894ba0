/** The README's command for three trackers does what the README says. */

import { resolve } from "node:path";
import { x } from "tinyexec";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");

it("plans and applies the example to three emulated trackers, and then finds nothing to do", async () => {
  const { stdout, stderr, exitCode } = await x(process.execPath, ["scripts/demo-trackers.ts"], { nodeOptions: { cwd: root } });
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("12 created · 4 specs marked");
  expect(stdout).toMatch(/\$ canon plan --exit-code\n {2}No changes\./);
}, 60_000);
