/** Joins neighbouring edits that only together read the same on both sides, where a tracker splits or joins blocks. */

import { canonicalOf, type BlockSides, type BlockUnit } from "./block-units.ts";

/** A tracker that splits or joins blocks shifts one edit over neighbouring units; this many are looked at together. */
const FARTHEST = 50;

/** Makes one of neighbouring moved units that only together read the same on both sides. */
export function joinEqual(units: readonly BlockUnit[], sides: BlockSides): readonly BlockUnit[] {
  const joined: BlockUnit[] = [];
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at];
    if (!unit) break;
    const end = equalUntil(units, at, sides);
    const last = units[end - 1];
    joined.push(
      end > at + 1 && last
        ? { ...unit, run: null, spec: [unit.spec[0], last.spec[1]], live: [unit.live[0], last.live[1]], isSpecMoved: true, isLiveMoved: true }
        : unit,
    );
    at = Math.max(at, end - 1);
  }
  return joined;
}

/** Behind the last of the fewest units from `from` on that together read the same on both sides; `from` where there are none. */
function equalUntil(units: readonly BlockUnit[], from: number, { spec, live }: BlockSides): number {
  const forms = { spec: new Array<string>(), live: new Array<string>() };
  let compared = 0;
  for (let at = from; at < Math.min(units.length, from + FARTHEST); at += 1) {
    const unit = units[at];
    if (!unit || (unit.only === null && !unit.isSpecMoved && !unit.isLiveMoved)) return from;
    forms.spec.push(...spec.slice(...unit.spec).flatMap(({ canonical }) => canonical));
    forms.live.push(...canonicalOf(live.slice(...unit.live)));
    const shorter = Math.min(forms.spec.length, forms.live.length);
    while (compared < shorter && forms.spec[compared] === forms.live[compared]) compared += 1;
    if (compared < shorter) return from;
    if (forms.spec.length === forms.live.length) return at + 1;
  }
  return from;
}
