/** Questions about tickets that people made beside ours: who is asked about what, what it costs, and what silences it. */

import { describe, expect, it } from "vitest";
import type { Plan, Question } from "../../src/core/model/plan.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import type { Tracker } from "../../src/trackers/tracker.ts";
import { connect } from "../../src/wiring.ts";
import { planText } from "../../src/views/plan-text.ts";
import { planView } from "../../src/views/plan-view.ts";
import { pageOf } from "../../src/views/paint.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = "# Pay\n\n## Keys\n\nText of keys.\n\n### Rotation\n\nEvery year.\n\n## Refunds\n\nMoney back.\n";

const withInbox = (query: string): string => LOCAL_CONFIG.replace("project: PAY", `project: PAY, inbox: '${query}'`);

async function applied(config = LOCAL_CONFIG): Promise<Project> {
  const project = await makeProject({ "specs/pay.md": SPEC }, config);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

const unmapped = ({ questions }: Plan): readonly Question[] => questions.filter(({ kind }) => kind === "unmapped");
const keys = (plan: Plan): readonly (string | null)[] => unmapped(plan).map(({ key }) => key);

const child = async (project: Project, title: string, parent = "PAY-1"): Promise<string> =>
  atDesk(project, async (desk) => (await desk.create({ title, parent, type: "Story" })).key);

describe("what people make below a section's ticket", () => {
  it("is asked about with both answers, ready to paste, until somebody answers", async () => {
    const project = await applied();
    const key = await child(project, "Key ceremony");
    const plan = await project.plan();
    expect(unmapped(plan)).toEqual([
      {
        kind: "unmapped",
        target: "main",
        address: "specs/pay.md#keys",
        key,
        text: `${key} "Key ceremony" was made by people below PAY-1, and no section is about it.`,
        hint: `canon ticket accept ${key} --into specs/pay.md#keys writes one; canon ticket ignore ${key} leaves it alone.`,
      },
    ]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(keys(await project.plan({ direction: "back" }))).toEqual([key]);
  });

  it.each<readonly [string, (desk: LocalDesk, key: string, project: Project) => Promise<unknown>]>([
    ["closed", (desk, key) => desk.close(key)],
    ["cancelled", (desk, key) => desk.close(key, "canceled")],
    ["archived", (desk, key) => desk.archive(key, true)],
    ["labelled as none of ours, in any case", (desk, key) => desk.label(key, { add: ["Canon-Ignore"], remove: [] })],
    ["labelled as out of scope, by hand", (desk, key) => desk.label(key, { add: ["canon:out-of-scope"], remove: [] })],
    ["taken out from under its parent", (desk, key) => desk.edit(key, { parent: null })],
    ["moved to another project", (desk, key) => desk.transfer(key, "OPS")],
    ["named by a section", (_desk, key, project) => editFile(project, "specs/pay.md", (text) => `${text}\n## Ceremony\n<!-- canon:ticket:local:${key} -->\n`)],
    ["named by a tombstone", (_desk, key, project) => editFile(project, "specs/pay.md", (text) => `${text}\n<!-- canon:removed:local:${key} forget -->\n`)],
  ])("is not asked about once it is %s", async (_what, act) => {
    const project = await applied();
    const key = await child(project, "Key ceremony");
    expect(keys(await project.plan())).toEqual([key]);
    await atDesk(project, (desk) => act(desk, key, project));
    expect(keys(await project.plan())).toEqual([]);
  });

  it("is no copy of ours, and nothing of another workspace", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.duplicate("PAY-3"));
    expect(keys(await project.plan())).toEqual([]);
    const key = await child(project, "Key ceremony");
    expect(keys(await project.plan())).toEqual([key]);
    await editFile(project, "canon.config.yaml", (text) => text.replace("id: test", "id: other"));
    expect(keys(await project.plan())).toEqual([]);
  });

  it("is asked about for chosen sections only, and where nothing else is decided", async () => {
    const project = await applied();
    const key = await child(project, "Key ceremony");
    expect(keys(await project.plan({ addresses: ["specs/pay.md#refunds"] }))).toEqual([]);
    expect(keys(await project.plan({ addresses: ["specs/pay.md#keys"] }))).toEqual([key]);
  });

  it("folds beyond five", async () => {
    const project = await applied();
    for (let number = 1; number <= 8; number += 1) await child(project, `Idea ${number}`);
    const plan = await project.plan();
    expect(keys(plan)).toHaveLength(8);
    const text = planText(
      planView(plan),
      pageOf(80, (_role, words) => words),
    );
    expect(text.match(/was made by people/g)).toHaveLength(5);
    expect(text).toContain("3 more questions");
  });
});

describe("what was there before Canon came", () => {
  it("is nobody's question", async () => {
    const project = await makeProject({ "specs/pay.md": SPEC }, withInbox("label:triage"));
    await atDesk(project, async (desk) => desk.create({ title: "Old idea", labels: ["triage"] }));
    await project.apply();
    expect(keys(await project.plan())).toEqual([]);
    await atDesk(project, async (desk) => desk.create({ title: "New idea", labels: ["triage"] }));
    const [question] = unmapped(await project.plan());
    expect(question).toMatchObject({ address: null, text: expect.stringContaining('"New idea"'), hint: expect.stringContaining("--into ADDRESS") });
  });
});

describe("the inbox", () => {
  it("that the tracker does not understand is told, and the rest goes on", async () => {
    const project = await applied(withInbox("stauts:Todo"));
    const key = await child(project, "Key ceremony");
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "discovery-partial")).toMatchObject([
      { severity: "warning", message: expect.stringContaining("stauts") },
    ]);
    expect(keys(plan)).toEqual([key]);
  });
});

describe("what asking costs", () => {
  it("is one request a page of parents, and none without an inbox", async () => {
    const project = await applied();
    const queries: string[] = [];
    const watched = project.within({
      connect: async (target, context) => {
        const connection = await connect(target, context);
        if (!connection.ok) return connection;
        const { tracker } = connection;
        const read: Tracker["read"] = (query) => {
          queries.push(Object.keys(query)[0] ?? "");
          return tracker.read(query);
        };
        return { ok: true, tracker: { ...tracker, capabilities: tracker.capabilities, read } };
      },
    });
    await watched.plan();
    expect(queries.filter((query) => query === "childrenOf" || query === "inbox")).toEqual(["childrenOf"]);
  });

  it("is spared by a read in part, which asks nothing", async () => {
    const project = await applied();
    await child(project, "Key ceremony");
    await atDesk(project, (desk) => desk.setFaults([{ operation: "read", nth: 2, kind: "partial" }]));
    const plan = await project.plan();
    expect(keys(plan)).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain("discovery-partial");
  });
});
