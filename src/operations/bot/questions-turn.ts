/** One run at a time opens the issue with the bot's questions, or replies there. */

import type { BotQuestions } from "../../core/model/bot-answer.ts";
import type { BotMemory } from "../../core/model/bot-memory.ts";
import type { BotWorld } from "./bot-world.ts";
import { remember } from "./remember.ts";
import { takeTurn } from "./take-turn.ts";

/** `work` answers what the memory knows when it is done. */
export async function inTurn(world: Pick<BotWorld, "forge" | "clock">, work: (known: BotQuestions) => Promise<Partial<BotQuestions>>): Promise<void> {
  const { questions } = await takeTurn(world, { holder: (known) => known.questions.writing, claim: (known, me) => withQuestions({ writing: me })(known) });
  const change = await work(questions);
  await remember(world.forge, withQuestions({ ...change, writing: null }));
}

export function withQuestions(change: Partial<BotQuestions>): (memory: BotMemory) => BotMemory {
  return (memory) => ({ ...memory, questions: { ...memory.questions, ...change } });
}
