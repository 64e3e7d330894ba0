/** Laws 4 and 5 where one thing goes wrong after another: runs that die while they recover, answers lost before the kill. */

import { describe, expect, it } from "vitest";
import { twoAtATime, type Death } from "../harness/kill.ts";
import { dieAndRerun, labelsAfter, labelsOfPart, momentsOf, undisturbed } from "../harness/kill-law.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const FILES = {
  "specs/one.md": "## One\n\nSame text.\n\n- [ ] a\n\n### One A\n\nSame text.\n\n### One B\n\n- one\n- two\n",
  "specs/two.md": "## Two\r\n\r\nText two.\r\n\r\n### Two A\r\n\r\n> Quoted.\r\n",
};

async function project(config: string = LOCAL_CONFIG): Promise<Project> {
  return makeProject(FILES, config);
}

/** Recovery, its markers, and the first requests after it; what follows is a run like any other. */
function untilFirstRequest(labels: readonly string[]): readonly number[] {
  const end = labels.findIndex((label) => /^(create|update) [1-9]/.test(label));
  return momentsOf(end < 0 ? labels : labels.slice(0, end + 1), (label) => !label.includes("lock"));
}

describe("a run that recovers is killed at every write of its own", () => {
  it.each([
    ["after one create", "create 1/2 main"],
    ["after half a journal line", "half append"],
    ["before a marker", "rename "],
  ])("%s", { timeout: 120_000 }, async (_name, label) => {
    const run = await undisturbed(await project());
    const [first = 0] = momentsOf(run.labels, (one) => one.startsWith(label) && (!label.startsWith("rename") || one.includes("/specs/"))).slice(-1);
    expect(first).toBeGreaterThan(0);
    const again = await labelsAfter(run, { moment: first });
    await twoAtATime(untilFirstRequest(again), async (moment) => void (await dieAndRerun(run, [{ moment: first }, { moment }])));
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
    await twoAtATime(untilFirstRequest(again), async (moment) => void (await dieAndRerun(run, [death, { moment }])));
  });
});

describe("answers are lost, then the run is killed", () => {
  it.each([
    [true, "drop-answer"],
    [false, "garbage"],
  ] as const)("client ids: %s, answers: %s", { timeout: 120_000 }, async (clientIds, kind) => {
    const start = await project(LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 0.1s"));
    const desk = await start.desk();
    await desk.behave({ clientIds });
    await desk.end();
    const run = await undisturbed(start);
    const faulty = await start.desk();
    await faulty.setFaults([{ operation: "create", nth: 2, kind }]);
    await faulty.end();
    const labels = await labelsOfPart(run);
    const struck = labels.indexOf("create 2/2 main") + 1;
    const moments = momentsOf(labels, (label) => !label.includes("lock") && !label.startsWith("update")).filter((moment) => moment >= struck);
    await twoAtATime(moments, async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});

describe.each(["linear", "jira", "github"] as const)("a tracker that rewrites text as %s", (rewrites) => {
  it("is killed at every request", { timeout: 120_000 }, async () => {
    const start = await project();
    const desk = await start.desk();
    await desk.behave({ rewrites });
    await desk.end();
    const run = await undisturbed(start);
    await twoAtATime(
      momentsOf(run.labels, (label) => /^(create|update)/.test(label)),
      async (moment) => void (await dieAndRerun(run, [{ moment }])),
    );
  });
});

describe("a tracker whose lists show nothing yet of what was just created", () => {
  it.each([true, false])("is killed at every write: client ids %s", { timeout: 120_000 }, async (clientIds) => {
    const start = await project(LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 60s"));
    const desk = await start.desk();
    await desk.behave({ clientIds, searchLag: 3_600_000 });
    await desk.end();
    const run = await undisturbed(start);
    const moments = momentsOf(run.labels, (label) => !label.includes("lock") && !label.startsWith("update"));
    await twoAtATime(moments, async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});

describe("a strict workflow, where a ticket is created first and then walks to its status", () => {
  it("is killed at every request", { timeout: 120_000 }, async () => {
    const files = { "specs/one.md": `---\nstatus: in_progress\n---\n\n${FILES["specs/one.md"]}`, "specs/two.md": FILES["specs/two.md"] };
    const start = await makeProject(files, LOCAL_CONFIG.replace("project: PAY", "project: PAY, transitions: walk"));
    const desk = await start.desk();
    await desk.behave({ workflow: "strict" });
    await desk.end();
    const run = await undisturbed(start);
    expect(run.labels.some((label) => label.startsWith("transition"))).toBe(true);
    await twoAtATime(
      momentsOf(run.labels, (label) => /^(create|update|transition|rename .*specs|append)/.test(label)),
      async (moment) => void (await dieAndRerun(run, [{ moment }])),
    );
  });
});
