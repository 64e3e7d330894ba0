/** `canon undo` as people type it: what it shows, whom it asks, what it refuses. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lastJson, MINIMAL, openShell, type Shell } from "./captured-world.ts";

const THREE = { ...MINIMAL, "specs/payments.md": "# Payments\n\n## Keys\n\nA.\n\n## Refunds\n\nB.\n\n## Retries\n\nC.\n" };

async function appliedIn(files: Readonly<Record<string, string>> = THREE): Promise<{ readonly shell: Shell; readonly run: string }> {
  const shell = openShell(files);
  const ran = await shell.canon("apply", "--auto-approve");
  expect(ran.exitCode).toBe(0);
  const run = /\n {2}undo: canon undo ([0-9a-f]{4})\n$/.exec(ran.out)?.[1] ?? "";
  expect(run).not.toBe("");
  return { shell, run };
}

const specOf = ({ folder }: Shell): string => readFileSync(join(folder, "specs/payments.md"), "utf8");

describe("canon undo", () => {
  it("shows, asks, closes, and is listed among the runs with what it was about", async () => {
    const { shell, run } = await appliedIn();
    const ran = await shell.asked(["yes"], "undo");
    expect(ran.exitCode).toBe(0);
    expect(ran.err).toContain("Undo? Only yes is accepted:");
    expect(ran.out).toContain("closes: the run that created it is undone");
    expect(ran.out).toContain("3 closes");
    expect(ran.out).toContain("3 closed");
    expect(ran.out).not.toContain("undo: canon undo");
    expect(specOf(shell)).not.toContain("canon:ticket");
    expect((await shell.canon("runs")).out).toContain(`canon undo ${run}`);
  });

  it("has nothing to do a second time, nor where nothing was created", async () => {
    const { shell, run } = await appliedIn();
    await shell.canon("undo", run, "--auto-approve");
    const again = await shell.canon("undo", run.slice(0, 2), "--auto-approve");
    expect([again.exitCode, again.out.includes(`Nothing to undo: of what run ${run} created, nothing is left to close.`)]).toEqual([0, true]);
    expect(await openShell(MINIMAL).canon("undo")).toMatchObject({ exitCode: 0, out: "  Nothing to undo: no run of this workspace has created a ticket.\n" });
  });

  it("tells what it keeps, and why", async () => {
    const { shell } = await appliedIn();
    await shell.canon("local", "comment", "PAY-2", "Mine now.");
    const { out } = await shell.canon("undo", "-n");
    expect(out).toContain("PAY-2 kept: dana commented, just now.");
    expect(out).toContain("2 closes");
    expect((await shell.canon("undo", "-n")).exitCode).toBe(0);
    expect(specOf(shell).match(/canon:ticket/g)).toHaveLength(3);
  });

  it("writes nothing when somebody says no, and needs a flag where nobody can say yes", async () => {
    const { shell } = await appliedIn();
    expect((await shell.asked(["no"], "undo")).out).toContain("Nothing was written.");
    expect(await shell.canon("undo")).toMatchObject({ exitCode: 64 });
    expect(specOf(shell).match(/canon:ticket/g)).toHaveLength(3);
  });

  it("refuses a run that there is not, or that could be several", async () => {
    const { shell } = await appliedIn();
    expect(await shell.canon("undo", "zzzz")).toMatchObject({ exitCode: 64, err: expect.stringContaining('There is no run "zzzz".') });
    expect((await shell.canon("undo", "", "--auto-approve")).exitCode).not.toBe(70);
  });

  it("prints records for programs", async () => {
    const { shell } = await appliedIn();
    const ran = await shell.canon("undo", "--auto-approve", "--json");
    expect(lastJson(ran)).toMatchObject({ type: "summary", command: "undo", exitCode: 0, marked: ["specs/payments.md"] });
  });

  it("obeys limits.close and the branch where the tracker is not this machine's", async () => {
    const { shell } = await appliedIn();
    await shell.canon("local", "behave", "embedded=false");
    const plain = await shell.canon("undo", "--auto-approve");
    expect([plain.exitCode, plain.err.includes("--allow-mass-close=3")]).toEqual([64, true]);
    expect(specOf(shell).match(/canon:ticket/g)).toHaveLength(3);
    expect((await shell.asked(["2"], "undo", "--any-branch")).out).toContain("Nothing was written.");
    expect((await shell.asked(["3"], "undo", "--any-branch")).exitCode).toBe(0);
    expect(specOf(shell)).not.toContain("canon:ticket");
  });
});
