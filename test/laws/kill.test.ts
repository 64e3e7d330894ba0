/** Laws 4 and 5: apply killed with SIGKILL at every write it makes, then run again, comes to what the uncrashed run came to. */

import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { applyInChild, copyOf, twoAtATime, type Death } from "../harness/kill.ts";
import { outcomeOf, unrest, unsettled, type Outcome } from "../harness/outcome.ts";
import type { Project } from "../harness/project-at.ts";
import { LOCAL_CONFIG, makeProject } from "../harness/project.ts";
import { skippingClock } from "../harness/skipping-clock.ts";
import { edited, thirtySections } from "../harness/thirty-sections.ts";

const BOUND = 60_000;
const SLOW_CONFIG = LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 60s");

interface Uncrashed {
  readonly start: Project;
  readonly outcome: Outcome;
  readonly labels: readonly string[];
}

async function uncrashed(start: Project): Promise<Uncrashed> {
  const project = await copyOf(start);
  const end = await applyInChild(project.root, { moment: 0 });
  if (end.killed) throw new Error("nobody was to be killed");
  expect(end.exitCode).toBe(0);
  expect(unrest(await project.plan())).toEqual([]);
  return { start, outcome: await outcomeOf(project), labels: end.labels };
}

/** Dies, runs again, and must have come to the same. Answers how long the second run waited. */
async function dieAndRerun({ start, outcome, labels }: Uncrashed, death: Death): Promise<number> {
  const project = await copyOf(start);
  const where = `killed at ${death.moment} (${labels[death.moment - 1] ?? "?"}) ${death.way ?? ""}`;
  expect(await applyInChild(project.root, death), where).toEqual({ killed: true });
  const clock = skippingClock();
  const report = await project.within({ clock }).apply();
  expect(report.exitCode, where).toBe(0);
  expect(await outcomeOf(project), where).toEqual(outcome);
  expect(unrest(await project.plan()), where).toEqual([]);
  expect(await unsettled(project), where).toEqual([]);
  await rm(project.root, { recursive: true, force: true });
  return clock.waited();
}

function momentsOf(labels: readonly string[], wanted: (label: string) => boolean = () => true): readonly number[] {
  return labels.flatMap((label, index) => (wanted(label) ? [index + 1] : []));
}

async function appliedThenEdited(): Promise<Project> {
  const project = await makeProject(thirtySections());
  await project.apply();
  const texts = await Promise.all(Object.keys(thirtySections()).map(async (path) => [path, await project.read(path)] as const));
  for (const [path, text] of Object.entries(edited(Object.fromEntries(texts)))) await project.write(path, text);
  return project;
}

describe("the first apply of thirty sections", () => {
  it("is killed at every write", { timeout: 300_000 }, async () => {
    const run = await uncrashed(await makeProject(thirtySections()));
    expect(run.outcome.tickets).toHaveLength(30);
    await twoAtATime(momentsOf(run.labels), async (moment) => expect(await dieAndRerun(run, { moment })).toBe(0));
  });

  it("is killed at every create on a tracker without client ids, where what was under way is lost or lands within D", { timeout: 300_000 }, async () => {
    const start = await makeProject(thirtySections(), SLOW_CONFIG);
    const desk = await start.desk();
    await desk.behave({ clientIds: false });
    await desk.end();
    const run = await uncrashed(start);
    const creates = momentsOf(run.labels, (label) => label.startsWith("create "));
    const deaths = creates.flatMap((moment): Death[] => [{ moment }, { moment, way: "late", delay: BOUND - 2000 }]);
    await twoAtATime(deaths, async (death) => expect(await dieAndRerun(run, death)).toBeGreaterThan(BOUND - 1000));
  });
});

describe("an apply of edits to ten sections", () => {
  it("is killed at every write", { timeout: 300_000 }, async () => {
    const run = await uncrashed(await appliedThenEdited());
    await twoAtATime(momentsOf(run.labels), async (moment) => void (await dieAndRerun(run, { moment })));
  });
});
