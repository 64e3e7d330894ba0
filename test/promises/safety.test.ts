/** The promise A12 of docs/behaviours.md, kept from end to end: nothing unforeseen, no flood, and no failure that takes the rest along. */

import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { startApply } from "../../src/operations/apply.ts";
import { ALL } from "../harness/project-at.ts";
import { makeProject } from "../harness/project.ts";

const REMOTE = { embedded: false } as const;

const many = (count: number): string => Array.from({ length: count }, (_, index) => `## Section ${index + 1}\n\nText ${index + 1}.\n`).join("\n");

describe("A12: before anything is written", () => {
  test("a plan leaves no file behind but caches, and no ticket", async () => {
    const project = await makeProject({ "specs/many.md": many(3) });
    const plan = await project.plan();
    expect(plan.changes).toHaveLength(3);
    const files = (await readdir(project.root, { recursive: true })).filter((path) => !path.startsWith(".canon"));
    expect(files.sort()).toEqual(["canon.config.yaml", "specs", "specs/many.md"]);
    expect(await project.tickets()).toEqual([]);
  });

  test("more creates than limits.create are refused without the exact number", async () => {
    const project = await makeProject(
      { "specs/many.md": many(4) },
      'id: test\nspecs: { include: ["specs/**/*.md"] }\nlimits: { create: 3 }\nsync: { system: local, project_key: PAY }\n',
    );
    const before = await project.read("specs/many.md");
    for (const [create, ok] of [
      [[], false],
      [[5], false],
      [[4], true],
    ] as const) {
      const started = await startApply(await project.open(), {
        selection: ALL,
        anyBranch: false,
        command: "canon apply",
        onEvent: () => undefined,
        signal: new AbortController().signal,
      });
      if (!started.ok) throw new Error(started.diagnostic.message);
      const outcome = await started.session.run({ create, close: [] });
      await started.session.end();
      expect(outcome.ok).toBe(ok);
      if (!ok) expect([await project.read("specs/many.md"), await project.tickets()]).toEqual([before, []]);
    }
    expect(await project.tickets()).toHaveLength(4);
  });

  test("on a tracker that is not local, 25 is the limit", async () => {
    const project = await makeProject({ "specs/many.md": many(26) });
    await (await project.desk()).behave(REMOTE);
    const started = await startApply(await project.open(), {
      selection: ALL,
      anyBranch: true,
      command: "canon apply",
      onEvent: () => undefined,
      signal: new AbortController().signal,
    });
    if (!started.ok) throw new Error(started.diagnostic.message);
    expect(started.session.massesOf(started.session.plan)).toMatchObject([{ kind: "create", count: 26, limit: 25 }]);
    await started.session.end();
  });
});

describe("A12: when one section fails", () => {
  test("the others are applied and marked, what hangs on it is held, and a second run finishes", async () => {
    const project = await makeProject({ "specs/pay.md": "## One\n\n### Below one\n\n## Two\n\n### Below two\n" });
    await (await project.desk()).setFaults([{ operation: "create", nth: 1, kind: "refuse" }]);
    const report = await project.apply();
    expect(report.exitCode).toBe(5);
    expect(Object.fromEntries(report.results.map(({ address, state }) => [address.split("#")[1], state]))).toEqual({
      one: "failed",
      "below-one": "held",
      two: "done",
      "below-two": "done",
    });
    const text = await project.read("specs/pay.md");
    expect(text.match(/canon:ticket/g)).toHaveLength(2);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.tickets()).toHaveLength(4);
  });
});
