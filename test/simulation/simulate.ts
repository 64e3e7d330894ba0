/** Plays sequences until enough steps were made; the first that fails is told as a list of what people and Canon did. */

import { drawSequence, playSequence, shortened } from "./sequence.ts";

/** Steps in one sequence. */
const LENGTH = 60;
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

/** CANON_SIM_SEED repeats a run, CANON_SIM_STEPS makes it longer. `part`: files that run side by side play other sequences. */
export function simulationWishes(part: number, steps: number): { readonly seed: number; readonly steps: number } {
  const given = Number(process.env["CANON_SIM_SEED"]);
  const seed = Number.isSafeInteger(given) && given > 0 ? given : Math.floor(Math.random() * 1_000_000) * 1000 + part * 500;
  return { seed, steps: Number(process.env["CANON_SIM_STEPS"] ?? steps) };
}

export async function simulate({ seed, steps }: { readonly seed: number; readonly steps: number }): Promise<Simulated> {
  const played = new Map<string, number>();
  const seen = new Set<string>();
  let done = 0;
  for (let next = seed; done < steps; next += 1) {
    const sequence = drawSequence(next, LENGTH);
    const outcome = await playSequence(sequence);
    for (const [kind, count] of outcome.played) {
      played.set(kind, (played.get(kind) ?? 0) + count);
      done += count;
    }
    for (const fact of outcome.seen) seen.add(fact);
    if (outcome.wrong.length === 0) continue;
    const short = await playSequence(await shortened(sequence, PATIENCE));
    const told = short.wrong.length > 0 ? short : outcome;
    return { played, seen, failure: [`CANON_SIM_SEED=${next} repeats it.`, ...told.told, ...told.wrong.map((wrong) => `WRONG: ${wrong}`)].join("\n") };
  }
  return { played, seen, failure: null };
}
