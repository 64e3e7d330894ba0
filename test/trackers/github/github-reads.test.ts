/** Finding issues again: keys of every form, transfers, lost creates, history, and how many requests it takes. */

import { afterEach, describe, expect, it } from "vitest";
import { printLine } from "../../../src/trackers/github/github-line.ts";
import { fromRest, type Held } from "../../../src/trackers/github/github-map.ts";
import { trusted } from "../../../src/trackers/github/github-settle.ts";
import { openGithubSource } from "../../../src/trackers/github/github-source.ts";
import { base, body, createOne, done, draft, readOne } from "../../conformance/stage.ts";
import type { GithubEmulatorOptions } from "../../emulators/github/github-emulator.ts";
import { githubStage, optionsFor, type GithubStage } from "./github-stage.ts";

const open: GithubStage[] = [];
afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

async function stageOf(options: GithubEmulatorOptions & { readonly usesTypes?: boolean } = {}): Promise<GithubStage> {
  const stage = await githubStage(options);
  open.push(stage);
  return stage;
}

describe("keys", () => {
  it("of every form name one ticket, and lead to the whole one", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    expect(key).toBe("acme/payments#1");
    const { tickets, renamed, missing } = await stage.tracker.read({
      keys: ["1", "payments#1", "ACME/Payments#1", key, "2147483648", "0", "PAY-1", "acme/secret#1"],
    });
    expect(tickets.map((ticket) => ticket.key)).toEqual([key]);
    expect(renamed).toEqual({ "1": key, "payments#1": key, "ACME/Payments#1": key });
    expect(missing).toEqual(["2147483648", "0", "PAY-1", "acme/secret#1"]);
    expect(done((await stage.tracker.update([{ key: "1", expectRevision: null, title: "By number" }]))[0]).key).toBe(key);
  });

  it("of pull requests are nobody's", async () => {
    const stage = await stageOf();
    const pull = stage.emulator.people.openPullRequest("A change");
    expect(await stage.tracker.read({ keys: [pull] })).toMatchObject({ tickets: [], missing: [pull], complete: true });
    expect((await stage.tracker.read({ project: true })).tickets).toEqual([]);
  });

  it.each([true, false])("of transferred issues lead to them, and the base stays theirs (ids kept: %s)", async (transferKeepsId) => {
    const stage = await stageOf({ transferKeepsId });
    const { key, id } = await createOne(stage, { token: "t-moved" });
    done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-moved", { ticket: id }) }]))[0]);
    const copy = await stage.person.duplicate(key);
    const moved = await stage.person.transfer(key);
    const { tickets, renamed } = await stage.tracker.read({ keys: [key] });
    expect(renamed).toEqual({ [key]: moved });
    expect(tickets).toMatchObject([{ key: moved, token: "t-moved" }]);
    expect(tickets[0]?.base?.ticket).toBe(tickets[0]?.id);
    expect((await readOne(stage, moved)).base?.ticket).toBe(tickets[0]?.id);
    expect((await readOne(stage, copy.key)).base?.ticket).not.toBe(copy.id);
  });
});

describe("lost creates", () => {
  it("are found among pull requests and issues of others, and where they were moved", async () => {
    const stage = await stageOf();
    const watermark = await stage.tracker.watermark();
    expect(watermark).toBe("0");
    stage.emulator.people.openPullRequest("A change");
    const { key } = await createOne(stage, { token: "t-lost" });
    stage.emulator.people.create({ title: "Theirs" });
    expect(await stage.tracker.watermark()).toBe("3");
    expect(await stage.tracker.settleCreates([{ token: "t-lost", watermark }])).toMatchObject([{ state: "created", tickets: [{ key }] }]);
    const moved = await stage.person.transfer(key);
    expect(await stage.tracker.settleCreates([{ token: "t-lost", watermark }])).toMatchObject([{ state: "created", tickets: [{ key: moved }] }]);
    expect(await stage.tracker.settleCreates([{ token: "t-lost", watermark: "3" }])).toEqual([{ token: "t-lost", state: "absent" }]);
    expect(await stage.tracker.settleCreates([{ token: "t-lost", watermark: "soon" }])).toMatchObject([{ state: "unknown" }]);
  });

  it.each(["hide", "remove"] as const)("stay in doubt where a number in between cannot be read (%s)", async (what) => {
    const stage = await stageOf();
    const watermark = await stage.tracker.watermark();
    const hidden = stage.emulator.people.create({ title: "Hidden" });
    if (what === "hide") stage.emulator.people.hide(hidden, true);
    else stage.emulator.people.remove(hidden);
    // Beyond the highest that can be seen there is nothing to doubt.
    expect(await stage.tracker.settleCreates([{ token: "t-gone", watermark }])).toEqual([{ token: "t-gone", state: "absent" }]);
    stage.emulator.people.create({ title: "Later" });
    expect(await stage.tracker.settleCreates([{ token: "t-gone", watermark }])).toMatchObject([{ state: "unknown", why: expect.stringContaining("#1") }]);
  });
});

it("a token in an issue that a stranger opened proves nothing, unless an insider marked it", () => {
  const held = (labels: readonly string[]): Held =>
    fromRest({
      ...{
        id: 1,
        node_id: "I_1",
        number: 1,
        html_url: "https://github.com/a/b/issues/1",
        repository_url: "https://api.github.com/repos/a/b",
        title: "T",
        state: "open",
      },
      ...{ created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z", labels, body: printLine({ token: "t-forged", base: base("t-forged") }) },
    });
  const tokenOf = (labels: readonly string[], authorAssociation: string, viewerDidAuthor = false): string | null =>
    trusted(held(labels), { authorAssociation, viewerDidAuthor }).ticket.token;
  expect(tokenOf([], "NONE")).toBeNull();
  expect(tokenOf([], "CONTRIBUTOR")).toBeNull();
  expect(tokenOf([], "NONE", true)).toBe("t-forged");
  expect(tokenOf([], "MEMBER")).toBe("t-forged");
  expect(tokenOf(["Canon"], "NONE")).toBe("t-forged");
});

describe("history", () => {
  it("tells edits of people in our fields, and nothing that only wrote a base", async () => {
    const stage = await stageOf();
    const parent = await createOne(stage);
    const { key, id } = await createOne(stage, { token: "t-history", labels: ["born"], parent: parent.key, body: body(stage, ["Text."]) });
    stage.emulator.clock.advance(60_000);
    for (const hash of ["a", "b"]) done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-history", { ticket: id, hash }) }]))[0]);
    expect(await stage.tracker.history([key], null)).toEqual([]);
    const { people } = stage.emulator;
    people.edit(key, { body: people.show(key).body.replace("Text.", "Words.") });
    people.label(key, ["theirs"], ["born"]);
    people.move(key, "not planned");
    people.move(key, "open");
    people.edit(key, { parent: null });
    people.comment(key, "Why?");
    const edits = await stage.tracker.history([key], null);
    expect(edits.map(({ field, from, to }) => [field, field === "body" ? "" : from, field === "body" ? "" : to]).toSorted()).toEqual(
      [
        ["body", "", ""],
        ["labels", "born", null],
        ["labels", null, "theirs"],
        ["status", "Open", "Closed as not planned"],
        ["status", "Closed as not planned", "Open"],
        ["parent", parent.key, null],
        ["comment", null, "Why?"],
      ].toSorted(),
    );
    expect(new Set(edits.map(({ author }) => author))).toEqual(new Set(["robin-ito"]));
  });
});

describe("requests", () => {
  it("for a hundred tickets in three levels are as few as they can be", async () => {
    const stage = await stageOf({ limits: { contentPerMinute: 10_000, contentPerHour: 10_000 } });
    const { tracker, emulator } = stage;
    await tracker.check();
    const count = async (work: () => Promise<void>): Promise<number> => {
      const before = emulator.requests.length;
      await work();
      return emulator.requests.length - before;
    };
    const keys: string[] = [];
    const create = async (size: number, parents: readonly string[]): Promise<void> => {
      // The operations send batches as large as the flags say, and wait where the pace asks for it.
      for (let start = 0; start < size; start += tracker.capabilities.batch.create) {
        const length = Math.min(tracker.capabilities.batch.create, size - start);
        const drafts = Array.from({ length }, (_draft, at) => draft(stage, { parent: parents[(start + at) % parents.length] ?? null }));
        keys.push(...(await tracker.create(drafts)).map((outcome) => done(outcome).key));
      }
    };
    const made = await count(async () => {
      await create(4, []);
      await create(16, keys.slice(0, 4));
      emulator.clock.advance(60_000);
      await create(60, keys.slice(4, 20));
      emulator.clock.advance(60_000);
      await create(20, keys.slice(4, 20));
    });
    // Six requests of twenty at most, and the label that a repository needs once.
    expect(made).toBe(7);
    expect(await count(async () => void (await tracker.read({ keys })))).toBe(1);
    expect(await count(async () => void (await tracker.read({ managed: true })))).toBe(1);
    expect(await count(async () => void (await tracker.read({ childrenOf: keys, unmarked: true })))).toBe(0);
    emulator.clock.advance(60_000);
    expect(await count(async () => void (await tracker.read({ childrenOf: keys, unmarked: true })))).toBe(1);
    const updated = await count(async () => {
      for (let start = 0; start < keys.length; start += tracker.capabilities.batch.update) {
        const batch = keys.slice(start, start + tracker.capabilities.batch.update);
        const read = await tracker.read({ keys: batch });
        const patches = read.tickets.map(({ key, base: held }) => ({ key, expectRevision: null, title: `New ${key}`, ...(held ? { base: held } : {}) }));
        for (const outcome of await tracker.update(patches)) done(outcome);
      }
    });
    // Two guards, four times twenty-five.
    expect(updated).toBe(6);
  });

  it("types are read once by list, and not again while nothing moved", async () => {
    const stage = await stageOf({ usesTypes: true });
    const { tracker, emulator } = stage;
    const outcomes = await tracker.create(Array.from({ length: 20 }, () => draft(stage, { type: "Task" })));
    const keys = outcomes.map((outcome) => done(outcome).key);
    emulator.people.edit(keys[0] ?? "", { type: "Bug" });
    emulator.clock.advance(60_000);
    for (const key of keys.slice(1, 13)) emulator.people.edit(key, { type: "Feature" });
    // What was read within the second of a write may have been written once more in it.
    emulator.clock.advance(60_000);
    const before = emulator.requests.length;
    const { tickets } = await tracker.read({ managed: true });
    expect(tickets.map(({ type }) => type)).toEqual(["Bug", ...Array.from({ length: 12 }, () => "Feature"), ...Array.from({ length: 7 }, () => "Task")]);
    await tracker.read({ keys });
    expect(emulator.requests.length - before).toBe(3);
  });
});

describe("looking up any issue", () => {
  it("tells of it in one shape, wherever it is", async () => {
    const stage = await stageOf();
    const source = await openGithubSource(optionsFor(stage.emulator));
    expect(await source.whoami()).toBe("dana-agent");
    const { key } = await createOne(stage, { title: "Key generation", labels: ["api"], body: "Text." });
    stage.emulator.people.edit(key, { type: "Bug" });
    stage.emulator.people.move(key, "duplicate");
    expect(await source.find("1")).toMatchObject({
      key,
      title: "Key generation",
      description: "Text.",
      state: "Closed as duplicate",
      stateKind: "duplicate",
      type: "Bug",
      labels: expect.arrayContaining(["api", "canon"]),
      assignee: null,
      parent: null,
    });
    const moved = stage.emulator.people.transfer(key);
    expect(await source.find(key)).toMatchObject({ key: moved, title: "Key generation" });
    const pull = stage.emulator.people.openPullRequest("A change");
    for (const other of ["99", pull, "acme/secret#1"]) await expect(source.find(other)).rejects.toMatchObject({ kind: "not-found" });
    await expect(source.find("PAY-1")).rejects.toMatchObject({ kind: "invalid" });
  });
});
