/** Law 10: a saved plan that no longer fits is refused before the first write, and what it is not about stales nothing. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/model/plan.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { readSavedPlan, savePlan } from "../../src/operations/saved-plan.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { applyInChild } from "../harness/kill.ts";
import { outcomeOf, unrest } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { recorder, type Recorder } from "../harness/recorder.ts";

const SPEC = `# Payments

## One

Body one.

- [ ] first

## Two

Body two.

## Three

Body three.
`;

interface Saved {
  readonly project: Project;
  readonly plan: Plan;
  readonly sent: Recorder["sent"];
}

/** Applied, then section one got another title, status and body, section two nothing, and a section four came. */
async function saved(): Promise<Saved> {
  const { sent, world, clear } = recorder();
  const project = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG, world);
  await project.apply();
  clear();
  await edit(
    project,
    (text) =>
      `${text.replace("## One", "## Uno").replace("Body one.", "Body uno.").replace("one status:draft", "one status:in_progress")}\n## Four\n\nBody four.\n`,
  );
  const file = join(project.root, "plan.json");
  await savePlan(await project.open(), await project.plan(), file);
  const read = await readSavedPlan(file);
  if (!read.ok) throw new Error(read.diagnostic.message);
  expect(read.plan.changes.map(({ action, address }) => [action, address])).toEqual([
    ["update", "specs/one.md#one"],
    ["create", "specs/one.md#four"],
  ]);
  return { project, plan: read.plan, sent };
}

const edit = (project: Project, change: (text: string) => string): Promise<void> => editFile(project, "specs/one.md", change);

/** Something that a person does at the tracker. */
const person =
  (act: (desk: LocalDesk) => Promise<unknown>) =>
  async (project: Project): Promise<void> =>
    void (await atDesk(project, act));

const STALE: Readonly<Record<string, (project: Project) => Promise<Project | void>>> = {
  "the section was edited": (project) => edit(project, (text) => text.replace("Body uno.", "Body eins.")),
  "a field of the section that the plan does not write was edited": (project) => edit(project, (text) => text.replace("- [ ] first", "- [x] first")),
  "the section to create was edited": (project) => edit(project, (text) => text.replace("Body four.", "Body vier.")),
  "the section to create got another heading": (project) => edit(project, (text) => text.replace("## Four", "## Fore")),
  "the section is gone": (project) => edit(project, (text) => text.slice(0, text.indexOf("## Four"))),
  "marker lines came to it": (project) =>
    edit(project, (text) => text.replace("## Four\n", "## Four\n<!-- canon:system:four status:draft -->\n<!-- canon:realized-in:PR#1 -->\n")),
  "the heading is written otherwise": (project) => edit(project, (text) => text.replace("## Four\n", "## Four ##\n")),
  "the configuration changed": (project) => project.write("canon.config.yaml", `${LOCAL_CONFIG}mentions: keep\n`),
  "the target is another project": (project) => project.write("canon.config.yaml", LOCAL_CONFIG.replace("project: PAY", "project: OPS")),
  "the target is another instance": (project) => project.write("canon.config.yaml", LOCAL_CONFIG.replace("project: PAY", "project: PAY, path: other.sqlite")),
  "the workspace is another": (project) => project.write("canon.config.yaml", LOCAL_CONFIG.replace("id: test", "id: other")),
  "the parser is another": async (project) => project.within({ env: { CANON_PARSER: "remark" } }),
  "a guarded field was edited on the ticket: title": person((desk) => desk.edit("PAY-1", { title: "Theirs" })),
  "a guarded field was edited on the ticket: status": person((desk) => desk.move("PAY-1", "Done")),
  "a guarded field was edited on the ticket: body": person((desk) => desk.edit("PAY-1", { body: "Theirs" })),
  "the ticket is gone": person((desk) => desk.remove("PAY-1")),
};

describe("a saved plan is refused before the first write when", () => {
  it.each(Object.entries(STALE))("%s", async (_name, change) => {
    const { project, plan, sent } = await saved();
    const world = (await change(project)) ?? project;
    const before = await project.read("specs/one.md");
    const outcome = await world.applySaved(plan);
    expect(outcome).toMatchObject({ ok: false, why: "stale" });
    expect(outcome.ok === false && outcome.why === "stale" ? outcome.stale.every(({ text }) => text.length > 0) : false).toBe(true);
    expect(sent).toEqual([]);
    expect(await project.read("specs/one.md")).toBe(before);
  });
});

it("is refused when an edit of the section only adds to a conflict", async () => {
  const { project, sent } = await saved();
  await project.apply();
  await atDesk(project, (desk) => desk.edit("PAY-2", { body: "Theirs." }));
  await edit(project, (text) => text.replace("## Two", "## Due"));
  const plan = await project.plan();
  expect(plan.changes.map(({ address, fields }) => [address, fields.map(({ field }) => field)])).toEqual([["specs/one.md#two", ["title"]]]);
  await edit(project, (text) => text.replace("Body two.", "Body due."));
  sent.splice(0);
  expect(await project.applySaved(plan)).toMatchObject({ ok: false, why: "stale", stale: [{ text: "the section was edited" }] });
  expect(sent).toEqual([]);
});

it("is refused when the text around criteria that it writes was edited on the ticket", async () => {
  const { project, sent } = await saved();
  await project.apply();
  await edit(project, (text) => text.replace("- [ ] first", "- [ ] first\n- [ ] second"));
  const plan = await project.plan();
  expect(plan.changes.map(({ fields }) => fields.map(({ field }) => field))).toEqual([["criteria"]]);
  await atDesk(project, async (desk) => desk.edit("PAY-1", { body: (await desk.show("PAY-1")).ticket.body.replace("Body uno.", "Theirs.") }));
  sent.splice(0);
  expect(await project.applySaved(plan)).toMatchObject({ ok: false, why: "stale" });
  expect(sent).toEqual([]);
});

const FRESH: Readonly<Record<string, (project: Project) => Promise<void>>> = {
  "nothing happened": async () => undefined,
  "a comment was written": person((desk) => desk.comment("PAY-1", "A word.")),
  "people put labels": person((desk) => desk.label("PAY-1", { add: ["urgent"], remove: [] })),
  "other sections were edited": (project) => edit(project, (text) => text.replace("Body two.", "Body zwei.").replace("## Three", "## Drei")),
  "other tickets were edited": person((desk) => desk.edit("PAY-2", { title: "Theirs", body: "Theirs" })),
  "lines above moved it": (project) => edit(project, (text) => text.replace("# Payments\n", "# Payments\n\nA word before.\n\nAnd another.\n")),
  "a new section and a new file came": async (project) => {
    await project.write("specs/two.md", "## Elsewhere\n");
    await edit(project, (text) => `${text}\n## Five\n`);
  },
  "a field that is not guarded was edited on the ticket": person((desk) => desk.edit("PAY-1", { type: "Task" })),
};

describe("a saved plan is carried out although", () => {
  it.each(Object.entries(FRESH))("%s", async (_name, change) => {
    const { project, plan } = await saved();
    await change(project);
    const outcome = await project.applySaved(plan);
    expect(outcome).toMatchObject({ ok: true, report: { exitCode: 0 } });
    const tickets = await project.tickets();
    expect(tickets.find(({ key }) => key === "PAY-1")).toMatchObject({ title: "Uno", status: "In Progress", body: expect.stringContaining("Body uno.") });
    expect(tickets.filter(({ title }) => title === "Four")).toHaveLength(1);
  });
});

describe("what the plan wants and is so already", () => {
  it("is not done again: applied before, all of it", async () => {
    const { project, plan, sent } = await saved();
    await project.apply();
    sent.splice(0);
    expect(await project.applySaved(plan)).toMatchObject({ ok: true, report: { exitCode: 0, results: [] } });
    expect(sent).toEqual([]);
  });

  it("is left out: a person gave the ticket that title and status already", async () => {
    const { project, plan, sent } = await saved();
    await atDesk(project, async (desk) => {
      await desk.edit("PAY-1", { title: "Uno" });
      await desk.move("PAY-1", "In Progress");
    });
    expect(await project.applySaved(plan)).toMatchObject({ ok: true, report: { exitCode: 0 } });
    const patches = sent.flatMap(({ request }) => (request.operation === "update" ? request.elements.filter(({ key }) => key === "PAY-1") : []));
    expect(patches.some(({ title }) => title !== undefined)).toBe(false);
    expect(unrest(await project.plan())).toEqual([]);
  });
});

it("is resumed after the process was killed, wherever that was", { timeout: 60_000 }, async () => {
  const whole = await saved();
  const { labels } = await applyInChildToEnd(whole.project);
  const wanted = await outcomeOf(whole.project);
  const moments = labels.flatMap((label, index) => (/^(create|update|transition|rename .*specs|half append .*runs)/.test(label) ? [index + 1] : []));
  for (const moment of moments) {
    const { project, plan } = await saved();
    expect(await applyInChild(project.root, { moment })).toEqual({ killed: true });
    const where = labels[moment - 1];
    expect(await project.applySaved(plan), where).toMatchObject({ ok: true, report: { exitCode: 0 } });
    expect(await outcomeOf(project), where).toEqual(wanted);
    expect(unrest(await project.plan()), where).toEqual([]);
  }
});

async function applyInChildToEnd(project: Project): Promise<{ readonly labels: readonly string[] }> {
  const end = await applyInChild(project.root, { moment: 0 });
  if (end.killed) throw new Error("nobody was to be killed");
  return end;
}

describe("a plan file", () => {
  const DAMAGE: Readonly<Record<string, readonly [code: string, (text: string) => string]>> = {
    "of a newer format": ["plan-newer", (text) => text.replace('"format": 1', '"format": 2')],
    "cut in the middle": ["plan-unreadable", (text) => text.slice(0, text.length / 2)],
    "that is empty": ["plan-unreadable", () => ""],
    "that is something else": ["plan-unreadable", () => "[1, 2]"],
    "with another title in it": ["plan-altered", (text) => text.replaceAll('"Uno"', '"Una"')],
    "with another goal in it": ["plan-altered", (text) => text.replace('"spec": "In Progress"', '"spec": "Done"')],
    "with another key in it": ["plan-altered", (text) => text.replaceAll('"PAY-1"', '"PAY-2"')],
    "with a guard taken out": ["plan-altered", (text) => text.replace(/"guards": \[[^\]]+\]/, '"guards": []')],
    "with another selection": ["plan-altered", (text) => text.replace('"addresses": []', '"addresses": ["specs/one.md#four"]')],
    "with a section's hash changed": ["plan-altered", (text) => text.replace(/("itemHash": ")../, "$1zz")],
    "for another project": ["plan-altered", (text) => text.replaceAll("/PAY", "/OPS")],
    "with a field more": [
      "plan-altered",
      (text) => text.replace('"orphans": []', '"orphans": [{ "target": "main", "key": "X", "title": "X", "address": "X" }]'),
    ],
  };

  it.each(Object.entries(DAMAGE))("%s is refused", async (_name, [code, damage]) => {
    const { project } = await saved();
    const file = join(project.root, "plan.json");
    const text = await readFile(file, "utf8");
    const next = damage(text);
    expect(next).not.toBe(text);
    await writeFile(file, next);
    expect(await readSavedPlan(file)).toMatchObject({ ok: false, diagnostic: { code, message: expect.stringContaining("plan.json") } });
  });

  it("that is not there is refused", async () => {
    const { project } = await saved();
    expect(await readSavedPlan(join(project.root, "none.json"))).toMatchObject({ ok: false, diagnostic: { code: "plan-unreadable" } });
  });
});
