/** Laws 4 and 5 for what gives tickets back: undo, tombstones and recreate, killed at every write they make. */

import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Selection } from "../../src/core/model/plan.ts";
import { applyInChild, copyOf, twoAtATime, type Death } from "../harness/kill.ts";
import { dieAndRerun, momentsOf, undisturbed } from "../harness/kill-law.ts";
import { outcomeOf, unrest, unsettled, type Outcome } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { skippingClock } from "../harness/skipping-clock.ts";

const FILES = {
  "specs/one.md": "## One\n\nSame text.\n\n- [ ] a\n\n### One A\n\nSame text.\n\n### One B\n\n- one\n- two\n",
  "specs/two.md": "## Two\r\n\r\nText two.\r\n\r\n### Two A\r\n\r\n> Quoted.\r\n",
};

const isWrite = (label: string): boolean => !label.includes("lock");

/** What a command comes to when nobody disturbs it, and the moments at which it can die. */
async function letThrough(
  start: Project,
  selection: Partial<Selection>,
): Promise<{ readonly moments: readonly number[]; readonly outcome: Outcome; readonly labels: readonly string[] }> {
  const project = await copyOf(start);
  const end = await applyInChild(project.root, { moment: 0, selection });
  if (end.killed || end.exitCode !== 0) throw new Error("the undisturbed run did not go through");
  return { moments: momentsOf(end.labels, isWrite), labels: end.labels, outcome: await outcomeOf(project) };
}

async function killed(start: Project, death: Death, selection: Partial<Selection>): Promise<Project> {
  const project = await copyOf(start);
  expect(await applyInChild(project.root, { ...death, selection })).toEqual({ killed: true });
  return project.within({ clock: skippingClock() });
}

async function openTickets(project: Project): Promise<readonly string[]> {
  const tickets = await project.tickets();
  return tickets.flatMap(({ title, category }) => (category === "canceled" ? [] : [title])).sort();
}

async function markers(project: Project): Promise<string> {
  return (await Promise.all(Object.keys(FILES).map((path) => project.read(path)))).join("\n");
}

describe("undo", () => {
  const started = async (): Promise<{ readonly start: Project; readonly selection: Partial<Selection> }> => {
    const start = await makeProject(FILES);
    const { run } = await start.apply();
    return { start, selection: { decisions: [{ kind: "undo", run }] } };
  };

  it("run again after any death comes to the same end, and so does a third time", { timeout: 240_000 }, async () => {
    const { start, selection } = await started();
    const { moments, outcome } = await letThrough(start, selection);
    await twoAtATime(moments, async (moment) => {
      const project = await killed(start, { moment }, selection);
      expect((await project.apply(selection)).exitCode, `killed at ${moment}`).toBe(0);
      expect(await outcomeOf(project), `killed at ${moment}`).toEqual(outcome);
      expect(
        (await project.tickets()).every(({ base }) => base?.released === true),
        `killed at ${moment}`,
      ).toBe(true);
      expect((await project.plan(selection)).changes).toEqual([]);
      expect(await unsettled(project)).toEqual([]);
      await rm(project.root, { recursive: true, force: true });
    });
  });

  it("with an apply of somebody who knew nothing of it in between: nobody's ticket is taken back, none is made twice", { timeout: 240_000 }, async () => {
    const { start, selection } = await started();
    const before = new Set((await start.tickets()).map(({ id }) => id));
    const { moments } = await letThrough(start, selection);
    await twoAtATime(moments, async (moment) => {
      const project = await killed(start, { moment }, selection);
      expect([0, 4], `killed at ${moment}`).toContain((await project.apply()).exitCode);
      expect((await project.apply(selection)).exitCode, `killed at ${moment}`).toBe(0);
      await project.apply();
      const tickets = await project.tickets();
      const stillOurs = tickets.filter(({ id, base }) => before.has(id) && base?.released !== true);
      // A parent below which the other apply put something stays, as it would have if that had come first.
      for (const ticket of stillOurs)
        expect(
          tickets.some(({ parent, id }) => parent === ticket.key && !before.has(id)),
          `killed at ${moment}: ${ticket.title}`,
        ).toBe(true);
      expect(await openTickets(project), `killed at ${moment}`).toEqual(["One", "One A", "One B", "Two", "Two A"]);
      expect((await markers(project)).match(/canon:ticket/g)).toHaveLength(5);
      expect(unrest(await project.plan()), `killed at ${moment}`).toEqual([]);
      await rm(project.root, { recursive: true, force: true });
    });
  });
});

describe("tombstones", () => {
  it("closed, given back, and one of a section that still stands: killed at every write", { timeout: 240_000 }, async () => {
    const start = await makeProject(FILES);
    await start.apply();
    const [one, two] = [await start.read("specs/one.md"), await start.read("specs/two.md")];
    const keyOf = (text: string, title: string): string => new RegExp(`# ${title}\\r?\\n<!-- canon:ticket:local:(PAY-\\d)`).exec(text)?.[1] ?? "";
    const [oneA, oneB, twoA] = [keyOf(one, "One A"), keyOf(one, "One B"), keyOf(two, "Two A")];
    await start.write(
      "specs/one.md",
      `${one.slice(0, one.indexOf("### One A"))}<!-- canon:removed:local:${oneA} close -->\n\n<!-- canon:removed:local:${oneB} forget -->\n`,
    );
    await start.write("specs/two.md", `${two.replace(`<!-- canon:ticket:local:${twoA} -->\r\n`, "")}\r\n<!-- canon:removed:local:${twoA} forget -->\r\n`);
    const run = await undisturbed(start);
    expect(run.outcome.tickets).toHaveLength(6);
    await twoAtATime(momentsOf(run.labels, isWrite), async (moment) => void (await dieAndRerun(run, [{ moment }])));
  });
});

describe("recreate", () => {
  const ADDRESS = "specs/one.md#one-a";
  const selection: Partial<Selection> = { addresses: [ADDRESS], decisions: [{ kind: "recreate", address: ADDRESS }] };

  const bereft = async (config: string, clientIds: boolean): Promise<Project> => {
    const start = await makeProject(FILES, config);
    await start.apply();
    const key = /# One A\n<!-- canon:ticket:local:(PAY-\d)/.exec(await start.read("specs/one.md"))?.[1] ?? "";
    const desk = await start.desk();
    await desk.behave({ clientIds });
    await desk.remove(key);
    await desk.end();
    return start;
  };

  it.each([
    [true, "recreate"],
    [true, "apply, then recreate where the question is still there"],
    [false, "recreate"],
    [false, "apply, then recreate where the question is still there"],
  ] as const)("client ids: %s; after the death: %s", { timeout: 240_000 }, async (clientIds, after) => {
    const start = await bereft(clientIds ? LOCAL_CONFIG : LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 60s"), clientIds);
    const { moments, labels, outcome } = await letThrough(start, selection);
    const creates = momentsOf(labels, (label) => label.startsWith("create "));
    const late = clientIds ? [] : creates.map((moment): Death => ({ moment, way: "late", delay: 58_000 }));
    await twoAtATime([...moments.map((moment): Death => ({ moment })), ...late], async (death) => {
      const what = `killed at ${death.moment} ${death.way ?? ""} (${labels[death.moment - 1] ?? ""})`;
      const project = await killed(start, death, selection);
      if (after !== "recreate") await project.apply();
      if (after === "recreate" || (await project.plan()).questions.some(({ kind }) => kind === "ticket-missing")) await project.apply(selection);
      expect(await openTickets(project), what).toEqual(["One", "One A", "One B", "Two", "Two A"]);
      expect(await outcomeOf(project), what).toEqual(outcome);
      await project.apply();
      expect(unrest(await project.plan()), what).toEqual([]);
      expect(await unsettled(project), what).toEqual([]);
      await rm(project.root, { recursive: true, force: true });
    });
  });
});
