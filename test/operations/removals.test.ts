/** Tombstones: tickets of sections that are gone are closed or given back, once, and never found again. */

import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/core/model/diagnostic.ts";
import type { Plan } from "../../src/core/model/plan.ts";
import { LOCAL_REWRITES } from "../../src/trackers/local-desk.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { openShell } from "../cli/captured-world.ts";
import { connect } from "../../src/wiring.ts";

const SPEC = "specs/pay.md";
const TEXT = "# Pay\n\n## Keys\n\nText of keys.\n\n### Rotation\n\nTurn them.\n\n## Refunds\n\nMoney back.\n";

async function applied(text = TEXT, config = LOCAL_CONFIG): Promise<Project> {
  const project = await makeProject({ [SPEC]: text }, config);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

/** Takes the section out of the file, heading, markers and text, and puts a tombstone at its end. */
async function bury(project: Project, title: string, tombstone: string): Promise<void> {
  await editFile(project, SPEC, (text) => `${text.replace(new RegExp(`#+ ${title}\\n[^#]*`), "")}\n${tombstone}\n`);
}

const told = ({ changes }: Plan): readonly string[] =>
  changes.map(
    ({ action, key, title, fields }) =>
      `${action} ${key ?? title}${fields.length > 0 && action !== "create" ? ` ${fields.map(({ field, live, spec }) => `${field} ${String(live)} > ${String(spec)}`).join()}` : ""}`,
  );

const problems = ({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): readonly string[] =>
  diagnostics.map(({ code, place }) => `${code} ${place?.path ?? ""}:${place?.line ?? ""}`);

async function ticket(project: Project, key: string): Promise<{ status: string; released: boolean | undefined; comments: number }> {
  return atDesk(project, async (desk) => {
    const view = await desk.show(key);
    return { status: view.ticket.status, released: view.ticket.base?.released, comments: view.comments.length };
  });
}

async function expectQuiet(project: Project): Promise<void> {
  const plan = await project.plan();
  expect({ changes: told(plan), orphans: plan.orphans, questions: plan.questions, problems: problems(plan) }).toEqual({
    changes: [],
    orphans: [],
    questions: [],
    problems: [],
  });
}

describe("close", () => {
  it.each(LOCAL_REWRITES)("closes the ticket as not planned and gives it back, on a tracker that rewrites text as %s", async (rewrites) => {
    const project = await makeProject({ [SPEC]: TEXT });
    await atDesk(project, (desk) => desk.behave({ rewrites }));
    await project.apply();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect(told(await project.plan())).toEqual(["close PAY-2 status Backlog > Canceled"]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await ticket(project, "PAY-2")).toEqual({ status: "Canceled", released: true, comments: 0 });
    await expectQuiet(project);
  });

  it("closes children before their parent, and keeps the parent open where a child could not be closed", async () => {
    const project = await applied();
    await editFile(project, SPEC, () => "# Pay\n\n<!-- canon:removed:local:PAY-1 close -->\n<!-- canon:removed:local:PAY-3 close -->\n");
    await atDesk(project, (desk) => desk.setFaults([{ operation: "transition", nth: 1, kind: "refuse" }]));
    const report = await project.apply();
    expect(report.results.map(({ key, state }) => [key, state])).toEqual([
      ["PAY-1", "held"],
      ["PAY-3", "failed"],
    ]);
    expect((await ticket(project, "PAY-1")).status).toBe("Backlog");
    expect((await project.apply()).exitCode).toBe(0);
    expect([await ticket(project, "PAY-1"), await ticket(project, "PAY-3")].map(({ status, released }) => [status, released])).toEqual([
      ["Canceled", true],
      ["Canceled", true],
    ]);
  });

  it("uses the project's name for deprecated", async () => {
    const project = await applied(TEXT, LOCAL_CONFIG.replace("project: PAY", 'project: PAY, status_map: { deprecated: "Done" }'));
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect(told(await project.plan())).toEqual(["close PAY-2 status Backlog > Done"]);
  });

  it("walks a strict workflow", async () => {
    const project = await applied(TEXT, LOCAL_CONFIG.replace("project: PAY", "project: PAY, transitions: walk"));
    await atDesk(project, async (desk) => {
      await desk.behave({ workflow: "strict" });
      await desk.move("PAY-2", "Todo");
      await desk.move("PAY-2", "In Progress");
    });
    await project.apply({ direction: "both", vouches: true });
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect((await project.apply()).exitCode).toBe(0);
    expect(await ticket(project, "PAY-2")).toMatchObject({ status: "Canceled", released: true });
  });

  it("leaves a ticket that is done as it is, and gives it back", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.close("PAY-2"));
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect(told(await project.plan())).toEqual(["close PAY-2"]);
    await project.apply();
    expect(await ticket(project, "PAY-2")).toMatchObject({ status: "Done", released: true });
    await expectQuiet(project);
  });

  it("does not close again what a person reopened after it was given back", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    await project.apply();
    await atDesk(project, (desk) => desk.reopen("PAY-2"));
    await expectQuiet(project);
  });

  it("stops when somebody moved the ticket after the plan was made", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    const plan = await project.plan();
    await atDesk(project, (desk) => desk.move("PAY-2", "In Progress"));
    expect(await project.applySaved(plan)).toMatchObject({ ok: false, why: "stale" });
    expect((await ticket(project, "PAY-2")).status).toBe("In Progress");
  });

  it("carries a saved plan out, and does nothing when that was done already", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    const plan = await project.plan();
    expect(await project.applySaved(plan)).toMatchObject({ ok: true, report: { exitCode: 0 } });
    expect(await project.applySaved(plan)).toMatchObject({ ok: true, report: { exitCode: 0, results: [] } });
  });

  it("refuses a saved plan whose tombstone says something else by now", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    const plan = await project.plan();
    await editFile(project, SPEC, (text) => text.replace("PAY-2 close", "PAY-2 forget"));
    expect(await project.applySaved(plan)).toMatchObject({ ok: false, why: "stale" });
  });

  it("obeys limits.close where the tracker is not this machine's", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.behave({ embedded: false }));
    await editFile(project, SPEC, () => [1, 2, 3].map((number) => `<!-- canon:removed:local:PAY-${number} close -->\n`).join("\n"));
    const shell = openShell();
    expect((await shell.canon("apply", "-C", project.root, "--auto-approve", "--any-branch")).err).toContain("--allow-mass-close=3");
    expect((await shell.canon("apply", "-C", project.root, "--auto-approve", "--any-branch", "--allow-mass-close", "2")).exitCode).toBe(64);
    expect((await shell.canon("apply", "-C", project.root, "--auto-approve", "--any-branch", "--allow-mass-close", "3")).exitCode).toBe(0);
    expect((await ticket(project, "PAY-1")).status).toBe("Canceled");
  });
});

describe("forget", () => {
  it("gives the ticket back and changes nothing that people see", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 forget -->");
    expect(told(await project.plan())).toEqual(["forget PAY-2"]);
    const before = (await atDesk(project, (desk) => desk.show("PAY-2"))).ticket;
    await project.apply();
    const after = (await atDesk(project, (desk) => desk.show("PAY-2"))).ticket;
    expect(after).toEqual({ ...before, base: { ...before.base, released: true }, revision: after.revision, updatedAt: after.updatedAt });
    await expectQuiet(project);
  });

  it("gives a section that still stands another ticket, with another token, in the same plan", async () => {
    const project = await applied();
    await editFile(project, SPEC, (text) => `${text.replace("<!-- canon:ticket:local:PAY-2 -->\n", "")}\n<!-- canon:removed:local:PAY-2 forget -->\n`);
    expect(told(await project.plan())).toEqual(["create Refunds", "forget PAY-2"]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("## Refunds\n<!-- canon:ticket:local:PAY-4 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n");
    expect(new Set((await project.tickets()).map(({ token }) => token)).size).toBe(4);
    await expectQuiet(project);
  });

  it("does so in the same sync that brings what people changed into the same file", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.move("PAY-1", "In Progress"));
    await editFile(project, SPEC, (text) => `${text.replace("<!-- canon:ticket:local:PAY-2 -->\n", "")}\n<!-- canon:removed:local:PAY-2 forget -->\n`);
    const sync = { direction: "both", vouches: true } as const;
    expect((await project.apply(sync)).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("<!-- canon:system:keys status:in_progress -->");
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-4 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n");
    const { changes, questions } = await project.plan(sync);
    expect([changes, questions]).toEqual([[], []]);
  });

  it("raises the generation of a section that still stands and gets no ticket now", async () => {
    const project = await applied();
    await editFile(
      project,
      SPEC,
      (text) =>
        `${text.replace("<!-- canon:ticket:local:PAY-2 -->\n", "").replace("refunds status:draft", "refunds status:done")}\n<!-- canon:removed:local:PAY-2 forget -->\n`,
    );
    const plan = await project.plan();
    expect(plan.changes.map(({ action, splice }) => [action, splice?.after])).toEqual([["forget", ["<!-- canon:system:refunds status:done gen:2 -->"]]]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("## Refunds\n<!-- canon:system:refunds status:done gen:2 -->\n");
    await expectQuiet(project);
  });

  it("never takes a ticket back that was given back, even when the section returns as it was", async () => {
    const project = await applied();
    const text = (await project.read(SPEC)).replace("<!-- canon:ticket:local:PAY-2 -->\n", "");
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 forget -->");
    await project.apply();
    await project.write(SPEC, text);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("## Refunds\n<!-- canon:ticket:local:PAY-4 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n");
    await expectQuiet(project);
  });
});

describe("a tracker that keeps no note without a visible change", () => {
  const withoutNotes = (project: Project): Project =>
    project.within({
      connect: async (target, context) => {
        const connection = await connect(target, context);
        return connection.ok
          ? { ok: true, tracker: { ...connection.tracker, capabilities: { ...connection.tracker.capabilities, baseAlone: false } } }
          : connection;
      },
    });

  it.each([
    ["forget", [], ["tombstone-refused"]],
    ["close", ["close PAY-2 status Backlog > Canceled"], []],
  ])("%s", async (mode, changes, codes) => {
    const project = await applied();
    await bury(project, "Refunds", `<!-- canon:removed:local:PAY-2 ${mode} -->`);
    const plan = await withoutNotes(project).plan();
    expect([told(plan), plan.diagnostics.map(({ code }) => code)]).toEqual([changes, codes]);
    await withoutNotes(project).apply();
    expect((await ticket(project, "PAY-2")).released).toBe(mode === "close");
  });
});

describe("a tombstone that is refused, with its place", () => {
  it.each([
    ["names a project that no target has", "<!-- canon:removed:local:OPS-1 close -->", "tombstone-refused"],
    ["names a ticket that is not there", "<!-- canon:removed:local:PAY-99 close -->", "tombstone-ticketless"],
    ["names the ticket of a section", "<!-- canon:removed:local:PAY-2 close -->", "tombstone-refused"],
    ["names a ticket that Canon does not manage", "<!-- canon:removed:local:PAY-4 close -->", "tombstone-refused"],
  ])("%s", async (_why, tombstone, code) => {
    const project = await applied();
    await atDesk(project, (desk) => desk.create({ title: "A person's" }));
    await editFile(project, SPEC, (text) => `${text}\n${tombstone}\n`);
    const plan = await project.plan();
    expect(plan.changes).toEqual([]);
    const line = (await project.read(SPEC)).split("\n").indexOf(tombstone) + 1;
    expect(problems(plan)).toEqual([`${code} ${SPEC}:${line}`]);
  });

  it("is about another workspace's ticket", async () => {
    const project = await applied();
    await project.write("canon.config.yaml", LOCAL_CONFIG.replace("id: test", "id: other"));
    await project.write(SPEC, "# Pay\n\n<!-- canon:removed:local:PAY-2 close -->\n");
    const plan = await project.plan();
    expect([plan.changes, problems(plan)]).toEqual([[], [`tombstone-refused ${SPEC}:3`]]);
  });

  it("says the opposite of another one", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->\n\n<!-- canon:removed:local:PAY-2 forget -->");
    const plan = await project.plan();
    expect([plan.changes, problems(plan).length]).toEqual([[], 1]);
  });

  it("nothing of it happens in pull", async () => {
    const project = await applied();
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect((await project.plan({ direction: "back" })).changes).toEqual([]);
    expect(told(await project.plan({ direction: "both" }))).toEqual(["close PAY-2 status Backlog > Canceled"]);
  });

  it("only where its file, or the section it was, is asked for", async () => {
    const project = await applied();
    await project.write("specs/other.md", "# Other\n");
    await bury(project, "Refunds", "<!-- canon:removed:local:PAY-2 close -->");
    expect((await project.plan({ addresses: ["specs/other.md"] })).changes).toEqual([]);
    expect(told(await project.plan({ addresses: [SPEC] }))).toEqual(["close PAY-2 status Backlog > Canceled"]);
  });
});
