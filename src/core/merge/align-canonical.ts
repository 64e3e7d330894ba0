/** Lays the spec's blocks beside the ticket's by what they mean: for texts that no base tells how they belong together. */

import { matchPrints } from "./match-prints.ts";
import type { Range } from "./segment-blocks.ts";

export interface SpecBlock {
  /** Fingerprint of the source. */
  readonly print: string;
  /** Canonical prints of what the tracker makes of it alone: none for what no reader sees, several where it is split. */
  readonly canonical: readonly string[];
}

/** Equal on both sides, or on one side only: then the other range is empty. */
export interface Piece {
  readonly spec: Range;
  readonly live: Range;
  readonly isEqual: boolean;
}

/** In order; between two equal ones what only the spec has stands before what only the ticket has. */
export function alignCanonical(spec: readonly SpecBlock[], live: readonly string[]): readonly Piece[] {
  const matches = matchPrints(
    spec.flatMap(({ canonical }) => canonical),
    live,
  );
  const pieces: Piece[] = [];
  let [specAt, liveAt, formAt] = [0, 0, 0];
  const apart = (specTo: number, liveTo: number): void => {
    if (specTo > specAt) pieces.push({ spec: [specAt, specTo], live: [liveAt, liveAt], isEqual: false });
    if (liveTo > liveAt) pieces.push({ spec: [specTo, specTo], live: [liveAt, liveTo], isEqual: false });
  };
  spec.forEach(({ canonical }, block) => {
    const places = matches.slice(formAt, formAt + canonical.length);
    formAt += canonical.length;
    // What no reader sees is equal to nothing, wherever it stands.
    const start = places.length === 0 ? liveAt : (places[0] ?? null);
    if (start === null || places.some((place, index) => place !== start + index)) return;
    apart(block, start);
    pieces.push({ spec: [block, block + 1], live: [start, start + canonical.length], isEqual: true });
    [specAt, liveAt] = [block + 1, start + canonical.length];
  });
  apart(spec.length, live.length);
  return pieces;
}
