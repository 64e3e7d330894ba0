/** The smallest parts that a merge of bodies decides about: each run of the base, and what was inserted between two. */

import type { BlockRun } from "../model/base.ts";
import type { TextBlock } from "../text/text-format.ts";
import { alignCanonical, type SpecBlock } from "./align-canonical.ts";
import { segmentBlocks, type Range } from "./segment-blocks.ts";

export interface BlockBase {
  readonly spec: readonly string[];
  readonly echo: readonly string[];
  /** null: one to one by index. */
  readonly runs: readonly BlockRun[] | null;
}

export type LiveBlock = Pick<TextBlock, "print" | "canonical">;

export interface BlockSides {
  readonly spec: readonly SpecBlock[];
  readonly live: readonly LiveBlock[];
}

/** A run of the base, or an insertion, with what both sides have there. */
export interface BlockUnit {
  readonly run: number | null;
  readonly spec: Range;
  readonly live: Range;
  readonly isSpecMoved: boolean;
  readonly isLiveMoved: boolean;
  readonly isAgreed: boolean;
  /** The only side on which the base knows blocks of this run: a person's own, or what no reader sees; null: both have. */
  readonly only: "spec" | "live" | null;
}

export function blockUnits(base: BlockBase, sides: BlockSides): readonly BlockUnit[] {
  const runs = runsOf(base);
  const spec = segmentBlocks(
    base.spec,
    runs.map((run) => run.spec),
    sides.spec.map(({ print }) => print),
  );
  const live = segmentBlocks(
    base.echo,
    runs.map((run) => run.echo),
    sides.live.map(({ print }) => print),
  );
  const gap = (index: number): readonly BlockUnit[] => gapUnits(spec.gaps[index] ?? NOTHING, live.gaps[index] ?? NOTHING, sides);
  const units = runs.flatMap(({ agreed, spec: width, echo }, index): readonly BlockUnit[] => {
    const [specRun, liveRun] = [spec.runs[index], live.runs[index]];
    if (!specRun || !liveRun) return [];
    const moved = { isSpecMoved: specRun.isMoved, isLiveMoved: liveRun.isMoved };
    return [
      ...gap(index),
      { run: index, spec: specRun.range, live: liveRun.range, ...moved, isAgreed: agreed, only: width === 0 ? "live" : echo === 0 ? "spec" : null },
    ];
  });
  return meetings([...units, ...gap(runs.length)], sides);
}

const NOTHING: Range = [0, 0];

/** Runs that do not cover the prints tell nothing: then all is one. */
function runsOf({ spec, echo, runs }: BlockBase): readonly BlockRun[] {
  if (runs === null && spec.length === echo.length) return spec.map(() => ({ spec: 1, echo: 1, agreed: true }));
  const total = (side: "spec" | "echo"): number => runs?.reduce((sum, run) => sum + run[side], 0) ?? -1;
  if (runs !== null && total("spec") === spec.length && total("echo") === echo.length) return runs;
  return [{ spec: spec.length, echo: echo.length, agreed: runs?.every(({ agreed }) => agreed) ?? true }];
}

/** Insertions of both sides in one gap are no conflict. */
function gapUnits(spec: Range, live: Range, sides: BlockSides): readonly BlockUnit[] {
  return alignCanonical(sides.spec.slice(...spec), canonicalOf(sides.live.slice(...live))).map((piece) => ({
    run: null,
    spec: shifted(piece.spec, spec[0]),
    live: shifted(piece.live, live[0]),
    isSpecMoved: !isEmpty(piece.spec),
    isLiveMoved: !isEmpty(piece.live),
    isAgreed: true,
    only: null,
  }));
}

/**
 * Where a run stands on one side alone, the other side's insertions have no certain place before or behind it. What is
 * equal there is laid together: a block that only the ticket had, and that the spec takes over, would else stand twice.
 */
function meetings(units: readonly BlockUnit[], sides: BlockSides): readonly BlockUnit[] {
  const result: BlockUnit[] = [];
  let stretch: BlockUnit[] = [];
  for (const unit of units) {
    if (unit.run === null || unit.only !== null) {
      stretch.push(unit);
      continue;
    }
    result.push(...realigned(stretch, sides), unit);
    stretch = [];
  }
  return [...result, ...realigned(stretch, sides)];
}

function realigned(stretch: readonly BlockUnit[], sides: BlockSides): readonly BlockUnit[] {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (!first || !last || stretch.every(({ only }) => only === null)) return stretch;
  const aligned = gapUnits([first.spec[0], last.spec[1]], [first.live[0], last.live[1]], sides);
  const isMeeting = ({ spec, live }: BlockUnit): boolean => !isEmpty(spec) && !isEmpty(live);
  return aligned.some(isMeeting) ? aligned.flatMap((unit) => (isMeeting(unit) ? [unit] : cutAlong(stretch, unit))) : stretch;
}

/** The blocks of `piece`, which are of one side, each with what its own unit knows about it. */
function cutAlong(stretch: readonly BlockUnit[], piece: BlockUnit): readonly BlockUnit[] {
  return stretch.flatMap((unit) => {
    const [spec, live] = [overlap(unit.spec, piece.spec), overlap(unit.live, piece.live)];
    if (spec === null && live === null) return [];
    const moved = unit.run === null ? { isSpecMoved: spec !== null, isLiveMoved: live !== null } : {};
    return [{ ...unit, ...moved, spec: spec ?? piece.spec, live: live ?? piece.live }];
  });
}

function overlap([from, to]: Range, [start, end]: Range): Range | null {
  return Math.max(from, start) < Math.min(to, end) ? [Math.max(from, start), Math.min(to, end)] : null;
}

export function canonicalOf(blocks: readonly LiveBlock[]): readonly string[] {
  return blocks.map(({ canonical }) => canonical);
}

export function isEmpty([start, end]: Range): boolean {
  return start === end;
}

function shifted([start, end]: Range, by: number): Range {
  return [start + by, end + by];
}
