/** Where the bot asks: a spec with tickets, the issue, and people who answer in it. */

import { expect } from "vitest";
import type { Thread } from "../../src/forges/forge.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const TEXT = "# Payments\n\n## Refunds\n\nMoney back.\n\n- [ ] within 14 days\n\n## Keys\n\nText of keys.\n";

export const ON_MOVED: string = CONFIG.replace("enabled: true", "enabled: true, on_moved: apply");

/** PAY-1 is the ticket of Refunds, PAY-2 of Keys; from now on nothing is applied that nobody reviewed. `more`: lines of the configuration. */
export async function applied(more: string = ""): Promise<BotStage> {
  const bot = await botStage({ "canon.config.yaml": ON_MOVED, [SPEC]: TEXT });
  expect(await bot.apply()).toMatchObject({ exitCode: 0, markers: { state: "committed" } });
  await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG + more }]);
  // What people make from now on is younger than Canon's first ticket.
  await bot.stage.pass(60_000);
  return bot;
}

/** A ticket that a person made below that of Refunds; answers its key. */
export async function made(bot: BotStage, title: string = "Key ceremony"): Promise<string> {
  return bot.atDesk(async (desk) => (await desk.create({ title, parent: "PAY-1", type: "Story" })).key);
}

export async function issues({ stage }: BotStage): Promise<readonly Thread[]> {
  return stage.forge.threads({ author: stage.account, label: "canon" });
}

/** The only one there is. */
export async function issue(bot: BotStage): Promise<Thread> {
  const [only, another] = await issues(bot);
  if (only === undefined || another !== undefined) throw new Error("not exactly one issue");
  return only;
}

/** What a person does who ticks that box of the only question that has it. */
export async function tick(bot: BotStage, word: string): Promise<void> {
  const { number, body } = await issue(bot);
  const next = body.replace(`- [ ] **${word}**`, `- [x] **${word}**`);
  if (next === body) throw new Error(`no open box for ${word} in\n${body}`);
  // A browser sends other line ends.
  await bot.dana.edit(number, { body: next.replaceAll("\n", "\r\n") });
}

/** Asks, lets Dana tick, and carries it out. */
export async function answered(bot: BotStage, word: string): Promise<void> {
  await bot.pull();
  await tick(bot, word);
  expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 1 });
}
