/** Relations are named by their place in a list that others shift: nothing of theirs is lost by it. */

import { afterEach, expect, it } from "vitest";
import { fingerprint } from "../../../src/core/fingerprint.ts";
import { base, createOne, done, draft, LONG, readOne } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

function canonLinks(key: string): readonly string[] {
  return stage.emulator.people.show(key).links.filter((link) => link.includes("canon.invalid"));
}

/** What was taken away by mistake is looked for in the history. */
function repairs(): number {
  return stage.emulator.requests.filter(({ operation }) => operation === "history").length;
}

it.each([0, 2_000])("a child that a person adds in the moment of a write keeps its parent, with reads %i ms behind", async (readLag) => {
  stage = await azureStage({ readLag });
  const { key, id } = await createOne(stage, { type: "Feature" });
  const ticket = await readOne(stage, key);
  let child = "";
  stage.emulator.hook({
    before: ({ operation }) => {
      if (operation === "update" && child === "") child = stage.emulator.people.create({ title: "Theirs", parent: key });
    },
  });
  const [outcome] = await stage.tracker.update([{ key, expectRevision: ticket.revision, title: "Ours", base: base("t-new", { ticket: id }) }]);
  done(outcome);
  expect(child).not.toBe("");
  expect(stage.emulator.people.show(child).parent).toBe(key);
  expect(await readOne(stage, key)).toMatchObject({ title: "Ours", base: { token: "t-new" } });
  expect(canonLinks(key)).toHaveLength(1);
  await stage.pass(LONG);
  // And the next write starts from the list as it is.
  done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-next", { ticket: id }) }]))[0]);
  expect(stage.emulator.people.show(child).parent).toBe(key);
  expect(canonLinks(key)).toHaveLength(1);
});

it("children that come while the first is put back keep their parent too", async () => {
  stage = await azureStage();
  const { key, id } = await createOne(stage, { type: "Feature" });
  const children: string[] = [];
  stage.emulator.hook({
    before: ({ operation }) => {
      if (operation === "update" && children.length < 3) children.push(stage.emulator.people.create({ title: "Theirs", parent: key }));
    },
  });
  done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-new", { ticket: id }) }]))[0]);
  expect(children).toHaveLength(3);
  for (const child of children) expect(stage.emulator.people.show(child).parent).toBe(key);
  expect((await readOne(stage, key)).base?.token).toBe("t-new");
  expect(canonLinks(key)).toHaveLength(1);
});

it("where it cannot be put back, that is told", async () => {
  stage = await azureStage();
  const { key, id } = await createOne(stage, { type: "Feature" });
  let child = "";
  stage.emulator.hook({
    before: ({ operation }) => {
      if (operation !== "update" || child !== "") return;
      child = stage.emulator.people.create({ title: "Theirs", parent: key });
      stage.emulator.setFaults([{ operation: "history", nth: 1, kind: "refuse" }]);
    },
  });
  const [outcome] = await stage.tracker.update([{ key, expectRevision: null, base: base("t-new", { ticket: id }) }]);
  expect(outcome).toMatchObject({ state: "unknown", error: { message: expect.stringContaining("links"), hint: expect.stringContaining("history") } });
});

it("parents and children change in one call, whatever their order", async () => {
  stage = await azureStage();
  const [one, two] = [await createOne(stage, { type: "Epic" }), await createOne(stage, { type: "Epic" })];
  const child = await createOne(stage, { type: "Feature", parent: one.key });
  stage.emulator.people.comment(two.key, "A person's words");
  const people = stage.emulator.people.create({ title: "Theirs", type: "Feature", parent: one.key });
  const outcomes = await stage.tracker.update([
    { key: child.key, expectRevision: null, parent: two.key, base: base("c", { ticket: child.id }) },
    { key: two.key, expectRevision: null, base: base("two", { ticket: two.id }) },
    { key: one.key, expectRevision: null, base: base("one", { ticket: one.id }), labels: { add: ["x"], remove: ["y"] } },
  ]);
  for (const outcome of outcomes) done(outcome);
  // The new child stands in the list of its parent, whose revision is the same.
  const revision = done(outcomes[1]).echo?.revision ?? null;
  done((await stage.tracker.update([{ key: two.key, expectRevision: revision, base: base("again", { ticket: two.id }) }]))[0]);
  expect(repairs()).toBe(0);
  expect(await readOne(stage, child.key)).toMatchObject({ parent: two.key, base: { token: "c" } });
  expect(await readOne(stage, two.key)).toMatchObject({ base: { token: "again" } });
  expect(await readOne(stage, one.key)).toMatchObject({ base: { token: "one" }, labels: ["x"] });
  expect(stage.emulator.people.show(people).parent).toBe(one.key);
  for (const { key } of [one, two, child]) expect(canonLinks(key)).toHaveLength(1);
});

it.each(["original", "sequential"] as const)(
  "a base of many links is replaced whether places are those before the patch or within it: %s",
  async (relationIndexes) => {
    stage = await azureStage({ relationIndexes });
    const spec = Array.from({ length: 80 }, (_, index) => fingerprint(String(index))).join("");
    const { key, id } = await createOne(stage, { base: base("t", { fields: { title: { spec, echo: null, agreed: true } } }) });
    expect(canonLinks(key).length).toBeGreaterThan(1);
    done((await stage.tracker.link([{ key, url: "https://forge.example/1", title: "One", kind: "other" }]))[0]);
    done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id }) }]))[0]);
    expect(stage.emulator.people.show(key).links).toHaveLength(2);
    expect(repairs()).toBe(0);
  },
);

it("a parent and its child swap places in one call", async () => {
  stage = await azureStage({ nesting: "any" });
  const [top, below] = [await createOne(stage, { type: "Epic" }), await createOne(stage, { type: "Epic" })];
  const child = await createOne(stage, { type: "Feature", parent: below.key });
  const outcomes = await stage.tracker.update([
    { key: child.key, expectRevision: null, parent: top.key },
    { key: below.key, expectRevision: null, parent: child.key },
  ]);
  for (const outcome of outcomes) done(outcome);
  expect((await readOne(stage, child.key)).parent).toBe(top.key);
  expect((await readOne(stage, below.key)).parent).toBe(child.key);
  expect(repairs()).toBe(0);
});

it("a ticket that loses its child in the same call still leaves its own parent", async () => {
  stage = await azureStage({ nesting: "any" });
  const top = await createOne(stage, { type: "Epic" });
  const middle = await createOne(stage, { type: "Feature", parent: top.key });
  const low = await createOne(stage, { type: "User Story", parent: middle.key });
  const outcomes = await stage.tracker.update([
    { key: low.key, expectRevision: null, parent: top.key, base: base("low", { ticket: low.id }) },
    { key: middle.key, expectRevision: null, parent: null, base: base("middle", { ticket: middle.id }) },
  ]);
  for (const outcome of outcomes) done(outcome);
  expect(await readOne(stage, middle.key)).toMatchObject({ parent: null, base: { token: "middle" } });
  expect(await readOne(stage, low.key)).toMatchObject({ parent: top.key, base: { token: "low" } });
  expect(repairs()).toBe(0);
});

it("people's links, files and tags stay where they are while bases come and go", async () => {
  stage = await azureStage();
  const { key, id } = await createOne(stage, { labels: ["ours"] });
  await stage.person.label(key, ["theirs"], []);
  done((await stage.tracker.link([{ key, url: "https://forge.example/1", title: "One", kind: "pull-request" }]))[0]);
  for (const hash of ["a", "b"]) done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id, hash }) }]))[0]);
  done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: [], remove: ["ours", "canon"] } }]))[0]);
  expect(stage.emulator.people.show(key)).toMatchObject({ labels: ["canon", "theirs"] });
  done((await stage.tracker.link([{ key, url: "https://forge.example/1", title: "One, merged", kind: "pull-request" }]))[0]);
  const links = stage.emulator.people.show(key).links.filter((link) => !link.includes("canon.invalid"));
  expect(links).toEqual(["Hyperlink https://forge.example/1 One, merged"]);
});

it("a ticket whose parent a person changed is at another revision, though Azure counts none", async () => {
  stage = await azureStage();
  const [one, two] = [await createOne(stage, { type: "Epic" }), await createOne(stage, { type: "Epic" })];
  const child = await createOne(stage, { type: "Feature", parent: one.key });
  const { revision } = await readOne(stage, child.key);
  stage.emulator.people.edit(child.key, { parent: two.key });
  const [outcome] = await (await stage.again()).update([{ key: child.key, expectRevision: revision, labels: { add: [], remove: ["x"] } }]);
  expect(outcome).toMatchObject({ state: "refused", error: { kind: "conflict" } });
});

it("a ticket in another project is found under its number, written to, and in no list", async () => {
  stage = await azureStage();
  const { key, id } = await createOne(stage, { title: "Moves" });
  expect(await stage.person.transfer(key)).toBe(key);
  expect(await stage.tracker.read({ keys: [key] })).toMatchObject({ tickets: [{ id, key, title: "Moves" }], missing: [], renamed: {} });
  done((await stage.tracker.update([{ key, expectRevision: null, title: "Moved", base: base("t", { ticket: id }) }]))[0]);
  done((await stage.tracker.comment([{ key, id: "n", text: "Seen." }]))[0]);
  expect(await readOne(stage, key)).toMatchObject({ title: "Moved", base: { token: "t" } });
  expect((await stage.tracker.read({ managed: true })).tickets).toEqual([]);
});

it("an empty parent's list of its own is no trouble for those that are created below it", async () => {
  stage = await azureStage();
  const parent = await createOne(stage, { type: "Epic" });
  for (const outcome of await stage.tracker.create([1, 2].map(() => draft(stage, { type: "Feature", parent: parent.key })))) done(outcome);
  const { echo } = parent;
  done((await stage.tracker.update([{ key: parent.key, expectRevision: echo?.revision ?? null, base: base("late", { ticket: parent.id }) }]))[0]);
  expect(canonLinks(parent.key)).toHaveLength(1);
  expect(stage.emulator.people.show(parent.key).links.filter((link) => link.startsWith("child"))).toHaveLength(2);
  expect(repairs()).toBe(0);
});
