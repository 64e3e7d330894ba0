/** Lays one side's blocks over the runs of the base: what became of each run, and what was inserted between them. */

import { matchPrints } from "./match-prints.ts";

/** From, and up to but without. */
export type Range = readonly [start: number, end: number];

export interface Segments {
  /** The side's blocks of each run, and whether they are others than the base has. */
  readonly runs: readonly { readonly range: Range; readonly isMoved: boolean }[];
  /** Inserted before each run, and, last, behind all of them. */
  readonly gaps: readonly Range[];
}

/**
 * `widths`: how many of the `base` prints each run has. Where n blocks gave way to others, the first n of these are
 * their replacements, one by one, so that edits of neighbours stay apart; what is left over is inserted behind them.
 * A run without blocks on this side stays where it is, directly behind the run before it.
 */
export function segmentBlocks(base: readonly string[], widths: readonly number[], side: readonly string[]): Segments {
  const runOf = widths.flatMap((width, run) => Array.from({ length: width }, () => run));
  const runs = widths.map(() => ({ count: 0, isMoved: false }));
  const gaps = [...widths.map(() => 0), 0];
  const matches = matchPrints(base, side);
  let at = 0;
  for (let from = 0; from <= base.length; from += 1) {
    const to = nextMatch(matches, from);
    const added = (matches[to] ?? side.length) - at;
    for (let block = from; block < to; block += 1) take(runs[runOf[block] ?? -1], block - from < added ? 1 : 0, true);
    const surplus = Math.max(0, added - (to - from));
    const [before, next] = [runOf[to - 1], runOf[to]];
    if (surplus > 0 && before !== undefined && before === next) take(runs[before], surplus, true);
    else gaps[next ?? widths.length] = surplus + (gaps[next ?? widths.length] ?? 0);
    if (next !== undefined) take(runs[next], 1, false);
    at += added + 1;
    from = to;
  }
  return ranged(runs, gaps);
}

interface Counted {
  count: number;
  isMoved: boolean;
}

function take(run: Counted | undefined, count: number, isMoved: boolean): void {
  if (run === undefined) return;
  run.count += count;
  run.isMoved ||= isMoved;
}

function nextMatch(matches: readonly (number | null)[], from: number): number {
  let at = from;
  while (at < matches.length && matches[at] === null) at += 1;
  return at;
}

function ranged(runs: readonly Counted[], gaps: readonly number[]): Segments {
  let at = 0;
  const next = (count: number): Range => [at, (at += count)];
  const ranges = runs.map(({ count, isMoved }, index) => ({ gap: next(gaps[index] ?? 0), run: { range: next(count), isMoved } }));
  return { runs: ranges.map(({ run }) => run), gaps: [...ranges.map(({ gap }) => gap), next(gaps.at(-1) ?? 0)] };
}
