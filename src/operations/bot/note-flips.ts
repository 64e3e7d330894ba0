/** Remembers what the bot brought from one side to the other, so that the breaker sees what goes back and forth (threat 20). */

import { pathOfAddress } from "../../core/address.ts";
import { noteMoves } from "../../core/bot/flips.ts";
import { isStanding, type SpecChanges } from "../../core/bot/propose.ts";
import type { Change, Plan } from "../../core/model/plan.ts";
import type { BotWorld } from "./bot-world.ts";
import { remember } from "./remember.ts";

export interface Pulled {
  readonly plan: Plan;
  /** What proposals say now, by their specs. */
  readonly said: readonly SpecChanges[];
  /** Number of targets that the configuration has. */
  readonly configured: number;
}

export async function notePulled({ plan, said, configured }: Pulled, { forge, clock }: BotWorld): Promise<void> {
  const isWhole = plan.targets.length === configured && plan.targets.every(({ complete }) => complete);
  const open = new Set([...plan.conflicts, ...plan.questions].map(({ address }) => address));
  const seen = { pulls: plan.changes, pushed: [], isSettled: (address: string) => isWhole && !open.has(address) };
  await remember(forge, (memory) => {
    const proposed = said.flatMap(({ spec, changes }) => {
      const number = memory.proposals.find((one) => one.spec === spec && isStanding(one.state))?.number;
      return number === undefined ? [] : changes.map((change) => ({ change, number }));
    });
    const flips = noteMoves(memory, { ...seen, proposed }, clock.now().getTime());
    return flips === memory.flips ? memory : { ...memory, flips };
  });
}

export async function notePushed(pushed: readonly Change[], { forge, clock }: BotWorld): Promise<void> {
  if (pushed.length === 0) return;
  await remember(forge, (memory) => {
    const flips = noteMoves(memory, { pulls: [], proposed: [], pushed, isSettled: () => false }, clock.now().getTime());
    return flips === memory.flips ? memory : { ...memory, flips };
  });
}

/** The same words as of a spec that is left. */
export function leftFlips(stopped: readonly Change[]): readonly { readonly spec: string; readonly state: "left"; readonly what: "flip-flop" }[] {
  return [...new Set(stopped.map(({ address }) => pathOfAddress(address)))].map((spec) => ({ spec, state: "left", what: "flip-flop" }));
}
