/** Plays a run of the bot that dies at each of its writes, before it or with its answer lost, and the one that comes after it. */

import { expect } from "vitest";
import type { BotStage } from "./bot-stage.ts";
import { Died, type Crash } from "./crashing-forge.ts";

export interface CrashLaw {
  /** What stands before. */
  readonly prepare: () => Promise<BotStage>;
  readonly run: (bot: BotStage, crash: Crash, seen: (name: string) => void) => Promise<unknown>;
  readonly check: (bot: BotStage) => Promise<void>;
}

/** `least`: so many writes has a calm run. */
export async function dieAtEachWrite({ prepare, run, check }: CrashLaw, least: number): Promise<void> {
  const names: string[] = [];
  const calm = await prepare();
  await run(calm, { at: 0, when: "before" }, (name) => void names.push(name));
  await check(calm);
  expect(names.length, names.join()).toBeGreaterThanOrEqual(least);
  for (const [index, name] of names.entries()) {
    // Before a request is after the one before it.
    for (const when of index === 0 ? (["before", "after"] as const) : (["after"] as const)) {
      const bot = await prepare();
      await expect(
        run(bot, { at: index + 1, when }, () => undefined),
        `${when} ${name}`,
      ).rejects.toThrow(Died);
      await run(bot, { at: 0, when }, () => undefined);
      await check(bot);
    }
  }
}
