/** What the merge of a body says: which parts are pushed, which a person wrote on the ticket, which two people wrote differently. */

import type { BlockChunk } from "../merge/block-chunk.ts";
import type { MergedBlocks } from "../merge/merge-blocks.ts";
import type { TextBlock, TextFormat, TicketText } from "../text/text-format.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import type { SpecText } from "./spec-text.ts";

type Kind = BlockChunk["kind"];

/** Both sides of a body, and how the ticket's blocks are said in Markdown: nobody reads a tracker's own form. */
export interface BodySides {
  readonly live: TicketText;
  readonly spec: SpecText;
  readonly format: Pick<TextFormat, "markdownOf">;
}

/** `merge` null: one side's text stands as a whole. The preview shows only the blocks that the verdict is about. */
export function bodyVerdicts(whole: FieldVerdict, merge: MergedBlocks | null, sides: BodySides): readonly FieldVerdict[] {
  if (merge === null) return [{ ...whole, preview: { before: shown(sides.live.blocks, sides), after: joined(sides.spec.blocks()) } }];
  const about = (verdict: FieldVerdict["verdict"], kinds: readonly Kind[]): readonly FieldVerdict[] => {
    const chunks = merge.chunks.filter(({ kind }) => kinds.includes(kind));
    return chunks.length === 0 ? [] : [{ ...whole, verdict, preview: previewOf(chunks, sides) }];
  };
  const conflict = about("conflict", ["conflict"]);
  if (conflict.length > 0) return conflict;
  const isDrift = merge.chunks.some(({ kind }) => kind === "live");
  const pull = about("pull", ["live", "ticket-only"]).map((verdict) => (isDrift ? verdict : { ...verdict, note: "only-on-ticket" as const }));
  const found = [...about("push", ["spec"]), ...pull];
  // What was told before stays one folded line, whatever else of the body moves.
  if (found.length > 0) return pull.length > 0 ? found : [...found, ...about("apart", ["kept"])];
  return [{ ...whole, verdict: merge.chunks.some(({ kind }) => kind === "kept") ? "apart" : "converged" }];
}

function previewOf(chunks: readonly BlockChunk[], sides: BodySides): { readonly before: string; readonly after: string } {
  const { live, spec } = sides;
  return {
    before: shown(
      chunks.flatMap((chunk) => live.blocks.slice(...chunk.live)),
      sides,
    ),
    after: joined(chunks.flatMap((chunk) => spec.blocks().slice(...chunk.spec))),
  };
}

function shown(blocks: readonly TextBlock[], { format }: BodySides): string {
  return joined(blocks.map((block) => format.markdownOf(block).trimEnd()));
}

function joined(blocks: readonly string[]): string {
  return blocks.join("\n\n");
}
