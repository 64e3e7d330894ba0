/** Plays a sequence in which people and the bot live on one code host and one tracker, and looks after each step. */

import { calmBot } from "./bot-calm.ts";
import type { Death } from "./bot-conductor.ts";
import { wrongNow, type Looked } from "./bot-laws.ts";
import { BotLedger } from "./bot-ledger.ts";
import { playDeed } from "./bot-people.ts";
import type { BotPlay } from "./bot-play.ts";
import { RUN_KINDS, runBot, type Ran, type RunKind } from "./bot-runs.ts";
import { botConfig, makeBotWorld, type BotSimWorld, type BotStagePlace } from "./bot-world.ts";
import { Dice } from "./dice.ts";
import type { Outcome, Sequence } from "./sequence.ts";
import type { Step } from "./step.ts";

const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ feature: 10, more: 5, main: 4, merge: 7, "merge-bot": 6, close: 2, "close-bot": 4, reopen: 4 },
  ...{ "bot-branch": 7, tick: 5, body: 1, comment: 2, "bot-comment": 2, ticket: 24, "new-ticket": 2, "lose-memory": 2, wait: 7 },
  ...{ code: 4, "tick-answer": 5, "type-answer": 3, "label-answer": 3, issue: 1, fork: 2 },
  ...{ plan: 8, apply: 10, pull: 13, answer: 3, follow: 2, link: 2, overlap: 8 },
};

export function drawBotSequence(seed: number, length: number): Sequence {
  const dice = new Dice(seed);
  const kinds = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<string>(weight).fill(kind));
  return { seed, steps: Array.from({ length }, () => ({ kind: dice.maybe(kinds) ?? "wait", seed: dice.seed() })) };
}

export async function playBotSequence({ seed, steps }: Sequence, place: () => Promise<BotStagePlace>): Promise<Outcome> {
  const dice = new Dice(seed ^ 0x5bd1e995);
  const sim = await makeBotWorld(await place(), dice);
  const ledger = new BotLedger();
  const looked: Looked = { requests: new Map(), commits: new Set() };
  const told = [`switches ${JSON.stringify(sim.switches)}`];
  const played = new Map<string, number>();
  const seen = new Set<string>();
  const over = (wrong: readonly string[]): Outcome => ({ told, played, seen, wrong });
  const note = ({ told: line, facts }: Pick<Ran, "told" | "facts">): void => {
    told.push(`${told.length}. ${line}`);
    for (const fact of facts) seen.add(fact);
  };
  try {
    note(await runBot(sim, ["apply"], {}, dice));
    // The first tickets are made as people want them; from then on the configuration is the drawn one.
    await sim.people[0].push("main", [{ path: "canon.config.yaml", content: botConfig(sim.switches) }]);
    const calm = dice.seed();
    for (const step of steps) {
      const done = await playBotStep(sim, ledger, step);
      if (done === null) continue;
      played.set(step.kind, (played.get(step.kind) ?? 0) + 1);
      note(done);
      const wrong = [...done.wrong, ...(await wrongNow(sim, ledger, looked))];
      if (wrong.length > 0) return over(wrong);
    }
    const wrong = await calmBot({ sim, ledger, dice: new Dice(calm) }, note);
    return over([...wrong, ...(await wrongNow(sim, ledger, looked))]);
  } catch (error) {
    return over([`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]);
  } finally {
    await sim.end();
  }
}

async function playBotStep(sim: BotSimWorld, ledger: BotLedger, { kind, seed }: Step): Promise<Ran | null> {
  const dice = new Dice(seed);
  sim.clock.advance(1_000 + dice.below(60_000));
  const run = RUN_KINDS.find((one) => one === kind);
  if (run !== undefined) return runs(sim, ledger, [run], dice);
  if (kind === "overlap") return runs(sim, ledger, [dice.pick(...RUN_KINDS), dice.pick(...RUN_KINDS)], dice);
  const told = await playDeed(kind, { sim, ledger, dice });
  return told === null ? null : { told, writes: [], wrong: [], facts: [] };
}

/** What people do while a run is under way. Who takes the memory away does it between two runs: in the middle of one, what it opens next would hide what it opened before. */
const INTERLUDES: readonly string[] = ["ticket", "ticket", "merge", "merge-bot", "close-bot", "main", "more", "bot-branch", "tick-answer"];

async function runs(sim: BotSimWorld, ledger: BotLedger, kinds: readonly RunKind[], dice: Dice): Promise<Ran> {
  const deaths = kinds.map((): Death | null =>
    dice.chance(0.25) ? { at: 1 + dice.below(dice.pick(8, 30, 60)), when: dice.pick("before", "after", "after", "half") } : null,
  );
  const play: BotPlay = { sim, ledger, dice: new Dice(dice.seed()) };
  let meanwhile = "";
  const interlude = dice.chance(0.25)
    ? {
        after: 1 + dice.below(40),
        act: async () => {
          const told = await playDeed(dice.maybe(INTERLUDES) ?? "ticket", play);
          meanwhile = told === null ? "" : ` [meanwhile ${told}]`;
        },
      }
    : null;
  const ran = await runBot(sim, kinds, { deaths, interlude }, dice);
  return { ...ran, told: `${ran.told}${meanwhile}`, facts: [...ran.facts, ...(meanwhile === "" ? [] : ["meanwhile"])] };
}
