/** What people do on tickets comes back, and nobody's edit is lost: each kind of edit, on a tracker that rewrites text in each way. */

import { describe, expect, it } from "vitest";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { LOCAL_REWRITES, type LocalDesk } from "../../src/trackers/local-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";

const SPEC = `---
tags: [api]
---

# Payments

## Refunds

A refund returns the money.

It takes a day.

- [ ] the money is back
- [ ] the log shows it

## Retries

Try again.
`;

const SYNC: Partial<Selection> = { direction: "both", vouches: true };
const PULL: Partial<Selection> = { direction: "back", vouches: true };

async function applied(rewrites: (typeof LOCAL_REWRITES)[number], text = SPEC): Promise<Project> {
  const project = await makeProject({ "specs/one.md": text });
  await atDesk(project, (desk) => desk.behave({ rewrites }));
  await project.apply();
  return project;
}

async function atDesk<T>(project: Project, work: (desk: LocalDesk) => Promise<T>): Promise<T> {
  const desk = await project.desk();
  try {
    return await work(desk);
  } finally {
    await desk.end();
  }
}

async function bodyOf(project: Project, key: string): Promise<string> {
  return atDesk(project, async (desk) => (await desk.show(key)).ticket.body);
}

async function editBody(project: Project, key: string, edit: (body: string) => string): Promise<void> {
  await atDesk(project, async (desk) => desk.edit(key, { body: edit((await desk.show(key)).ticket.body) }));
}

async function editSpec(project: Project, edit: (text: string) => string): Promise<void> {
  const text = await project.read("specs/one.md");
  expect(edit(text)).not.toBe(text);
  await project.write("specs/one.md", edit(text));
}

/** Nothing is left that any command would carry out, or that anybody would be told. */
async function expectQuiet(project: Project): Promise<void> {
  const plan = await project.plan(SYNC);
  expect(summary(plan)).toEqual({ changes: [], observed: [], conflicts: [] });
  expect((await project.plan(SYNC)).digest).toBe(plan.digest);
  expect(summary(await project.plan())).toEqual({ changes: [], observed: [], conflicts: [] });
}

function summary({ changes, observed, conflicts }: Plan): Readonly<Record<"changes" | "observed" | "conflicts", readonly string[]>> {
  return {
    changes: changes.map(
      ({ key, action, fields, pulled }) => `${action} ${key ?? ""} →${fields.map(({ field }) => field).join()} ←${pulled.map(({ field }) => field).join()}`,
    ),
    // What both sides left different is folded into one line.
    observed: observed
      .filter(({ held }) => held.some(({ verdict }) => verdict === "pull"))
      .map(({ key, held }) => `${key ?? ""} ${held.map(({ field, verdict }) => `${field} ${verdict}`).join()}`),
    conflicts: conflicts.map(({ key, held }) => `${key ?? ""} ${held.map(({ field, verdict }) => `${field} ${verdict}`).join()}`),
  };
}

describe.each(LOCAL_REWRITES)("a tracker that rewrites text as %s", (rewrites) => {
  it("brings a criterion of the ticket and the section's new text to both sides", async () => {
    const project = await applied(rewrites);
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "add", text: "a receipt is sent" }));
    await editSpec(project, (text) => text.replace("It takes a day.", "It takes an hour."));
    expect((await project.apply(SYNC)).exitCode).toBe(0);
    expect(await project.read("specs/one.md")).toContain("- [ ] the log shows it\n- [ ] a receipt is sent\n");
    expect(await bodyOf(project, "PAY-1")).toContain("It takes an hour.");
    expect(await bodyOf(project, "PAY-1")).toContain("a receipt is sent");
    await expectQuiet(project);
  });

  it("merges criteria that both sides changed", async () => {
    const project = await applied(rewrites);
    await atDesk(project, async (desk) => {
      await desk.criterion("PAY-1", { kind: "tick", which: "the money is back" });
      await desk.criterion("PAY-1", { kind: "add", text: "a receipt is sent" });
    });
    await editSpec(project, (text) =>
      text.replace("the money is back", "the money is back in a day").replace("- [ ] the log shows it", "- [ ] the log shows it\n- [ ] it is audited"),
    );
    expect((await project.apply(SYNC)).exitCode).toBe(0);
    const [spec, body] = [await project.read("specs/one.md"), await bodyOf(project, "PAY-1")];
    for (const text of [spec, body])
      for (const words of ["[x] the money is back in a day", "[ ] the log shows it", "[ ] it is audited", "[ ] a receipt is sent"])
        expect(text.toLowerCase()).toContain(words);
    await expectQuiet(project);
  });

  it("pull alone brings criteria and status, apply alone then the rest", async () => {
    const project = await applied(rewrites);
    await atDesk(project, async (desk) => {
      await desk.criterion("PAY-1", { kind: "add", text: "a receipt is sent" });
      await desk.move("PAY-1", "In Progress");
    });
    await editSpec(project, (text) => text.replace("- [ ] the log shows it", "- [ ] the log shows it all").replace("Try again.", "Try twice."));
    expect((await project.apply(PULL)).exitCode).toBe(0);
    expect(await project.read("specs/one.md")).toContain("status:in_progress");
    expect(await project.read("specs/one.md")).toContain("- [ ] a receipt is sent\n");
    expect(await bodyOf(project, "PAY-1")).not.toContain("shows it all");
    expect(await bodyOf(project, "PAY-2")).toContain("Try again.");
    expect((await project.apply()).exitCode).toBe(0);
    expect(await bodyOf(project, "PAY-1")).toContain("shows it all");
    await expectQuiet(project);
  });

  it("undoes nothing that people take back after a pull", async () => {
    const project = await applied(rewrites);
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "tick", which: "the money is back" }));
    await project.apply(PULL);
    expect(await project.read("specs/one.md")).toContain("- [x] the money is back");
    await atDesk(project, (desk) => desk.criterion("PAY-1", { kind: "untick", which: "the money is back" }));
    await project.apply(SYNC);
    expect(await project.read("specs/one.md")).toContain("- [ ] the money is back");
    await expectQuiet(project);
  });

  it("keeps a paragraph that a person added where it stands, tells it once, and then is quiet", async () => {
    const project = await applied(rewrites);
    await editBody(project, "PAY-1", (body) => body.replace("It takes a day.", "Talk to Rio first.\n\nIt takes a day."));
    expect(summary(await project.plan()).observed).toEqual(["PAY-1 body pull"]);
    await editSpec(project, (text) => text.replace("A refund returns the money.", "A refund returns all the money."));
    await project.apply(SYNC);
    expect(await bodyOf(project, "PAY-1")).toMatch(/returns all the money\.\s+Talk to Rio first\.\s+It takes a day\./);
    expect(await project.read("specs/one.md")).not.toContain("Talk to Rio");
    await expectQuiet(project);
    await editSpec(project, (text) => text.replace("It takes a day.", "It takes an hour."));
    await project.apply();
    expect(await bodyOf(project, "PAY-1")).toMatch(/returns all the money\.\s+Talk to Rio first\.\s+It takes an hour\./);
    await expectQuiet(project);
  });

  it("sync alone takes note of it too", async () => {
    const project = await applied(rewrites);
    await editBody(project, "PAY-1", (body) => `Talk to Rio first.\n\n${body}`);
    await project.apply(SYNC);
    expect(await bodyOf(project, "PAY-1")).toMatch(/^Talk to Rio first/);
    await expectQuiet(project);
  });

  it("shows the block that both sides changed, and merges the rest once that is decided", async () => {
    for (const keep of ["spec", "tracker", "merge"] as const) {
      const project = await applied(rewrites);
      await editBody(project, "PAY-1", (body) => body.replace("It takes a day.", "It takes two days."));
      await editSpec(project, (text) =>
        text.replace("It takes a day.", "It takes an hour.").replace("A refund returns the money.", "A refund returns it all."),
      );
      const plan = await project.plan(SYNC);
      expect(summary(plan).conflicts).toEqual(["PAY-1 body conflict"]);
      expect(plan.conflicts[0]?.held[0]?.preview).toEqual({ before: expect.stringContaining("It takes two days."), after: "It takes an hour." });
      expect((await project.apply(SYNC)).exitCode).toBe(4);
      expect(await bodyOf(project, "PAY-1")).toContain("two days");
      await project.apply({ ...SYNC, decisions: [{ kind: "keep", address: "specs/one.md#refunds", field: null, keep }] });
      const [spec, body] = [await project.read("specs/one.md"), await bodyOf(project, "PAY-1")];
      expect(body).toContain("A refund returns it all.");
      expect([body.includes("an hour"), body.includes("two days")]).toEqual([keep !== "tracker", keep !== "spec"]);
      expect([spec.includes("an hour"), spec.includes("two days")]).toEqual([keep !== "tracker", keep === "tracker"]);
      await expectQuiet(project);
    }
  });

  it("leaves a title that people changed, until it is reverted or absorbed", async () => {
    const project = await applied(rewrites);
    await atDesk(project, (desk) => desk.edit("PAY-1", { title: "Money back *now*" }));
    await project.apply(SYNC);
    expect(summary(await project.plan()).observed).toEqual(["PAY-1 title pull"]);
    await project.apply({ ...SYNC, absorb: ["title"] });
    expect(await project.read("specs/one.md")).toMatch(/^## Money back \\\*now\\?\*$/m);
    await expectQuiet(project);
    await atDesk(project, (desk) => desk.edit("PAY-1", { title: "Nothing" }));
    await project.apply({ revert: ["title"] });
    expect(await atDesk(project, async (desk) => (await desk.show("PAY-1")).ticket.title)).toBe("Money back *now*");
    await expectQuiet(project);
  });

  it("absorbs and reverts words that people changed", async () => {
    const project = await applied(rewrites);
    const theirs = (body: string): string => body.replace("It takes a day.", "It takes two days.\n\nAsk Rio.");
    await editBody(project, "PAY-1", theirs);
    await project.apply({ revert: ["body"] });
    expect(await bodyOf(project, "PAY-1")).toContain("It takes a day.");
    expect(await bodyOf(project, "PAY-1")).toContain("Ask Rio.");
    await expectQuiet(project);
    await editBody(project, "PAY-2", (body) => body.replace("Try again.", "Try thrice."));
    await project.apply({ ...SYNC, absorb: ["body"] });
    expect(await project.read("specs/one.md")).toContain("\nTry thrice.\n");
    await expectQuiet(project);
  });

  it("takes note of a label that people took away", async () => {
    const project = await applied(rewrites);
    await atDesk(project, (desk) => desk.label("PAY-1", { add: [], remove: ["api"] }));
    await project.apply(SYNC);
    await expectQuiet(project);
    expect((await project.tickets()).find(({ key }) => key === "PAY-1")?.labels).not.toContain("api");
  });
});

describe("a ticket that was closed", () => {
  it("makes its section done when somebody vouches for it, and is a question when nobody does", async () => {
    const project = await applied("none");
    await atDesk(project, (desk) => desk.move("PAY-2", "Done"));
    const unseen = await project.apply({ direction: "both" });
    expect(unseen.exitCode).toBe(4);
    expect(await project.read("specs/one.md")).not.toContain("status:done");
    const plan = await project.plan(SYNC);
    expect(plan.changes.map(({ pulled }) => pulled.map(({ field, live, note }) => [field, live, note]))).toEqual([[["status", "done", "unverified"]]]);
    await project.apply(SYNC);
    expect(await project.read("specs/one.md")).toContain("<!-- canon:system:retries status:done -->");
    await expectQuiet(project);
  });
});

describe("a section that names no status", () => {
  it("takes the ticket's with the next pull, and until then nothing is told or written", async () => {
    const project = await applied("none");
    await atDesk(project, (desk) => desk.move("PAY-2", "In Progress"));
    await editSpec(project, (text) => text.replace("<!-- canon:system:retries status:draft -->", "<!-- canon:system:retries -->"));
    expect(summary(await project.plan())).toEqual({ changes: [], observed: [], conflicts: [] });
    await project.apply(PULL);
    expect(await project.read("specs/one.md")).toContain("<!-- canon:system:retries status:in_progress -->");
    await expectQuiet(project);
  });

  it("gets it back with its lost marker lines", async () => {
    const project = await applied("none");
    await atDesk(project, (desk) => desk.move("PAY-2", "In Review"));
    await project.apply(SYNC);
    await editSpec(project, (text) => text.replace(/<!-- canon:ticket:local:PAY-2 -->\n.*\n/, ""));
    await project.apply();
    expect(await project.read("specs/one.md")).toContain("<!-- canon:ticket:local:PAY-2 -->\n<!-- canon:system:retries status:in_progress -->");
    expect((await project.tickets()).find(({ key }) => key === "PAY-2")?.status).toBe("In Review");
    await expectQuiet(project);
  });
});
