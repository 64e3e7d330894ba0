/** The exam, reading: what is found, what is missing, what moved, and what a check says. */

import { expect } from "vitest";
import { base, createAll, createOne, done, draft, LONG, readOne, writeBase } from "./stage.ts";
import type { Exam } from "./stage.ts";

export const READING: readonly Exam[] = [
  {
    name: "a check says who and what, and never throws",
    async run({ tracker, account }) {
      const check = await tracker.check();
      if (!check.ok) throw check.error;
      expect(check.account).toBe(account);
      const { project } = check;
      expect(project.statuses.map(({ name }) => name)).toContain(project.initialStatus);
      for (const type of [...project.defaultTypes, ...Object.values(project.nesting).flat()]) expect(project.types).toContain(type);
      expect(tracker.identity).toMatch(new RegExp(`^${tracker.system}:`));
    },
  },
  {
    name: "an empty project answers every read",
    async run({ tracker, missing }) {
      const nothing = { tickets: [], missing: [], renamed: {}, complete: true };
      expect(await tracker.read({ managed: true })).toEqual(nothing);
      expect(await tracker.read({ changedSince: "2020-01-01T00:00:00Z" })).toEqual(nothing);
      expect(await tracker.read({ keys: [missing] })).toEqual({ ...nothing, missing: [missing] });
      expect(await tracker.history([missing], null)).toEqual([]);
    },
  },
  {
    name: "keys that do not exist are missing, the others are read",
    async run(stage) {
      const { key } = await createOne(stage);
      await stage.pass(LONG);
      const snapshot = await stage.tracker.read({ keys: [stage.missing, key, `${key}9`] });
      expect(snapshot.tickets.map((ticket) => ticket.key)).toEqual([key]);
      expect([...snapshot.missing].sort()).toEqual([stage.missing, `${key}9`].sort());
      expect(snapshot.complete).toBe(true);
    },
  },
  {
    name: "more keys than one batch holds are read",
    async run(stage) {
      const { batch } = stage.tracker.capabilities;
      const created = await createAll(
        stage,
        Array.from({ length: batch.read + 1 }, () => draft(stage)),
      );
      const keys = created.map(({ key }) => key);
      await stage.pass(LONG);
      expect((await stage.tracker.read({ keys })).tickets).toHaveLength(keys.length);
    },
  },
  {
    name: "a ticket that was removed is missing, and its key is not given again",
    async run(stage) {
      const { key } = await createOne(stage);
      await stage.person.remove(key);
      const next = await createOne(stage);
      await stage.pass(LONG);
      expect(next.key).not.toBe(key);
      expect((await stage.tracker.read({ keys: [key] })).missing).toEqual([key]);
    },
  },
  {
    name: "a ticket that moved is found under its old key, with its new one, and takes writes under both",
    async run(stage) {
      const { key, id } = await createOne(stage, { title: "Moves" });
      const moved = await stage.person.transfer(key);
      await stage.pass(LONG);
      const snapshot = await stage.tracker.read({ keys: [key] });
      expect(snapshot.renamed).toEqual({ [key]: moved });
      expect(snapshot.tickets).toMatchObject([{ id, key: moved, title: "Moves" }]);
      expect(snapshot.missing).toEqual([]);
      expect(done((await stage.tracker.update([{ key, expectRevision: null, title: "Moved" }]))[0]).key).toBe(moved);
    },
  },
  {
    name: "an archived ticket is read, and says so",
    async run(stage) {
      const { key } = await createOne(stage);
      await stage.person.archive(key);
      expect((await readOne(stage, key)).archived).toBe(true);
    },
  },
  {
    name: "managed tickets are those that Canon made, not those of people",
    async run(stage) {
      const ours = await createOne(stage);
      const theirs = await stage.person.create({ title: "Theirs", body: "By hand." });
      await stage.pass(LONG);
      expect((await stage.tracker.read({ managed: true })).tickets.map(({ key }) => key)).toEqual([ours.key]);
      expect(await readOne(stage, theirs.key)).toMatchObject({ base: null, token: null, title: "Theirs" });
    },
  },
  {
    name: "a ticket becomes managed when it gets a base",
    async run(stage) {
      const { key, id } = await stage.person.create({ title: "Adopted" });
      await writeBase(stage, key, base("t-adopt", { ticket: id }));
      await stage.pass(LONG);
      expect((await stage.tracker.read({ managed: true })).tickets).toMatchObject([{ key, title: "Adopted" }]);
    },
  },
  {
    name: "a person's copy carries our token and base under an id of its own",
    async run(stage) {
      const { key, id } = await createOne(stage, { token: "t-copy" });
      await writeBase(stage, key, base("t-copy", { ticket: id }));
      const copy = await stage.person.duplicate(key);
      const ticket = await readOne(stage, copy.key);
      expect(ticket.id).not.toBe(id);
      expect(ticket.base?.ticket).toBe(id);
    },
  },
  {
    name: "who created a ticket is told of a person's copy as well, or of none",
    async run(stage) {
      const { key } = await createOne(stage, { token: "t-creator" });
      const copy = await stage.person.duplicate(key);
      const [ours, theirs] = [await readOne(stage, key), await readOne(stage, copy.key)];
      expect([ours.createdByUs, theirs.createdByUs]).toEqual(ours.createdByUs === null ? [null, null] : [true, false]);
    },
  },
  {
    name: "what changed since a moment is read, whoever changed it",
    async run(stage) {
      const [one, two] = [await createOne(stage), await createOne(stage)];
      await stage.pass(LONG);
      await stage.person.edit(two.key, { title: "Edited" });
      const { updatedAt } = await readOne(stage, two.key);
      await stage.pass(LONG);
      const keys = (await stage.tracker.read({ changedSince: updatedAt })).tickets.map(({ key }) => key);
      expect(keys).toContain(two.key);
      expect(keys).not.toContain(one.key);
    },
  },
];
