/** Merges criteria as a keyed set: added, removed, reworded, ticked and reordered on either side. */

import type { TextCriterion } from "../text/text-format.ts";
import { matchCriteria, matchUnknown, type CriterionMatch, type KnownCriterion } from "./match-criteria.ts";
import { orderCriteria } from "./order-criteria.ts";

export interface MergedCriterion {
  /** What each side should show: its own wording, unless only the other side changed the words. */
  readonly specText: string;
  readonly liveText: string;
  readonly checked: boolean;
  /** Which it was on that side; null where it is new there. */
  readonly spec: number | null;
  readonly live: number | null;
  /** The side that changed its words, or added it; `both` where neither did, or both alike. */
  readonly from: "both" | "spec" | "live";
}

/** A side that is null does not have it. */
export interface CriterionConflict {
  /** null: nobody knows what it was. */
  readonly base: KnownCriterion | null;
  readonly spec: TextCriterion | null;
  readonly live: TextCriterion | null;
}

export interface MergedCriteria {
  /** What both sides should have. What is in conflict is not in it: it may be written only where `conflicts` is empty. */
  readonly merged: readonly MergedCriterion[];
  readonly conflicts: readonly CriterionConflict[];
  /** The spec has to change to be `merged`. */
  readonly pulls: boolean;
  /** The ticket has to. */
  readonly pushes: boolean;
}

/** Settles conflicts: as the spec has it, as the ticket has it, or both wordings, the spec's first. */
type Keep = "spec" | "tracker" | "merge" | null;

/** Without a base nobody can tell an addition from a removal: what is not the same on both sides is a conflict. */
export function mergeCriteria(
  base: readonly KnownCriterion[] | null,
  spec: readonly TextCriterion[],
  live: readonly TextCriterion[],
  keep: Keep,
): MergedCriteria {
  const matches = base === null ? matchUnknown(spec, live) : matchCriteria(base, spec, live);
  const decided = matches.map((match): Decided => {
    const sides = { match, spec: spec[match.spec ?? -1] ?? null, live: live[match.live ?? -1] ?? null };
    return base === null ? decideUnknown(sides, keep) : decide(base[match.base ?? -1] ?? null, sides, keep);
  });
  const known = decided.slice(0, base?.length ?? 0).reduce((sum, { merged }) => sum + merged.length, 0);
  const merged = orderCriteria(
    decided.flatMap((one) => one.merged),
    known,
  );
  const conflicts = decided.flatMap(({ conflict }) => (conflict ? [conflict] : []));
  return { merged, conflicts, pulls: differs(merged, spec, conflicts, "spec"), pushes: differs(merged, live, conflicts, "live") };
}

interface Decided {
  readonly merged: readonly MergedCriterion[];
  readonly conflict: CriterionConflict | null;
}

/** One criterion as both sides have it. */
interface Sides {
  readonly match: CriterionMatch;
  readonly spec: TextCriterion | null;
  readonly live: TextCriterion | null;
}

const GONE: Decided = { merged: [], conflict: null };

function decide(base: KnownCriterion | null, sides: Sides, keep: Keep): Decided {
  const { spec, live } = sides;
  if (base === null) return added(sides);
  if (spec && live) return decideWords(base, sides, spec, live, keep);
  const left = spec ?? live;
  if (left === null) return GONE;
  const wordsMoved = spec ? isReworded(base, spec) : left.canonical !== base.echo;
  if (!wordsMoved && left.checked === base.checked) return GONE;
  return settled(base, sides, keep);
}

function decideWords(base: KnownCriterion, sides: Sides, spec: TextCriterion, live: TextCriterion, keep: Keep): Decided {
  const [specMoved, liveMoved, isEqual] = [isReworded(base, spec), live.canonical !== base.echo, spec.canonical === live.canonical];
  // Of two ticks that differ one is the base's: the other one moved.
  const checked = spec.checked === live.checked ? spec.checked : !base.checked;
  if (isEqual || (!specMoved && !liveMoved)) return one({ ...placed(sides), ...ownWords(spec, live), checked });
  if (specMoved && liveMoved) return settled(base, sides, keep, checked);
  return one({ ...placed(sides), ...(specMoved ? wordsOf(spec, "spec") : wordsOf(live, "live")), checked });
}

/** Another spelling of what the ticket holds is no other wording. */
function isReworded(base: KnownCriterion, spec: TextCriterion): boolean {
  return spec.text !== base.spec && spec.canonical !== base.echo;
}

/** New on one side, or in the same words on both. */
function added(sides: Sides): Decided {
  const { spec, live } = sides;
  const checked = (spec?.checked ?? false) || (live?.checked ?? false);
  if (spec && live) return one({ ...placed(sides), ...ownWords(spec, live), checked });
  const own = spec ? wordsOf(spec, "spec") : live ? wordsOf(live, "live") : null;
  return own ? one({ ...placed(sides), ...own, checked }) : GONE;
}

/** A tick that differs may have been set on one side or taken off on the other. */
function decideUnknown(sides: Sides, keep: Keep): Decided {
  const { spec, live } = sides;
  if (spec === null || live === null) return settled(null, sides, keep);
  return spec.checked === live.checked ? added(sides) : settled(null, sides, keep);
}

function settled(base: KnownCriterion | null, sides: Sides, keep: Keep, checked: boolean | null = null): Decided {
  const { match, spec, live } = sides;
  const isSame = spec !== null && spec.canonical === live?.canonical;
  switch (keep) {
    case null:
      return { merged: [], conflict: { base, spec, live } };
    case "spec":
      return spec ? one({ ...placed(sides), ...(isSame ? ownWords(spec, live) : wordsOf(spec, "spec")), checked: checked ?? spec.checked }) : GONE;
    case "tracker":
      return live ? one({ ...placed(sides), ...(isSame ? ownWords(spec, live) : wordsOf(live, "live")), checked: checked ?? live.checked }) : GONE;
    case "merge":
      if (isSame) return added(sides);
      return {
        merged: [
          ...(spec ? [{ ...wordsOf(spec, "spec"), checked: spec.checked, spec: match.spec, live: null }] : []),
          ...(live ? [{ ...wordsOf(live, "live"), checked: live.checked, spec: null, live: match.live }] : []),
        ],
        conflict: null,
      };
  }
}

function one(criterion: MergedCriterion): Decided {
  return { merged: [criterion], conflict: null };
}

function placed({ match }: Sides): Pick<MergedCriterion, "spec" | "live"> {
  return { spec: match.spec, live: match.live };
}

type Words = Pick<MergedCriterion, "specText" | "liveText" | "from">;

function ownWords(spec: TextCriterion, live: TextCriterion): Words {
  return { specText: spec.text, liveText: live.text, from: "both" };
}

function wordsOf({ text }: TextCriterion, from: "spec" | "live"): Words {
  return { specText: text, liveText: text, from };
}

function differs(merged: readonly MergedCriterion[], list: readonly TextCriterion[], conflicts: readonly CriterionConflict[], side: "spec" | "live"): boolean {
  const open = conflicts.filter((conflict) => conflict[side] !== null).length;
  if (merged.length + open !== list.length) return true;
  let before = -1;
  return merged.some((criterion) => {
    const place = criterion[side];
    const was = list[place ?? -1];
    const text = side === "spec" ? criterion.specText : criterion.liveText;
    const isAsItWas = place !== null && place > before && was?.checked === criterion.checked && was.text === text;
    before = place ?? before;
    return !isAsItWas;
  });
}
