/** The exam, changing: only what is sent changes, guards hold, and other people's things stay. */

import { expect } from "vitest";
import { base, body, createOne, done, LONG, nestingPair, readOne, shapeOf } from "./stage.ts";
import type { Exam } from "./stage.ts";

export const CHANGING: readonly Exam[] = [
  {
    name: "only the fields in a patch change",
    async run(stage) {
      const { key } = await createOne(stage, { title: "Before", labels: ["a"] });
      const before = await readOne(stage, key);
      const outcome = done((await stage.tracker.update([{ key, expectRevision: before.revision, title: "After" }]))[0]);
      const after = await readOne(stage, key);
      expect(outcome).toMatchObject({ id: before.id, key });
      expect(after).toEqual({ ...before, title: "After", revision: after.revision, updatedAt: after.updatedAt, updatedBy: after.updatedBy });
      expect(after.revision).not.toBe(before.revision);
      if (outcome.echo) expect(outcome.echo).toEqual(after);
    },
  },
  {
    name: "a base alone touches nothing that people see",
    async run(stage) {
      const { key } = await createOne(stage, { token: "t-alone" });
      const before = await readOne(stage, key);
      const next = base("t-alone", { ticket: before.id, hash: "h2" });
      done((await stage.tracker.update([{ key, expectRevision: before.revision, base: next }]))[0]);
      const after = await readOne(stage, key);
      expect(after).toEqual({ ...before, base: next, revision: after.revision });
      if (stage.tracker.capabilities.history) expect(await stage.tracker.history([key], null)).toEqual([]);
    },
  },
  {
    name: "a base travels with a field",
    async run(stage) {
      const { key } = await createOne(stage, { token: "t-with" });
      const { id } = await readOne(stage, key);
      const next = base("t-with", { hash: "h3", ticket: id });
      done((await stage.tracker.update([{ key, expectRevision: null, title: "Both", base: next }]))[0]);
      expect(await readOne(stage, key)).toMatchObject({ title: "Both", base: next });
    },
  },
  {
    name: "labels that are added and removed leave those of other people",
    async run(stage) {
      const { key } = await createOne(stage, { labels: ["ours", "old"] });
      await stage.person.label(key, ["theirs"], []);
      done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: ["new", "ours"], remove: ["old", "never"] } }]))[0]);
      expect([...(await readOne(stage, key)).labels].sort()).toEqual(["new", "ours", "theirs"]);
    },
  },
  {
    name: "an update of a ticket that a person changed meanwhile is refused",
    async run(stage) {
      const { key } = await createOne(stage, { title: "Mine" });
      const { revision } = await readOne(stage, key);
      await stage.person.edit(key, { title: "Theirs" });
      const [outcome] = await stage.tracker.update([{ key, expectRevision: revision, title: "Mine again" }]);
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "conflict" } });
      expect((await readOne(stage, key)).title).toBe("Theirs");
    },
  },
  {
    name: "a parent is set, changed and taken away",
    async run(stage) {
      const [parentType, childType] = (await nestingPair(stage)) ?? [null, null];
      const [one, two] = [await createOne(stage, { type: parentType }), await createOne(stage, { type: parentType })];
      const child = await createOne(stage, { type: childType });
      for (const parent of [one.key, two.key, null]) {
        done((await stage.tracker.update([{ key: child.key, expectRevision: null, parent }]))[0]);
        expect((await readOne(stage, child.key)).parent).toBe(parent);
      }
    },
  },
  {
    name: "one bad patch stops no other",
    async run(stage) {
      const [one, two] = [await createOne(stage), await createOne(stage)];
      const outcomes = await stage.tracker.update([
        { key: one.key, expectRevision: null, title: "One" },
        { key: stage.missing, expectRevision: null, title: "Nobody" },
        { key: two.key, expectRevision: null, title: "Two" },
      ]);
      expect(outcomes.map(({ state }) => state)).toEqual(["done", "refused", "done"]);
      expect(outcomes[1]).toMatchObject({ error: { kind: "not-found" } });
      expect((await readOne(stage, two.key)).title).toBe("Two");
    },
  },
  {
    name: "two patches of one ticket in a batch both land",
    async run(stage) {
      const { key } = await createOne(stage);
      const patches = [
        { key, expectRevision: null, title: "Both" },
        { key, expectRevision: null, labels: { add: ["both"], remove: [] } },
      ];
      for (const outcome of await stage.tracker.update(patches)) done(outcome);
      expect(await readOne(stage, key)).toMatchObject({ title: "Both", labels: ["both"] });
    },
  },
  {
    name: "an archived ticket takes no writes",
    async run(stage) {
      const { key } = await createOne(stage, { title: "Away" });
      await stage.person.archive(key);
      expect((await stage.tracker.update([{ key, expectRevision: null, title: "Back" }]))[0]).toMatchObject({ state: "refused", error: { kind: "invalid" } });
      expect(await readOne(stage, key)).toMatchObject({ title: "Away", archived: true });
    },
  },
  {
    name: "a status is reached, and one that the project lacks is refused with the names it has",
    async run(stage) {
      const { statuses } = await shapeOf(stage);
      const { key } = await createOne(stage);
      const finished = statuses.find(({ category }) => category === "done")?.name ?? "";
      done((await stage.tracker.transition([{ key, expectRevision: null, to: finished, walk: true }]))[0]);
      expect(await readOne(stage, key)).toMatchObject({ status: finished, category: "done" });
      const [refused] = await stage.tracker.transition([{ key, expectRevision: null, to: "Finished!", walk: true }]);
      expect(refused).toMatchObject({ state: "refused", error: { kind: "invalid", hint: expect.stringContaining(finished) } });
    },
  },
  {
    name: "a transition to the status it has does nothing",
    async run(stage) {
      const { key } = await createOne(stage);
      const before = await readOne(stage, key);
      done((await stage.tracker.transition([{ key, expectRevision: before.revision, to: before.status, walk: false }]))[0]);
      expect(await readOne(stage, key)).toEqual(before);
    },
  },
  {
    name: "a workflow is walked only when asked to",
    async run(stage) {
      if (stage.tracker.capabilities.transitions === "free") return;
      const { statuses } = await shapeOf(stage);
      const { key } = await createOne(stage);
      const before = await readOne(stage, key);
      const finished = statuses.find(({ category }) => category === "done")?.name ?? "";
      const [refused] = await stage.tracker.transition([{ key, expectRevision: null, to: finished, walk: false }]);
      expect(refused).toMatchObject({ state: "refused", error: { kind: "invalid" } });
      expect((await readOne(stage, key)).status).toBe(before.status);
      done((await stage.tracker.transition([{ key, expectRevision: null, to: finished, walk: true, base: base("t-walk", { ticket: before.id }) }]))[0]);
      expect(await readOne(stage, key)).toMatchObject({ status: finished, base: base("t-walk", { ticket: before.id }) });
    },
  },
  {
    name: "a transition of a ticket that a person moved meanwhile is refused",
    async run(stage) {
      const { statuses } = await shapeOf(stage);
      const { key } = await createOne(stage);
      const before = await readOne(stage, key);
      const canceled = statuses.find(({ category }) => category === "canceled")?.name ?? "";
      await stage.person.move(key, canceled);
      const [outcome] = await stage.tracker.transition([{ key, expectRevision: before.revision, to: before.status, walk: true }]);
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "conflict" } });
      expect((await readOne(stage, key)).status).toBe(canceled);
    },
  },
  {
    name: "the same note is posted once, and a link to one address is one link",
    async run(stage) {
      const { key } = await createOne(stage);
      const before = await readOne(stage, key);
      for (const _again of [1, 2]) {
        done((await stage.tracker.comment([{ key, id: "note-1", text: "Merged." }]))[0]);
        done((await stage.tracker.link([{ key, url: "https://forge.example/pull/1", title: "PR 1", kind: "pull-request" }]))[0]);
      }
      expect(await stage.seen(key)).toEqual({ comments: 1, links: 1 });
      expect(await readOne(stage, key)).toMatchObject({ title: before.title, body: before.body, status: before.status });
      expect((await stage.tracker.comment([{ key: stage.missing, id: "n", text: "x" }]))[0]).toMatchObject({ state: "refused", error: { kind: "not-found" } });
    },
  },
  {
    name: "history tells who changed which field, and since when",
    async run(stage) {
      const { key } = await createOne(stage, { title: "One", body: body(stage, ["Text."], ["first"]) });
      await stage.person.edit(key, { title: "Two" });
      await stage.pass(LONG);
      const { updatedAt } = await readOne(stage, key);
      const since = new Date(Date.parse(updatedAt) + 1).toISOString();
      done((await stage.tracker.update([{ key, expectRevision: null, title: "Three" }]))[0]);
      const edits = await stage.tracker.history([key], null);
      expect(edits.map(({ field, from, to, author }) => [field, from, to, author])).toEqual([
        ["title", "One", "Two", stage.person.name],
        ["title", "Two", "Three", stage.account],
      ]);
      expect(await stage.tracker.history([key], since)).toHaveLength(1);
      await stage.person.edit(key, { body: body(stage, ["Text."], ["first", "second"]) });
      const edit = (await stage.tracker.history([key], since)).at(-1);
      expect(edit).toMatchObject({ author: stage.person.name });
      // Some vendors tell that a text changed, not from what to what.
      expect(stage.tracker.capabilities.embedded ? ["criteria"] : ["criteria", "body"]).toContain(edit?.field);
    },
  },
];
