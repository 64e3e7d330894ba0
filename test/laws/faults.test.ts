/** Law 16: the ledger and the exit code say what the tracker's own log says, whatever fails; a failure stops only what depends on it. */

import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ApplyReport, ChangeResult } from "../../src/core/model/apply-report.ts";
import type { LocalFault, LocalFaultKind } from "../../src/trackers/local-desk.ts";
import { unrest, unsettled } from "../harness/outcome.ts";
import { makeProject, type Project } from "../harness/project.ts";
import { skippingClock } from "../harness/skipping-clock.ts";

const SPEC = `## One

Text one.

### One A

- [ ] a

### One B

Text b.

## Two

Text two.

### Two A

Text two a.
`;

const KINDS: readonly LocalFaultKind[] = ["refuse", "unavailable", "rate-limited", "drop-answer", "garbage", "late", "hang"];

async function project(text: string = SPEC): Promise<Project> {
  return (await makeProject({ "specs/one.md": text })).within({ clock: skippingClock() });
}

async function withFaults(on: Project, ...faults: readonly LocalFault[]): Promise<void> {
  const desk = await on.desk();
  await desk.setFaults(faults, { replace: true });
  await desk.end();
}

/** What the tracker and the spec say of every section, by title. */
async function facts(on: Project): Promise<ReadonlyMap<string, { readonly tickets: number; readonly marked: boolean }>> {
  const desk = await on.desk();
  const all = await desk.list();
  await desk.end();
  const text = await on.read("specs/one.md");
  const titles = [...text.matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? "");
  return new Map(
    titles.map(
      (title) =>
        [
          title,
          { tickets: all.filter((ticket) => ticket.title === title).length, marked: new RegExp(`# ${title}\\r?\\n<!-- canon:ticket`).test(text) },
        ] as const,
    ),
  );
}

function result(report: ApplyReport, id: string): ChangeResult | undefined {
  return report.results.find(({ address }) => address === `specs/one.md#${id}`);
}

function expectedExit(report: ApplyReport): number {
  const has = (state: ChangeResult["state"]): boolean => report.results.some((one) => one.state === state);
  if (has("unknown")) return 8;
  if (!has("failed") && !has("held")) return 0;
  return has("done") ? 5 : 1;
}

describe.each(KINDS)("a create that meets %s", (kind) => {
  it.each([1, 2, 3, 5])("at element %i", async (nth) => {
    const on = await project();
    await withFaults(on, { operation: "create", nth, kind, ms: 20 });
    const report = await on.apply();
    const known = await facts(on);
    for (const [title, { tickets, marked }] of known) {
      const state = result(report, title.toLowerCase().replace(" ", "-"))?.state;
      // What is unknown may be there by now or not.
      const there = state === "unknown" ? tickets : state === "done" ? 1 : 0;
      expect([title, state, tickets, marked]).toEqual([title, state, there, state === "done"]);
    }
    expect(report.results).toHaveLength(5);
    expect(report.exitCode).toBe(expectedExit(report));
    await setTimeout(kind === "late" ? 20 : 0);
    expect((await on.apply()).exitCode).toBe(0);
    expect([...(await facts(on)).values()]).toEqual(Array.from({ length: 5 }, () => ({ tickets: 1, marked: true })));
    expect(unrest(await on.plan())).toEqual([]);
    expect(await unsettled(on)).toEqual([]);
  });
});

it("holds back only what stands below the failure", async () => {
  const on = await project();
  await withFaults(on, { operation: "create", nth: 1, kind: "refuse" });
  const { results, exitCode } = await on.apply();
  expect(results.map(({ address, state }) => [address.split("#")[1], state])).toEqual([
    ["one", "failed"],
    ["one-a", "held"],
    ["one-b", "held"],
    ["two", "done"],
    ["two-a", "done"],
  ]);
  expect(exitCode).toBe(5);
});

describe.each(KINDS)("an update that meets %s", (kind) => {
  it.each(["update", "transition"] as const)("in a %s", async (operation) => {
    const on = await project();
    await on.apply();
    const text = await on.read("specs/one.md");
    await on.write(
      "specs/one.md",
      text
        .replace("## One\n", "## Uno\n")
        .replace("Text b.", "Text bb.")
        .replace(/(system:two status:)draft/, "$1in_progress")
        .replace("Text two a.", "Text two aa.")
        .replace(/(system:two-a status:)draft/, "$1in_progress"),
    );
    await withFaults(on, { operation, nth: 2, kind, ms: 20 });
    const report = await on.apply();
    const left = new Set((await on.plan()).changes.map(({ address }) => address));
    for (const { address, state } of report.results) {
      if (state === "done") expect(left.has(address), `${address} done`).toBe(false);
      if (state === "failed" || state === "held") expect(left.has(address), `${address} ${state}`).toBe(true);
    }
    // A limit is waited out, and then it is done.
    expect(report.results.filter(({ state }) => state !== "done")).toHaveLength(kind === "rate-limited" ? 0 : 1);
    expect(report.exitCode).toBe(expectedExit(report));
    await on.apply();
    expect(unrest(await on.plan())).toEqual([]);
  });
});

describe("a tracker that fails where nothing is written", () => {
  it.each(["check", "read", "watermark"] as const)("%s", async (operation) => {
    for (const kind of ["unavailable", "refuse", "rate-limited", "garbage"] as const) {
      const on = await project();
      await withFaults(on, { operation, nth: 1, kind });
      const report = await on.apply();
      expect([operation, kind, report.exitCode, (await on.tickets()).length]).toEqual([
        operation,
        kind,
        report.exitCode,
        report.results.filter(({ state }) => state === "done").length,
      ]);
      expect(report.exitCode).not.toBe(0);
      await on.apply();
      expect(unrest(await on.plan())).toEqual([]);
    }
  });

  it("settle, after a lost answer: the create stays unknown, and the next run finds it", async () => {
    const on = await project();
    await withFaults(on, { operation: "create", nth: 2, kind: "drop-answer" }, { operation: "settle", nth: 1, kind: "unavailable" });
    const report = await on.apply();
    expect(report.results.map(({ state }) => state)).toContain("unknown");
    expect(report.exitCode).toBe(8);
    await withFaults(on, { operation: "settle", nth: 1, kind: "unavailable" });
    // The ticket's own token proves it meanwhile.
    expect((await on.apply()).exitCode).toBe(0);
    expect((await on.tickets()).length).toBe(5);
    expect((await on.apply()).exitCode).toBe(0);
    expect((await on.tickets()).length).toBe(5);
    expect(unrest(await on.plan())).toEqual([]);
    expect(await unsettled(on)).toEqual([]);
  });

  it("history: the plan is the same without names", async () => {
    const on = await project();
    await on.apply();
    const desk = await on.desk();
    await desk.edit("PAY-1", { title: "Theirs" });
    await desk.end();
    const { digest } = await on.plan();
    await withFaults(on, { operation: "history", nth: 1, kind: "unavailable" });
    const plan = await on.plan();
    expect(plan.digest).toBe(digest);
    expect(plan.observed).toHaveLength(1);
  });

  it("a read in part: nothing is written", async () => {
    const on = await project();
    await on.apply();
    await on.write("specs/one.md", `${await on.read("specs/one.md")}\n## Three\n`);
    await withFaults(on, { operation: "read", nth: 1, kind: "partial" });
    const plan = await on.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.questions).toEqual([]);
  });
});
