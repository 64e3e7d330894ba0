/** One part of a merged body: what stands there on both sides, and who moved it. */

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
