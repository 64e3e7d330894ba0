/** Bodies as words, one a block, so that tests of the merge read like sentences: `a b2 n`. */

import type { SpecBlock } from "../../src/core/merge/align-canonical.ts";
import type { BlockBase } from "../../src/core/merge/block-units.ts";
import type { BlockChunk } from "../../src/core/merge/block-chunk.ts";
import type { BlockRun } from "../../src/core/model/base.ts";
import { isSpecChunk } from "../../src/core/plan/body-base.ts";
import type { TextBlock } from "../../src/core/text/text-format.ts";

/** `a+b`: one block that the tracker makes two of. `(c)`: one that no reader sees. */
export function specOf(words: string): readonly SpecBlock[] {
  return list(words).map((word) => ({ print: word, canonical: word.startsWith("(") ? [] : word.split("+") }));
}

export function liveOf(words: string): readonly TextBlock[] {
  return list(words).map((word) => ({ native: word, print: word, canonical: word }));
}

/**
 * `a b`: both sides agreed on a and b. `a=a1,a2`: the spec's a stands on the ticket as a1 and a2. `a!a2`: the spec has
 * a, the ticket a2, and nobody agreed. `!n`: only the ticket has n, known.
 */
export function baseOf(words: string): BlockBase {
  const runs = list(words).map((word) => {
    const [spec = "", echo = spec] = word.split(/[=!]/);
    const parts = (side: string): readonly string[] => side.split(",").filter((part) => part !== "" && !part.startsWith("("));
    return { spec: spec === "" ? [] : spec.split(","), echo: parts(echo), agreed: !word.includes("!") };
  });
  const counts = runs.map((run): BlockRun => ({ spec: run.spec.length, echo: run.echo.length, agreed: run.agreed }));
  const isPlain = counts.every((run) => run.agreed && run.spec === 1 && run.echo === 1);
  return { spec: runs.flatMap(({ spec }) => spec), echo: runs.flatMap(({ echo }) => echo), runs: isPlain ? null : counts };
}

/** What the ticket holds once the merge is written to it. */
export function ticketOf(chunks: readonly BlockChunk[], spec: string, live: string): string {
  const [ours, theirs] = [specOf(spec), liveOf(live)];
  return chunks
    .flatMap((chunk) =>
      isSpecChunk(chunk) ? ours.slice(...chunk.spec).flatMap(({ canonical }) => canonical) : theirs.slice(...chunk.live).map(({ native }) => native),
    )
    .join(" ");
}

/** `conflict(b2|b3)`: the spec's blocks and the ticket's, of all chunks that are not quiet. */
export function movedChunks(chunks: readonly BlockChunk[], spec: string, live: string): string {
  const [ours, theirs] = [list(spec), list(live)];
  return chunks
    .filter(({ kind }) => kind !== "same" && kind !== "kept")
    .map((chunk) => `${chunk.kind}(${ours.slice(...chunk.spec).join(" ")}|${theirs.slice(...chunk.live).join(" ")})`)
    .join(" ");
}

function list(words: string): readonly string[] {
  return words.split(" ").filter((word) => word !== "");
}
