/** The first comment on a pull request, written by one of the runs that want to. */

import type { BotMemory, Review } from "../../core/model/bot-memory.ts";
import type { BotWorld } from "./bot-world.ts";
import { keepComment } from "./sticky-comment.ts";
import { takeTurn } from "./take-turn.ts";

const NOTHING_SAID: Review = { comment: null, writing: null, shown: "", specs: [], changes: [], head: "" };

/** Answers its id. */
export async function firstComment(world: Pick<BotWorld, "forge" | "clock">, number: number, text: string, account: string): Promise<string> {
  const reviewIn = ({ reviews }: BotMemory): Review => reviews[String(number)] ?? NOTHING_SAID;
  const memory = await takeTurn(world, {
    holder: (known) => (reviewIn(known).comment === null ? reviewIn(known).writing : null),
    claim: (known, me) =>
      reviewIn(known).comment === null ? { ...known, reviews: { ...known.reviews, [String(number)]: { ...reviewIn(known), writing: me } } } : known,
  });
  return keepComment(world.forge, number, reviewIn(memory).comment, text, account);
}
