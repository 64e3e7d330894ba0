/** Laws 4 and 5: apply killed with SIGKILL at every write it makes, then run again, comes to what the undisturbed run came to. */

import { describe, expect, it } from "vitest";
import { twoAtATime, type Death } from "../harness/kill.ts";
import { dieAndRerun, momentsOf, undisturbed } from "../harness/kill-law.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { edited, thirtySections } from "../harness/thirty-sections.ts";

/** D. Reruns wait it out on a clock that skips. */
const BOUND = 60_000;
const SLOW_CONFIG = LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 60s");

async function appliedThenEdited(): Promise<Project> {
  const project = await makeProject(thirtySections());
  await project.apply();
  const texts = await Promise.all(Object.keys(thirtySections()).map(async (path) => [path, await project.read(path)] as const));
  for (const [path, text] of Object.entries(edited(Object.fromEntries(texts)))) await project.write(path, text);
  return project;
}

describe("the first apply of thirty sections", () => {
  it("is killed at every write", { timeout: 300_000 }, async () => {
    const run = await undisturbed(await makeProject(thirtySections()));
    expect(run.outcome.tickets).toHaveLength(30);
    await twoAtATime(momentsOf(run.labels), async (moment) => expect(await dieAndRerun(run, [{ moment }])).toBe(0));
  });

  it("is killed at every create on a tracker without client ids, where what was under way is lost or lands within D", { timeout: 300_000 }, async () => {
    const start = await makeProject(thirtySections(), SLOW_CONFIG);
    const desk = await start.desk();
    await desk.behave({ clientIds: false });
    await desk.end();
    const run = await undisturbed(start);
    const creates = momentsOf(run.labels, (label) => label.startsWith("create "));
    const deaths = creates.flatMap((moment): Death[] => [{ moment }, { moment, way: "late", delay: BOUND - 2000 }]);
    await twoAtATime(deaths, async (death) => expect(await dieAndRerun(run, [death])).toBeGreaterThan(BOUND - 1000));
  });
});

describe("an apply of edits to ten sections", () => {
  it("is killed at every write", { timeout: 300_000 }, async () => {
    const run = await undisturbed(await appliedThenEdited());
    await twoAtATime(momentsOf(run.labels), async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});
