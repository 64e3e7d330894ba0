/** The base of a body: how the blocks of the spec and those of the ticket belong together once it is written. */

import { shortPrintOf } from "../fingerprint.ts";
import { alignBlocks } from "../merge/align-blocks.ts";
import type { BlockChunk } from "../merge/block-chunk.ts";
import type { BlockRun, BodyField } from "../model/base.ts";
import type { BodyDigest } from "../model/item.ts";
import type { TicketText } from "../text/text-format.ts";

export interface WrittenBody {
  readonly digest: BodyDigest;
  /** False where a spec block may show nothing on the ticket: equal counts tell nothing then. */
  readonly isAllVisible: () => boolean;
  /** Of each spec block, the canonical prints of what the tracker makes of it. */
  readonly blockPrints: () => readonly (readonly string[])[];
  /** How the text was put together; null: the spec's blocks and nothing else. */
  readonly chunks: readonly BlockChunk[] | null;
  /** The ticket before the write, which `chunks` count in. */
  readonly before: TicketText | null;
  /** What people moved shall still count as moved: pull will bring it into the spec. */
  readonly isPending: boolean;
  readonly previous: BodyField | null;
}

/** `after`: the ticket's text once it is written. */
export function bodyField(written: WrittenBody, after: TicketText): BodyField {
  const echo = after.blocks.map(({ canonical }) => canonical);
  const spec = { whole: written.digest.whole, blocks: written.digest.blocks };
  if (written.chunks === null) {
    const isOneToOne = spec.blocks.length === echo.length && written.isAllVisible();
    return {
      spec,
      echo: { whole: shortPrintOf(echo), blocks: echo },
      agreed: true,
      runs: isOneToOne ? null : runsOf(alignBlocks(written.blockPrints(), echo)),
    };
  }
  const parts = partsOf(written.chunks, written, echo);
  const blocks = parts.flatMap((part) => part.echo);
  const runs = parts.map((part): BlockRun => ({ spec: part.spec, echo: part.echo.length, agreed: part.agreed }));
  const agreed = runs.every((run) => run.agreed);
  return { spec, echo: { whole: shortPrintOf(blocks), blocks }, agreed, runs: agreed && runs.every((run) => run.spec === 1 && run.echo === 1) ? null : runs };
}

function runsOf(counts: readonly { readonly spec: number; readonly echo: number }[]): readonly BlockRun[] {
  return counts.map(({ spec, echo }) => ({ spec, echo, agreed: true }));
}

interface Part {
  readonly spec: number;
  readonly echo: readonly string[];
  readonly agreed: boolean;
}

/** What stands on the ticket as a person wrote it, against the spec or beside it, is no agreement. */
function partsOf(chunks: readonly BlockChunk[], written: WrittenBody, echo: readonly string[]): readonly Part[] {
  const prints = written.blockPrints();
  const native = written.before?.blocks.map(({ canonical }) => [canonical]) ?? [];
  const pieces = chunks.flatMap((chunk) => {
    const isSpec = isSpecChunk(chunk);
    const blocks = isSpec ? prints.slice(...chunk.spec) : native.slice(...chunk.live);
    return blocks.length === 0
      ? [{ chunk, isSpec, blocks, isEmpty: true }]
      : isSpec
        ? blocks.map((block) => ({ chunk, isSpec, blocks: [block], isEmpty: false }))
        : [{ chunk, isSpec, blocks, isEmpty: false }];
  });
  const runs = alignBlocks(
    pieces.map(({ blocks }) => blocks.flat()),
    echo,
  );
  let [piece, at] = [0, 0];
  return runs.flatMap((run): readonly Part[] => {
    const covered = pieces.slice(piece, piece + run.spec);
    const found = echo.slice(at, at + run.echo);
    piece += run.spec;
    at += run.echo;
    const spec = covered.reduce((sum, { chunk, isSpec }) => sum + (isSpec ? (chunk.spec[0] < chunk.spec[1] ? 1 : 0) : chunk.spec[1] - chunk.spec[0]), 0);
    const kept = covered.find(({ isSpec }) => !isSpec);
    if (kept === undefined) return spec + found.length === 0 ? [] : [{ spec, echo: found, agreed: true }];
    if (!written.isPending || kept.chunk.kind === "kept") return [{ spec, echo: found, agreed: false }];
    // Without the ticket's own blocks the base takes them for additions: they are pulled next.
    if (spec === 0) return [];
    const before = kept.chunk.run === null ? null : runBefore(written.previous, kept.chunk.run);
    if (before === null) return [{ spec, echo: found, agreed: false }];
    const now = written.digest.blocks.slice(...kept.chunk.spec);
    // The spec may have moved too, and a person kept the ticket's: what stood there before is then no agreement.
    const isAsBefore = before.agreed && now.length === before.spec.length && now.every((print, index) => print === before.spec[index]);
    return [{ spec, echo: before.echo, agreed: isAsBefore }];
  });
}

/** Its blocks on the ticket are those of the spec; else a person's. */
export function isSpecChunk({ kind }: BlockChunk): boolean {
  switch (kind) {
    case "same":
    case "spec":
    case "both":
      return true;
    case "live":
    case "ticket-only":
    case "kept":
    case "conflict":
      return false;
  }
}

function runBefore(
  previous: BodyField | null,
  index: number,
): { readonly spec: readonly string[]; readonly echo: readonly string[]; readonly agreed: boolean } {
  const [spec, echo] = [previous?.spec.blocks ?? [], previous?.echo.blocks ?? []];
  if (!previous?.runs) return { spec: spec.slice(index, index + 1), echo: echo.slice(index, index + 1), agreed: true };
  const run = previous.runs[index] ?? { spec: 0, echo: 0, agreed: false };
  const start = (side: "spec" | "echo"): number => previous.runs?.slice(0, index).reduce((sum, one) => sum + one[side], 0) ?? 0;
  return {
    spec: spec.slice(start("spec"), start("spec") + run.spec),
    echo: echo.slice(start("echo"), start("echo") + run.echo),
    agreed: run.agreed,
  };
}
