/** What is carried out after a merge, and what waits for a person: nothing that nobody reviewed comes along. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { chooseReviewed } from "../../src/core/bot/choose-reviewed.ts";
import { reviewPrint } from "../../src/core/bot/review-print.ts";
import type { Change } from "../../src/core/model/plan.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";

function change(address: string, action: Change["action"], after: readonly string[]): Change {
  return {
    ...{ digest: address, action, reason: "new-section", target: "main", address, from: null, key: null, type: null, title: address, parent: null },
    ...{ token: "", itemHash: "", fields: [], pulled: [], edits: [], held: [], guards: [], after, splice: null },
  };
}

const addresses = ["a", "b", "c", "d", "e"];
const plan = fc
  .tuple(...addresses.map(() => fc.tuple(fc.constantFrom<Change["action"]>("create", "update", "marker"), fc.subarray([...addresses, "elsewhere"]))))
  .map((made) => made.map(([action, after], at) => change(addresses[at] ?? "", action, after)));

it("what is chosen was reviewed, with all that it needs; the rest waits", () => {
  fc.assert(
    fc.property(plan, fc.subarray(addresses), (changes, seen) => {
      const reviewed = new Set(changes.filter(({ address }) => seen.includes(address)).map(reviewPrint));
      const { chosen, waiting } = chooseReviewed(changes, reviewed, "stop");
      expect([...chosen, ...waiting].toSorted((one, other) => (one.address < other.address ? -1 : 1))).toEqual(changes);
      const done = new Set(chosen.map(({ address }) => address));
      for (const one of chosen) {
        expect(one.action === "marker" || seen.includes(one.address)).toBe(true);
        for (const needed of one.after) expect(done.has(needed) || !addresses.includes(needed)).toBe(true);
      }
    }),
  );
});

it("a ticket that moves between the two looks of a run is not written", async () => {
  const bot = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply") });
  await bot.apply();
  const marked = await bot.text(SPEC);
  await bot.dana.push("feature", [{ path: SPEC, content: `${marked}- [ ] to the same card\n` }]);
  const number = await bot.dana.open({ title: "Card", head: "feature" });
  await bot.plan(number);
  await bot.dana.merge(number);
  // What nobody reviewed makes it look twice.
  await bot.dana.push("main", [
    { path: "canon.config.yaml", content: CONFIG },
    { path: "specs/other.md", content: "# Other\n\n## Unseen\n\nText.\n" },
  ]);
  let times = 0;
  const connects =
    (connect: ConnectTracker): ConnectTracker =>
    async (target, context) => {
      times += 1;
      // Each look connects twice.
      if (times === 3) await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "within a minute" }));
      return connect(target, context);
    };
  const body = async (): Promise<string> => (await bot.atDesk((desk) => desk.show("PAY-1"))).ticket.body;
  expect(await bot.apply({ connects })).toMatchObject({ exitCode: 6, applied: 0, message: expect.stringContaining("moved while it was planned") });
  expect(times).toBeGreaterThanOrEqual(3);
  expect(await body()).not.toContain("to the same card");
});

describe("more tickets at once than the limits allow", () => {
  const MANY = `${BEFORE}\n## One\n\nText.\n\n## Two\n\nText.\n`;
  const stage = (words: string): Promise<BotStage> => botStage({ "canon.config.yaml": `${CONFIG.replace("enabled: true", words)}limits: { create: 2 }\n` });

  it("are made where each of them was shown", async () => {
    const bot = await stage("enabled: true");
    await bot.dana.push("feature", [{ path: SPEC, content: MANY }]);
    const number = await bot.dana.open({ title: "Many", head: "feature" });
    await bot.plan(number);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 3 });
  });

  it("are not made where nobody saw one of them", async () => {
    const bot = await stage("enabled: true, on_moved: apply");
    await bot.dana.push("main", [{ path: SPEC, content: MANY }]);
    expect(await bot.apply()).toMatchObject({ exitCode: 1, applied: 0, message: expect.stringContaining("create 3 tickets in main at once (limit 2)") });
    expect(await bot.atDesk((desk) => desk.list())).toEqual([]);
  });
});
