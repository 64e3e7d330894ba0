/** Finds blocks that a person wrote on the ticket and the spec now has in another place: they move there, and do not stand twice. */

import type { BlockChunk } from "./block-chunk.ts";
import { canonicalOf, isEmpty, type BlockSides } from "./block-units.ts";

export function takeOver(chunks: readonly BlockChunk[], sides: BlockSides): readonly BlockChunk[] {
  const wanted = chunks.flatMap((chunk) => (chunk.kind === "spec" ? sides.spec.slice(...chunk.spec) : []));
  const written = wanted.map(({ canonical }) => canonical).filter((forms) => forms.length > 0);
  if (written.length === 0) return chunks;
  return chunks.flatMap((chunk) => (isPersons(chunk) ? cut(chunk, canonicalOf(sides.live), written) : [chunk]));
}

function isPersons({ kind }: BlockChunk): boolean {
  return kind === "ticket-only" || kind === "live" || kind === "kept";
}

/** Each of `written` takes one place over, and is taken out of the list then. */
function cut(chunk: BlockChunk, live: readonly string[], written: (readonly string[])[]): readonly BlockChunk[] {
  const pieces: BlockChunk[] = [];
  const [start, end] = chunk.live;
  // What the spec has there stays with the first piece.
  const rest: BlockChunk = { ...chunk, spec: [chunk.spec[1], chunk.spec[1]] };
  const firsts = new Set(written.map(([form]) => form));
  let from = start;
  for (let at = start; at < end; at += 1) {
    const found = firsts.has(live[at]) ? written.findIndex((forms) => at + forms.length <= end && forms.every((form, index) => form === live[at + index])) : -1;
    const [forms] = found < 0 ? [] : written.splice(found, 1);
    if (!forms) continue;
    if (pieces.length === 0 && !(isEmpty(chunk.spec) && from === at)) pieces.push({ ...chunk, live: [from, at] });
    else if (from < at) pieces.push({ ...rest, live: [from, at] });
    from = at + forms.length;
    pieces.push({ ...rest, kind: "spec", live: [at, from] });
    at = from - 1;
  }
  if (pieces.length === 0) return [chunk];
  return from < end ? [...pieces, { ...rest, live: [from, end] }] : pieces;
}
