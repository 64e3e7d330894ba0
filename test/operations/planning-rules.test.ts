/** The rules of planning one by one, each on a real workspace: what is created, what is written, what is only shown. */

import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../src/core/model/plan.ts";
import { makeProject, type Project } from "../harness/project.ts";

const SPEC = `# Pay

## Keys

Text of keys.

- [ ] unique
- [ ] short

## Refunds

Money back.
`;

const config = (target: string, more = ""): string =>
  `id: test\n${more}\nspecs: { include: ["specs/**/*.md"], exclude_headings: [] }\nticket_systems:\n  main: { system: local, project: PAY${target} }\n`;

async function applied(text = SPEC, settings = config("")): Promise<Project> {
  const project = await makeProject({ "specs/pay.md": text }, settings);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

async function asPerson(project: Project, work: (desk: Awaited<ReturnType<Project["desk"]>>) => Promise<unknown>): Promise<void> {
  const desk = await project.desk();
  await work(desk);
  await desk.end();
}

async function edit(project: Project, from: string, to: string): Promise<void> {
  const text = await project.read("specs/pay.md");
  expect(text).toContain(from);
  await project.write("specs/pay.md", text.replace(from, to));
}

const told = (changes: readonly Change[]): readonly string[] =>
  changes.map(
    ({ action, title, fields, held }) =>
      `${action} ${title}: ${[...fields.map(({ field }) => field), ...held.map(({ field, verdict }) => `${field} ${verdict}`)].join(", ")}`,
  );

const summary = (plan: Plan): object => ({
  changes: told(plan.changes),
  observed: told(plan.observed),
  conflicts: told(plan.conflicts),
  questions: plan.questions.map(({ kind, key }) => `${kind} ${key ?? ""}`),
});

const QUIET = { changes: [], observed: [], conflicts: [], questions: [] };

describe("what gets no ticket", () => {
  it.each([
    ["done by status", "## Keys\n<!-- canon:system:keys status:done -->\n", "done"],
    ["done by criteria", "## Keys\n\n- [x] a\n- [x] b\n", "done"],
    ["deprecated", "## Keys\n<!-- canon:system:keys status:deprecated -->\n", "deprecated"],
  ] as const)("%s", async (_why, text, reason) => {
    const project = await makeProject({ "specs/pay.md": text });
    const plan = await project.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.leftOut[reason]).toBe(1);
  });

  it("makes one for what is done when asked to", async () => {
    const project = await makeProject({ "specs/pay.md": "## Keys\n\n- [x] a\n" });
    expect((await project.plan({ includeDone: true })).changes).toHaveLength(1);
  });

  it.each([
    ["states outside of create_when", config("", "create_when: [todo]"), "status"],
    ["targets with create_tickets: false", config(", create_tickets: false"), "createOff"],
  ] as const)("%s", async (_why, settings, reason) => {
    const project = await makeProject({ "specs/pay.md": SPEC }, settings);
    const plan = await project.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.leftOut[reason]).toBe(2);
  });
});

describe("where tickets go", () => {
  const TWO = `id: test
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY }
  oss: { system: local, project: OSS }
routing:
  - match: { tags: [open] }
    target: oss
  - match: { default: true }
    target: main
`;

  it("routes by tags, and stays with the marker when the route changes", async () => {
    const project = await makeProject({ "specs/pay.md": "---\ntags: [open]\n---\n\n## Keys\n", "specs/other.md": "## Other\n" }, TWO);
    expect((await project.apply()).exitCode).toBe(0);
    expect((await project.tickets()).map(({ key }) => key).sort()).toEqual(["OSS-1", "PAY-1"]);
    await edit(project, "tags: [open]", "tags: [closed]");
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, key }) => `${kind} ${key ?? ""}`)).toEqual(["route-changed OSS-1"]);
    expect(plan.changes.filter(({ action }) => action === "create")).toEqual([]);
  });

  it("plans one target alone when asked to", async () => {
    const project = await makeProject({ "specs/pay.md": "---\ntags: [open]\n---\n\n## Keys\n", "specs/other.md": "## Other\n" }, TWO);
    expect((await project.plan({ targets: ["oss"] })).changes.map(({ title }) => title)).toEqual(["Keys"]);
  });

  it("plans the parents that a chosen section needs, and says so", async () => {
    const project = await makeProject({ "specs/pay.md": "## A\n\n### B\n\n### C\n" });
    const plan = await project.plan({ addresses: ["specs/pay.md#c"] });
    expect(plan.changes.map(({ title }) => title)).toEqual(["A", "C"]);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["parent-selected"]);
  });

  it("makes the document itself an item where hierarchy says so", async () => {
    const project = await applied(SPEC, config(", hierarchy: { spec: Epic, 2: Story }"));
    expect((await project.tickets()).map(({ title, type, parent }) => ({ title, type, parent }))).toEqual([
      { title: "Pay", type: "Epic", parent: null },
      { title: "Keys", type: "Story", parent: "PAY-1" },
      { title: "Refunds", type: "Story", parent: "PAY-1" },
    ]);
    expect(await project.read("specs/pay.md")).toMatch(/^# Pay\n<!-- canon:ticket:local:PAY-1 -->\n/);
    expect(summary(await project.plan())).toEqual(QUIET);
  });
});

describe("status", () => {
  it("steps when the spec moves on, and is quiet while the ticket stands for the same state", async () => {
    const project = await applied();
    await edit(project, "system:keys status:draft", "system:keys status:in_progress");
    expect(summary(await project.plan())).toEqual({ ...QUIET, changes: ["transition Keys: status"] });
    await project.apply();
    expect((await project.tickets())[0]?.status).toBe("In Progress");
    await asPerson(project, (desk) => desk.move("PAY-1", "In Review"));
    expect(summary(await project.plan())).toEqual(QUIET);
  });

  it("shows what an engineer closed, and reverts nothing", async () => {
    const project = await applied();
    await asPerson(project, (desk) => desk.close("PAY-1"));
    expect(summary(await project.plan())).toEqual({ ...QUIET, observed: ["pull Keys: status pull"] });
    await project.apply();
    expect((await project.tickets())[0]?.status).toBe("Done");
  });

  it("asks about a ticket that a person cancelled", async () => {
    const project = await applied();
    await asPerson(project, (desk) => desk.close("PAY-1", "canceled"));
    expect(summary(await project.plan())).toEqual({ ...QUIET, observed: ["pull Keys: status pull"], questions: ["canceled PAY-1"] });
  });

  it("cancels the ticket of a deprecated section", async () => {
    const project = await applied();
    await edit(project, "system:keys status:draft", "system:keys status:deprecated");
    await project.apply();
    expect((await project.tickets())[0]?.category).toBe("canceled");
    expect(summary(await project.plan())).toEqual(QUIET);
  });

  it("follows status_map", async () => {
    const project = await applied(SPEC, config(', status_map: { draft: "In Review" }'));
    expect((await project.tickets()).map(({ status }) => status)).toEqual(["In Review", "In Review"]);
  });

  it("refuses a name that the workflow lacks, and lists what it has", async () => {
    const project = await makeProject({ "specs/pay.md": SPEC }, config(', status_map: { done: "Shipped" }'));
    const plan = await project.plan();
    expect(plan.diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/"Shipped", which PAY does not have\. It has: Backlog, Todo,/)]);
    expect(plan.targets[0]?.applyable).toBe(false);
  });
});

describe("what people do to tickets", () => {
  it("shows a changed title, and the rest goes on", async () => {
    const project = await applied();
    await asPerson(project, (desk) => desk.edit("PAY-1", { title: "Key ring" }));
    await edit(project, "Text of keys.", "More text of keys.");
    expect(summary(await project.plan())).toEqual({ ...QUIET, changes: ["update Keys: body, title pull"], observed: ["pull Keys: title pull"] });
    await project.apply();
    expect((await project.tickets())[0]).toMatchObject({ title: "Key ring", body: expect.stringContaining("More text") });
  });

  it("blocks only the field that both sides changed", async () => {
    const project = await applied();
    await asPerson(project, (desk) => desk.edit("PAY-1", { title: "Key ring" }));
    await edit(project, "## Keys", "## Key store");
    await edit(project, "Text of keys.", "More text of keys.");
    const plan = await project.plan();
    expect(summary(plan)).toEqual({ ...QUIET, changes: ["update Key store: body, title conflict"], conflicts: ["noop Key store: title conflict"] });
    expect(plan.conflicts[0]?.held[0]).toMatchObject({ base: "Keys", spec: "Key store", live: "Key ring", by: "rio" });
    expect((await project.apply()).exitCode).toBe(4);
    expect((await project.tickets())[0]).toMatchObject({ title: "Key ring", body: expect.stringContaining("More text") });
  });

  it("keeps a tick that a person made when the spec's text is written", async () => {
    const project = await applied();
    await asPerson(project, (desk) => desk.criterion("PAY-1", { kind: "tick", which: "1" }));
    await edit(project, "Text of keys.", "More text of keys.");
    expect(summary(await project.plan())).toEqual({ ...QUIET, changes: ["update Keys: body, criteria pull"], observed: ["pull Keys: criteria pull"] });
    await project.apply();
    const [ticket] = await project.tickets();
    expect(ticket?.body).toContain("More text");
    expect(ticket?.body).toMatch(/\[x\] unique/i);
  });

  it("keeps a paragraph that a person wrote when the spec's criteria are written", async () => {
    const project = await applied();
    const body = (await project.tickets())[0]?.body ?? "";
    await asPerson(project, (desk) => desk.edit("PAY-1", { body: body.replace("Text of keys.", "Text of keys.\n\nA word of mine.") }));
    await edit(project, "- [ ] short", "- [ ] short and sweet");
    await project.apply();
    const [ticket] = await project.tickets();
    expect(ticket?.body).toContain("A word of mine.");
    expect(ticket?.body).toContain("short and sweet");
  });

  it("leaves people's labels alone, and takes away only its own", async () => {
    const project = await applied(`---\ntags: [pay, keys]\n---\n${SPEC}`);
    await asPerson(project, (desk) => desk.label("PAY-1", { add: ["urgent"], remove: [] }));
    expect(summary(await project.plan())).toEqual(QUIET);
    await edit(project, "tags: [pay, keys]", "tags: [pay, money]");
    await project.apply();
    expect([...((await project.tickets())[0]?.labels ?? [])].sort()).toEqual(["money", "pay", "urgent"]);
  });

  it("never takes a label away that a person set before the spec had the tag", async () => {
    const project = await applied(`---\ntags: [pay]\n---\n${SPEC}`);
    await asPerson(project, (desk) => desk.label("PAY-1", { add: ["money"], remove: [] }));
    await edit(project, "tags: [pay]", "tags: [pay, money]");
    await project.apply();
    await edit(project, "tags: [pay, money]", "tags: []");
    await project.apply();
    expect((await project.tickets()).map(({ labels }) => labels)).toEqual([["money"], []]);
    expect(summary(await project.plan())).toEqual(QUIET);
  });

  it("says nothing of drift where reverse_sync is off, and still overwrites nothing", async () => {
    const project = await applied(SPEC, config(", reverse_sync: false"));
    await asPerson(project, (desk) => desk.edit("PAY-1", { title: "Key ring" }));
    expect(summary(await project.plan())).toEqual(QUIET);
    await project.apply();
    expect((await project.tickets())[0]?.title).toBe("Key ring");
  });
});

describe("who owns a field", () => {
  it("sends a field of the tracker's once, and never again", async () => {
    const project = await applied(SPEC, config(", fields: { title: tracker }"));
    await edit(project, "## Keys", "## Key store");
    expect(summary(await project.plan())).toEqual(QUIET);
  });

  it("never compares a field that is to be ignored", async () => {
    const project = await applied(SPEC, config(", fields: { body: ignore, criteria: ignore }"));
    await edit(project, "Text of keys.", "More text of keys.");
    await asPerson(project, (desk) => desk.edit("PAY-1", { body: "mine" }));
    expect(summary(await project.plan())).toEqual(QUIET);
  });
});

describe("what no section names any more", () => {
  it("is told, and left as it is", async () => {
    const project = await applied();
    const text = await project.read("specs/pay.md");
    await project.write("specs/pay.md", text.slice(0, text.indexOf("## Refunds")));
    const plan = await project.plan();
    expect(summary(plan)).toEqual(QUIET);
    expect(plan.orphans).toMatchObject([{ key: "PAY-2", title: "Refunds" }]);
  });

  it("does not judge which tickets have no section while a spec cannot be read", async () => {
    const project = await makeProject({ "specs/pay.md": "## Keys\n", "specs/refunds.md": "## Refunds\n" });
    await project.apply();
    await project.write("specs/refunds.md", `${await project.read("specs/refunds.md")}\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n`);
    const plan = await project.plan();
    expect(summary(plan)).toEqual(QUIET);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["spec-conflict-marks"]);
    expect(plan.orphans).toEqual([]);
  });

  it("asks about a marker whose ticket is missing, and creates nothing for it", async () => {
    const project = await makeProject({ "specs/pay.md": "## Keys\n<!-- canon:ticket:local:PAY-9 -->\n" });
    expect(summary(await project.plan())).toEqual({ ...QUIET, questions: ["ticket-missing PAY-9"] });
    expect((await project.apply()).exitCode).toBe(4);
  });
});

describe("a section that is stopped", () => {
  it("keeps what is below it where it is", async () => {
    const project = await makeProject({ "specs/pay.md": "## A\n\n### B\n\n#### C\n" });
    await project.apply();
    await edit(project, "ticket:local:PAY-2 -->", "ticket:local:PAY-2 -->\n<!-- canon:ticket:local:PAY-9 -->");
    await edit(project, "#### C", "#### C, changed");
    const plan = await project.plan();
    expect(summary(plan)).toEqual(QUIET);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["marker-conflict"]);
    expect(plan.orphans).toEqual([]);
  });
});

describe("a strict workflow", () => {
  const STATES =
    "## A\n<!-- canon:system:a status:in_progress -->\n\n## B\n<!-- canon:system:b status:blocked -->\n\n## C\n\n## D\n<!-- canon:system:d status:done -->\n";

  it.each([
    ["walk", 0, ["In Progress", "Blocked", "Backlog", "Done"]],
    ["direct", 5, ["Backlog", "Backlog", "Backlog", "Backlog"]],
  ] as const)("with transitions: %s", async (transitions, exitCode, statuses) => {
    const project = await makeProject({ "specs/pay.md": STATES }, config(`, transitions: ${transitions}`));
    await asPerson(project, (desk) => desk.behave({ workflow: "strict" }));
    const report = await project.apply({ includeDone: true });
    expect(report.exitCode).toBe(exitCode);
    expect((await project.tickets()).map(({ status }) => status)).toEqual(statuses);
    const plan = await project.plan({ includeDone: true });
    if (exitCode === 0) expect(summary(plan)).toEqual(QUIET);
    else expect(plan.changes.map(({ action }) => action)).toEqual(["transition", "transition", "transition"]);
  });
});
