/** The breaker: a field that goes back and forth three times within a day is left alone, and somebody is asked. */

import { describe, expect, it } from "vitest";
import { fc } from "../harness/property.ts";
import { flipFlops, noteMoves, type Seen } from "../../src/core/bot/flips.ts";
import type { Flip, Proposal } from "../../src/core/model/bot-memory.ts";
import type { Change } from "../../src/core/model/plan.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-01-05T09:00:00Z");
const ADDRESS = `${SPEC}#refunds`;

function change(spec: string, live: string, way: "pulled" | "fields" = "pulled"): Change {
  const field = { field: "status", verdict: way === "pulled" ? "pull" : "push", base: spec, spec, live } as const;
  return {
    ...{ digest: `${spec} ${live}`, action: way === "pulled" ? "pull" : "update", reason: "ticket-edited", target: "main", address: ADDRESS, from: null },
    ...{ key: "PAY-1", type: null, title: "Refunds", parent: null, token: "", itemHash: "", pulled: [], fields: [], edits: [], held: [], guards: [] },
    ...{ after: [], splice: null, [way]: [field] },
  };
}

const NOTHING: Seen = { pulls: [], proposed: [], pushed: [], isSettled: () => true };

function proposal(number: number, state: Proposal["state"]): Proposal {
  return { spec: SPEC, branch: "", number, print: "", own: "", head: "", state, addresses: [], openedAt: "" };
}

describe("a move", () => {
  it("counts once for a proposal, whatever else is said in it, and again for the next", () => {
    const one = change("todo", "done");
    const open = { proposals: [proposal(1, "open")] };
    const first = noteMoves({ flips: [], ...open }, { ...NOTHING, pulls: [one], proposed: [{ change: one, number: 1 }] }, START);
    expect(first).toMatchObject([{ address: ADDRESS, field: "status", times: ["2026-01-05T09:00:00.000Z"], standing: 1 }]);
    expect(noteMoves({ flips: first, ...open }, { ...NOTHING, pulls: [one], proposed: [{ change: one, number: 1 }] }, START + HOUR)).toBe(first);
    // Unread is not gone.
    expect(noteMoves({ flips: first, ...open }, { ...NOTHING, isSettled: () => false }, START + HOUR)).toBe(first);
    // Taken out of a proposal that stays open for other fields, and put in again.
    const out = noteMoves({ flips: first, ...open }, NOTHING, START + HOUR);
    expect(out).toMatchObject([{ standing: null, times: { length: 1 } }]);
    expect(noteMoves({ flips: out, ...open }, { ...NOTHING, pulls: [one], proposed: [{ change: one, number: 1 }] }, START + HOUR)[0]?.times).toHaveLength(2);
    // Merged, and turned round before anybody looked: the same two values in another proposal.
    const back = change("done", "todo");
    const turned = { proposals: [proposal(1, "merged"), proposal(2, "open")] };
    expect(noteMoves({ flips: first, ...turned }, { ...NOTHING, pulls: [back], proposed: [{ change: back, number: 2 }] }, START + HOUR)).toMatchObject([
      { standing: 2, times: { length: 2 } },
    ]);
  });

  it("to a third value is none of these, and a day later nothing is left", () => {
    const flip = (times: readonly number[]): Flip => {
      const [known] = noteMoves({ flips: [], proposals: [] }, { ...NOTHING, pushed: [change("todo", "done")] }, START);
      if (known === undefined) throw new Error("nothing was noted");
      return { ...known, times: times.map((at) => new Date(START + at).toISOString()) };
    };
    const known = { flips: [flip([0, HOUR, 2 * HOUR])], proposals: [] };
    const now = START + 3 * HOUR;
    expect(flipFlops(change("done", "todo"), known, now)).toEqual(["status"]);
    // Taken back by people, who may do that.
    expect(flipFlops(change("done", "todo", "fields"), known, now)).toEqual([]);
    expect(flipFlops(change("done", "doing"), known, now)).toEqual([]);
    expect(flipFlops({ ...change("done", "todo"), address: `${SPEC}#keys` }, known, now)).toEqual([]);
    expect(flipFlops(change("done", "todo"), { ...known, flips: [flip([0, HOUR])] }, now)).toEqual([]);
    expect(flipFlops(change("done", "todo"), known, START + 25 * HOUR)).toEqual([]);
    expect(noteMoves(known, { ...NOTHING, pushed: [change("todo", "doing", "fields")] }, START + 48 * HOUR)).toHaveLength(1);
  });

  it("is never carried more than three times a day between two values, whoever moves what when", () => {
    const step = fc.record({
      live: fc.constantFrom("a", "b", "c"),
      way: fc.constantFrom("pulled" as const, "fields" as const),
      hours: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let flips: readonly Flip[] = [];
        let [now, spec] = [START, "a"];
        const moved: { readonly at: number; readonly pair: string }[] = [];
        for (const { live, way, hours } of steps) {
          now += hours * HOUR;
          const wish = change(spec, live, way);
          if (live === spec || flipFlops(wish, { flips, proposals: [] }, now).length > 0) continue;
          flips = noteMoves({ flips, proposals: [] }, { ...NOTHING, pushed: [wish] }, now);
          moved.push({ at: now, pair: way === "pulled" ? [spec, live].toSorted().join() : spec });
          if (way === "pulled") spec = live;
        }
        for (const { at, pair } of moved)
          expect(moved.filter((one) => one.pair === pair && one.at <= at && one.at > at - 24 * HOUR).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe("what is written to a ticket", () => {
  it("waits where the same value was written three times within a day, and says so", { timeout: 180_000 }, async () => {
    const bot = await botStage({
      [SPEC]: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n",
      "canon.config.yaml": CONFIG.replace("true", "true, on_moved: apply"),
    });
    const push = async (branch: string, text: string): Promise<void> => {
      const content = (await bot.text(SPEC)).replace(/- \[ \] .*/, `- [ ] ${text}`);
      await bot.dana.push(branch, [{ path: SPEC, content }]);
    };
    const land = async (text: string): Promise<number> => {
      await push("main", text);
      return (await bot.apply()).applied;
    };
    await bot.apply();
    for (let turn = 1; turn <= 3; turn += 1) for (const text of ["within 7 days", "within 9 days"]) expect([text, await land(text)]).toEqual([text, 1]);
    // Also what was reviewed.
    await push("change", "within 7 days");
    const number = await bot.dana.open({ title: "7 days", head: "change" });
    await bot.plan(number);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({
      applied: 0,
      message: expect.stringContaining("went back and forth between two values three times within a day: specs/payments.md#refunds"),
    });
    expect((await bot.said(number))[0]).toContain("1 change waits, because a field of it went back and forth");
    expect(await land("within 8 days")).toBe(1);
    await bot.stage.pass(24 * HOUR);
    expect(await land("within 7 days")).toBe(1);
  });
});

describe("an automation that flips a ticket", () => {
  async function started(): Promise<{ readonly bot: BotStage; readonly set: (text: string | null) => Promise<void> }> {
    const bot = await botStage({ [SPEC]: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n" });
    await bot.dana.push("feature", [{ path: SPEC, content: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n- [ ] with a receipt\n" }]);
    await bot.plan(await bot.dana.open({ title: "Receipt", head: "feature" }));
    await bot.dana.merge(1);
    await bot.apply();
    const set = (text: string | null): Promise<void> =>
      bot.atDesk(async (desk) => {
        await desk.criterion("PAY-1", text === null ? { kind: "remove", which: "3" } : { kind: "add", text });
      });
    return { bot, set };
  }

  it("is proposed three times, then left; another value is proposed again, and so it is a day later", { timeout: 120_000 }, async () => {
    const { bot, set } = await started();
    const opened = async (): Promise<number> => (await bot.stage.forge.pullRequests({ author: bot.stage.account })).length;
    for (let turn = 1; turn <= 3; turn += 1) {
      await set("by mail");
      expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
      expect(await bot.pull()).toMatchObject([{ state: "left", what: "open-already" }]);
      await set(null);
      expect(await bot.pull()).toMatchObject([{ state: "withdrawn" }]);
      await bot.stage.pass(HOUR);
    }
    await set("by mail");
    for (let turn = 1; turn <= 3; turn += 1) expect(await bot.pull()).toEqual([{ spec: SPEC, state: "left", what: "flip-flop" }]);
    expect(await opened()).toBe(3);
    const asked = async (): Promise<readonly string[]> =>
      (await bot.stage.forge.threads({ author: bot.stage.account, label: "canon" })).filter(({ open }) => open).map(({ body }) => body);
    expect(await asked()).toEqual([expect.stringContaining("PAY-1: criteria went back and forth between the same two values three times within a day")]);
    await set("by post");
    expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
    expect(await asked()).toEqual([]);
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "remove", which: "4" }));
    expect(await bot.pull()).toMatchObject([{ state: "withdrawn" }, { state: "left", what: "flip-flop" }]);
    await bot.stage.pass(24 * HOUR);
    expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
  });

  it("between two values that the spec has neither of is taken back, and nobody says that it is settled", { timeout: 120_000 }, async () => {
    const { bot, set } = await started();
    const turns = ["by mail", "by post", "by mail", "by post", "by mail", "by post"];
    for (const [at, text] of turns.entries()) {
      if (at > 0) await set(null);
      await set(text);
      expect(await bot.pull()).toMatchObject([{ state: at === 0 ? "opened" : "updated" }]);
    }
    const [open] = await bot.stage.forge.pullRequests({ author: bot.stage.account });
    await set(null);
    await set("by mail");
    const left = { spec: SPEC, state: "left", what: "flip-flop" };
    expect(await bot.pull()).toMatchObject([{ spec: SPEC, state: "withdrawn" }, left]);
    expect(await bot.pull()).toEqual([left]);
    expect(await bot.said(open?.number ?? 0)).toEqual([expect.stringMatching(/^A field of these tickets went back and forth/)]);
    expect((await bot.stage.forge.pullRequests({ author: bot.stage.account })).map(({ state }) => state)).toEqual(["closed"]);
  });
});
