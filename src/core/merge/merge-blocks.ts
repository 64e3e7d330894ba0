/** Merges two versions of a body, block by block: edits of both sides come together where they do not touch the same block. */

import { alignCanonical, type Piece, type SpecBlock } from "./align-canonical.ts";
import type { BlockChunk, ChunkKind } from "./block-chunk.ts";
import { blockUnits, canonicalOf, isEmpty, type BlockBase, type BlockSides, type BlockUnit, type LiveBlock } from "./block-units.ts";
import { joinEqual } from "./join-equal.ts";
import { takeOver } from "./take-over.ts";

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
  const chunks = base === null ? unknownChunks(alignCanonical(spec, canonicalOf(live))) : knownChunks(base, { spec, live });
  return { chunks: keep === null ? chunks : chunks.flatMap((chunk) => (chunk.kind === "conflict" ? settled(chunk, keep) : [chunk])) };
}

/** Without a base nobody can tell an edit from an addition, unless the ticket has all of the spec and more. */
function unknownChunks(pieces: readonly Piece[]): readonly BlockChunk[] {
  const isAllThere = pieces.every((piece) => piece.isEqual || isEmpty(piece.spec));
  return pieces.map((piece) => ({ kind: piece.isEqual ? "both" : isAllThere ? "ticket-only" : "conflict", run: null, spec: piece.spec, live: piece.live }));
}

function knownChunks(base: BlockBase, sides: BlockSides): readonly BlockChunk[] {
  const chunks = joinEqual(blockUnits(base, sides), sides).flatMap((unit) => chunkOf(unit, sides));
  if (chunks.every(({ kind }) => kind === "same" || kind === "both")) return chunks;
  // Where blocks stand twice, two equal sides may have been laid over the base in two ways.
  const pieces = alignCanonical(sides.spec, canonicalOf(sides.live));
  return pieces.every(({ isEqual }) => isEqual) ? unknownChunks(pieces) : takeOver(chunks, sides);
}

function chunkOf(unit: BlockUnit, sides: BlockSides): readonly BlockChunk[] {
  const { run, spec, live } = unit;
  return isEmpty(spec) && isEmpty(live) ? [] : [{ kind: kindOf(unit, sides), run, spec, live }];
}

function kindOf(unit: BlockUnit, sides: BlockSides): ChunkKind {
  const { isSpecMoved, isLiveMoved, isAgreed } = unit;
  if (!isSpecMoved && !isLiveMoved && isAgreed) return "same";
  if (readsAlike(unit, sides)) return "both";
  if (isSpecMoved && isLiveMoved) return "conflict";
  if (isSpecMoved) return isAgreed ? "spec" : "conflict";
  if (isLiveMoved) return unit.run === null || unit.only === "live" ? "ticket-only" : "live";
  return "kept";
}

function readsAlike({ spec, live }: BlockUnit, sides: BlockSides): boolean {
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
