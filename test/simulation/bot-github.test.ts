/** The same people and the same bot, a shorter run: on the emulated GitHub, over real HTTP and a real repository. */

import { expect, it } from "vitest";
import type { Clock } from "../../src/io/clock.ts";
import { githubStage } from "../forges/github-stage.ts";
import { drawBotSequence, playBotSequence } from "./bot-sequence.ts";
import type { BotStagePlace } from "./bot-world.ts";
import { keptCommits } from "../forges/quick-forge.ts";
import { simulate, simulationWishes } from "./simulate.ts";

it("keeps everybody's words and work on GitHub through 40 steps", { timeout: 600_000 }, async () => {
  const place = async (): Promise<BotStagePlace> => {
    const stage = await githubStage();
    // Between two writes the client waits: by the host's clock, which takes no time.
    const now = (): number => Date.parse(stage.now());
    const clock: Clock = { now: () => new Date(now()), monotonic: now, sleep: (milliseconds) => stage.pass(milliseconds) };
    const forge = await stage.forgeWith(stage.github.addToken({ kind: "installation", expiresAt: null }), clock);
    return { stage: { ...stage, forge: { ...forge, ...keptCommits(forge) } }, remote: stage.github.code.remote };
  };
  const game = { draw: drawBotSequence, play: (sequence: Parameters<typeof playBotSequence>[0]) => playBotSequence(sequence, place), length: 70 };
  expect((await simulate(simulationWishes(6, 40), game)).failure).toBeNull();
});
