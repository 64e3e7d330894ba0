/** Law 7: what a person wrote on a ticket is never overwritten by apply, and every plan shows it until it is settled. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { FieldName } from "../../src/core/model/item.ts";
import type { Plan } from "../../src/core/model/plan.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { LOCAL_REWRITES, type LocalDesk } from "../../src/trackers/local-desk.ts";
import { connect } from "../../src/wiring.ts";
import { applyEdit, edit, specText } from "../harness/arbitrary-spec.ts";
import { humanEdit, playEdits, type HumanEdit, type Played } from "../harness/human-edits.ts";
import { makeProject, type Project } from "../harness/project.ts";
import { watching } from "../harness/watched-tracker.ts";

const FIELD_OF: Readonly<Record<HumanEdit["kind"], FieldName | null>> = {
  ...{ title: "title", status: "status", criterion: "criteria", label: null, comment: null },
  ...{ "body-before": "body", "body-after": "body", "body-within": "body" },
};

/** Edits that the ticket does not hold any more. A later status takes the place of an earlier one. */
async function lost(project: Project, played: readonly Played[]): Promise<readonly string[]> {
  const desk = await project.desk();
  try {
    const last = new Map(played.filter(({ edit: { kind } }) => kind === "status").map((one) => [one.id, one] as const));
    const checked = played.filter((one) => one.edit.kind !== "status" || last.get(one.id) === one);
    const gone = await Promise.all(checked.map(async ({ key, edit: made }) => ((await holds(desk, key, made)) ? [] : [`${key}: ${JSON.stringify(made)}`])));
    return gone.flat();
  } finally {
    await desk.end();
  }
}

async function holds(desk: LocalDesk, key: string, made: HumanEdit): Promise<boolean> {
  const { ticket, comments } = await desk.show(key);
  switch (made.kind) {
    case "title":
      return ticket.title.includes(made.mark);
    case "body-before":
    case "body-after":
    case "body-within":
    case "criterion":
      return ticket.body.includes(made.mark);
    case "status":
      return ticket.status === made.status;
    case "label":
      return ticket.labels.includes(made.mark);
    case "comment":
      return comments.some(({ text }) => text.includes(made.mark));
  }
}

/** Edits on tickets that a section names, and that the plan says nothing of. */
function hidden(plan: Plan, played: readonly Played[], tickets: readonly Ticket[]): readonly string[] {
  const orphans = new Set(plan.orphans.map(({ key }) => key));
  const shown = new Set([...plan.observed, ...plan.conflicts].flatMap(({ key, held }) => held.map(({ field }) => `${key ?? ""} ${field}`)));
  return played.flatMap(({ key, edit: made }) => {
    const field = FIELD_OF[made.kind];
    const ticket = tickets.find((one) => one.key === key);
    if (field === null || field === "status" || orphans.has(key) || !ticket) return [];
    // The words that were found may have been a criterion's.
    const isShown = shown.has(`${key} ${field}`) || (made.kind === "body-within" && shown.has(`${key} criteria`));
    return isShown ? [] : [`${key} ${field}: ${JSON.stringify(made)}`];
  });
}

const round = fc.record({ people: fc.array(humanEdit, { minLength: 1, maxLength: 4 }), edits: fc.array(edit, { maxLength: 3 }) });

describe.each(LOCAL_REWRITES)("a tracker that rewrites text as %s", (rewrites) => {
  it("keeps every edit of a person through two rounds of edits and applies, and shows it", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(specText, fc.array(round, { minLength: 2, maxLength: 2 }), async (text, rounds) => {
        const project = await makeProject({ "specs/one.md": text });
        const desk = await project.desk();
        await desk.behave({ rewrites });
        await desk.end();
        await project.apply({ includeDone: true });
        const played: Played[] = [];
        for (const { people, edits } of rounds) {
          played.push(...(await playEdits(project, people)));
          await project.write("specs/one.md", edits.reduce(applyEdit, await project.read("specs/one.md")));
          expect(hidden(await project.plan({ includeDone: true }), played, await project.tickets())).toEqual([]);
          await project.apply({ includeDone: true });
          expect(await lost(project, played)).toEqual([]);
          expect(hidden(await project.plan({ includeDone: true }), played, await project.tickets())).toEqual([]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

const SPEC = "## One\n\nBody one.\n\n- [ ] first\n\n## Two\n\nBody two.\n";

it("still shows an edit of the body after apply wrote another field of that ticket", async () => {
  const project = await makeProject({ "specs/one.md": SPEC });
  await project.apply();
  const desk = await project.desk();
  await desk.edit("PAY-1", { body: (await desk.show("PAY-1")).ticket.body.replace("Body one.", "Their body.") });
  await desk.criterion("PAY-2", { kind: "add", text: "theirs" });
  await desk.end();
  await project.write("specs/one.md", (await project.read("specs/one.md")).replace("## One", "## Uno").replace("## Two", "## Due"));
  expect((await project.apply()).exitCode).toBe(0);
  expect((await project.plan()).observed.map(({ key, held }) => [key, held.map(({ field }) => field)])).toEqual([
    ["PAY-1", ["body"]],
    ["PAY-2", ["criteria"]],
  ]);
});

/** A project whose next apply meets a person: `meanwhile` happens between the plan and the first guard read, or before the send. */
async function disturbed(moment: "guard" | "send", meanwhile: (desk: LocalDesk) => Promise<unknown>): Promise<Project> {
  const project = await makeProject({ "specs/one.md": SPEC });
  await project.apply();
  let reads = 0;
  const act = async (): Promise<void> => {
    const desk = await project.desk();
    await meanwhile(desk);
    await desk.end();
  };
  const door = watching(connect, async (_request, send) => {
    if (moment === "send") await act();
    return send();
  });
  return project.within({
    connect: async (target, context) => {
      const connection = await door(target, context);
      if (!connection.ok) return connection;
      const { tracker } = connection;
      const read: typeof tracker.read = async (query) => {
        reads += 1;
        // The first read is the plan's, the next that of the guards.
        if (moment === "guard" && "keys" in query && reads > 1) await act();
        return tracker.read(query);
      };
      return { ok: true, tracker: Object.assign(Object.create(tracker), { read }) };
    },
  });
}

describe("a person who edits while apply runs", () => {
  it("before the guard read: the change is held, and nothing of theirs is overwritten", async () => {
    const project = await disturbed("guard", (desk) => desk.edit("PAY-1", { title: "Theirs" }));
    await project.write("specs/one.md", (await project.read("specs/one.md")).replace("## One", "## Uno").replace("Body two", "Body zwei"));
    const report = await project.apply();
    expect(report.results.map(({ key, state }) => [key, state])).toEqual([
      ["PAY-1", "held"],
      ["PAY-2", "done"],
    ]);
    expect(report.exitCode).toBe(5);
    expect((await project.tickets()).map(({ title }) => title)).toEqual(["Theirs", "Two"]);
    expect((await project.plan()).conflicts.map(({ key }) => key)).toEqual(["PAY-1"]);
  });

  it("after it: the revision tells, and the write is refused", async () => {
    const project = await disturbed("send", (desk) => desk.edit("PAY-1", { body: "Their body." }));
    await project.write("specs/one.md", (await project.read("specs/one.md")).replace("Body one", "Body uno"));
    const report = await project.apply();
    expect(report.results.map(({ state }) => state)).toEqual(["failed"]);
    expect(report.exitCode).toBe(1);
    expect((await project.tickets())[0]?.body).toBe("Their body.");
  });

  it("in another field: both are kept", async () => {
    const project = await disturbed("guard", (desk) => desk.comment("PAY-1", "A word."));
    await project.write("specs/one.md", (await project.read("specs/one.md")).replace("## One", "## Uno"));
    expect((await project.apply()).exitCode).toBe(0);
    expect((await project.tickets())[0]?.title).toBe("Uno");
  });
});
