/** Plays people and the bot on the plain-git forge, for the files that run side by side. */

import { expect } from "vitest";
import { gitStage } from "../forges/git-stage.ts";
import { drawBotSequence, playBotSequence } from "./bot-sequence.ts";
import type { BotStagePlace } from "./bot-world.ts";
import { quickForge } from "../forges/quick-forge.ts";
import { simulate, simulationWishes } from "./simulate.ts";

/** What must have happened at least once for the rest to mean anything. */
const FACTS = ["died", "overlap", "meanwhile", "tracker.create", "openPullRequest", "editPullRequest", "editComment", "openThread"];

export async function playBots(part: number, steps: number): Promise<void> {
  const wishes = simulationWishes(part, steps);
  const place = async (): Promise<BotStagePlace> => {
    const stage = await gitStage();
    return { stage: { ...stage, forge: quickForge(stage) }, remote: stage.remote };
  };
  const { failure, seen } = await simulate(wishes, { draw: drawBotSequence, play: (sequence) => playBotSequence(sequence, place), length: 120 });
  expect(failure).toBeNull();
  if (wishes.steps >= steps) expect([...seen]).toEqual(expect.arrayContaining(FACTS));
}
