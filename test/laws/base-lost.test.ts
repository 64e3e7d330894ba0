/** Law 14: a base, the state or markers may get lost, claims may wait, tickets may go elsewhere: nothing wrong is ever written. */

import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/model/plan.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { applyInChild, copyOf } from "../harness/kill.ts";
import { outcomeOf, unrest, unsettled } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = `## One

Body one.

- [ ] first

## Two

Body two.

### Two A

Body two a.
`;

async function applied(files: Readonly<Record<string, string>> = { "specs/one.md": SPEC }): Promise<Project> {
  const project = await makeProject(files);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

async function atDesk<T>(project: Project, act: (desk: LocalDesk) => Promise<T>): Promise<T> {
  const desk = await project.desk();
  try {
    return await act(desk);
  } finally {
    await desk.end();
  }
}

async function edit(project: Project, change: (text: string) => string, path: string = "specs/one.md"): Promise<void> {
  const text = await project.read(path);
  const next = change(text);
  expect(next).not.toBe(text);
  await project.write(path, next);
}

function sql(project: Project, statement: string): void {
  const database = new DatabaseSync(join(project.root, ".canon/local.sqlite"));
  database.exec(statement);
  database.close();
}

/** Everything people see of every ticket. */
async function seen(project: Project): Promise<readonly unknown[]> {
  return (await outcomeOf(project)).tickets;
}

function counts(plan: Plan): Readonly<Record<string, number>> {
  const { changes, observed, conflicts, questions, orphans } = plan;
  return { creates: changes.filter(({ action }) => action === "create").length, changes: changes.length, observed: observed.length, conflicts: conflicts.length, questions: questions.length, orphans: orphans.length };
}

const QUIET = { creates: 0, changes: 0, observed: 0, conflicts: 0, questions: 0, orphans: 0 };

describe("a base that is lost", () => {
  it("changes nothing while both sides are equal", async () => {
    const project = await applied();
    sql(project, "UPDATE ticket SET base = NULL");
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("turns every difference into a conflict, and none into a write", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.edit("PAY-1", { title: "Theirs" }));
    sql(project, "UPDATE ticket SET base = NULL");
    await edit(project, (text) => text.replace("Body two.", "Body zwei."));
    const before = await seen(project);
    const plan = await project.plan();
    expect(plan.conflicts.map(({ key, reason, held }) => [key, reason, held.map(({ field }) => field)])).toEqual([["PAY-1", "base-missing", ["title"]], ["PAY-2", "base-missing", ["body"]]]);
    expect(plan.changes).toEqual([]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toEqual(before);
  });

  it.each([
    ["garbled", "UPDATE ticket SET base = '{\"format\":1,' WHERE key = 'PAY-1'"],
    ["of another format", "UPDATE ticket SET base = json_set(base, '$.format', 0) WHERE key = 'PAY-1'"],
    ["of a newer format", "UPDATE ticket SET base = json_set(base, '$.format', 2) WHERE key = 'PAY-1'"],
    ["with a field of another form", "UPDATE ticket SET base = json_set(base, '$.fields.title', 'One') WHERE key = 'PAY-1'"],
  ])("%s: nothing is written to that ticket, and somebody is told", async (_name, statement) => {
    const project = await applied();
    sql(project, statement);
    await edit(project, (text) => text.replace("## One", "## Uno"));
    const plan = await project.plan();
    expect(plan.changes.filter(({ key, action }) => key === "PAY-1" || action === "create")).toEqual([]);
    expect(unrest(plan).length).toBeGreaterThan(0);
    expect((await project.apply()).exitCode).not.toBe(0);
  });

  it("and capped at 24 KB, with ten thousand criteria, still tells who moved", { timeout: 60_000 }, async () => {
    const criteria = Array.from({ length: 10_000 }, (_one, index) => `- [ ] it does the thing number ${index}`);
    const project = await applied({ "specs/one.md": `## Many\n\nBody.\n\n${criteria.join("\n")}\n` });
    const [ticket] = await project.tickets();
    expect(JSON.stringify(ticket?.base).length).toBeLessThanOrEqual(24 * 1024);
    expect(counts(await project.plan())).toEqual(QUIET);
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "tick", which: "4711" }));
    expect(counts(await project.plan())).toEqual({ ...QUIET, observed: 1 });
    await edit(project, (text) => text.replace("Body.", "Another body."));
    expect((await project.apply()).exitCode).toBe(0);
    expect((await project.tickets())[0]?.body).toContain("- [x] it does the thing number 4710");
    expect(counts(await project.plan())).toEqual({ ...QUIET, observed: 1 });
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "untick", which: "4711" }));
    await edit(project, (text) => text.replace("- [ ] it does the thing number 7\n", "- [x] it does the thing number 7\n"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(counts(await project.plan())).toEqual(QUIET);
  });
});

describe("the folder .canon/state is removed", () => {
  it("at any time between two runs", async () => {
    const project = await applied();
    await rm(join(project.root, ".canon/state"), { recursive: true });
    expect(counts(await project.plan())).toEqual(QUIET);
    await mkdir(join(project.root, ".canon/cache"), { recursive: true });
    await writeFile(join(project.root, ".canon/cache/anything"), "junk");
    await rm(join(project.root, ".canon/cache"), { recursive: true });
    expect(counts(await project.plan())).toEqual(QUIET);
    expect((await project.apply()).exitCode).toBe(0);
  });

  it("after a kill: the tokens on the tickets find them again", { timeout: 60_000 }, async () => {
    const start = await makeProject({ "specs/one.md": SPEC });
    const whole = await copyOf(start);
    const end = await applyInChild(whole.root, { moment: 0 });
    const wanted = await outcomeOf(whole);
    const labels = end.killed ? [] : end.labels;
    expect(labels.length).toBeGreaterThan(0);
    for (const [index, label] of labels.entries()) {
      if (!/^(create|rename .*specs)/.test(label)) continue;
      const project = await copyOf(start);
      await applyInChild(project.root, { moment: index + 1 });
      await rm(join(project.root, ".canon/state"), { recursive: true });
      expect((await project.apply()).exitCode, label).toBe(0);
      expect(await outcomeOf(project), label).toEqual(wanted);
    }
  });

  it("while apply runs: it stops, and the next run goes on without a second ticket", async () => {
    const project = await makeProject({ "specs/one.md": SPEC });
    const removing = project.within({
      onEvent: (event) => {
        if (event.kind === "marked") void rm(join(project.root, ".canon/state"), { recursive: true, force: true });
      },
    });
    await removing.apply().catch(() => undefined);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await seen(project)).toHaveLength(3);
    expect(counts(await project.plan())).toEqual(QUIET);
  });
});

describe("markers that a person took out", () => {
  it.each([
    ["the ticket line", /<!-- canon:ticket[^\n]*\n/g],
    ["both lines", /<!-- canon:[^\n]*\n/g],
  ])("%s: the token finds the ticket again", async (_name, lines) => {
    const project = await applied();
    const before = await outcomeOf(project);
    await edit(project, (text) => text.replace(lines, ""));
    const plan = await project.plan();
    expect(plan.changes.map(({ action, reason }) => [action, reason])).toEqual([["marker", "marker-lost"], ["marker", "marker-lost"], ["marker", "marker-lost"]]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await outcomeOf(project)).toEqual(before);
    expect(counts(await project.plan())).toEqual(QUIET);
  });
});

describe("a claim", () => {
  /** Created while the spec could not be written. */
  async function claimed(): Promise<Project> {
    const project = await makeProject({ "specs/one.md": SPEC });
    await chmod(join(project.root, "specs/one.md"), 0o444);
    const report = await project.apply();
    expect(report.exitCode).toBe(5);
    expect(report.unmarked).toHaveLength(3);
    expect(await project.read("specs/one.md")).toBe(SPEC);
    expect(await unsettled(project)).toEqual(["claim PAY-1", "claim PAY-2", "claim PAY-3"]);
    await chmod(join(project.root, "specs/one.md"), 0o644);
    return project;
  }

  it.each([
    ["waits until the file can be written", (text: string) => text],
    ["follows a section that was renamed", (text: string) => text.replace("## One", "## Something else")],
    ["follows a section whose body was edited", (text: string) => text.replace("Body one.", "Another body.")],
    ["follows sections that changed places", (text: string) => `${text.slice(text.indexOf("## Two"))}\n${text.slice(0, text.indexOf("## Two"))}`],
  ])("%s", async (_name, change) => {
    const project = await claimed();
    await project.write("specs/one.md", change(SPEC));
    const plan = await project.plan();
    expect(counts(plan)).toMatchObject({ creates: 0, questions: 0, orphans: 0 });
    expect((await project.apply()).exitCode).toBe(0);
    await project.apply();
    expect(await seen(project)).toHaveLength(3);
    expect(counts(await project.plan())).toEqual(QUIET);
    expect(await unsettled(project)).toEqual([]);
  });

  it.each([
    ["moved to another file", "## One"],
    ["moved to another file and renamed", "## Something else"],
  ])("follows a section that was %s", async (_name, heading) => {
    const project = await claimed();
    await project.write("specs/one.md", SPEC.slice(SPEC.indexOf("## Two")));
    await project.write("specs/other.md", SPEC.slice(0, SPEC.indexOf("## Two")).replace("## One", heading));
    expect(counts(await project.plan())).toMatchObject({ creates: 0, questions: 0 });
    expect((await project.apply()).exitCode).toBe(0);
    expect(await seen(project)).toHaveLength(3);
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("that could explain a renamed and rewritten section is a question, and nothing is created for it", async () => {
    const project = await claimed();
    await project.write("specs/one.md", SPEC.replace("### Two A\n\nBody two a.", "### Two A and B\n\nAnother body."));
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, address, key }) => [kind, address, key])).toEqual([["claim", "specs/one.md#two-a-and-b", "PAY-3"]]);
    expect(counts(plan)).toMatchObject({ creates: 0 });
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toHaveLength(3);
  });

  it("goes to no section by chance: a body that several have is a question", async () => {
    const text = "## One\n\nTo do.\n\n## Two\n\nTo do.\n";
    const project = await makeProject({ "specs/one.md": text });
    await chmod(join(project.root, "specs/one.md"), 0o444);
    await project.apply();
    await chmod(join(project.root, "specs/one.md"), 0o644);
    await project.write("specs/one.md", "## Red\n\nTo do.\n\n## Two\n\nTo do.\n\n## Green\n\nTo do.\n");
    const plan = await project.plan();
    expect(plan.changes.map(({ action, title, key }) => [action, title, key])).toEqual([["marker", "Two", "PAY-2"]]);
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["claim", "PAY-1"], ["claim", "PAY-1"]]);
  });
});

describe("what people do to tickets", () => {
  it("a copy is never adopted, and stops nothing", async () => {
    const project = await applied();
    const copy = await atDesk(project, (desk) => desk.duplicate("PAY-1"));
    expect(counts(await project.plan())).toEqual(QUIET);
    expect((await project.apply()).exitCode).toBe(0);
    await edit(project, (text) => text.replace(/<!-- canon:ticket:local:PAY-1 -->\n/, "").replace("## Two", "## Due"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read("specs/one.md")).toContain("## One\n<!-- canon:ticket:local:PAY-1 -->");
    expect((await atDesk(project, (desk) => desk.show(copy.key))).ticket.title).toBe("One (copy)");
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("a marker that names a copy is a question", async () => {
    const project = await applied();
    const copy = await atDesk(project, (desk) => desk.duplicate("PAY-1"));
    await edit(project, (text) => text.replace("ticket:local:PAY-1", `ticket:local:${copy.key}`).replace("Body one.", "Another."));
    const before = await seen(project);
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["copy", copy.key]]);
    expect(plan.changes).toEqual([]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toEqual(before);
  });

  it("a second ticket for a section, landed beyond D, is found: exit 8, and both are shown", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.behave({ clientIds: false }));
    const [first] = await project.tickets();
    if (!first?.base) throw new Error("no base");
    const { config, connect } = await project.open();
    const [target] = config.targets;
    const connection = target && (await connect(target));
    if (!connection?.ok) throw new Error("no tracker");
    await connection.tracker.create([{ ...first, token: first.base.token, base: { ...first.base, ticket: null }, extra: {} }]);
    await connection.tracker.close();
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "token-twice").map(({ message }) => message)).toEqual(["PAY-1 and PAY-4 were both created for this section."]);
    expect(plan.orphans).toEqual([]);
    expect((await project.apply()).exitCode).toBe(8);
    await edit(project, (text) => text.replace(/<!-- canon:ticket:local:PAY-1 -->\n/, ""));
    expect((await project.apply()).exitCode).toBe(8);
    expect(await seen(project)).toHaveLength(4);
    // Closing one of them answers it.
    await atDesk(project, (desk) => desk.close("PAY-4", "canceled"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("a ticket that was removed is a question, and is not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.remove("PAY-1"));
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["ticket-missing", "PAY-1"]]);
    expect(plan.changes).toEqual([]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toHaveLength(2);
  });

  it("an archived ticket is not written to, and not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.archive("PAY-1", true));
    await edit(project, (text) => text.replace("## One", "## Uno").replace("## Two", "## Due"));
    const report = await project.apply();
    expect(report.exitCode).not.toBe(0);
    expect(await seen(project)).toHaveLength(3);
    const tickets = await atDesk(project, (desk) => desk.list({ archived: true }));
    expect(tickets.map(({ title }) => title).sort()).toEqual(["Due", "One", "Two A"]);
  });

  it("a ticket that was moved to another project is followed, and not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.transfer("PAY-1", "OPS"));
    const plan = await project.plan();
    expect(counts(plan).creates).toBe(0);
    await project.apply();
    await project.apply();
    expect(counts(await project.plan()).creates).toBe(0);
    expect(await project.tickets()).toHaveLength(2);
  });

  it("a ticket of another workspace is left alone", async () => {
    const project = await applied();
    await edit(project, (text) => text.replace("id: test", "id: other"), "canon.config.yaml");
    const before = await seen(project);
    await edit(project, (text) => text.replace("## One", "## Uno"));
    const plan = await project.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain("ticket-elsewhere");
    expect((await project.apply()).exitCode).toBe(1);
    expect(await seen(project)).toEqual(before);
  });

  it("another workspace on the same project makes its own tickets and touches no others", async () => {
    const project = await applied();
    const other = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG.replace("id: test", "id: other"));
    await mkdir(join(other.root, ".canon"));
    await symlink(join(project.root, ".canon/local.sqlite"), join(other.root, ".canon/local.sqlite"));
    const before = await seen(project);
    expect((await other.apply()).exitCode).toBe(0);
    expect(await seen(project)).toHaveLength(6);
    expect((await seen(project)).filter((ticket) => before.some((one) => JSON.stringify(one) === JSON.stringify(ticket)))).toHaveLength(3);
    expect(counts(await project.plan())).toEqual(QUIET);
    expect((await project.plan()).targets[0]?.elsewhere).toBe(3);
  });

  it("one ticket on two sections stops both, and only them", async () => {
    const project = await applied({ "specs/one.md": SPEC, "specs/two.md": "## Other\n\nBody.\n" });
    await edit(project, (text) => text.replace("## Other\n", "## Other\n").replace(/ticket:local:PAY-\d/, "ticket:local:PAY-1").replace("Body.", "New body."), "specs/two.md");
    await edit(project, (text) => text.replace("Body one.", "New body one.").replace("Body two.", "New body two."));
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "ticket-twice").map(({ place, also }) => [place?.path, also?.map(({ path }) => path)])).toEqual([["specs/one.md", ["specs/two.md"]], ["specs/two.md", ["specs/one.md"]]]);
    expect(plan.changes.map(({ address }) => address)).toEqual(["specs/one.md#two"]);
    expect((await project.apply()).exitCode).toBe(5);
  });
});
