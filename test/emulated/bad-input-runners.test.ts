/** Two runs at once: in one folder the second ends with 7; in two clones it waits for the lease. Either way one ticket a section. */

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../cli/run-canon.ts";
import { startVendor, type RunningVendor, type VendorName } from "./emulated-vendors.ts";
import { flat, shellIn, vendorShell, type VendorShell } from "./vendor-shell.ts";

const VENDORS: readonly VendorName[] = ["jira-cloud", "linear", "github"];

/** Holds the first create until it is let go. */
function held(vendor: RunningVendor): { readonly reached: Promise<void>; readonly release: () => void } {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vendor.hook({
    before: async ({ operation }) => {
      if (operation !== "create") return;
      reached.resolve();
      await released.promise;
    },
  });
  return { reached: reached.promise, release: released.resolve };
}

test.each(VENDORS)("%s: a second run in the same folder is turned away", { timeout: 60_000 }, async (name) => {
  const shell = vendorShell(await startVendor(name));
  const first = held(shell.vendor);
  const run = shell.start("apply", "--auto-approve");
  await first.reached;
  const second = await shell.canon("apply", "--auto-approve");
  expect(second.exitCode).toBe(7);
  expect(flat(second)).toMatch(/canon apply is writing in this workspace since .* Wait until it is done and try again/);
  first.release();
  expect((await run.finished).exitCode).toBe(0);
  expect(shell.vendor.people.keys()).toHaveLength(3);
});

test.each(VENDORS)("%s: a run in another clone waits for the lease, and takes over the first one's tickets", { timeout: 90_000 }, async (name) => {
  const one = vendorShell(await startVendor(name));
  const two = cloneOf(one);
  // The first one keeps its lease while it waits for a limit.
  one.vendor.setFaults([{ operation: "create", nth: 1, kind: "rate-limited", ms: 8_000 }]);
  const run = one.start("apply", "--auto-approve");
  await until(run, "its limit of requests is reached");
  const other = two.start("apply", "--auto-approve");
  await until(other, "holds the lease");
  expect((await run.finished).exitCode).toBe(0);
  const ended = await other.finished;
  expect([ended.exitCode, ended.stderr]).toEqual([0, ""]);
  expect(ended.stdout).toMatch(/^waiting {3}main: canon apply on .* holds the lease, \d+ /m);
  expect(ended.stdout).toContain("3 marked · 1 spec marked");
  expect(one.vendor.people.keys()).toHaveLength(3);
  expect(two.spec()).toBe(one.spec());
});

function cloneOf(shell: VendorShell): VendorShell {
  const git = (...args: readonly string[]): void => void execFileSync("git", args, { cwd: shell.folder, stdio: "pipe" });
  const [bare, clone] = [`${shell.folder}.git`, `${shell.folder}-two`];
  onTestFinished(() => [bare, clone].forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "Specs");
  git("clone", "-q", "--bare", ".", bare);
  git("remote", "add", "origin", bare);
  git("fetch", "-q", "origin");
  git("branch", "-q", "-u", "origin/main");
  git("clone", "-q", bare, clone);
  return shellIn(clone, shell.vendor, {});
}
