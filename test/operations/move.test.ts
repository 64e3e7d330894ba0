/** `canon move`: the only way from one target to another; killed anywhere, exactly one open ticket is left in the end. */

import { describe, expect, it } from "vitest";
import type { Decision } from "../../src/core/model/decision.ts";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { editFile } from "../harness/at-desk.ts";
import { atDeskOf } from "../harness/desk-of.ts";
import { applyInChild, copyOf, twoAtATime } from "../harness/kill.ts";
import { makeProject, type Project } from "../harness/project.ts";
import { watching, type Door } from "../harness/watched-tracker.ts";
import { connect } from "../../src/wiring.ts";
import { skippingClock } from "../harness/skipping-clock.ts";

const ONE_FILE = `id: test
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
const TWO_FILES = ONE_FILE.replace("project: OSS", "project: OSS, path: .canon/oss.sqlite");

const SPEC = `# Pay

## Keys

Text of keys.

- [ ] unique
- [x] short

### Rotation

Every year.

## Refunds

Money back.
`;

const KEYS = "specs/pay.md#keys";
const ROTATION = "specs/pay.md#rotation";

function moving(to: string, ...addresses: readonly string[]): Partial<Selection> {
  return { addresses, decisions: addresses.map((address): Decision => ({ kind: "move", address, to })) };
}

async function applied(config = ONE_FILE, text = SPEC): Promise<Project> {
  const project = await makeProject({ "specs/pay.md": text }, config);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

const codes = ({ diagnostics }: Plan): readonly string[] => diagnostics.map(({ code }) => code);
const rows = ({ changes }: Plan): readonly string[] => changes.map(({ action, target, key, title }) => `${action} ${target} ${key ?? "-"} ${title}`);

async function open(project: Project): Promise<readonly string[]> {
  const tickets = await project.tickets();
  return tickets
    .filter(({ category, base }) => category !== "done" && category !== "canceled" && base?.released === false)
    .map(({ key, title }) => `${key} ${title}`)
    .sort();
}

describe.each([
  ["in one file", ONE_FILE],
  ["in two files", TWO_FILES],
])("a move between targets %s", (_where, config) => {
  it("makes the new ticket, lets the marker name it, and closes the old one with a word where to", async () => {
    const project = await applied(config);
    const plan = await project.plan(moving("oss", KEYS));
    expect(rows(plan)).toEqual(["create oss - Keys", "close main PAY-1 Keys"]);
    expect(plan.questions).toEqual([]);
    const report = await project.apply(moving("oss", KEYS));
    expect(report).toMatchObject({ exitCode: 0, unmarked: [] });
    const spec = await project.read("specs/pay.md");
    expect(spec).toContain("## Keys\n<!-- canon:ticket:local:OSS-1 -->\n<!-- canon:system:keys status:draft gen:2 -->\n");
    expect(spec).not.toContain("PAY-1 ");
    const old = await atDeskOf(project, "main", (desk) => desk.show("PAY-1"));
    expect(old.ticket).toMatchObject({ category: "canceled", base: { released: true } });
    expect(old.comments.map(({ text }) => text)).toEqual([expect.stringContaining("Moved to OSS-1")]);
    const fresh = await atDeskOf(project, "oss", (desk) => desk.show("OSS-1"));
    expect(fresh.criteria).toEqual([
      { text: "unique", checked: false },
      { text: "short", checked: true },
    ]);
  });

  it("leaves children where they are, says so, and moves them when they are named too", async () => {
    const project = await applied(config);
    const alone = await project.plan(moving("oss", KEYS));
    expect(codes(alone)).toContain("move-leaves-children");
    const both = moving("oss", KEYS, ROTATION);
    expect(codes(await project.plan(both))).not.toContain("move-leaves-children");
    expect((await project.apply(both)).exitCode).toBe(0);
    expect(await open(project)).toEqual(["OSS-1 Keys", "OSS-2 Rotation", "PAY-2 Refunds"]);
    const child = (await project.tickets()).find(({ key }) => key === "OSS-2");
    expect(child?.parent).toBe("OSS-1");
  });

  it("comes back under a new token, and closes the other one", async () => {
    const project = await applied(config);
    await project.apply(moving("oss", KEYS, ROTATION));
    expect((await project.apply(moving("main", KEYS, ROTATION))).exitCode).toBe(0);
    expect(await open(project)).toEqual(["PAY-2 Refunds", "PAY-4 Keys", "PAY-5 Rotation"]);
    expect(await project.read("specs/pay.md")).toContain("status:draft gen:3 -->");
  });
});

describe("what does not move", () => {
  it.each([
    ["a section that is there already", KEYS, "main", /is in main already/],
    ["a section without a ticket", "specs/pay.md#later", "oss", /has no ticket yet/],
    ["what is no section", "specs/pay.md#nowhere", "oss", /no section that has a ticket/],
  ])("%s", async (_what, address, to, why) => {
    const project = await applied();
    await editFile(project, "specs/pay.md", (text) => `${text}\n## Later\n\nSoon.\n`);
    const plan = await project.plan({ ...moving(to, address), addresses: ["specs/pay.md"] });
    expect(plan.diagnostics.filter(({ code }) => code === "move-refused").map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
    expect(plan.changes.filter(({ action, title }) => action === "close" || title === "Keys")).toEqual([]);
  });

  it("a ticket that says what the spec does not say yet, until it does", async () => {
    const project = await applied();
    await atDeskOf(project, "main", (desk) => desk.criterion("PAY-1", { kind: "add", text: "revocable" }));
    const plan = await project.plan(moving("oss", KEYS));
    expect(plan.changes).toEqual([]);
    expect(plan.diagnostics.filter(({ code }) => code === "move-refused")).toMatchObject([
      { message: expect.stringContaining("criteria"), hint: expect.stringContaining(`canon pull ${KEYS}`) },
    ]);
    await project.apply({ direction: "back", addresses: [KEYS] });
    expect(rows(await project.plan(moving("oss", KEYS)))).toEqual(["create oss - Keys", "close main PAY-1 Keys"]);
  });

  it("a ticket that only a marker written by hand names, until it is adopted", async () => {
    const project = await applied();
    const key = await atDeskOf(project, "main", async (desk) => (await desk.create({ title: "Later", type: "Epic" })).key);
    await editFile(project, "specs/pay.md", (text) => `${text}\n## Later\n<!-- canon:ticket:local:${key} -->\n`);
    const address = "specs/pay.md#later";
    const plan = await project.plan(moving("oss", address));
    expect(plan.changes).toEqual([]);
    expect(plan.diagnostics.filter(({ code }) => code === "move-refused")).toMatchObject([{ hint: `First: canon adopt ${key} ${address}` }]);
    await project.apply({ addresses: [address], decisions: [{ kind: "adopt", address, key, keep: "both" }] });
    expect((await project.apply(moving("oss", address))).exitCode).toBe(0);
    expect(await open(project)).toContain("OSS-1 Later");
    expect(await open(project)).not.toContain(`${key} Later`);
  });

  it("a section whose ticket a person cancelled", async () => {
    const project = await applied();
    await atDeskOf(project, "main", (desk) => desk.close("PAY-1", "canceled"));
    const plan = await project.plan(moving("oss", KEYS));
    expect(plan.changes).toEqual([]);
    expect(codes(plan)).toContain("move-refused");
  });

  it("anything from or to a target that was read in part", async () => {
    const project = await applied(TWO_FILES);
    for (const name of ["main", "oss"]) {
      await atDeskOf(project, name, (desk) => desk.setFaults([{ operation: "read", nth: 1, kind: "partial" }], { replace: true }));
      const plan = await project.plan(moving("oss", KEYS));
      expect(plan.changes).toEqual([]);
      expect(codes(plan)).toContain("move-refused");
    }
  });

  it("what is edited meanwhile: the old ticket stays open, and the next plan says what to run", async () => {
    const project = await applied();
    const door: Door = async (request, send) => {
      if (request.operation === "create") await atDeskOf(project, "main", (desk) => desk.edit("PAY-1", { title: "Key ring" }));
      return send();
    };
    const report = await project.within({ connect: watching(connect, door) }).apply(moving("oss", KEYS));
    expect(report.exitCode).toBe(5);
    expect(report.results.map(({ key, state }) => `${key ?? ""} ${state}`)).toEqual(["OSS-1 done", "PAY-1 held"]);
    expect((await project.plan()).questions.map(({ hint }) => hint)).toContain(`canon move ${KEYS} --to oss`);
    expect((await project.apply(moving("oss", KEYS))).exitCode).toBe(0);
    expect(await open(project)).toEqual(["OSS-1 Keys", "PAY-2 Refunds", "PAY-3 Rotation"]);
  });
});

describe("a spec that is edited during the move", () => {
  it("keeps the old ticket open until its marker can be written", async () => {
    const project = await applied();
    const door: Door = async (request, send) => {
      if (request.operation === "create") await editFile(project, "specs/pay.md", (text) => text.replace("Money back.", "Money back soon."));
      return send();
    };
    const report = await project.within({ connect: watching(connect, door) }).apply(moving("oss", KEYS));
    expect(report).toMatchObject({ exitCode: 5, unmarked: [{ key: "OSS-1" }] });
    expect(report.results.map(({ key, state }) => `${key ?? ""} ${state}`)).toEqual(["OSS-1 done", "PAY-1 held"]);
    expect((await project.plan()).questions.map(({ hint }) => hint)).toEqual([`canon move ${KEYS} --to oss`]);
    expect((await project.apply(moving("oss", KEYS))).exitCode).toBe(0);
    expect(await open(project)).toEqual(["OSS-1 Keys", "PAY-2 Refunds", "PAY-3 Rotation"]);
  });
});

describe("a changed route", () => {
  it("is asked about with the command that carries it out, and quiet once it did", async () => {
    const project = await applied();
    await editFile(project, "specs/pay.md", (text) => `---\ntags: [open]\n---\n${text}`);
    const asked = (await project.plan()).questions;
    expect(asked.map(({ kind }) => kind)).toEqual(["route-changed", "route-changed", "route-changed"]);
    expect(asked[0]?.hint).toContain(`canon move ${KEYS} --to oss`);
    await project.apply(moving("oss", KEYS, ROTATION, "specs/pay.md#refunds"));
    const after = await project.plan();
    expect([after.changes, after.questions, after.orphans]).toEqual([[], [], []]);
  });
});

describe("a move against the route", () => {
  it("is an answer: nobody is asked about that route again, only about another one", async () => {
    const project = await applied();
    await project.apply(moving("oss", KEYS, ROTATION));
    expect((await project.plan()).questions).toEqual([]);
    await editFile(project, "specs/pay.md", (text) => text.replace("Text of keys.", "More text of keys."));
    await project.apply();
    await editFile(project, "canon.config.yaml", (text) =>
      text.replace("target: main", "target: third").replace("routing:", "  third: { system: local, project: TRD }\nrouting:"),
    );
    expect((await project.plan()).questions.map(({ key, hint }) => `${key ?? ""} ${hint.split(",")[0] ?? ""}`)).toEqual([
      `OSS-1 canon move ${KEYS} --to third`,
      `OSS-2 canon move ${ROTATION} --to third`,
      "PAY-2 canon move specs/pay.md#refunds --to third",
    ]);
  });
});

describe("a move that is killed", () => {
  it("ends with one open ticket, whatever the moment, and every plan in between says what to run", { timeout: 300_000 }, async () => {
    const start = await applied();
    const selection = moving("oss", KEYS);
    const whole = await applyInChild((await copyOf(start)).root, { moment: 0, selection });
    if (whole.killed) throw new Error("nobody was to be killed");
    expect(whole.exitCode).toBe(0);
    await twoAtATime(
      whole.labels.map((_label, index) => index + 1),
      async (moment) => {
        const what = `killed at ${moment}: ${whole.labels[moment - 1] ?? "?"}`;
        const project = await copyOf(start);
        expect(await applyInChild(project.root, { moment, selection }), what).toEqual({ killed: true });
        const before = await open(project);
        const plan = await project.plan();
        if (before.filter((line) => line.endsWith(" Keys")).length === 2)
          expect(
            plan.questions.map(({ hint }) => hint),
            what,
          ).toContain(`canon move ${KEYS} --to oss`);
        const waiting = project.within({ clock: skippingClock() });
        // Neither closes nor makes anything for the section: that is for the person who moves.
        await waiting.apply();
        await waiting.apply(selection);
        expect(await open(project), what).toEqual(["OSS-1 Keys", "PAY-2 Refunds", "PAY-3 Rotation"]);
        expect((await project.read("specs/pay.md")).match(/canon:ticket:local:\S+/g), what).toEqual([
          "canon:ticket:local:OSS-1",
          "canon:ticket:local:PAY-3",
          "canon:ticket:local:PAY-2",
        ]);
        const left = await project.plan();
        expect([left.questions, left.orphans, left.changes.filter(({ action }) => action !== "reparent")], what).toEqual([[], [], []]);
        const { comments } = await atDeskOf(project, "main", (desk) => desk.show("PAY-1"));
        expect(comments, what).toHaveLength(1);
      },
    );
  });

  it("makes no second ticket where the request lands after its sender died, and lists lag behind", { timeout: 300_000 }, async () => {
    const start = await applied(ONE_FILE.replace("project: OSS", "project: OSS, settle: 60s"));
    await atDeskOf(start, "oss", (desk) => desk.behave({ clientIds: false, searchLag: 30_000 }));
    const selection = moving("oss", KEYS);
    const whole = await applyInChild((await copyOf(start)).root, { moment: 0, selection });
    if (whole.killed) throw new Error("nobody was to be killed");
    const creates = whole.labels.flatMap((label, index) => (label.startsWith("create ") ? [index + 1] : []));
    expect(creates).not.toEqual([]);
    await twoAtATime(creates, async (moment) => {
      const project = await copyOf(start);
      expect(await applyInChild(project.root, { moment, selection, way: "late", delay: 58_000 })).toEqual({ killed: true });
      expect((await project.plan()).changes).toEqual([]);
      const waiting = project.within({ clock: skippingClock() });
      await waiting.apply();
      expect((await waiting.plan()).questions.map(({ kind }) => kind)).toEqual(["route-changed"]);
      expect((await waiting.apply(selection)).exitCode).toBe(0);
      expect((await atDeskOf(project, "oss", (desk) => desk.list())).map(({ key, category }) => `${key} ${category}`)).toEqual(["OSS-1 open"]);
      expect((await atDeskOf(project, "main", (desk) => desk.show("PAY-1"))).ticket.category).toBe("canceled");
      expect(await project.read("specs/pay.md")).toContain("canon:ticket:local:OSS-1");
    });
  });
});
