/** Undo where tickets follow merged specs: branches, claims of markers that are not merged, and clones that know nothing of it. */

import { beforeEach, describe, expect, it } from "vitest";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { readPending } from "../../src/operations/pending.ts";
import { openTargets } from "../../src/operations/read-targets.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { connect, openLocalDesk } from "../../src/wiring.ts";
import { projectAt, type Project } from "../harness/project-at.ts";
import { commit, git, world, type World } from "../io/git-world.ts";

const CONFIG = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY, settle: 0s }
`;
const SHARED = "../tracker.sqlite";
const shared: ConnectTracker = (target, context) => connect({ ...target, path: SHARED }, context);
const WORLD = { connect: shared, env: process.env };
const SPEC = "# Pay\n\n## Keys\n\nText of keys.\n\n## Refunds\n\nMoney back.\n";

let here: World;
let a: Project;
let b: Project;

beforeEach(async () => {
  here = await world();
  a = projectAt(here.a, WORLD);
  b = projectAt(here.b, WORLD);
  await commit(here.a, "canon.config.yaml", CONFIG);
  await commit(here.a, ".gitignore", ".canon/\n");
  await commit(here.a, "specs/pay.md", SPEC);
  git(here.a, "push", "-q");
  git(here.b, "pull", "-q");
  const { config, parser, root } = await a.open();
  for (const target of config.targets) {
    const desk = await openLocalDesk({ ...target, path: SHARED }, { root, parser, env: {}, now: () => new Date() });
    await desk.behave({ embedded: false });
    await desk.end();
  }
});

const told = ({ changes, questions }: Plan): readonly string[] => [
  ...changes.map(({ action, title }) => `${action} ${title}`),
  ...questions.map(({ kind, key }) => `${kind} ${key ?? ""}`),
];

async function claims(project: Project): Promise<readonly string[]> {
  const workspace = await project.open();
  const { targets } = await openTargets(workspace, []);
  const pending = await readPending(workspace, targets, null);
  for (const { tracker } of targets.values()) await tracker.close();
  return pending.claims.map(({ key }) => key);
}

async function applied(): Promise<Partial<Selection>> {
  const { run, exitCode } = await a.apply();
  expect(exitCode).toBe(0);
  return { decisions: [{ kind: "undo", run }] };
}

describe("undo of a run whose markers are not merged", () => {
  it("forgets its claims too, so that nothing leads back to the closed tickets", async () => {
    const undo = await applied();
    expect(await claims(a)).toEqual(["PAY-1", "PAY-2"]);
    expect((await a.apply(undo)).exitCode).toBe(0);
    expect(await claims(a)).toEqual([]);
    expect(told(await a.plan())).toEqual(["create Keys", "create Refunds"]);
    // Whoever throws the markers away by a checkout throws the generations away with them.
    git(here.a, "checkout", "-q", "--", "specs");
    expect((await a.apply()).exitCode).toBe(0);
    expect(await a.read("specs/pay.md")).toContain("<!-- canon:system:keys status:draft gen:2 -->");
    expect((await a.tickets()).filter(({ category }) => category === "open")).toHaveLength(2);
  });
});

describe("a clone whose specs still name the tickets", () => {
  it("asks, and leaves them alone, until it has the specs without them", async () => {
    const undo = await applied();
    git(here.a, "commit", "-qam", "markers");
    git(here.a, "push", "-q");
    git(here.b, "pull", "-q");
    await a.apply(undo);
    expect(told(await b.plan())).toEqual(["released PAY-1", "released PAY-2"]);
    git(here.a, "commit", "-qam", "undone");
    git(here.a, "push", "-q");
    git(here.b, "pull", "-q");
    expect(told(await b.plan())).toEqual(["create Keys", "create Refunds"]);
  });
});

describe("on another branch", () => {
  it("shows what it would take back, and takes nothing back", async () => {
    const undo = await applied();
    git(here.a, "checkout", "-q", "-b", "feature/x");
    git(here.a, "commit", "-qam", "markers");
    expect(told(await a.plan(undo))).toEqual(["close Keys", "close Refunds"]);
    await expect(a.apply(undo)).rejects.toThrow(/feature\/x is not main/);
    expect((await a.tickets()).map(({ status }) => status)).toEqual(["Backlog", "Backlog"]);
    expect((await a.within({ ...WORLD, anyBranch: true }).apply(undo)).exitCode).toBe(0);
  });
});
