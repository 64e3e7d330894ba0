/** The end of a sequence: people settle what only they can, stop, and within two rounds nothing is written any more. */

import type { Keep } from "../../src/core/model/decision.ts";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { runCanon, type RunResult } from "./canon-run.ts";
import type { Dice } from "./dice.ts";
import { printSpecFile, readSpecFile } from "./spec-text.ts";
import { drawKeep, see, takeSides, wrongAfter } from "./step.ts";
import { readSpecs, writeSpecs, type World } from "./world.ts";

/** Answers what is wrong. */
export async function calmDown(world: World, dice: Dice, tell: (told: string) => void): Promise<readonly string[]> {
  await world.desk.setFaults([], { replace: true });
  world.clock.advance(60_000);
  world.isLate = false;
  await cleanCopies(world);
  const wrong: string[] = [];
  const sync = async (sides: Partial<Selection> = {}): Promise<RunResult> => {
    const selection: Partial<Selection> = { direction: "both", vouches: true, includeDone: world.switches.includeDone, ...sides };
    const before = await see(world);
    const meanwhile = async (plan: Plan): Promise<void> => takeSides(world, plan, selection, "canon resolve at the end");
    const result = await runCanon(world, { selection, deathAt: 0, interruptAt: 0, meanwhile, anyBranch: false }, dice);
    tell(`at the end: canon sync ${JSON.stringify(sides)} → ${result.told}`);
    wrong.push(...wrongAfter(world, before, await see(world), result));
    // Lists that lag have caught up by the next round.
    world.clock.advance(20_000);
    return result;
  };
  await sync();
  for (let round = 0; round < 4; round += 1) {
    const { conflicts } = await world.project.plan({ direction: "both", vouches: true, includeDone: world.switches.includeDone });
    const keep = keepIn(round, dice);
    const { report } = await sync({ decisions: conflicts.map(({ address }) => ({ kind: "keep", address, field: null, keep })) });
    // A type that people chose may stand where the sections' nesting has no place for it: they take it back.
    if (report?.results.some(({ state }) => state === "failed")) await sync({ revert: ["type", "parent"] });
    else if (conflicts.length === 0) break;
  }
  await sync();
  const last = await sync();
  if (last.requests > 0) wrong.push(`${last.requests} requests in the second round of a quiet world: ${last.told}`);
  const plan = await world.project.plan({ direction: "both", vouches: true, includeDone: world.switches.includeDone });
  for (const { action, address, reason, fields, pulled, held } of [...plan.changes, ...plan.conflicts])
    wrong.push(`a quiet plan still has: ${action} ${address} (${reason}) ${JSON.stringify({ fields, pulled, held })}`);
  return [...wrong, ...[...(await readSpecs(world))].flatMap(([path, text]) => world.ticks.wrong(readSpecFile(path, text)))];
}

/** A title cannot be merged: what is left then is to take a side. What the tracker has cannot always stand in a spec. */
export function keepIn(round: number, dice: Dice): Exclude<Keep, "both"> {
  return ([drawKeep(dice), dice.pick("spec", "tracker")] as const)[round] ?? "spec";
}

/** Sections that were copied with their markers stand still until somebody takes the markers of the copy away. */
export async function cleanCopies(world: World): Promise<void> {
  const seen = new Set<string>();
  const files = [...(await readSpecs(world))].map(([path, text]) => readSpecFile(path, text));
  for (const file of files) {
    const chunks = file.chunks.map((chunk) => {
      const names = chunk.markers.flatMap((line) => nameOf(file.path, line) ?? []);
      const isCopy = names.some((name) => seen.has(name));
      for (const name of names) seen.add(name);
      return isCopy ? { ...chunk, markers: [] } : chunk;
    });
    if (chunks.some((chunk, index) => chunk !== file.chunks[index])) await writeSpecs(world, [[file.path, printSpecFile({ ...file, chunks })]]);
  }
}

/** A ticket belongs to one section anywhere, an id to one of its file. */
function nameOf(path: string, line: string): string | null {
  const ticket = /canon:(ticket:[^ ]+)/.exec(line)?.[1];
  const id = /canon:system:([^ ]+)/.exec(line)?.[1];
  return ticket ?? (id === undefined ? null : `${path}#${id}`);
}
