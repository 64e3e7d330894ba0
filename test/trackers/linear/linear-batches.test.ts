/** Many writes in one request: what each element hears when one of them is refused or lost, and how many requests it takes. */

import { afterEach, describe, expect, it } from "vitest";
import { base, createAll, createOne, done, draft, readOne } from "../../conformance/stage.ts";
import type { LinearEmulatorOptions } from "../../emulators/linear/linear-emulator.ts";
import { linearStage, type Given, type LinearStage } from "./linear-stage.ts";

const open: LinearStage[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
});

async function stageOf(options: LinearEmulatorOptions = {}, given: Given = {}): Promise<LinearStage> {
  const stage = await linearStage(options, given);
  open.push(stage);
  return stage;
}

/** Requests that `work` sends. */
async function requestsOf({ emulator }: LinearStage, work: () => Promise<unknown>): Promise<number> {
  const before = emulator.requests.length;
  await work();
  return emulator.requests.length - before;
}

const PATIENT: Given = { env: { CANON_REQUEST_TIMEOUT: "20" } };

describe("requests for 100 tickets in three levels", () => {
  it("are one per 50 creates of a level, one per 250 reads, one per 25 updates", async () => {
    const stage = await stageOf({}, PATIENT);
    const { tracker } = stage;
    // The mark is made once for a team.
    await tracker.create([draft(stage)]);
    const keys: string[] = [];
    const counts = { create: 0, read: 0, managed: 0, children: 0, update: 0, move: 0 };
    counts.create = await requestsOf(stage, async () => {
      for (const [level, count] of [10, 30, 60].entries()) {
        const parent = level === 0 ? null : (keys.at(-1) ?? null);
        const drafts = Array.from({ length: count }, () => draft(stage, { parent, labels: ["api"] }));
        keys.push(...(await createAll(stage, drafts)).map(({ key }) => key));
      }
    });
    await stage.pass(60_000);
    counts.read = await requestsOf(stage, async () => expect((await tracker.read({ keys })).tickets).toHaveLength(100));
    counts.managed = await requestsOf(stage, async () => expect((await tracker.read({ managed: true })).tickets).toHaveLength(101));
    counts.children = await requestsOf(stage, async () => expect((await tracker.read({ childrenOf: keys, unmarked: true })).tickets).toEqual([]));
    counts.update = await requestsOf(stage, async () => {
      for (let from = 0; from < keys.length; from += 25) {
        const patches = keys.slice(from, from + 25).map((key) => ({ key, expectRevision: null, title: `New ${key}`, body: `Text of ${key}`, base: base(key) }));
        for (const outcome of await tracker.update(patches)) expect(done(outcome).echo).toMatchObject({ base: { token: done(outcome).key } });
      }
    });
    counts.move = await requestsOf(stage, async () => {
      for (const outcome of await tracker.transition(keys.map((key) => ({ key, expectRevision: null, to: "Done", walk: false })))) done(outcome);
    });
    // Levels of 10, 30 and 60: one, one and two requests, and one for the label.
    expect(counts).toEqual({ create: 5, read: 1, managed: 1, children: 1, update: 4, move: 2 });
    expect(stage.emulator.violations()).toEqual([]);
  });

  it("a new process that knows nothing yet reads them by number in one", async () => {
    const stage = await stageOf({}, PATIENT);
    const keys = (
      await createAll(
        stage,
        Array.from({ length: 100 }, () => draft(stage)),
      )
    ).map(({ key }) => key);
    const again = await stage.again();
    const before = stage.emulator.requests.length;
    expect((await again.read({ keys })).tickets).toHaveLength(100);
    expect(stage.emulator.requests.length - before).toBe(1);
  });

  it("no query costs more than Linear takes", async () => {
    const stage = await stageOf({ complexityPerQuery: 10_000 }, PATIENT);
    const keys = (
      await createAll(
        stage,
        Array.from({ length: 260 }, () => draft(stage)),
      )
    ).map(({ key }) => key);
    await stage.pass(60_000);
    expect((await stage.tracker.read({ project: true })).tickets).toHaveLength(260);
    expect(await stage.tracker.history(keys, null)).toEqual([]);
  });
});

describe("a batch of which one element is refused", () => {
  it("of creates: the others are made once each, in the order of the batch", async () => {
    const stage = await stageOf();
    await createOne(stage, { token: "t-taken" });
    const drafts = [
      draft(stage, { title: "first" }),
      draft(stage, { token: "t-taken" }),
      draft(stage, { title: "third" }),
      draft(stage, { parent: stage.missing }),
      draft(stage, { title: "fifth" }),
    ];
    const outcomes = await stage.tracker.create(drafts);
    expect(outcomes.map((outcome) => (outcome.state === "done" ? "done" : `${outcome.state} ${outcome.error.kind}`))).toEqual([
      "done",
      "refused conflict",
      "done",
      "refused not-found",
      "done",
    ]);
    expect(stage.emulator.people.keys().map((key) => stage.emulator.people.show(key).title)).toEqual([expect.any(String), "first", "third", "fifth"]);
    for (const index of [0, 2, 4])
      expect(await readOne(stage, done(outcomes[index]).key)).toMatchObject({ token: drafts[index]?.token, base: { ticket: done(outcomes[index]).id } });
  });

  it("of updates: what stood before it has landed and says so, what stood after it is sent next", async () => {
    const stage = await stageOf();
    const keys = (
      await createAll(
        stage,
        Array.from({ length: 4 }, () => draft(stage)),
      )
    ).map(({ key }) => key);
    stage.emulator.setFaults([{ operation: "update", nth: 3, kind: "refuse" }]);
    const outcomes = await stage.tracker.update(keys.map((key) => ({ key, expectRevision: null, title: `New ${key}` })));
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "done", "refused", "done"]);
    expect(done(outcomes[0])).toMatchObject({ key: keys[0], echo: null });
    expect(keys.map((key) => stage.emulator.people.show(key).title === `New ${key}`)).toEqual([true, true, false, true]);
  });
});

describe("what makes a second write harmless", () => {
  it("a comment whose answer was lost is there once after it was sent again", async () => {
    const stage = await stageOf();
    const { key, id } = await createOne(stage);
    stage.emulator.setFaults([{ operation: "comment", nth: 1, kind: "drop-answer" }]);
    const note = { key, id: "n-1", text: "Merged in PR 7." };
    expect((await stage.tracker.comment([note]))[0]).toMatchObject({ state: "unknown" });
    expect((await stage.tracker.comment([note, { ...note, id: "n-2", text: "Second." }])).map(done)).toMatchObject([
      { id, key },
      { id, key },
    ]);
    expect(stage.emulator.people.show(key).comments).toEqual(["Merged in PR 7.", "Second."]);
  });

  it("a ticket never has two bases, whatever token they carry", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage, { token: "t-old" });
    for (const token of ["t-new", "t-newer"]) done((await stage.tracker.update([{ key, expectRevision: null, base: base(token) }]))[0]);
    expect(await readOne(stage, key)).toMatchObject({ token: "t-newer", base: { token: "t-newer" } });
    expect(stage.emulator.people.show(key).links).toHaveLength(1);
  });

  it("after a lost answer the create is found although it was moved to another team and archived since", async () => {
    const stage = await stageOf();
    stage.emulator.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    const lost = draft(stage, { token: "t-lost" });
    expect((await stage.tracker.create([lost]))[0]).toMatchObject({ state: "unknown" });
    const moved = stage.emulator.people.transfer(stage.emulator.people.keys()[0] ?? "");
    stage.emulator.people.archive(moved);
    const [settled] = await stage.tracker.settleCreates([{ token: "t-lost", watermark: await stage.tracker.watermark() }]);
    expect(settled).toMatchObject({ state: "created", tickets: [{ key: moved, archived: true, token: "t-lost" }] });
  });

  it("an answer that is cut short proves no absence", async () => {
    const stage = await stageOf();
    stage.emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    expect(await stage.tracker.settleCreates([{ token: "t-none", watermark: "" }])).toMatchObject([{ state: "unknown", why: "Linear did not answer in full" }]);
  });
});
