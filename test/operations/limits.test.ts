/** Limits of a tracker: planned before they are hit, and waited out in sight where only time helps. */

import { describe, expect, it } from "vitest";
import type { ApplyEvent } from "../../src/core/model/apply-report.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import type { Capabilities } from "../../src/trackers/tracker.ts";
import { connect } from "../../src/wiring.ts";
import { atDesk } from "../harness/at-desk.ts";
import { makeProject } from "../harness/project.ts";
import { skippingClock } from "../harness/skipping-clock.ts";

/** The local tracker with other limits. */
function limited(limits: Partial<Capabilities>): ConnectTracker {
  return async (target, context) => {
    const connection = await connect(target, context);
    if (!connection.ok) return connection;
    const { tracker } = connection;
    return { ok: true, tracker: { ...tracker, capabilities: { ...tracker.capabilities, ...limits } } };
  };
}

function sections(count: number, depth: string): string {
  return Array.from({ length: count }, (_, index) => `${depth} Story ${index + 1}\n\nText ${index + 1}.\n`).join("\n");
}

describe("children below one ticket", () => {
  it("beyond the limit get no ticket, those before them do, and it is told once", async () => {
    const project = await makeProject({ "specs/a.md": `## Epic\n\n${sections(5, "###")}\n#### Deep\n\nText.\n` });
    const small = project.within({ connect: limited({ childLimit: 3 }) });
    const plan = await small.plan();
    expect(plan.changes.map(({ address }) => address)).toEqual(["specs/a.md#epic", "specs/a.md#story-1", "specs/a.md#story-2", "specs/a.md#story-3"]);
    expect(plan.diagnostics).toMatchObject([
      {
        code: "too-many-children",
        place: { path: "specs/a.md", line: 1 },
        message: '"Epic" would have 5 tickets below it, and local takes 3: the last 2 get none.',
      },
    ]);
    await small.apply();
    // Those that are there count.
    expect((await small.plan()).changes).toEqual([]);
    expect((await project.plan()).changes).toHaveLength(3);
  });
});

describe("levels", () => {
  it("beyond the limit get no ticket", async () => {
    const project = await makeProject({ "specs/a.md": "## Epic\n\nText.\n\n### Story\n\nText.\n\n#### Task\n\nText.\n" });
    const plan = await project.within({ connect: limited({ depthLimit: 2 }) }).plan();
    expect(plan.changes).toHaveLength(2);
    expect(plan.diagnostics).toMatchObject([{ code: "too-deep", message: '"Task" would be 3 levels deep, and local takes 2: it gets no ticket.' }]);
  });
});

describe("creations an hour", () => {
  it("beyond the limit are told with the time they take", async () => {
    const project = await makeProject({ "specs/a.md": sections(25, "##") });
    const plan = await project.within({ connect: limited({ creationsPerHour: 10, embedded: false }), anyBranch: true }).plan();
    expect(plan.changes).toHaveLength(25);
    expect(plan.diagnostics).toMatchObject([
      { code: "creation-pace", message: "main: local lets 10 tickets be created an hour, so 25 take at least 2 h of waiting." },
    ]);
    expect(plan.targets[0]?.estimate.seconds).toBeGreaterThan(7_200);
  });
});

describe("a limit of requests", () => {
  it("is waited out in sight: every section has one ticket, and nothing is called failed", async () => {
    const project = await makeProject({ "specs/a.md": sections(4, "##") });
    const events: ApplyEvent[] = [];
    const patient = project.within({ clock: skippingClock(), onEvent: (event) => events.push(event) });
    await atDesk(project, (desk) => desk.setFaults([{ operation: "create", nth: 2, kind: "rate-limited", ms: 3_000 }]));
    expect((await patient.apply()).exitCode).toBe(0);
    expect(await project.tickets()).toHaveLength(4);
    const waits = events.flatMap((event) => (event.kind === "waiting" ? [event] : []));
    expect(waits.map(({ seconds }) => seconds)).toEqual([3, 2, 1]);
    expect(waits[0]).toMatchObject({ target: "main", why: "its limit of requests is reached" });
  });

  it("holds an update back, which then looks at its guard again", async () => {
    const project = await makeProject({ "specs/a.md": sections(2, "##") });
    await project.apply();
    await project.write("specs/a.md", (await project.read("specs/a.md")).replace("Text 1.", "New text.").replace("Text 2.", "Newer text."));
    await atDesk(project, (desk) => desk.setFaults([{ operation: "update", nth: 1, kind: "rate-limited", ms: 2_000 }]));
    let isEdited = false;
    const patient = project.within({
      clock: skippingClock(),
      onEvent: (event) => {
        if (event.kind === "waiting") isEdited = true;
      },
    });
    expect((await patient.apply()).exitCode).toBe(0);
    expect(isEdited).toBe(true);
    expect((await project.tickets()).map(({ body }) => /New(er)? text/.test(body))).toEqual([true, true]);
  });

  it("can be left with ^C: nothing is lost, and running again goes on", async () => {
    const project = await makeProject({ "specs/a.md": sections(4, "##") });
    const stop = new AbortController();
    await atDesk(project, (desk) => desk.setFaults([{ operation: "create", nth: 2, kind: "rate-limited", ms: 3_000 }]));
    const impatient = project.within({ clock: skippingClock(), signal: stop.signal, onEvent: (event) => event.kind === "waiting" && stop.abort() });
    const report = await impatient.apply();
    expect(report.results.map(({ state }) => state).sort()).toEqual(["done", "done", "done", "held"]);
    expect(await project.tickets()).toHaveLength(3);
    await project.apply();
    expect(await project.tickets()).toHaveLength(4);
    expect((await project.plan()).changes).toEqual([]);
  });
});
