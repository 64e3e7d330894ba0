/** Steps through a workflow: as few as the vendor's way of telling them allows, and never out of a way that is known. */

import { fc } from "../../harness/property.ts";
import { afterEach, describe, expect, it } from "vitest";
import { nextStep } from "../../../src/trackers/jira/jira-walk.ts";
import type { WireTransition } from "../../../src/trackers/jira/jira-wire.ts";
import { createOne, done, draft, readOne, base } from "../../conformance/stage.ts";
import { jiraStage, type JiraStage } from "./jira-stage.ts";

const open: JiraStage[] = [];

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

describe.each(["cloud", "data-center"] as const)("the workflow of Jira, %s", (flavour) => {
  const strict = async (): Promise<JiraStage> => {
    const stage = await jiraStage({ flavour, workflow: "strict" });
    open.push(stage);
    return stage;
  };
  const steps = (stage: JiraStage): number => stage.emulator.requests.filter(({ operation }) => operation === "transition").length;

  it("is walked by the shortest way, which the first ticket finds for all", async () => {
    const stage = await strict();
    const outcomes = await stage.tracker.create([draft(stage), draft(stage)]);
    const [one = "", two = ""] = outcomes.map((outcome) => done(outcome).key);
    done((await stage.tracker.transition([{ key: one, expectRevision: null, to: "Done", walk: true }]))[0]);
    expect(steps(stage)).toBe(3);
    const asked = stage.emulator.requests.length;
    done((await stage.tracker.transition([{ key: two, expectRevision: null, to: "Done", walk: true }]))[0]);
    expect(steps(stage)).toBe(6);
    // Its state, and three steps: what leads where is known by now.
    expect(stage.emulator.requests.length - asked).toBe(4);
    expect(await readOne(stage, two)).toMatchObject({ status: "Done", category: "done" });
  });

  it("tells a ticket that was given up from one that is done", async () => {
    const stage = await strict();
    const { key } = await createOne(stage);
    done((await stage.tracker.transition([{ key, expectRevision: null, to: "Won't Do", walk: false, base: base("t") }]))[0]);
    expect(await readOne(stage, key)).toMatchObject({ status: "Won't Do", category: "canceled", base: { token: "t" } });
  });

  it("a step that meets another one is refused, and the next run takes it", async () => {
    const stage = await strict();
    const { key } = await createOne(stage);
    stage.emulator.collide(key, 409);
    const step = { key, expectRevision: null, to: "In Progress", walk: false };
    expect((await stage.tracker.transition([step]))[0]).toMatchObject({ state: "refused", error: { kind: "conflict" } });
    done((await stage.tracker.transition([step]))[0]);
  });

  it("a create may begin at another status", async () => {
    const stage = await strict();
    const { key } = await createOne(stage, { status: "In Progress" });
    expect((await readOne(stage, key)).status).toBe("In Progress");
  });
});

describe("the next step", () => {
  const NAMES = ["A", "B", "C", "D", "E", "F"];
  const step = (to: string): WireTransition => ({ id: to, name: `to ${to}`, to: { id: to, name: to, statusCategory: { key: "indeterminate" } } });
  const statuses = NAMES.map((name) => ({ name, category: "in_progress" as const }));

  it("is on a shortest way wherever all is known, and none where there is no way", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 20 }), (edges) => {
        const from = (name: string): readonly WireTransition[] => edges.flatMap(([a, b]) => (a === name ? [step(b)] : []));
        const distance = distances(edges, "F");
        const next = nextStep({ at: "A", to: "F", been: new Set(["A"]), statuses }, from("A"), from);
        const far = distance.get("A");
        if (far === undefined) expect(next).toBeNull();
        else expect(distance.get(next?.to.name ?? "")).toBe(far - 1);
      }),
    );
  });

  it("never goes to a closed status on the way to an open one", () => {
    const closed = [...statuses, { name: "Closed", category: "done" as const }];
    expect(nextStep({ at: "A", to: "F", been: new Set(["A"]), statuses: closed }, [step("Closed"), step("B")], () => null)?.to.name).toBe("B");
    expect(nextStep({ at: "A", to: "F", been: new Set(["A"]), statuses: closed }, [step("Closed")], () => null)).toBeNull();
  });
});

/** Steps from each status to `goal`. */
function distances(edges: readonly (readonly [string, string])[], goal: string): ReadonlyMap<string, number> {
  const found = new Map([[goal, 0]]);
  for (let round = 0; round < edges.length; round += 1) {
    for (const [from, to] of edges) {
      const far = found.get(to);
      if (far !== undefined && far + 1 < (found.get(from) ?? Infinity)) found.set(from, far + 1);
    }
  }
  return found;
}
