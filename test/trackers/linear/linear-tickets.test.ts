/** What only Linear has: its states, its labels, teams that tickets move between, a history without texts. */

import { afterEach, describe, expect, it } from "vitest";
import { base, createOne, done, draft, readOne } from "../../conformance/stage.ts";
import type { LinearEmulatorOptions } from "../../emulators/linear/linear-emulator.ts";
import { linearStage, type LinearStage } from "./linear-stage.ts";

const open: LinearStage[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
});

async function stageOf(options: LinearEmulatorOptions = {}): Promise<LinearStage> {
  const stage = await linearStage(options);
  open.push(stage);
  return stage;
}

const STRANGE_KEYS = ["ENG", "ENG-", "-1", "ENG-1-2", "42", "", "ENG-9999999999999"];

describe("states", () => {
  it("are grouped by their type, in the order of Linear's boards", async () => {
    const { tracker } = await stageOf({ triage: true });
    const check = await tracker.check();
    expect(check).toMatchObject({ ok: true, project: { initialStatus: "Backlog" } });
    expect(check.ok && check.project.statuses.map(({ name, category }) => `${name}: ${category}`)).toEqual([
      "Triage: open",
      "Backlog: open",
      "Todo: open",
      "In Progress: in_progress",
      "In Review: in_progress",
      "Done: done",
      "Canceled: canceled",
      "Duplicate: canceled",
    ]);
  });

  it("a team with triage gets Canon's tickets in its default state, not in triage", async () => {
    const stage = await stageOf({ triage: true });
    const { key } = await createOne(stage);
    expect(await readOne(stage, key)).toMatchObject({ status: "Backlog" });
    done((await stage.tracker.transition([{ key, expectRevision: null, to: "Todo", walk: false }]))[0]);
  });

  it("leaving triage without a priority is refused in Linear's words", async () => {
    const stage = await stageOf({ triage: true });
    const { key } = await stage.person.create({ title: "From a person" });
    expect(await readOne(stage, key)).toMatchObject({ status: "Triage", category: "open" });
    const [outcome] = await stage.tracker.transition([{ key, expectRevision: null, to: "Todo", walk: true }]);
    expect(outcome).toMatchObject({
      state: "refused",
      error: { kind: "invalid", message: `${key}: Linear says: A priority is required to leave triage.` },
    });
  });

  it("a ticket is created in a state, and in none by another case of its name", async () => {
    const stage = await stageOf();
    expect(await readOne(stage, (await createOne(stage, { status: "in progress" })).key)).toMatchObject({ status: "In Progress", category: "in_progress" });
  });
});

describe("labels", () => {
  it("the mark is on each ticket, hidden, made once, and stays when it is to be taken away", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage, { labels: ["Canon", "api"] });
    done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: ["ui"], remove: ["canon", "CANON"] } }]))[0]);
    expect((await readOne(stage, key)).labels).toEqual(["api", "ui"]);
    expect([...stage.emulator.people.show(key).labels].sort()).toEqual(["api", "canon", "ui"]);
  });

  it("a person's ticket that carries only the mark is not managed", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    const theirs = await stage.person.create({ title: "Theirs" });
    await stage.person.label(theirs.key, ["canon"], []);
    await stage.pass(60_000);
    expect((await stage.tracker.read({ managed: true })).tickets.map((ticket) => ticket.key)).toEqual([key]);
    expect((await stage.tracker.read({ childrenOf: [key], unmarked: true })).tickets).toEqual([]);
  });

  it("one that people made after Canon had looked is read by its name and used, not made again", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    await stage.person.label(key, ["Later"], []);
    expect((await readOne(stage, key)).labels).toEqual(["Later"]);
    const other = await createOne(await reopened(stage), { labels: ["later"] });
    expect((await readOne(stage, other.key)).labels).toEqual(["Later"]);
  });

  it("the mark comes back with a base where a person took it away", async () => {
    const stage = await stageOf();
    const { key, id } = await createOne(stage);
    await stage.person.label(key, [], ["canon"]);
    expect((await stage.tracker.read({ managed: true })).tickets).toEqual([]);
    done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id }) }]))[0]);
    await stage.pass(60_000);
    expect((await stage.tracker.read({ managed: true })).tickets).toHaveLength(1);
  });
});

describe("create_fields", () => {
  it("are sent with the create in Linear's own words", async () => {
    const stage = await stageOf();
    await createOne(stage, { extra: { priority: 2 } });
    const sent = stage.emulator.requests.findLast(({ operation }) => operation === "create")?.text ?? "";
    expect(JSON.parse(sent)).toMatchObject({ variables: { e0p0: { priority: 2 } } });
  });
});

describe("keys", () => {
  it("that cannot be Linear's are missing without a request", async () => {
    const stage = await stageOf();
    const before = stage.emulator.requests.length;
    expect(await stage.tracker.read({ keys: STRANGE_KEYS })).toEqual({ tickets: [], missing: STRANGE_KEYS, renamed: {}, complete: true });
    expect(stage.emulator.requests.length).toBe(before);
  });

  it("former ones of several moved tickets are followed together, those that lead nowhere are told apart", async () => {
    const stage = await stageOf();
    const keys = [await createOne(stage), await createOne(stage), await createOne(stage)].map(({ key }) => key);
    const moved = keys.slice(0, 2).map((key) => stage.emulator.people.transfer(key));
    stage.emulator.people.hide(keys[2] ?? "", true);
    await stage.pass(60_000);
    const again = await stage.again();
    expect(await again.read({ keys: [...keys, "OPS-77"] })).toMatchObject({
      tickets: [{ key: moved[0] }, { key: moved[1] }],
      renamed: { "ENG-1": moved[0], "ENG-2": moved[1] },
      missing: ["ENG-3", "OPS-77"],
      complete: true,
    });
  });

  it("of a ticket in another team still takes fields, and a status of this team is refused", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    const moved = stage.emulator.people.transfer(key);
    expect(done((await stage.tracker.update([{ key, expectRevision: null, title: "Here", base: base("t") }]))[0])).toMatchObject({
      key: moved,
      echo: { title: "Here" },
    });
    const [outcome] = await stage.tracker.transition([{ key, expectRevision: null, to: "Done", walk: false }]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid" } });
  });
});

describe("archived tickets", () => {
  it("are not written to: as soon as that was seen nothing is sent", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    await stage.person.archive(key);
    const patch = { key, expectRevision: null, title: "No" };
    const [unseen] = await stage.tracker.update([patch]);
    await readOne(stage, key);
    const before = stage.emulator.requests.length;
    const [seen] = await stage.tracker.update([patch]);
    expect(stage.emulator.requests.length).toBe(before);
    for (const outcome of [unseen, seen])
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining(`${key} is archived`) } });
  });

  it("take no comments either", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    await stage.person.archive(key);
    expect((await stage.tracker.comment([{ key, id: "n", text: "Hello" }]))[0]).toMatchObject({ state: "refused", error: { kind: "invalid" } });
  });
});

describe("history", () => {
  it("tells fields, labels and comments, and nothing of mark and base", async () => {
    const stage = await stageOf();
    const { people } = stage.emulator;
    const parent = await createOne(stage);
    const { key, id } = await stage.person.create({ title: "Adopted" });
    done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id }) }]))[0]);
    people.move(key, "In Progress");
    people.label(key, ["bug"], []);
    people.label(key, ["ui"], ["bug"]);
    people.edit(key, { body: "New text", parent: parent.key });
    people.comment(key, "Why?");
    done((await stage.tracker.link([{ key, url: "https://forge.example/7", title: "PR 7", kind: "pull-request" }]))[0]);
    const edits = await stage.tracker.history([key], null);
    expect(edits.map(({ field, from, to, author }) => [field, from, to, author])).toEqual([
      ["status", "Backlog", "In Progress", "Robin Ito"],
      ["labels", null, "bug", "Robin Ito"],
      ["labels", "bug", "ui", "Robin Ito"],
      ["body", null, null, "Robin Ito"],
      ["parent", null, parent.key, "Robin Ito"],
      ["comment", null, "Why?", "Robin Ito"],
      ["link", null, "https://forge.example/7", "Dana Agent"],
    ]);
  });

  it("is read to its beginning, or to the moment that is asked for", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage, { title: "Title 0" });
    for (let turn = 1; turn <= 70; turn += 1) {
      stage.emulator.people.edit(key, { title: `Title ${turn}` });
      stage.emulator.clock.advance(1_000);
    }
    const all = await stage.tracker.history([key], null);
    expect(all.map(({ to }) => to)).toEqual(Array.from({ length: 70 }, (_one, turn) => `Title ${turn + 1}`));
    const before = stage.emulator.requests.length;
    expect(await stage.tracker.history([key], all[60]?.at ?? "")).toHaveLength(10);
    expect(stage.emulator.requests.length - before).toBe(1);
  });
});

it("a copy that a person made before Canon wrote anything else names the original in its base", async () => {
  const stage = await stageOf();
  const { key, id } = await createOne(stage, { token: "t-copied" });
  const copy = await stage.person.duplicate(key);
  expect(copy).toMatchObject({ token: "t-copied", base: { ticket: id } });
  expect(copy.id).not.toBe(id);
});

it("a draft below a ticket that was moved since stands below it all the same", async () => {
  const stage = await stageOf();
  const parent = await createOne(stage);
  const moved = stage.emulator.people.transfer(parent.key);
  const [outcome] = await stage.tracker.create([draft(stage, { parent: parent.key })]);
  expect(await readOne(stage, done(outcome).key)).toMatchObject({ parent: moved });
});

async function reopened(stage: LinearStage): Promise<LinearStage> {
  return { ...stage, tracker: await stage.again() };
}
