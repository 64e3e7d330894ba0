/** The end of a sequence: people stop, the bot falls silent; then everything that it proposed is merged, and nothing is left to plan. */

import { unmarkedCode } from "./bot-laws.ts";
import { endOne, inSight } from "./bot-people.ts";
import type { BotPlay } from "./bot-play.ts";
import { DAILY_KINDS, RUN_KINDS, runBot, type Ran } from "./bot-runs.ts";
import { sightOf } from "./bot-sight.ts";
import { botConfig } from "./bot-world.ts";
import { refsOf } from "../forges/quick-forge.ts";

/** A day and a bit: whatever waits for its hour or its day may come. */
const ROUND = 25 * 3_600_000;
const MOST_ROUNDS = 16;

export async function calmBot(play: BotPlay, note: (ran: Pick<Ran, "told" | "facts">) => void): Promise<readonly string[]> {
  const { sim, dice } = play;
  const wrong: string[] = [];
  const silence = async (name: string): Promise<void> => {
    let busy: Ran | null = null;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      busy = null;
      sim.clock.advance(ROUND);
      for (const kind of DAILY_KINDS) {
        const ran = await runBot(sim, [kind], {}, dice);
        note({ ...ran, told: `${name}: ${ran.told}` });
        wrong.push(...ran.wrong);
        if (ran.writes.length > 0) busy = ran;
      }
      if (busy === null) break;
    }
    if (busy !== null) wrong.push(`${name}: after ${MOST_ROUNDS} rounds the bot still writes: ${busy.told}`);
  };
  await silence("people stopped");
  if (wrong.length > 0) return wrong;
  const stood = standing(sim.remote);
  for (let run = 0; run < 10; run += 1) {
    sim.clock.advance(3_600_000);
    const { told, writes } = await runBot(sim, [RUN_KINDS[run % RUN_KINDS.length] ?? "plan"], {}, dice);
    if (writes.length > 0) wrong.push(`a write in a quiet world: ${told}`);
  }
  if (standing(sim.remote) !== stood) wrong.push(`references moved in a quiet world:\n${stood}\n${standing(sim.remote)}`);
  if (wrong.length > 0) return wrong;
  // Whoever merges has looked; what nobody can merge, nobody wants.
  await sim.people[0].push("main", [{ path: "canon.config.yaml", content: botConfig({ ...sim.switches, onMoved: "apply" }) }]);
  for (let round = 0; round < 10; round += 1) {
    await silence(`merging ${round}`);
    const open = (await sightOf(sim)).requests.filter(({ state }) => state === "open");
    if (open.length === 0) break;
    for (const request of open) {
      const told = (await endAs(play, request.number, "merge")) ?? (await endAs(play, request.number, "close"));
      note({ told: `at the end: ${told}`, facts: [] });
    }
  }
  sim.catchUp();
  const plan = await sim.world.project.within({ anyBranch: true }).plan();
  const sight = await sightOf(sim);
  wrong.push(...unmarkedCode(sim, sight, play.ledger));
  // Whoever closed the pull request that brings markers does not want them.
  const isUnmarked = sight.requests.some(({ state, head }) => state === "closed" && head.branch.startsWith("canon/markers"));
  for (const { action, address, reason, fields, held } of plan.changes)
    if (action !== "marker" || !isUnmarked) wrong.push(`a quiet plan still has: ${action} ${address} (${reason}) ${JSON.stringify({ fields, held })}`);
  return wrong;
}

/** Not the leases: while markers wait to be merged, each run takes one to look. */
function standing(remote: string): string {
  const lines = [...refsOf(remote)].map(([ref, commit]) => `${ref} ${commit}`);
  return lines.filter((line) => !line.startsWith("refs/canon/lock/")).join("\n");
}

async function endAs(play: BotPlay, number: number, how: "merge" | "close"): Promise<string | null> {
  const request = await play.sim.stage.forge.pullRequest(number);
  return request.state === "open" ? inSight(play, () => endOne(play, request, how)) : `#${number} has ended`;
}
