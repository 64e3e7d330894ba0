/** What is planned where a tracker can do less: what it cannot keep or turn is told, never tried again and again. */

import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../src/core/model/plan.ts";
import type { Capabilities, ProjectShape, Tracker } from "../../src/trackers/tracker.ts";
import { connect } from "../../src/wiring.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";

const SPEC = "specs/pay.md";

interface Weakness {
  readonly capabilities: Partial<Capabilities>;
  readonly shape?: Partial<ProjectShape>;
}

function weaker(project: Project, { capabilities, shape = {} }: Weakness): Project {
  return project.within({
    connect: async (target, context) => {
      const connection = await connect(target, context);
      if (!connection.ok) return connection;
      const { tracker } = connection;
      const check: Tracker["check"] = async () => {
        const found = await tracker.check();
        return found.ok ? { ...found, project: { ...found.project, ...shape } } : found;
      };
      return { ok: true, tracker: { ...tracker, check, capabilities: { ...tracker.capabilities, ...capabilities } } };
    },
  });
}

const told = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ action, key, fields, pulled, held }) => `${action} ${key ?? "new"} ${[...fields, ...pulled, ...held].map(({ field }) => field).join()}`);

const asked = ({ questions, diagnostics }: Plan): readonly string[] => [
  ...questions.map(({ kind, key }) => `${kind} ${key ?? ""}`),
  ...diagnostics.filter(({ code }) => code === "parent-stopped").map(({ message }) => message),
];

describe("a base that is written only with a field", () => {
  const noted = async (): Promise<Project> => {
    const project = weaker(await makeProject({ [SPEC]: "---\ntags: [api, infra]\n---\n\n## Keys\n\nText.\n" }), { capabilities: { baseAlone: false } });
    await project.apply();
    await atDesk(project, (desk) => desk.label("PAY-1", { add: [], remove: ["api"] }));
    return project;
  };

  it("a label that people took off is told, and no change that does nothing stays in the plan", async () => {
    const project = await noted();
    for (let round = 0; round < 2; round += 1) {
      const plan = await project.plan({ direction: "both" });
      expect([told(plan.changes), told(plan.observed)]).toEqual([[], ["pull PAY-1 labels"]]);
      expect((await project.apply({ direction: "both" })).results).toEqual([]);
    }
  });

  it("what came into the spec is written down: people may change it on the ticket again", async () => {
    const project = weaker(await makeProject({ [SPEC]: "## Keys\n\nText.\n\n- [ ] works\n" }), { capabilities: { baseAlone: false } });
    await project.apply();
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "tick", which: "1" }));
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "add", text: "it is fast" }));
    await project.apply({ direction: "both" });
    expect(await project.read(SPEC)).toContain("- [x] works\n- [ ] it is fast\n");
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "untick", which: "1" }));
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "reword", which: "2", text: "it is quick" }));
    await project.apply({ direction: "both" });
    expect(await project.read(SPEC)).toContain("- [ ] works\n- [ ] it is quick\n");
    expect(await atDesk(project, async (desk) => (await desk.show("PAY-1")).criteria)).toEqual([
      { text: "works", checked: false },
      { text: "it is quick", checked: false },
    ]);
  });

  it("the next write takes note of it", async () => {
    const project = await noted();
    await editFile(project, SPEC, (text) => text.replace("Text.", "Other text."));
    await project.apply({ direction: "both" });
    const plan = await project.plan({ direction: "both" });
    expect([told(plan.changes), plan.observed.flatMap(({ held }) => held.map(({ verdict }) => verdict))]).toEqual([[], ["apart"]]);
  });

  it("who takes a side has it written", async () => {
    const project = await noted();
    await project.apply({ direction: "both", absorb: ["labels"] });
    const plan = await project.plan({ direction: "both" });
    expect([told(plan.changes), plan.observed.flatMap(({ held }) => held.map(({ verdict }) => verdict))]).toEqual([[], ["apart"]]);
  });
});

describe("tickets that cannot be converted", () => {
  const strict = { capabilities: { convertsTypes: false }, shape: { nesting: { "": ["Epic", "Story"], Epic: ["Story"], Story: ["Sub-task"] } } };
  const TEXT = "## Keys\n\nText.\n\n### Rotation\n\nOften.\n\n#### Alarm\n\nLoud.\n";

  const applied = async (): Promise<Project> => {
    const project = weaker(await makeProject({ [SPEC]: TEXT }), strict);
    await project.apply();
    return project;
  };

  it("stay below their parent where they may not stand alone, and people are asked", async () => {
    const project = await applied();
    await editFile(project, SPEC, (text) => `${text.slice(text.indexOf("#### Alarm"))}\n${text.slice(0, text.indexOf("#### Alarm"))}`);
    const plan = await project.plan();
    expect([told(plan.changes), asked(plan)]).toEqual([[], ["level-changed PAY-3"]]);
  });

  it("are given no parent that could not hold them", async () => {
    const project = await applied();
    // By its heading Rotation is an Epic now, while its ticket stays a Story.
    await editFile(project, SPEC, (text) => text.replace("### Rotation", "## Rotation").concat("\n### Expiry\n\nSoon.\n"));
    const plan = await project.plan();
    expect([told(plan.changes), asked(plan)]).toEqual([
      ["reparent PAY-2 parent"],
      [
        "level-changed PAY-2",
        "level-changed PAY-3",
        '"Expiry" waits: PAY-2, the ticket around it, is a Story, which takes no Story below it. Convert PAY-2 there.',
      ],
    ]);
    await project.apply();
    expect(told((await project.plan()).changes)).toEqual([]);
  });

  it("what stands below a section that waits, waits too", async () => {
    const project = await applied();
    await editFile(project, SPEC, (text) => text.replace("### Rotation", "## Rotation").concat("\n### Expiry\n\nSoon.\n\n#### Bell\n\nRings.\n"));
    const plan = await project.plan();
    expect(asked(plan).at(-1)).toBe('"Bell" waits: the section around it, "Expiry", waits too.');
    expect(plan.changes.filter(({ action }) => action === "create")).toEqual([]);
  });
});
