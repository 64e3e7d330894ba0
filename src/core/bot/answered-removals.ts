/** Tombstones that people asked the bot for: whoever answered, and merged the pull request with it, has reviewed what it does to its ticket. */

import type { BotMemory } from "../model/bot-memory.ts";
import type { Change } from "../model/plan.ts";
import { reviewPrint } from "./review-print.ts";

/** Prints of these changes. A tombstone is planned only once it stands in the specs. */
export function printsOfRemovals(changes: readonly Change[], { questions }: Pick<BotMemory, "questions">): readonly string[] {
  const asked = questions.answers.filter(({ state, word }) => (word === "close" || word === "forget") && (state === "proposed" || state === "done"));
  return changes.flatMap((change) => {
    const isAsked =
      change.reason === "section-removed" && asked.some((one) => one.target === change.target && one.key === change.key && one.word === change.action);
    return isAsked ? [reviewPrint(change)] : [];
  });
}
