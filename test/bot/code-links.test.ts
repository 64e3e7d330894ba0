/** Pull requests on the tickets that they name: as soon as an event tells of them, again where it failed, and nowhere that shows more than the repository does. */

import { expect, it } from "vitest";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { linkRequest } from "../../src/operations/bot/link-request.ts";
import type { Check } from "../../src/trackers/tracker.ts";
import { CONFIG } from "./bot-stage.ts";
import { codeStage, KEYS, linksOf, openCode, standing } from "./code-stage.ts";

it("are linked on the event of a pull request, before anything is merged, and once", { timeout: 60_000 }, async () => {
  const bot = await codeStage();
  const number = await openCode(bot, { branch: "pay-1", body: `Canon-Section: ${KEYS}` });
  expect(await linkRequest(number, await bot.bot())).toEqual([{ number, keys: ["PAY-2", "PAY-1"], problems: [] }]);
  const before = await standing(bot);
  expect(await linkRequest(number, await bot.bot())).toEqual([]);
  expect(await bot.apply()).toMatchObject({ linked: [] });
  expect([await linksOf(bot, "PAY-1"), await linksOf(bot, "PAY-2")]).toEqual([[expect.any(String)], [expect.any(String)]]);
  expect((await standing(bot))[1]).toBe(before[1]);
});

it("are linked by no event where bot.enabled does not stand on the default branch, or from a fork", { timeout: 60_000 }, async () => {
  const bot = await codeStage({ words: "enabled: false" });
  const number = await openCode(bot, { title: "PAY-1" });
  expect(await linkRequest(number, await bot.bot())).toBeNull();
  // Its own configuration counts for nothing.
  await bot.dana.push("work", [{ path: "canon.config.yaml", content: CONFIG }]);
  expect(await linkRequest(number, await bot.bot())).toBeNull();
  await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG }]);
  const fork = await bot.dana.openFromFork({ title: "PAY-1", branch: "fork", files: [{ path: "x.ts", content: "x\n" }] });
  expect(await linkRequest(fork, await bot.bot())).toBeNull();
  expect(await linksOf(bot, "PAY-1")).toEqual([]);
});

it("are told with what went wrong, and tried again by the next run", { timeout: 60_000 }, async () => {
  const bot = await codeStage();
  const number = await openCode(bot, { title: "PAY-1, PAY-2 and PAY-99" });
  await bot.atDesk((desk) => desk.setFaults([{ operation: "link", nth: 2, kind: "unavailable" }]));
  expect(await linkRequest(number, await bot.bot())).toMatchObject([{ number, keys: ["PAY-1"], problems: [expect.stringMatching(/^PAY-2: ./)] }]);
  // A key that is none is not asked for for ever.
  expect(await bot.apply()).toMatchObject({ linked: [{ number, keys: ["PAY-1", "PAY-2"], problems: [] }] });
  expect(await bot.apply()).toMatchObject({ linked: [] });
  expect(await linksOf(bot, "PAY-1")).toHaveLength(1);
  // Nor is one that takes no link.
  await bot.dana.edit(number, { title: "PAY-1" });
  await bot.atDesk((desk) => desk.archive("PAY-1", true));
  expect(await bot.apply()).toMatchObject({ linked: [{ number, keys: [], problems: [expect.stringMatching(/^PAY-1: ./)] }] });
  expect(await bot.apply()).toMatchObject({ linked: [] });
});

it("are linked on no ticket that anybody may read, unless the repository is public too", { timeout: 60_000 }, async () => {
  const bot = await codeStage();
  await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG.replace("settle: 0s", "settle: 0s, public: true") }]);
  const number = await openCode(bot, { title: "PAY-1" });
  expect(await bot.apply()).toMatchObject({ linked: [] });
  expect(await linksOf(bot, "PAY-1")).toEqual([]);
  await bot.stage.setVisibility("public");
  expect(await bot.apply()).toMatchObject({ linked: [{ number, keys: ["PAY-1"] }] });
});

it("are linked nowhere either where the tracker itself says that anybody may read it", { timeout: 60_000 }, async () => {
  const bot = await codeStage();
  const number = await openCode(bot, { title: "PAY-1" });
  const connects =
    (connect: ConnectTracker): ConnectTracker =>
    async (target, context) => {
      const connection = await connect(target, context);
      if (!connection.ok) return connection;
      const { tracker } = connection;
      const check = async (): Promise<Check> => {
        const checked = await tracker.check();
        return checked.ok ? { ...checked, project: { ...checked.project, isPublic: true } } : checked;
      };
      return { ...connection, tracker: { ...tracker, check } };
    };
  await linkRequest(number, await bot.bot({ connects }));
  expect(await linksOf(bot, "PAY-1")).toEqual([]);
});
