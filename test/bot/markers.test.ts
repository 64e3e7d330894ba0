/** The pull request that brings markers back, where people work on its branch, leave it behind, or close it. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { applyMerged } from "../../src/operations/bot/apply-merged.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";
import { codeStage, KEYS, openCode, standing } from "./code-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";
const BRANCH = "canon/markers";
const MINE = [{ path: "mine.txt", content: "mine\n" }];

/** #1 brings the marker of Refunds. */
async function marking(): Promise<BotStage> {
  const bot = await botStage({
    [SPEC]: BEFORE,
    "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, markers: pull-request"),
  });
  expect(await bot.apply()).toMatchObject({ applied: 1, markers: { state: "proposed", pullRequest: 1 } });
  return bot;
}

const requests = async ({ stage }: BotStage): Promise<readonly (readonly [string, string])[]> =>
  (await stage.forge.pullRequests({})).map(({ state, head }) => [head.branch, state] as const);

it("comes on another branch where the old one holds somebody's commit that a squash left there", async () => {
  const bot = await marking();
  const { dana, apply, text } = bot;
  await dana.push(BRANCH, [...MINE, { path: SPEC, content: BEFORE }], { message: "Without markers" });
  await dana.merge(1, "squash");
  expect(await apply()).toMatchObject({ markers: { state: "proposed" } });
  expect(await requests(bot)).toEqual([
    [`${BRANCH}-2`, "open"],
    [BRANCH, "merged"],
  ]);
  expect(await apply()).toMatchObject({ markers: { state: "proposed" } });
  await dana.merge(2);
  expect(await text(SPEC)).toMatch(/canon:ticket:local:PAY-1 /);
  expect(await apply()).toMatchObject({ applied: 0, markers: null });
});

it("waits while somebody works on its branch, and is never a second one", async () => {
  const bot = await marking();
  const { dana, apply, stage } = bot;
  const mine = await dana.push(BRANCH, [...MINE, { path: SPEC, content: BEFORE }]);
  expect(await apply()).toMatchObject({ markers: { state: "later", where: BRANCH } });
  expect(await requests(bot)).toEqual([[BRANCH, "open"]]);
  expect(await stage.forge.head(`refs/heads/${BRANCH}`)).toBe(mine);
});

it("is not opened again where somebody closed it", async () => {
  const bot = await marking();
  await bot.dana.close(1);
  expect(await bot.apply()).toMatchObject({ markers: { state: "declined" } });
  expect(await requests(bot)).toEqual([[BRANCH, "closed"]]);
});

it("that waits to be merged has its code linked once, and is no news to anybody meanwhile", async () => {
  const bot = await codeStage({ words: "enabled: true, markers: pull-request" });
  await bot.dana.merge(await openCode(bot, { body: `Canon-Section: ${KEYS}` }));
  expect(await bot.apply()).toMatchObject({ markers: { state: "proposed" }, linked: [{ number: 1, keys: ["PAY-2"] }] });
  const before = await standing(bot);
  expect(await bot.apply()).toMatchObject({ markers: { state: "proposed" }, linked: [] });
  expect(await standing(bot)).toEqual(before);
});

it("bring nothing else of a clone: what a job changed in a spec stays there", async () => {
  const bot = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply") });
  const world = await bot.bot();
  await writeFile(join(world.clone.top, SPEC), `${BEFORE}\nWords of a job.\n`);
  expect(await applyMerged(world, new AbortController().signal)).toMatchObject({ applied: 1, markers: null });
  expect(await bot.text(SPEC)).toBe(BEFORE);
  expect(await bot.apply()).toMatchObject({ markers: { state: "committed" } });
  expect(await bot.text(SPEC)).toContain("canon:ticket:local:PAY-1");
  expect(await bot.text(SPEC)).not.toContain("Words of a job");
});
