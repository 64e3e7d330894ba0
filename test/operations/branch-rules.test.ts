/** Branch rules end to end: real git clones, and a local tracker that pretends to be remote (semantics 6). */

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { connect, openLocalDesk } from "../../src/wiring.ts";
import { projectAt, type Project } from "../harness/project-at.ts";
import { commit, git, world, type World } from "../io/git-world.ts";

const CONFIG = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY, settle: 0s }
`;

/** All clones speak to one tracker, as they would to a real one. */
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

/** Applies, commits the markers and pushes them. */
async function applyAndPush(project: Project): Promise<void> {
  const report = await project.apply();
  expect(report.results.map(({ message }) => message)).toEqual(report.results.map(() => null));
  expect(report.exitCode).toBe(0);
  git(project.root, "commit", "-qam", "markers");
  git(project.root, "push", "-q");
}

describe("on the default branch", () => {
  it("applies at the tip, and a pulled clone has nothing to do", async () => {
    await applyAndPush(a);
    git(here.b, "pull", "-q");
    const plan = await b.plan();
    expect(plan.changes).toEqual([]);
    expect(await a.tickets()).toHaveLength(2);
  });

  it("writes nothing from a clone that is behind", async () => {
    await applyAndPush(a);
    await commit(here.b, "specs/other.md", "## Other\n");
    const plan = await b.plan();
    expect(plan.targets.map(({ applyable, why }) => ({ applyable, why }))).toEqual([
      { applyable: false, why: expect.stringContaining("tickets follow merged specs") },
    ]);
    await expect(b.apply()).rejects.toThrow(/tickets follow merged specs/);
    expect(await a.tickets()).toHaveLength(2);
  });

  it("keeps claims until the markers are pushed, so that a checkout costs no second ticket", async () => {
    expect((await a.apply()).exitCode).toBe(0);
    git(here.a, "checkout", "-q", "--", "specs");
    const plan = await a.plan();
    expect(plan.changes.map(({ action }) => action)).toEqual(["marker", "marker"]);
    await applyAndPush(a);
    expect(await a.tickets()).toHaveLength(2);
  });
});

describe("on another branch", () => {
  it("plans only the sections that differ from the merge base, and does not apply", async () => {
    await applyAndPush(a);
    git(here.a, "checkout", "-q", "-b", "feature/x");
    await commit(here.a, "specs/pay.md", (await a.read("specs/pay.md")).replace("Money back.", "Money back within a week."));
    git(here.b, "pull", "-q");
    await commit(here.b, "specs/pay.md", (await b.read("specs/pay.md")).replace("Text of keys.", "New text of keys."));
    git(here.b, "push", "-q");

    const plan = await a.plan();
    expect(plan.changes.map(({ action, title }) => `${action} ${title}`)).toEqual(["update Refunds"]);
    expect(plan.targets[0]?.why).toContain("feature/x is not main: tickets follow merged specs.");
    await expect(a.apply()).rejects.toThrow(/feature\/x is not main/);
    expect((await a.tickets()).some(({ body }) => body.includes("within a week"))).toBe(false);
  });
});

describe("a slow job with an older commit", () => {
  it("holds back sections that are older than their tickets, even with --any-branch", async () => {
    await applyAndPush(a);
    const old = git(here.a, "rev-parse", "HEAD");
    await commit(here.a, "specs/pay.md", (await a.read("specs/pay.md")).replace("Money back.", "Money back within a week."));
    git(here.a, "push", "-q");
    await applyAndPush(a).catch(() => undefined);
    await mkdir(join(here.root, "job"));
    git(here.root, "clone", "-q", here.remote, "job");
    git(join(here.root, "job"), "checkout", "-q", old);
    const job = projectAt(join(here.root, "job"), WORLD);
    const report = await job.within({ anyBranch: true }).apply();
    expect(report.exitCode).toBe(6);
    expect((await a.tickets()).find(({ title }) => title === "Refunds")?.body).toContain("within a week");
    await rm(join(here.root, "job"), { recursive: true });
  });
});
