/** Laws 4 and 5 where one thing goes wrong after another: runs that die while they recover, answers lost before the kill. */

import { describe, expect, it } from "vitest";
import { twoAtATime, type Death } from "../harness/kill.ts";
import { dieAndRerun, labelsAfter, labelsOfPart, momentsOf, undisturbed } from "../harness/kill-law.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { LOCAL_REWRITES } from "../../src/trackers/local-desk.ts";

const FILES = {
  "specs/one.md": "## One\n\nSame text.\n\n- [ ] a\n\n### One A\n\nSame text.\n\n### One B\n\n- one\n- two\n",
  "specs/two.md": "## Two\r\n\r\nText two.\r\n\r\n### Two A\r\n\r\n> Quoted.\r\n",
};

async function project(config: string = LOCAL_CONFIG): Promise<Project> {
  return makeProject(FILES, config);
}

describe("a run that recovers is killed at every write of its own", () => {
  it.each([
    ["after the intent", "create 0/2 main"],
    ["after one create", "create 1/2 main"],
    ["after all creates of a batch", "create 3/3 main"],
    ["after half a journal line", "half append"],
    ["before a marker", "rename "],
  ])("%s", { timeout: 120_000 }, async (_name, label) => {
    const run = await undisturbed(await project());
    const [first = 0] = momentsOf(run.labels, (one) => one.startsWith(label) && (!label.startsWith("rename") || one.includes("/specs/"))).slice(-1);
    expect(first).toBeGreaterThan(0);
    const again = await labelsAfter(run, { moment: first });
    await twoAtATime(momentsOf(again), async (moment) => void (await dieAndRerun(run, [{ moment: first }, { moment }])));
  });

  it("on a tracker without client ids, where the first run's requests land while the second recovers", { timeout: 120_000 }, async () => {
    const start = await project(LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 1s"));
    const desk = await start.desk();
    await desk.behave({ clientIds: false });
    await desk.end();
    const run = await undisturbed(start);
    const [first = 0] = momentsOf(run.labels, (label) => label === "create 1/3 main");
    const death: Death = { moment: first, way: "late", delay: 700 };
    const again = await labelsAfter(run, death);
    const moments = momentsOf(again, (label) => label.startsWith("create ") || label.includes("/runs/") || label.includes("claims"));
    await twoAtATime(moments, async (moment) => void (await dieAndRerun(run, [death, { moment }])));
  });
});

describe("answers are lost, then the run is killed", () => {
  it.each([true, false])("client ids: %s", { timeout: 120_000 }, async (clientIds) => {
    const start = await project(LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 0.1s"));
    const desk = await start.desk();
    await desk.behave({ clientIds });
    await desk.end();
    const run = await undisturbed(start);
    const faulty = await start.desk();
    await faulty.setFaults([{ operation: "create", nth: 2, kind: "drop-answer" }, { operation: "create", nth: 4, kind: "garbage" }]);
    await faulty.end();
    const moments = momentsOf(await labelsOfPart(run), (label) => !label.includes("lock"));
    await twoAtATime(moments, async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});

describe.each(LOCAL_REWRITES.filter((vendor) => vendor !== "none"))("a tracker that rewrites text as %s", (rewrites) => {
  it("is killed at every request", { timeout: 120_000 }, async () => {
    const start = await project();
    const desk = await start.desk();
    await desk.behave({ rewrites });
    await desk.end();
    const run = await undisturbed(start);
    await twoAtATime(momentsOf(run.labels, (label) => /^(create|update)/.test(label)), async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});
