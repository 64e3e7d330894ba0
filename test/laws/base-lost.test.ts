/** Law 14: a base, the state or markers may get lost, and claims may wait: nothing wrong is ever written. */

import { rmSync } from "node:fs";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { atDesk, counts, editFile, QUIET } from "../harness/at-desk.ts";
import { applyInChild, copyOf } from "../harness/kill.ts";
import { outcomeOf, unrest, unsettled } from "../harness/outcome.ts";
import { makeProject, type Project } from "../harness/project.ts";

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

const editSpec = (project: Project, change: (text: string) => string): Promise<void> => editFile(project, "specs/one.md", change);

function sql(project: Project, statement: string): void {
  const database = new DatabaseSync(join(project.root, ".canon/local.sqlite"));
  database.exec(statement);
  database.close();
}

/** Everything people see of every ticket. */
async function seen(project: Project): Promise<readonly unknown[]> {
  return (await outcomeOf(project)).tickets;
}

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
    await editSpec(project, (text) => text.replace("Body two.", "Body zwei."));
    const before = await seen(project);
    const plan = await project.plan();
    expect(plan.conflicts.map(({ key, reason, held }) => [key, reason, held.map(({ field }) => field)])).toEqual([
      ["PAY-1", "base-missing", ["title"]],
      ["PAY-2", "base-missing", ["body"]],
    ]);
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
    await editSpec(project, (text) => text.replace("## One", "## Uno"));
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
    await editSpec(project, (text) => text.replace("Body.", "Another body."));
    expect((await project.apply()).exitCode).toBe(0);
    expect((await project.tickets())[0]?.body).toContain("- [x] it does the thing number 4710");
    expect(counts(await project.plan())).toEqual({ ...QUIET, observed: 1 });
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "untick", which: "4711" }));
    await editSpec(project, (text) => text.replace("- [ ] it does the thing number 7\n", "- [x] it does the thing number 7\n"));
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
        if (event.kind === "marked") rmSync(join(project.root, ".canon/state"), { recursive: true, force: true });
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
    await editSpec(project, (text) => text.replace(lines, ""));
    const plan = await project.plan();
    expect(plan.changes.map(({ action, reason }) => [action, reason])).toEqual([
      ["marker", "marker-lost"],
      ["marker", "marker-lost"],
      ["marker", "marker-lost"],
    ]);
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
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([
      ["claim", "PAY-1"],
      ["claim", "PAY-1"],
    ]);
  });
});
