/** The exam, failing: what an outcome may claim, and how a lost create is found again. */

import { expect } from "vitest";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import { createOne, done, draft, LONG, readOne } from "./stage.ts";
import type { Exam, Stage } from "./stage.ts";

const MS = 20;

export const FAILING: readonly Exam[] = [
  {
    name: "a create that was never sent is absent, one that was is found with its ticket",
    async run(stage) {
      const watermark = await stage.tracker.watermark();
      const { key } = await createOne(stage, { token: "t-sent" });
      const settled = await stage.tracker.settleCreates([
        { token: "t-never", watermark },
        { token: "t-sent", watermark },
      ]);
      expect(settled).toMatchObject([
        { token: "t-never", state: "absent" },
        { token: "t-sent", state: "created", tickets: [{ key, token: "t-sent" }] },
      ]);
    },
  },
  {
    name: "a refusal or a rate limit wrote nothing, and the rest of the batch goes on",
    async run(stage) {
      for (const [kind, states] of [
        ["refuse", ["refused"]],
        ["rate-limited", ["unsent"]],
        // Over a network nobody knows what a server that failed has done.
        ["unavailable", ["unsent", "unknown"]],
      ] as const) {
        const watermark = await stage.tracker.watermark();
        await stage.fault("create", 2, kind, MS);
        const batch = [draft(stage), draft(stage), draft(stage)];
        const [first, second, third] = await stage.tracker.create(batch);
        expect(states).toContain(second?.state);
        // What travels in one request shares its fate.
        for (const other of [first, third]) expect(kind === "refuse" ? ["done"] : ["done", second?.state]).toContain(other?.state);
        await stage.pass(LONG);
        expect(await settle(stage, batch[1]!.token, watermark)).toMatchObject({ state: "absent" });
        done((await stage.tracker.create([batch[1]!]))[0]);
      }
    },
  },
  {
    name: "a lost or unreadable answer is unknown, and its ticket is found by the token",
    async run(stage) {
      for (const kind of ["drop-answer", "garbage"] as const) {
        const watermark = await stage.tracker.watermark();
        await stage.fault("create", 1, kind, MS);
        const [one, two] = [draft(stage), draft(stage)];
        const outcomes = await stage.tracker.create([one, two]);
        expect(outcomes[0]).toMatchObject({ state: "unknown", error: { kind: "unknown-outcome" } });
        expect(["done", "unknown"]).toContain(outcomes[1]?.state);
        expect(await settle(stage, one.token, watermark)).toMatchObject({ state: "created", tickets: [{ title: one.title }] });
      }
    },
  },
  {
    name: "a create that never arrives is unknown first, then absent",
    async run(stage) {
      const watermark = await stage.tracker.watermark();
      await stage.fault("create", 1, "hang", MS);
      const lost = draft(stage);
      expect((await stage.tracker.create([lost]))[0]).toMatchObject({ state: "unknown" });
      await stage.pass(LONG);
      expect(await settle(stage, lost.token, watermark)).toMatchObject({ state: "absent" });
    },
  },
  {
    name: "a late create lands after its sender gave up, and is found then",
    async run(stage) {
      const watermark = await stage.tracker.watermark();
      await stage.fault("create", 1, "late", LONG / 2);
      const late = draft(stage);
      expect((await stage.tracker.create([late]))[0]).toMatchObject({ state: "unknown" });
      expect(await settle(stage, late.token, watermark)).toMatchObject({ state: "absent" });
      await stage.pass(LONG);
      expect(await settle(stage, late.token, watermark)).toMatchObject({ state: "created", tickets: [{ title: late.title }] });
    },
  },
  {
    name: "sent again while the first is late, a create is made once with client ids, twice without",
    async run(stage) {
      const watermark = await stage.tracker.watermark();
      await stage.fault("create", 1, "late", LONG / 2);
      const late = draft(stage);
      await stage.tracker.create([late]);
      done((await stage.tracker.create([late]))[0]);
      await stage.pass(LONG);
      const settled = await settle(stage, late.token, watermark);
      expect(settled?.state === "created" && settled.tickets.length).toBe(stage.tracker.capabilities.clientIds ? 1 : 2);
    },
  },
  {
    name: "an update whose answer was lost is unknown, never refused",
    async run(stage) {
      const { key } = await createOne(stage);
      await stage.fault("update", 1, "drop-answer", MS);
      expect((await stage.tracker.update([{ key, expectRevision: null, title: "Landed" }]))[0]).toMatchObject({ state: "unknown" });
      expect((await readOne(stage, key)).title).toBe("Landed");
    },
  },
  {
    name: "a read that fails throws a tracker error, and the next one answers",
    async run(stage) {
      const { key } = await createOne(stage);
      for (const kind of ["refuse", "rate-limited", "unavailable", "drop-answer", "garbage", "hang"] as const) {
        await stage.fault("read", 1, kind, MS);
        const answer = await stage.tracker.read({ keys: [key] }).catch((error: unknown) => error);
        // One that is tried again gets through; nothing in between is an answer.
        if (stage.tracker.capabilities.embedded || answer instanceof Error) expect(answer).toBeInstanceOf(TrackerError);
        else expect(answer).toMatchObject({ tickets: [{ key }], missing: [], complete: true });
        expect((await readOne(stage, key)).key).toBe(key);
      }
    },
  },
  {
    name: "an answer of which a part is missing says that it is not complete",
    async run(stage) {
      const keys = [await createOne(stage), await createOne(stage)].map(({ key }) => key);
      await stage.pass(LONG);
      await stage.fault("read", 1, "partial", MS);
      const snapshot = await stage.tracker.read({ keys });
      expect(snapshot.complete).toBe(false);
      expect(snapshot.missing).toEqual([]);
    },
  },
  {
    name: "a check that fails says why instead of throwing",
    async run(stage) {
      // Reads are tried again over a network, but not for ever.
      for (const nth of [1, 2, 3]) await stage.fault("check", nth, "unavailable", MS);
      const failed = await stage.tracker.check();
      // What opening has read need not be read again: nothing fails then.
      if (stage.tracker.capabilities.embedded || !failed.ok) expect(failed).toMatchObject({ ok: false, error: { kind: "unavailable" } });
      await stage.clear();
      expect(await stage.tracker.check()).toMatchObject({ ok: true });
    },
  },
];

async function settle({ tracker }: Stage, token: string, watermark: string): Promise<Awaited<ReturnType<typeof tracker.settleCreates>>[number] | undefined> {
  return (await tracker.settleCreates([{ token, watermark }]))[0];
}
