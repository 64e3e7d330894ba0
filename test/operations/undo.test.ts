/** A mistaken apply is taken back: what nobody touched is closed and given back, everything else is kept and told. */

import { describe, expect, it } from "vitest";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { readRuns } from "../../src/operations/runs.ts";
import { LOCAL_REWRITES, type LocalDesk } from "../../src/trackers/local-desk.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = "specs/pay.md";
const TEXT = "# Pay\n\n## Keys\n\nText of keys.\n\n- [ ] unique\n\n### Rotation\n\nTurn them.\n\n## Refunds\n\nMoney back.\n";

interface Applied {
  readonly project: Project;
  readonly run: string;
  readonly undo: Partial<Selection>;
}

/** PAY-1 Keys, PAY-2 Refunds, PAY-3 Rotation below Keys. */
async function applied(prepare: (desk: LocalDesk) => Promise<unknown> = async () => undefined, config = LOCAL_CONFIG, text = TEXT): Promise<Applied> {
  const project = await makeProject({ [SPEC]: text }, config);
  await atDesk(project, prepare);
  const { run, exitCode } = await project.apply();
  expect(exitCode).toBe(0);
  return { project, run, undo: { decisions: [{ kind: "undo", run }] } };
}

const closed = ({ changes }: Plan): readonly string[] => changes.map(({ action, key }) => `${action} ${key ?? ""}`);
const kept = ({ diagnostics }: Plan): readonly string[] => diagnostics.map(({ message }) => message);

async function statuses(project: Project): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (await atDesk(project, (desk) => desk.list())).map(({ key, status, base }) => [key, `${status}${base?.released ? ", given back" : ""}`]),
  );
}

describe("taking back what nobody touched", () => {
  it.each(LOCAL_REWRITES)("closes all of it and frees the sections, on a tracker that rewrites text as %s", async (rewrites) => {
    const { project, undo } = await applied((desk) => desk.behave({ rewrites }));
    const plan = await project.plan(undo);
    expect([closed(plan), kept(plan)]).toEqual([["close PAY-1", "close PAY-2", "close PAY-3"], []]);
    const report = await project.apply(undo);
    expect(report).toMatchObject({ exitCode: 0, marked: [SPEC], unmarked: [] });
    const given = "Canceled, given back";
    expect(await statuses(project)).toEqual({ "PAY-1": given, "PAY-2": given, "PAY-3": given });
    expect(await project.read(SPEC)).toBe(
      TEXT.replace("## Keys\n", "## Keys\n<!-- canon:system:keys status:draft gen:2 -->\n")
        .replace("### Rotation\n", "### Rotation\n<!-- canon:system:rotation status:draft gen:2 -->\n")
        .replace("## Refunds\n", "## Refunds\n<!-- canon:system:refunds status:draft gen:2 -->\n"),
    );
    const again = await project.plan();
    expect([again.changes.map(({ action }) => action), again.questions, again.orphans]).toEqual([["create", "create", "create"], [], []]);
    expect(closed(await project.plan(undo))).toEqual([]);
  });

  it.each([
    ["a strict workflow", { workflow: "strict" }],
    ["no client ids", { clientIds: false }],
    ["no history", { history: false }],
    ["no nesting", { nesting: "none" }],
    ["conditional writes", { conditionalWrite: true }],
  ] as const)("works with %s, and what is applied again is a ticket of its own", async (_what, switches) => {
    const { project, undo } = await applied(
      (desk) => desk.behave(switches),
      LOCAL_CONFIG.replace("project: PAY", "project: PAY, transitions: walk, settle: 0.1s"),
    );
    expect((await project.apply(undo)).exitCode).toBe(0);
    expect((await project.apply()).exitCode).toBe(0);
    expect(Object.values(await statuses(project)).filter((status) => status === "Canceled, given back")).toHaveLength(3);
    expect((await project.plan()).changes).toEqual([]);
    expect(new Set((await project.tickets()).map(({ token }) => token)).size).toBe(6);
  });

  it("closes the ticket of a section that is gone by now, or stands elsewhere", async () => {
    const { project, undo } = await applied();
    await editFile(project, SPEC, (text) => text.slice(0, text.indexOf("## Refunds")).replace("## Keys", "## Key ring"));
    expect((await project.apply(undo)).exitCode).toBe(0);
    expect(Object.values(await statuses(project))).toEqual(["Canceled, given back", "Canceled, given back", "Canceled, given back"]);
    expect(await project.read(SPEC)).toContain("## Key ring\n<!-- canon:system:keys status:draft gen:2 -->\n");
  });

  it("takes back only what that run created, and says what it leaves", async () => {
    const { project } = await applied();
    await editFile(project, SPEC, (text) => `${text.replace("Money back.", "All money back.")}\n## New\n\nSomething.\n`);
    const { run } = await project.apply();
    const plan = await project.plan({ decisions: [{ kind: "undo", run }] });
    expect(closed(plan)).toEqual(["close PAY-4"]);
    expect(kept(plan)).toEqual([`What run ${run} wrote to 1 ticket that was there before is not taken back.`]);
  });
});

describe("what somebody touched is kept", () => {
  it.each<[string, (desk: LocalDesk) => Promise<unknown>, RegExp]>([
    ["a comment", (desk) => desk.comment("PAY-2", "Who needs this?"), /^PAY-2 kept: rio commented, just now\.$/],
    ["a title", (desk) => desk.edit("PAY-2", { title: "Money" }), /^PAY-2 kept: rio changed its title, just now\.$/],
    ["a text", (desk) => desk.edit("PAY-2", { body: "Other words." }), /^PAY-2 kept: rio changed its body, just now\.$/],
    ["a label", (desk) => desk.label("PAY-2", { add: ["urgent"], remove: [] }), /^PAY-2 kept: rio changed its labels, just now\.$/],
    ["a status", (desk) => desk.move("PAY-2", "In Progress"), /^PAY-2 kept: rio changed its status, just now\.$/],
    ["being archived", (desk) => desk.archive("PAY-2", true), /^PAY-2 kept: it was archived\.$/],
    ["another project", (desk) => desk.transfer("PAY-2", "OPS"), /^PAY-2 kept: somebody moved it, it is OPS-1 now\.$/],
    ["being deleted", (desk) => desk.remove("PAY-2"), /^PAY-2 kept: main does not have it any more\.$/],
    [
      "a ticket below it",
      (desk) => desk.create({ title: "A task", type: "Story", parent: "PAY-2" }),
      /^PAY-2 kept: PAY-4 stands below it, which the run did not create\.$/,
    ],
  ])("%s", async (_what, act, message) => {
    const { project, undo } = await applied();
    await atDesk(project, act);
    const plan = await project.plan(undo);
    expect(closed(plan)).toEqual(["close PAY-1", "close PAY-3"]);
    expect(kept(plan)).toEqual([expect.stringMatching(message)]);
    const before = (await statuses(project))["PAY-2"];
    expect((await project.apply(undo)).exitCode).toBe(0);
    expect((await statuses(project))["PAY-2"]).toBe(before);
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-2 -->");
  });

  it("and every ticket above it", async () => {
    const { project, undo } = await applied();
    await atDesk(project, (desk) => desk.comment("PAY-3", "Working on it."));
    const plan = await project.plan(undo);
    expect(closed(plan)).toEqual(["close PAY-2"]);
    expect(kept(plan)).toEqual(["PAY-1 kept: PAY-3 stands below it, which is kept.", "PAY-3 kept: rio commented, just now."]);
  });

  it.each([true, false])("also where it was the same person whose account Canon uses; with history: %s", async (history) => {
    const { project, undo } = await applied((desk) => desk.behave({ history }));
    const { config, parser, env, clock, root } = await project.open({ CANON_USER: "dana" });
    const { openLocalDesk } = await import("../../src/wiring.ts");
    const [target] = config.targets;
    if (!target) throw new Error("no target");
    const desk = await openLocalDesk(target, { root, parser, env, now: () => clock.now() });
    await desk.criterion("PAY-1", { kind: "tick", which: "1" });
    await desk.end();
    expect(kept(await project.plan(undo))).toEqual(["PAY-1 kept: its criteria was changed on the ticket."]);
  });

  it("where the tracker keeps no history, by who wrote last", async () => {
    const { project, undo } = await applied((desk) => desk.behave({ history: false }));
    await atDesk(project, (desk) => desk.label("PAY-2", { add: ["urgent"], remove: [] }));
    expect(kept(await project.plan(undo))).toEqual(["PAY-2 kept: rio changed it, just now."]);
  });

  it("where the tracker does not tell who did what, or could not be read whole", async () => {
    const { project, undo } = await applied();
    const planWith = async (
      operation: "history" | "read",
      nth: number,
      kind: "unavailable" | "partial",
    ): Promise<readonly [readonly string[], string | undefined]> => {
      await atDesk(project, (desk) => desk.setFaults([{ operation, nth, kind }]));
      const plan = await project.plan(undo);
      return [closed(plan), kept(plan).find((message) => message.startsWith("PAY-2"))];
    };
    expect(await planWith("history", 1, "unavailable")).toEqual([[], "PAY-2 kept: what people did to it cannot be read."]);
    expect(await planWith("read", 1, "partial")).toEqual([[], "PAY-2 kept: what stands below it cannot be read."]);
    expect(await planWith("read", 2, "partial")).toEqual([[], "PAY-2 kept: not all of main could be read."]);
  });

  it("what is written while the plan is being read: nothing of that ticket is closed", async () => {
    const { project, undo } = await applied();
    const { disk } = await project.open();
    let isWritten = false;
    const late = project.within({
      disk: {
        ...disk,
        append: async (path, text) => {
          if (!isWritten) {
            isWritten = true;
            await atDesk(project, (desk) => desk.comment("PAY-2", "Wait!"));
          }
          return disk.append(path, text);
        },
      },
    });
    const report = await late.apply(undo);
    expect(report.results.map(({ key, state }) => `${key ?? ""} ${state}`)).toEqual(["PAY-1 done", "PAY-2 held", "PAY-3 done"]);
    expect((await statuses(project))["PAY-2"]).toBe("Backlog");
  });
});

describe("a mistaken apply of twenty tickets, one of them touched", () => {
  it("is taken back to the last marker but one, and is journalled", async () => {
    const text = `# Mistake\n${Array.from({ length: 20 }, (_one, index) => `\n## Part ${index + 1}\n\nText ${index + 1}.\n`).join("")}`;
    const { project, run, undo } = await applied(undefined, LOCAL_CONFIG, text);
    await atDesk(project, (desk) => desk.comment("PAY-7", "I have begun."));
    const report = await project.apply(undo);
    expect([report.exitCode, report.results.length]).toEqual([0, 19]);
    expect(report.results.every(({ state }) => state === "done")).toBe(true);
    const all = await statuses(project);
    expect(Object.values(all).filter((status) => status === "Canceled, given back")).toHaveLength(19);
    expect(all["PAY-7"]).toBe("Backlog");
    const after = await project.read(SPEC);
    expect(after.match(/canon:ticket/g)).toHaveLength(1);
    expect(after.match(/gen:2/g)).toHaveLength(19);
    expect(after.replaceAll(/<!-- canon:.*-->\n/g, "")).toBe(text);
    expect((await readRuns(await project.open())).map(({ created, written }) => [created, written]).sort()).toEqual([
      [0, 19],
      [20, 0],
    ]);
    expect(closed(await project.plan(undo))).toEqual([]);
    expect(kept(await project.plan(undo))).toEqual(["PAY-7 kept: rio commented, just now."]);
    expect(run).toMatch(/^[0-9a-f]{4}$/);
  });
});

describe("a section whose ticket was given back before its marker went", () => {
  it("stands still with a question, until undo is run again", async () => {
    const { project, undo } = await applied();
    const before = await project.read(SPEC);
    await project.apply(undo);
    await project.write(SPEC, before);
    const plan = await project.plan();
    expect([plan.changes, plan.questions.map(({ kind, key }) => `${kind} ${key ?? ""}`)]).toEqual([[], ["released PAY-1", "released PAY-3", "released PAY-2"]]);
    expect(closed(await project.plan(undo))).toEqual(["marker PAY-1", "marker PAY-2", "marker PAY-3"]);
    expect((await project.apply(undo)).exitCode).toBe(0);
    expect((await project.plan()).changes.map(({ action }) => action)).toEqual(["create", "create", "create"]);
  });
});
