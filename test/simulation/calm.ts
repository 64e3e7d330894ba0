/** The end of a sequence: people settle what only they can, stop, and within two rounds nothing is written any more. */

import type { Keep } from "../../src/core/model/decision.ts";
import type { Change, Plan, Selection } from "../../src/core/model/plan.ts";
import { runCanon, type RunResult } from "./canon-run.ts";
import type { Dice } from "./dice.ts";
import { printSpecFile, readSpecFile } from "./spec-text.ts";
import { drawKeep, isRemote, see, takeSides, wrongAfter } from "./step.ts";
import { readSpecs, writeSpecs, type World } from "./world.ts";

/** Answers what is wrong. */
export async function calmDown(world: World, dice: Dice, tell: (told: string) => void): Promise<readonly string[]> {
  await world.desk.setFaults([]);
  world.clock.advance(60_000);
  world.isLate = false;
  await cleanCopies(world);
  const wrong: string[] = [];
  const sync = async (sides: Partial<Selection> = {}): Promise<RunResult> => {
    const selection: Partial<Selection> = { direction: "both", vouches: true, includeDone: world.switches.includeDone, ...sides };
    const before = await see(world);
    const meanwhile = async (plan: Plan): Promise<void> => takeSides(world, plan, selection, "canon resolve at the end");
    const result = await runCanon(world, { selection, deathAt: 0, interruptAt: 0, meanwhile, anyBranch: isRemote(world) }, dice);
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
    // What the tracker cannot turn a ticket into no decision brings about.
    const keepOf = ({ held }: Change): typeof keep => (round > 1 && held.some(({ field }) => field === "type") ? "tracker" : keep);
    const { report } = await sync({ decisions: conflicts.map((change) => ({ kind: "keep", address: change.address, field: null, keep: keepOf(change) })) });
    // A type that people chose may stand where the sections' nesting has no place for it: they take it back.
    if (report?.results.some(({ state }) => state === "failed")) {
      await sync({ revert: ["type", "parent"] });
      await convertBack(world, tell);
    } else if (conflicts.length === 0) break;
  }
  await sync();
  const written = world.desk.writes();
  const last = await sync();
  if (last.requests > 0) wrong.push(`${last.requests} requests in the second round of a quiet world: ${last.told}`);
  if (world.desk.writes() > written) wrong.push(`the tracker's log has ${world.desk.writes() - written} writes in the second round of a quiet world`);
  const plan = await world.project.plan({ direction: "both", vouches: true, includeDone: world.switches.includeDone });
  for (const { action, address, reason, fields, pulled, held } of [...plan.changes, ...plan.conflicts])
    wrong.push(`a quiet plan still has: ${action} ${address} (${reason}) ${JSON.stringify({ fields, pulled, held })}`);
  return [...wrong, ...[...(await readSpecs(world))].flatMap(([path, text]) => world.ticks.wrong(readSpecFile(path, text)))];
}

/** Where Canon may not convert or move a ticket, the people who can do it in the tracker, as they are asked to. */
async function convertBack({ project, desk, switches }: World, tell: (told: string) => void): Promise<void> {
  const { observed, changes } = await project.plan({ direction: "both", includeDone: switches.includeDone });
  for (const { key, held } of observed) {
    const type = held.find(({ field, verdict }) => field === "type" && verdict === "pull")?.spec;
    if (key === null || typeof type !== "string" || !(await desk.types(key)).includes(type)) continue;
    await desk.edit(key, { type });
    tell(`at the end: ${key} is made a ${type} again`);
  }
  for (const { key, fields } of changes) {
    const parent = fields.find(({ field }) => field === "parent")?.spec;
    if (key === null || parent === undefined || Array.isArray(parent) || String(parent).includes("#")) continue;
    await desk.edit(key, { parent: typeof parent === "string" ? parent : null });
    tell(`at the end: ${key} is put below ${String(parent)}`);
  }
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
