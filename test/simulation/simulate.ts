/** Plays sequences until enough steps were made; the first that fails is told as a list of what people and Canon did. */

import { drawSequence, playSequence, shortened, type Outcome, type Sequence } from "./sequence.ts";

/** How sequences are made and played; `length`: the steps of one. */
export interface Game {
  readonly draw: (seed: number, length: number) => Sequence;
  readonly play: (sequence: Sequence) => Promise<Outcome>;
  readonly length: number;
}

const PLAIN: Game = { draw: drawSequence, play: (sequence) => playSequence(sequence), length: 60 };

/** Milliseconds spent on making a failure short. */
const PATIENCE = 30_000;

export interface Simulated {
  /** Steps that did something, by kind. */
  readonly played: ReadonlyMap<string, number>;
  /** What runs ended with, and what else must have happened at least once for the rest to mean anything. */
  readonly seen: ReadonlySet<string>;
  /** null: every law held. */
  readonly failure: string | null;
}

export interface Wishes {
  readonly seed: number;
  readonly steps: number;
}

/**
 * The same steps every time, so that a change is to blame when they fail. CANON_SEED=123 plays others, and
 * CANON_SIM_STEPS more or fewer of them. `part`: files that run side by side play different ones.
 */
export function simulationWishes(part: number, steps: number): Wishes {
  return { seed: Number(process.env["CANON_SEED"] ?? 1 + part * 10_000), steps: Number(process.env["CANON_SIM_STEPS"] ?? steps) };
}

export async function simulate({ seed, steps }: Wishes, { draw, play, length }: Game = PLAIN): Promise<Simulated> {
  const played = new Map<string, number>();
  const seen = new Set<string>();
  let done = 0;
  for (let next = seed; done < steps; next += 1) {
    const sequence = draw(next, length);
    const outcome = await play(sequence);
    for (const [kind, count] of outcome.played) {
      played.set(kind, (played.get(kind) ?? 0) + count);
      done += count;
    }
    for (const fact of outcome.seen) seen.add(fact);
    if (outcome.wrong.length === 0) continue;
    const short = await play(await shortened(sequence, PATIENCE, play));
    const told = short.wrong.length > 0 ? short : outcome;
    return {
      played,
      seen,
      failure: [`CANON_SEED=${next} CANON_SIM_STEPS=1 repeats it.`, ...told.told, ...told.wrong.map((wrong) => `WRONG: ${wrong}`)].join("\n"),
    };
  }
  return { played, seen, failure: null };
}
