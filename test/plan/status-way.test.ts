/** The way through a strict workflow: the fewest steps, and none where one step leads there. */

import { describe, expect, it } from "vitest";
import { statusWay } from "../../src/core/plan/status-way.ts";
import { atDesk } from "../harness/at-desk.ts";
import { makeProject } from "../harness/project.ts";
import { planText } from "../../src/views/plan-text.ts";
import { planView } from "../../src/views/plan-view.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";

const STEPS = { Backlog: ["Todo", "Canceled"], Todo: ["Doing"], Doing: ["Review", "Todo"], Review: ["Done", "Doing"], Done: [], Canceled: ["Backlog"] };

describe("the way", () => {
  it.each([
    ["Backlog", "Todo", null],
    ["Backlog", "Done", ["Todo", "Doing", "Review"]],
    ["Doing", "Done", ["Review"]],
    ["Done", "Backlog", null],
    ["Todo", "Todo", null],
    ["Nowhere", "Done", null],
  ])("from %s to %s passes %j", (from, to, way) => {
    expect(statusWay(STEPS, from, to)).toEqual(way);
  });

  it("is shown in the plan before it is walked, and only where walking is on", async () => {
    const config = (transitions: string): string =>
      `id: test\nspecs: { include: ["specs/**/*.md"], exclude_headings: [] }\nticket_systems:\n  main: { system: local, project: PAY, transitions: ${transitions} }\n`;
    const project = await makeProject({ "specs/a.md": "## Keys\n\nText.\n" }, config("walk"));
    await atDesk(project, (desk) => desk.behave({ workflow: "strict" }));
    await project.apply();
    await project.write("specs/a.md", (await project.read("specs/a.md")).replace("status:draft", "status:done"));
    const [change] = (await project.plan()).changes;
    const [field] = change?.fields ?? [];
    expect(field).toMatchObject({ field: "status", live: "Backlog", spec: "Done" });
    expect(field?.way?.length).toBeGreaterThan(0);
    const shown = planText(planView(await project.plan()), pageOf(80, unpainted));
    expect(shown).toContain(`Backlog → ${(field?.way ?? []).join(" → ")} → Done`);
    const digest = (await project.plan()).digest;
    expect((await project.apply()).exitCode).toBe(0);
    expect(digest).toMatch(/^[0-9a-f]+/);
    await project.write("canon.config.yaml", config("direct"));
    await project.write("specs/a.md", (await project.read("specs/a.md")).replace("status:done", "status:todo"));
    expect((await project.plan()).changes[0]?.fields[0]?.way).toBeUndefined();
  });
});
