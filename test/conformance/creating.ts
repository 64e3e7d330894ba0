/** The exam, creating: what a draft becomes, what is refused, and what a token proves. */

import { expect } from "vitest";
import { base, body, createOne, done, draft, LONG, nestingPair, readOne, shapeOf } from "./stage.ts";
import type { Exam } from "./stage.ts";

export const CREATING: readonly Exam[] = [
  {
    name: "a create answers with id, key and the ticket as the tracker holds it",
    async run(stage) {
      const { id, key, echo } = await createOne(stage, { title: "Key generation", labels: ["ours", "api"] });
      const ticket = await readOne(stage, key);
      expect(ticket).toMatchObject({ id, key, title: "Key generation", archived: false, parent: null });
      expect([...ticket.labels].sort()).toEqual(["api", "ours"]);
      if (echo) expect(echo).toEqual(ticket);
    },
  },
  {
    name: "token and base travel with the create",
    async run(stage) {
      const fields = {
        title: { spec: "A", echo: "A", agreed: true },
        criteria: { spec: "d", echo: "e", list: [{ spec: "x", echo: null, checked: true }], agreed: false },
      };
      const { key } = await createOne(stage, { token: "t-base", base: base("t-base", { fields, commit: "abc" }) });
      const ticket = await readOne(stage, key);
      expect(ticket.token).toBe("t-base");
      // Its own id may stand in it already where it was known before.
      expect({ ...ticket.base, ticket: null }).toEqual(base("t-base", { fields, commit: "abc" }));
    },
  },
  {
    name: "without type and status a ticket gets the project's own",
    async run(stage) {
      const { key } = await createOne(stage);
      const [ticket, shape] = [await readOne(stage, key), await shapeOf(stage)];
      expect(ticket.status).toBe(shape.initialStatus);
      expect(shape.statuses.find(({ name }) => name === ticket.status)?.category).toBe(ticket.category);
      if (shape.types.length > 0) expect(shape.types).toContain(ticket.type);
    },
  },
  {
    name: "every type of the project can be created",
    async run(stage) {
      const { types, nesting } = await shapeOf(stage);
      const alone = nesting[""] ?? types;
      const outcomes = await stage.tracker.create(alone.map((type) => draft(stage, { type })));
      await stage.pass(LONG);
      const { tickets } = await stage.tracker.read({ keys: outcomes.map((outcome) => done(outcome).key) });
      expect(tickets.map(({ type }) => type).sort()).toEqual([...alone].sort());
    },
  },
  {
    name: "a ticket stands below a parent that was created before",
    async run(stage) {
      const [parentType, childType] = (await nestingPair(stage)) ?? unnested();
      const parent = await createOne(stage, { type: parentType });
      const child = await createOne(stage, { type: childType, parent: parent.key });
      expect((await readOne(stage, child.key)).parent).toBe(parent.key);
    },
  },
  {
    name: "a nesting that the project does not declare is refused",
    async run(stage) {
      const { types, nesting } = await shapeOf(stage);
      const pair = types.flatMap((parent) => types.filter((child) => !nesting[parent]?.includes(child)).map((child) => [parent, child] as const))[0];
      if (!pair) return;
      const above = Object.entries(nesting).find(([type, below]) => type !== "" && below.includes(pair[0]))?.[0];
      const root = nesting[""]?.includes(pair[0]) === false ? await createOne(stage, { type: above ?? null }) : null;
      const parent = await createOne(stage, { type: pair[0], parent: root?.key ?? null });
      const [outcome] = await stage.tracker.create([draft(stage, { type: pair[1], parent: parent.key })]);
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid" } });
    },
  },
  {
    name: "one bad element stops no other, and outcomes stand in the order of the batch",
    async run(stage) {
      const outcomes = await stage.tracker.create([
        draft(stage, { title: "one" }),
        draft(stage, { type: "No such type" }),
        draft(stage, { parent: stage.missing }),
        draft(stage, { title: "four" }),
      ]);
      expect(outcomes.map(({ state }) => state)).toEqual(["done", "refused", "refused", "done"]);
      expect((await readOne(stage, done(outcomes[0]).key)).title).toBe("one");
      expect((await readOne(stage, done(outcomes[3]).key)).title).toBe("four");
    },
  },
  {
    name: "a status that the project lacks is refused, and nothing is created",
    async run(stage) {
      const before = await stage.tracker.watermark();
      const [outcome] = await stage.tracker.create([draft(stage, { token: "t-status", status: "No such status" })]);
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid" } });
      expect(await stage.tracker.settleCreates([{ token: "t-status", watermark: before }])).toEqual([{ token: "t-status", state: "absent" }]);
    },
  },
  {
    name: "a title at the limit is taken, one beyond it is refused",
    async run(stage) {
      const { titleLimit } = stage.tracker.capabilities;
      const outcomes = await stage.tracker.create([
        draft(stage, { title: "é".repeat(titleLimit) }),
        draft(stage, { title: "é".repeat(titleLimit + 1) }),
        draft(stage, { title: " " }),
      ]);
      expect(outcomes.map(({ state }) => state)).toEqual(["done", "refused", "refused"]);
    },
  },
  {
    name: "a canonical title is always within the limit",
    async run(stage) {
      const title = `  ${"a long title ".repeat(60)}`;
      const { key } = await createOne(stage, { title: stage.tracker.format.canonicalTitle(title) });
      expect(stage.tracker.format.canonicalTitle((await readOne(stage, key)).title)).toBe(stage.tracker.format.canonicalTitle(title));
    },
  },
  {
    name: "a second create with one token is refused",
    async run(stage) {
      const first = await createOne(stage, { token: "t-twice" });
      const [second] = await stage.tracker.create([draft(stage, { token: "t-twice" })]);
      expect(second).toMatchObject({ state: "refused", error: { kind: "conflict" } });
      const [settled] = await stage.tracker.settleCreates([{ token: "t-twice", watermark: "0" }]);
      expect(settled).toMatchObject({ state: "created", tickets: [{ key: first.key }] });
    },
  },
  {
    name: "a batch of the declared size is taken whole",
    async run(stage) {
      const size = stage.tracker.capabilities.batch.create;
      const outcomes = await stage.tracker.create(Array.from({ length: size }, () => draft(stage)));
      expect(new Set(outcomes.map((outcome) => done(outcome).key)).size).toBe(size);
      expect(new Set(outcomes.map((outcome) => done(outcome).id)).size).toBe(size);
    },
  },
  {
    name: "an empty batch does nothing",
    async run({ tracker }) {
      expect(await tracker.create([])).toEqual([]);
      expect(await tracker.update([])).toEqual([]);
      expect(await tracker.settleCreates([])).toEqual([]);
    },
  },
  {
    name: "what the tracker makes of a body means the same",
    async run(stage) {
      const { format } = stage.tracker;
      const sent = body(
        stage,
        ["_Some_ text about x.com and ENG-12, see https://a.dev/b. ", "- one\n- [two](https://b.io)", "| a | b |\n| :-: | --- |\n| 1 | 2 |"],
        ["returns *402*", "see x.com"],
      );
      const { key } = await createOne(stage, { body: sent });
      const [meant, held] = [format.parse(sent), format.parse((await readOne(stage, key)).body)];
      expect(held.blocks.map(({ canonical }) => canonical)).toEqual(meant.blocks.map(({ canonical }) => canonical));
      expect(held.criteria.map(({ canonical, checked }) => [canonical, checked])).toEqual(meant.criteria.map(({ canonical, checked }) => [canonical, checked]));
    },
  },
];

function unnested(): never {
  throw new Error("this project nests nothing");
}
