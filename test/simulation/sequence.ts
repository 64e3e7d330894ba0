/** Plays a sequence of steps and looks after each one; a sequence that fails is made as short as it can be. */

import { calmDown } from "./calm.ts";
import { lostWords, neverMarked, noteNamed, returnedWords, twins } from "./checks.ts";
import { Dice } from "./dice.ts";
import { editSpecs } from "./spec-people.ts";
import { drawStep, playStep, see, type Step } from "./step.ts";
import { makeLocalWorld, readSpecs, writeSpecs, type MakeWorld, type World } from "./world.ts";

export interface Sequence {
  readonly seed: number;
  readonly steps: readonly Step[];
}

export interface Outcome {
  /** What happened, a line a step. */
  readonly told: readonly string[];
  /** Steps that did something, by kind. */
  readonly played: ReadonlyMap<string, number>;
  /** What its runs came to. */
  readonly seen: ReadonlySet<string>;
  readonly wrong: readonly string[];
}

export function drawSequence(seed: number, length: number): Sequence {
  const dice = new Dice(seed);
  return { seed, steps: Array.from({ length }, () => drawStep(dice)) };
}

export async function playSequence({ seed, steps }: Sequence, make: MakeWorld = makeLocalWorld): Promise<Outcome> {
  const dice = new Dice(seed ^ 0x5bd1e995);
  const world = await make(dice);
  const told = [`switches ${JSON.stringify(world.switches)}`];
  const played = new Map<string, number>();
  const seen = new Set<string>();
  const over = (wrong: readonly string[]): Outcome => ({ told, played, seen, wrong });
  try {
    await begin(world, dice);
    told.push(...[...(await readSpecs(world))].map(([path, text]) => `${path}: ${JSON.stringify(text)}`));
    const calm = dice.seed();
    for (const step of steps) {
      const done = await playStep(world, step);
      if (done === null) continue;
      played.set(step.kind, (played.get(step.kind) ?? 0) + 1);
      for (const fact of done.facts ?? []) seen.add(fact);
      told.push(`${told.length}. ${done.told}`);
      const wrong = [...done.wrong, ...(await look(world))];
      if (wrong.length > 0) return over(wrong);
    }
    const wrong = await calmDown(world, new Dice(calm), (line) => void told.push(line));
    return over([...wrong, ...(await look(world)), ...neverMarked(world, await see(world), await world.project.plan({ includeDone: true }))]);
  } catch (error) {
    return over([`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]);
  } finally {
    await world.end();
  }
}

async function begin(world: World, dice: Dice): Promise<void> {
  const pen = { dice, words: world.words };
  for (let file = 0; file < 2; file += 1) {
    const made = editSpecs("new-file", file === 0 ? new Map([["specs/none.md", ""]]) : await readSpecs(world), pen);
    await writeSpecs(world, made?.files ?? []);
  }
  for (let section = 0; section < 4; section += 1) await writeSpecs(world, editSpecs("add-section", await readSpecs(world), pen)?.files ?? []);
  world.words.edited("specs", "", [...(await readSpecs(world)).values()].join("\n\n"), "the beginning");
}

async function look(world: World): Promise<readonly string[]> {
  const seen = await see(world);
  noteNamed(world, seen);
  const plan = () => world.project.plan({ direction: "both", includeDone: true });
  return [...(await lostWords(world, seen, plan)), ...returnedWords(world, seen), ...twins(world, seen), ...world.desk.complaints()];
}

/** Leaves out what the failure does not need, in ever smaller pieces, while there is time. */
export async function shortened(sequence: Sequence, budget: number, play: (sequence: Sequence) => Promise<Outcome> = playSequence): Promise<Sequence> {
  const until = performance.now() + budget;
  let steps = sequence.steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = steps.length - size; at > -size && performance.now() < until; at -= size) {
      const fewer = [...steps.slice(0, Math.max(0, at)), ...steps.slice(Math.max(0, at) + size)];
      if (fewer.length < steps.length && (await play({ ...sequence, steps: fewer })).wrong.length > 0) steps = fewer;
    }
  }
  return { ...sequence, steps };
}
