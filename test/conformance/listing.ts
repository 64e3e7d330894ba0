/** The exam, listing: what adopting and discovery ask for, managed or not. */

import { expect } from "vitest";
import { base, createAll, createOne, done, draft, LONG, readOne, shapeOf, writeBase } from "./stage.ts";
import type { Exam, Stage } from "./stage.ts";

const NOTHING = { tickets: [], missing: [], renamed: {}, complete: true };
const MS = 20;

export const LISTING: readonly Exam[] = [
  {
    name: "an empty project lists nothing",
    async run({ tracker, inbox, missing }) {
      expect(await tracker.read({ project: true })).toEqual(NOTHING);
      expect(await tracker.read({ childrenOf: [missing] })).toEqual(NOTHING);
      expect(await tracker.read({ childrenOf: [] })).toEqual(NOTHING);
      expect(await tracker.read({ inbox: inbox.labelled("triage") })).toEqual(NOTHING);
    },
  },
  {
    name: "a project is everybody's tickets as they stand, closed ones too, archived and moved ones not",
    async run(stage) {
      const ours = await createOne(stage, { title: "Ours" });
      const theirs = await stage.person.create({ title: "Theirs", body: "By hand." });
      const closed = await stage.person.create({ title: "Closed" });
      const away = await stage.person.create({ title: "Away" });
      const gone = await stage.person.create({ title: "Gone" });
      await stage.person.move(closed.key, (await shapeOf(stage)).statuses.find(({ category }) => category === "canceled")?.name ?? "");
      await stage.person.archive(away.key);
      await stage.person.transfer(gone.key);
      await stage.pass(LONG);
      const { tickets, ...rest } = await stage.tracker.read({ project: true });
      expect(rest).toEqual({ missing: [], renamed: {}, complete: true });
      expect(tickets.map(({ key }) => key)).toEqual([ours.key, theirs.key, closed.key]);
      for (const ticket of tickets) expect(ticket).toEqual(await readOne(stage, ticket.key));
    },
  },
  {
    name: "a project that is larger than a page is read whole, each ticket once",
    async run(stage) {
      const created = await createAll(
        stage,
        Array.from({ length: stage.tracker.capabilities.batch.read + 1 }, () => draft(stage)),
      );
      const keys = created.map(({ key }) => key);
      await stage.pass(LONG);
      const { tickets, complete } = await stage.tracker.read({ project: true });
      expect(complete).toBe(true);
      expect(tickets.map(({ key }) => key).sort()).toEqual(keys.toSorted());
    },
  },
  {
    name: "children are those right below, ours and people's",
    async run(stage) {
      const [top = null, middle = null, low = null] = await types(stage);
      const one = await createOne(stage, { type: top });
      const two = await createOne(stage, { type: top });
      const child = await createOne(stage, { type: middle, parent: one.key });
      const theirs = await stage.person.create({ title: "Theirs", parent: one.key });
      const other = await createOne(stage, { type: middle, parent: two.key });
      await createOne(stage, { type: low, parent: child.key });
      const away = await stage.person.create({ title: "Away", parent: one.key });
      await stage.person.archive(away.key);
      expect(await childrenOf(stage, [one.key])).toEqual([child.key, theirs.key]);
      expect(await childrenOf(stage, [two.key, one.key, stage.missing])).toEqual([child.key, theirs.key, other.key]);
      done((await stage.tracker.update([{ key: child.key, expectRevision: null, parent: two.key }]))[0]);
      expect(await childrenOf(stage, [one.key])).toEqual([theirs.key]);
    },
  },
  {
    name: "the children that a moved ticket left behind are found under its old key",
    async run(stage) {
      const [top = null, middle = null] = await types(stage);
      const parent = await createOne(stage, { type: top });
      const child = await createOne(stage, { type: middle, parent: parent.key });
      await stage.person.transfer(parent.key);
      expect(await childrenOf(stage, [parent.key])).toEqual([child.key]);
    },
  },
  {
    name: "an inbox finds what its query says, managed or not, and no archived ticket",
    async run(stage) {
      const ours = await createOne(stage, { labels: ["triage"] });
      const theirs = await stage.person.create({ title: "Theirs" });
      const away = await stage.person.create({ title: "Away" });
      await stage.person.create({ title: "No triage" });
      for (const { key } of [theirs, away]) await stage.person.label(key, ["triage"], []);
      await stage.person.archive(away.key);
      await stage.pass(LONG);
      const { tickets } = await stage.tracker.read({ inbox: stage.inbox.labelled("triage") });
      expect(tickets.map(({ key }) => key)).toEqual([ours.key, theirs.key]);
      expect(tickets[1]).toEqual(await readOne(stage, theirs.key));
    },
  },
  {
    name: "an inbox query that cannot be understood is refused, not empty",
    async run({ tracker, inbox }) {
      await expect(tracker.read({ inbox: inbox.wrong })).rejects.toMatchObject({ kind: "invalid", hint: expect.stringMatching(/\w/) });
    },
  },
  {
    name: "a ticket that gets a base stays in every list",
    async run(stage) {
      const { key, id } = await stage.person.create({ title: "Adopted" });
      await stage.person.label(key, ["triage"], []);
      await writeBase(stage, key, base("t-adopt", { ticket: id }));
      await stage.pass(LONG);
      for (const query of [{ project: true }, { managed: true }, { inbox: stage.inbox.labelled("triage") }] as const) {
        expect((await stage.tracker.read(query)).tickets).toMatchObject([{ key, base: { ticket: id } }]);
      }
    },
  },
  {
    name: "a list of which a part is missing says that it is not complete",
    async run(stage) {
      const parent = await createOne(stage, { labels: ["triage"] });
      await stage.pass(LONG);
      for (const query of [{ project: true }, { childrenOf: [parent.key] }, { inbox: stage.inbox.labelled("triage") }] as const) {
        await stage.fault("read", 1, "partial", MS);
        expect((await stage.tracker.read(query)).complete).toBe(false);
        expect((await stage.tracker.read(query)).complete).toBe(true);
      }
    },
  },
];

async function childrenOf(stage: Stage, keys: readonly string[]): Promise<readonly string[]> {
  await stage.pass(LONG);
  return (await stage.tracker.read({ childrenOf: keys })).tickets.map(({ key }) => key);
}

/** Three types that nest in each other, from the top. */
async function types(stage: Stage): Promise<readonly string[]> {
  const { nesting } = await shapeOf(stage);
  for (const [top, children] of Object.entries(nesting)) {
    const middle = children.find((type) => (nesting[type] ?? []).length > 0);
    if (top !== "" && middle !== undefined) return [top, middle, nesting[middle]?.[0] ?? ""];
  }
  return [];
}
