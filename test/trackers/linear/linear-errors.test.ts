/** What Linear refuses, and what stands between Canon and Linear: each told with its kind, its words and what to do. */

import { afterEach, describe, expect, it } from "vitest";
import { openLinearTracker } from "../../../src/trackers/linear/linear-tracker.ts";
import type { TrackerError } from "../../../src/trackers/tracker-error.ts";
import type { Outcome } from "../../../src/trackers/tracker.ts";
import { createOne, draft } from "../../conformance/stage.ts";
import { startLinearEmulator, type LinearEmulator, type LinearEmulatorOptions } from "../../emulators/linear/linear-emulator.ts";
import { linearStage, optionsFor, type Given, type LinearStage } from "./linear-stage.ts";

const open: { end(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
});

async function stageOf(options: LinearEmulatorOptions = {}, given: Given = {}): Promise<LinearStage> {
  const stage = await linearStage(options, given);
  open.push(stage);
  return stage;
}

async function refusedOpening(given: (emulator: LinearEmulator) => Given): Promise<TrackerError> {
  const emulator = await startLinearEmulator();
  open.push({ end: () => emulator.close() });
  return openLinearTracker(await optionsFor(emulator, given(emulator))).then(
    () => {
      throw new Error("it was let in");
    },
    (error: TrackerError) => error,
  );
}

function errorOf(outcome: Outcome | undefined): TrackerError {
  if (outcome === undefined || outcome.state === "done") throw new Error(`no error: ${outcome?.state}`);
  return outcome.error;
}

describe("who asks", () => {
  it("without a key nothing is sent", async () => {
    const error = await refusedOpening(() => ({ env: { LINEAR_API_KEY: " " } }));
    expect(error).toMatchObject({ kind: "auth", message: "LINEAR_API_KEY is not set." });
    expect(error.hint).toContain("Personal API keys");
  });

  it("a wrong or expired key is told with the variable it stands in, never with the key", async () => {
    for (const key of ["lin_api_wrong", "lin_api_emulated_expired", "lin_oauth_wrong"]) {
      const error = await refusedOpening(() => ({ env: { SEC_LINEAR_API_KEY: key }, target: { envPrefix: "SEC_" } }));
      expect(error).toMatchObject({ kind: "auth" });
      expect(error.hint).toContain("SEC_LINEAR_API_KEY");
      expect(`${error.message}${error.hint}`).not.toContain(key);
    }
  });

  it("an OAuth token goes behind Bearer, a personal key goes in as it is", async () => {
    const emulator = await startLinearEmulator();
    open.push({ end: () => emulator.close() });
    for (const key of [emulator.tokens.oauth, emulator.tokens.full, `Bearer ${emulator.tokens.full}`]) {
      const tracker = await openLinearTracker(await optionsFor(emulator, { env: { LINEAR_API_KEY: key } }));
      expect(await tracker.check()).toMatchObject({ ok: true, account: "Dana Agent" });
    }
  });

  it("a key that may only read hears which permission it lacks, and nothing is written", async () => {
    const emulator = await startLinearEmulator();
    open.push({ end: () => emulator.close() });
    const full = await openLinearTracker(await optionsFor(emulator));
    const stage = { ...(await stageOf()), tracker: full };
    const { key } = await createOne(stage);
    const tracker = await openLinearTracker(await optionsFor(emulator, { env: { LINEAR_API_KEY: emulator.tokens.readOnly } }));
    const [created] = await tracker.create([draft(stage)]);
    const [updated] = await tracker.update([{ key, expectRevision: null, title: "No" }]);
    for (const error of [errorOf(created), errorOf(updated)]) {
      expect(error).toMatchObject({ kind: "forbidden" });
      expect(error.hint).toContain("Write");
    }
    expect(emulator.people.keys()).toEqual([key]);
  });

  it("a key leaves this machine only over https", async () => {
    for (const baseUrl of ["http://linear.example.com", "https://user@linear.example.com", "linear"]) {
      expect(await refusedOpening(() => ({ target: { baseUrl } }))).toMatchObject({
        kind: "invalid",
        message: expect.stringContaining("base_url of engineering"),
      });
    }
  });
});

describe("which team", () => {
  it("is found by its name, and by its key in any case", async () => {
    const emulator = await startLinearEmulator();
    open.push({ end: () => emulator.close() });
    for (const project of ["Engineering", "eng"]) {
      expect((await openLinearTracker(await optionsFor(emulator, { target: { project } }))).identity).toBe("linear:acme/ENG");
    }
  });

  it("that does not exist is told with those there are, the nearest first", async () => {
    const error = await refusedOpening(() => ({ target: { project: "EMG" } }));
    expect(error).toMatchObject({ kind: "not-found", hint: "Did you mean ENG? The key sees ENG (Engineering), OPS (Operations)." });
  });

  it("that the key may not see is like one that does not exist", async () => {
    expect(await refusedOpening(({ tokens }) => ({ env: { LINEAR_API_KEY: tokens.otherTeam } }))).toMatchObject({
      kind: "not-found",
      hint: "The key sees OPS (Operations).",
    });
  });
});

describe("what is too much", () => {
  it("is refused before anything is sent", async () => {
    const stage = await stageOf();
    await createOne(stage);
    const before = stage.emulator.requests.length;
    const outcomes = await stage.tracker.create([
      draft(stage, { title: "t".repeat(300) }),
      draft(stage, { body: "b".repeat(100_001) }),
      draft(stage, { type: "Epic" }),
      draft(stage, { status: "Doing" }),
      draft(stage, { extra: { stateId: "x" } }),
    ]);
    expect(outcomes.map(errorOf).map(({ kind, message }) => `${kind}: ${message.split(": ")[0]}`)).toEqual([
      "invalid: The title is 300 characters long, and 255 is the most",
      "invalid: The text is 100001 characters long, and 100000 is the most.",
      "invalid: Tickets of Linear have no type, so none can be of type Epic.",
      "invalid: Team ENG has no status Doing.",
      "invalid: create_fields sets stateId, which is Canon's own.",
    ]);
    expect(errorOf(outcomes[3]).hint).toContain("Backlog, Todo, In Progress");
    expect(stage.emulator.requests.length).toBe(before);
  });

  it("a body of 70,000 characters is taken, and stands there", async () => {
    const stage = await stageOf({}, { env: { CANON_REQUEST_TIMEOUT: "10" } });
    const { key } = await createOne(stage, { body: "word ".repeat(14_000) });
    expect((await stage.tracker.read({ keys: [key] })).tickets[0]?.body).toHaveLength(69_999);
  });
});

describe("what comes instead of an answer", () => {
  it("a create whose request met an error of the server is unknown, and is not sent again", async () => {
    for (const kind of ["unavailable", "html", "garbage", "drop-answer"] as const) {
      const stage = await stageOf();
      await createOne(stage);
      const before = stage.emulator.requests.length;
      stage.emulator.setFaults([{ operation: "create", nth: 1, kind }]);
      const [outcome] = await stage.tracker.create([draft(stage)]);
      expect(outcome).toMatchObject({ state: "unknown", error: { kind: "unknown-outcome" } });
      expect(stage.emulator.requests.length).toBe(before + 1);
    }
  });

  it("a read is tried again, and in the end says that Linear cannot be reached", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    for (const kind of ["unavailable", "html"] as const) {
      stage.emulator.setFaults([1, 2, 3].map((nth) => ({ operation: "read", nth, kind })));
      await expect(stage.tracker.read({ keys: [key] })).rejects.toMatchObject({
        kind: "unavailable",
        message: expect.stringMatching(/^The answer is none of Linear's \(HTTP 50\d/),
      });
      stage.emulator.clearFaults();
    }
  });

  it("a redirect to another host gets no key", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    stage.emulator.setFaults([{ operation: "update", nth: 1, kind: "redirect" }]);
    const [outcome] = await stage.tracker.update([{ key, expectRevision: null, title: "No" }]);
    expect(outcome).toMatchObject({ state: "unsent", error: { message: expect.stringContaining("elsewhere.invalid") } });
  });

  it("half a page and an error: no ticket is taken for missing", async () => {
    const stage = await stageOf();
    const keys = [await createOne(stage), await createOne(stage)].map(({ key }) => key);
    stage.emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const snapshot = await stage.tracker.read({ keys: [...keys, stage.missing] });
    expect(snapshot).toMatchObject({ missing: [], complete: false });
  });
});

describe("words of people that only Linear can judge", () => {
  it("an inbox with a filter that Linear does not have is refused with its words, and how to write one", async () => {
    const { tracker, emulator } = await linearStage();
    const error = await tracker.read({ inbox: '{"lable":{"name":{"eq":"triage"}}}' }).then(
      () => null,
      (one: TrackerError) => one,
    );
    expect(error).toMatchObject({ kind: "invalid", message: expect.stringMatching(/^The inbox of this target: Linear says: .*lable/) });
    expect(error?.hint).toContain('{"labels"');
    await expect(emulator.close()).rejects.toThrow("lable");
  });

  it("a create field that Linear does not have refuses the create, and nothing is made", async () => {
    const stage = await linearStage();
    const outcomes = await stage.tracker.create([draft(stage, { extra: { prioritty: 2 } }), draft(stage)]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("prioritty") } });
    expect(stage.emulator.people.keys()).toEqual([]);
    await expect(stage.emulator.close()).rejects.toThrow("prioritty");
  });
});

describe("limits", () => {
  it("turn a write away unsent with the time to wait, in both of Linear's forms", async () => {
    for (const rateLimitStatus of [400, 429] as const) {
      const stage = await stageOf({ rateLimitStatus });
      const { key } = await createOne(stage);
      stage.emulator.setFaults([{ operation: "update", nth: 1, kind: "rate-limited", ms: 30_000 }]);
      const outcomes = await stage.tracker.update([1, 2].map((one) => ({ key, expectRevision: null, title: `Title ${one}` })));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ state: "unsent", error: { kind: "rate-limited", retryAfter: 30 } });
      const before = stage.emulator.requests.length;
      const [held] = await stage.tracker.update([{ key, expectRevision: null, title: "Held" }]);
      expect(held).toMatchObject({ state: "unsent", error: { kind: "rate-limited", retryAfter: 30 } });
      expect(stage.emulator.requests.length).toBe(before);
      await stage.pass(30_000);
      expect((await stage.tracker.update([{ key, expectRevision: null, title: "Later" }]))[0]).toMatchObject({ state: "done" });
    }
  });

  it("a read waits for them by itself", async () => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    stage.emulator.setFaults([{ operation: "read", nth: 1, kind: "rate-limited", ms: 30_000 }]);
    expect((await stage.tracker.read({ keys: [key] })).tickets).toHaveLength(1);
  });

  it("the last request of an hour is seen in the headers, and the next is not sent", async () => {
    const stage = await stageOf({ requestsPerHour: 4 });
    const { key } = await createOne(stage);
    await stage.tracker.read({ keys: [key] });
    const before = stage.emulator.requests.length;
    expect((await stage.tracker.update([{ key, expectRevision: null, title: "Held" }]))[0]).toMatchObject({
      state: "unsent",
      error: { kind: "rate-limited", retryAfter: 3600 },
    });
    expect(stage.emulator.requests.length).toBe(before);
  });
});
