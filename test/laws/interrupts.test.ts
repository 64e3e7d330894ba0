/** The first ^C drains: what is under way is finished and marked, the rest is held, and running the command again completes it. */

import { expect, it } from "vitest";
import type { ApplyEvent } from "../../src/core/model/apply-report.ts";
import { systemClock } from "../../src/io/clock.ts";
import { applyInChild } from "../harness/kill.ts";
import { outcomeOf, unrest, unsettled } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = "## One\n\nText.\n\n### One A\n\nText a.\n\n### One B\n\nText b.\n\n## Two\n\nText two.\n";

async function uninterrupted(config: string = LOCAL_CONFIG): Promise<unknown> {
  const project = await makeProject({ "specs/one.md": SPEC }, config);
  await project.apply();
  return outcomeOf(project);
}

/** A world in which ^C is pressed at the first event that `when` says yes to. */
function interrupted(project: Project, when: (event: ApplyEvent) => boolean): Project {
  const interrupt = new AbortController();
  return project.within({
    signal: interrupt.signal,
    onEvent: (event) => {
      if (when(event)) interrupt.abort();
    },
  });
}

it.each([
  ["while the first tickets are created", (event: ApplyEvent) => event.kind === "change" && event.state === "running"],
  ["once the first is done", (event: ApplyEvent) => event.kind === "change" && event.state === "done"],
  ["once the first spec is marked", (event: ApplyEvent) => event.kind === "marked"],
] as const)("%s: the batch under way is finished and marked", async (_name, when) => {
  const project = await makeProject({ "specs/one.md": SPEC });
  const report = await interrupted(project, when).apply();
  expect(report.exitCode).toBe(130);
  expect(report.results.map(({ state }) => state)).toEqual(["done", "held", "held", "done"]);
  expect(report.marked).toEqual(["specs/one.md"]);
  expect(await project.tickets()).toHaveLength(2);
  expect((await project.read("specs/one.md")).match(/canon:ticket/g)).toHaveLength(2);
  expect(await unsettled(project)).toEqual([]);
  expect((await project.apply()).exitCode).toBe(0);
  expect(await outcomeOf(project)).toEqual(await uninterrupted());
  expect(unrest(await project.plan())).toEqual([]);
});

it("before anything began: nothing is sent", async () => {
  const project = await makeProject({ "specs/one.md": SPEC });
  const report = await project.within({ signal: AbortSignal.abort() }).apply();
  expect([report.exitCode, report.results.map(({ state }) => state)]).toEqual([130, ["held", "held", "held", "held"]]);
  expect(await project.tickets()).toEqual([]);
});

it("while an update runs: it is finished, the rest is held", async () => {
  const project = await makeProject({ "specs/one.md": SPEC });
  await project.apply();
  await project.write("specs/one.md", (await project.read("specs/one.md")).replace("Text two.", "Text zwei.").concat("\n## Three\n"));
  const report = await interrupted(project, (event) => event.kind === "change" && event.state === "running").apply();
  expect(report.exitCode).toBe(130);
  expect(report.results.map(({ state }) => state).sort()).toEqual(["done", "held"]);
  expect((await project.apply()).exitCode).toBe(0);
  expect(unrest(await project.plan())).toEqual([]);
});

it("while it waits out D after a crash: nothing is decided, and the next run does", { timeout: 30_000 }, async () => {
  const config = LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 2s");
  const project = await makeProject({ "specs/one.md": SPEC }, config);
  const desk = await project.desk();
  await desk.behave({ clientIds: false });
  await desk.end();
  const labels = await labelsOf(SPEC, config);
  const moment = labels.findIndex((label) => label.startsWith("create 1/")) + 1;
  // One landed, the other lands half a second before D is over.
  await applyInChild(project.root, { moment, way: "late", delay: 1500 });
  const report = await interrupted(project, (event) => event.kind === "waiting").apply();
  expect(report.exitCode).toBe(130);
  expect(report.results.every(({ state }) => state === "held")).toBe(true);
  const began = systemClock.monotonic();
  expect((await project.apply()).exitCode).toBe(0);
  expect(systemClock.monotonic() - began).toBeGreaterThanOrEqual(2000);
  expect(await outcomeOf(project)).toEqual(await uninterrupted(config));
  expect(await unsettled(project)).toEqual([]);
});

async function labelsOf(text: string, config: string): Promise<readonly string[]> {
  const end = await applyInChild((await makeProject({ "specs/one.md": text }, config)).root, { moment: 0 });
  if (end.killed) throw new Error("nobody was to be killed");
  return end.labels;
}

it("while a lost answer is being settled: the create stays in doubt, and the next run finds it", async () => {
  const project = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 1s"));
  const desk = await project.desk();
  await desk.behave({ clientIds: false });
  await desk.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
  await desk.end();
  const report = await interrupted(project, (event) => event.kind === "waiting").apply();
  expect(report.exitCode).toBe(130);
  expect(report.results.map(({ state }) => state)).toEqual(["unknown", "held", "held", "done"]);
  expect((await project.apply()).exitCode).toBe(0);
  expect(await project.tickets()).toHaveLength(4);
  expect(await unsettled(project)).toEqual([]);
});
