/** Who may only read may say anything, and nothing comes of it. */

import { expect, it } from "vitest";
import { applied, issue, made } from "./question-stage.ts";

it("an answer counts only from somebody who may write to the repository", async () => {
  const bot = await applied();
  const key = await made(bot);
  await bot.pull();
  const rita = await bot.stage.person("rita", "read");
  const { number } = await issue(bot);
  const labels = async (): Promise<readonly string[]> => bot.atDesk(async (desk) => (await desk.show(key)).ticket.labels);
  await rita.comment(number, `/canon answer ${key} out-of-scope`);
  expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 0 });
  expect(await labels()).toEqual([]);
  await bot.stage.pass(2_000);
  await bot.dana.comment(number, `/canon answer ${key} out-of-scope`);
  expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 1 });
  expect(await labels()).not.toEqual([]);
});
