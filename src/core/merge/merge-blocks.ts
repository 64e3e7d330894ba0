/** Merges two versions of a body, block by block: edits of both sides come together where they do not touch the same block. */

import { alignCanonical, type SpecBlock } from "./align-canonical.ts";
import { blockUnits, canonicalOf, isEmpty, type BlockBase, type BlockSides, type BlockUnit, type LiveBlock } from "./block-units.ts";
import { joinEqual } from "./join-equal.ts";
import type { Range } from "./segment-blocks.ts";

/**
 * same: neither moved. spec: only the spec moved (edited, inserted, deleted). live: only the ticket moved what the spec
 * has. ticket-only: only the ticket has it, and the base does not know it so. kept: stored as not agreed, neither moved.
 * both: equal on both sides. conflict: both moved to different texts, or the spec moved what is stored as not agreed.
 */
export type ChunkKind = "same" | "spec" | "live" | "ticket-only" | "kept" | "both" | "conflict";

export interface BlockChunk {
  readonly kind: ChunkKind;
  /** Index of the base's run; null for what it does not know, or what stands for several. */
  readonly run: number | null;
  readonly spec: Range;
  readonly live: Range;
}

/** All blocks of both sides, in the order in which they stand together. */
export interface MergedBlocks {
  readonly chunks: readonly BlockChunk[];
}

/** `keep` settles conflicts: as the spec has it, as the ticket has it, or both, the spec's first. */
export function mergeBlocks(
  base: BlockBase | null,
  spec: readonly SpecBlock[],
  live: readonly LiveBlock[],
  keep: "spec" | "tracker" | "merge" | null,
): MergedBlocks {
  const chunks = base === null ? unknownChunks({ spec, live }) : knownChunks(base, { spec, live });
  return { chunks: keep === null ? chunks : chunks.flatMap((chunk) => (chunk.kind === "conflict" ? settled(chunk, keep) : [chunk])) };
}

/** Without a base nobody can tell an edit from an addition, unless the ticket has all of the spec and more. */
function unknownChunks({ spec, live }: BlockSides): readonly BlockChunk[] {
  const pieces = alignCanonical(spec, canonicalOf(live));
  const isAllThere = pieces.every((piece) => piece.isEqual || isEmpty(piece.spec));
  return pieces.map((piece) => ({ kind: piece.isEqual ? "both" : isAllThere ? "ticket-only" : "conflict", run: null, spec: piece.spec, live: piece.live }));
}

function knownChunks(base: BlockBase, sides: BlockSides): readonly BlockChunk[] {
  return joinEqual(blockUnits(base, sides), sides).flatMap((unit) => chunkOf(unit, sides));
}

function chunkOf(unit: BlockUnit, sides: BlockSides): readonly BlockChunk[] {
  const { run, spec, live } = unit;
  return isEmpty(spec) && isEmpty(live) ? [] : [{ kind: kindOf(unit, sides), run, spec, live }];
}

function kindOf(unit: BlockUnit, sides: BlockSides): ChunkKind {
  const { isSpecMoved, isLiveMoved, isAgreed } = unit;
  if (!isSpecMoved && !isLiveMoved && isAgreed) return "same";
  if (isEqual(unit, sides)) return "both";
  if (isSpecMoved && isLiveMoved) return "conflict";
  if (isSpecMoved) return isAgreed ? "spec" : "conflict";
  if (isLiveMoved) return unit.run === null || unit.isTicketOnly ? "ticket-only" : "live";
  return "kept";
}

function isEqual({ spec, live }: BlockUnit, sides: BlockSides): boolean {
  const [left, right] = [sides.spec.slice(...spec).flatMap(({ canonical }) => canonical), canonicalOf(sides.live.slice(...live))];
  return left.length === right.length && left.every((form, index) => form === right[index]);
}

function settled(chunk: BlockChunk, keep: "spec" | "tracker" | "merge"): readonly BlockChunk[] {
  const { spec, live } = chunk;
  switch (keep) {
    case "spec":
      return [{ ...chunk, kind: "spec" }];
    case "tracker":
      return [{ ...chunk, kind: "live" }];
    case "merge": {
      const ours: BlockChunk = { ...chunk, kind: "spec", live: [live[0], live[0]] };
      const theirs: BlockChunk = { kind: "ticket-only", run: null, spec: [spec[1], spec[1]], live };
      return [...(isEmpty(spec) ? [] : [ours]), ...(isEmpty(live) ? [] : [theirs])];
    }
  }
}
