/** Says which criterion of the spec and which of the ticket is which of the base: equal ones in order, the rest by likeness. */

import type { TextCriterion } from "../text/text-format.ts";
import { matchSimilar } from "./match-similar.ts";

/** A criterion as the last write left it on both sides. */
export interface KnownCriterion {
  /** As the spec wrote it. */
  readonly spec: string;
  /** Canonical form of what the ticket held. */
  readonly echo: string;
  readonly checked: boolean;
}

/** Indexes of one criterion in the three lists; null where it is not. */
export interface CriterionMatch {
  readonly base: number | null;
  readonly spec: number | null;
  readonly live: number | null;
}

/** Those of the base in its order, then the additions. */
export function matchCriteria(base: readonly KnownCriterion[], spec: readonly TextCriterion[], live: readonly TextCriterion[]): readonly CriterionMatch[] {
  const [echoes, specForms, liveForms] = [base.map(({ echo }) => echo), spec.map(formOf), live.map(formOf)];
  const specOf = base.map((): number | null => null);
  const liveOf = base.map((): number | null => null);
  pairEqual(
    specOf,
    base.map((known) => known.spec),
    spec.map(({ text }) => text),
  );
  pairEqual(specOf, echoes, specForms);
  pairEqual(liveOf, echoes, liveForms);
  pairSimilar(specOf, base, spec);
  pairSimilar(liveOf, base, live);
  joinHalves(specOf, specForms, liveOf, liveForms);
  // Equal lists are equal one by one, whatever an odd base makes of them.
  const isEqual = specForms.length === liveForms.length && specForms.every((form, index) => form === liveForms[index]);
  const links = isEqual ? specOf : liveOf;
  const known = base.map((_, index) => ({ base: index, spec: specOf[index] ?? null, live: links[index] ?? null }));
  return [...known, ...additions(free(specOf, specForms), free(links, liveForms))];
}

/** Without a base: the same words on both sides are one criterion. */
export function matchUnknown(spec: readonly TextCriterion[], live: readonly TextCriterion[]): readonly CriterionMatch[] {
  return additions(spec.map(formOf), live.map(formOf));
}

type Links = (number | null)[];

/** A key that is null pairs with nothing; the first of equal ones goes with the first. */
function pairEqual(links: Links, keys: readonly (string | null)[], others: readonly (string | null)[]): void {
  const taken = new Set(links);
  const places = new Map<string, number[]>();
  // From behind, so that the first place is the last of its list.
  for (let place = others.length - 1; place >= 0; place -= 1) {
    const key = others[place] ?? null;
    if (key === null || taken.has(place)) continue;
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  keys.forEach((key, index) => {
    if (key !== null && links[index] === null) links[index] = places.get(key)?.pop() ?? null;
  });
}

function pairSimilar(links: Links, base: readonly KnownCriterion[], side: readonly TextCriterion[]): void {
  const taken = new Set(links);
  const lost = base.flatMap(({ spec }, index) => (links[index] === null ? [{ index, text: spec }] : []));
  const found = side.flatMap(({ text }, index) => (taken.has(index) ? [] : [{ index, text }]));
  const pairs = matchSimilar(
    lost.map(({ text }) => text),
    found.map(({ text }) => text),
  );
  lost.forEach(({ index }, place) => {
    links[index] = found[pairs[place] ?? -1]?.index ?? null;
  });
}

/**
 * A criterion that stands on both sides in the same words is one, also where they were taken for different ones of the
 * base, or for a new one on one side: else each would be the other's removal.
 */
function joinHalves(specOf: Links, specForms: readonly string[], liveOf: Links, liveForms: readonly string[]): void {
  const whole = new Set(liveOf.filter((_, index) => specOf[index] !== null));
  const joined = specOf.map((): number | null => null);
  pairEqual(
    joined,
    specOf.map((spec, index) => (spec === null || liveOf[index] !== null ? null : (specForms[spec] ?? null))),
    liveForms.map((form, place) => (whole.has(place) ? null : form)),
  );
  const taken = new Set(joined);
  joined.forEach((place, index) => {
    const own = liveOf[index] ?? null;
    liveOf[index] = place ?? (taken.has(own) ? null : own);
  });
  pairEqual(
    specOf,
    liveOf.map((live) => (live === null ? null : (liveForms[live] ?? null))),
    specForms,
  );
}

/** Keys of what belongs to nothing of the base; null for the rest. */
function free(links: Links, forms: readonly string[]): readonly (string | null)[] {
  const taken = new Set(links);
  return forms.map((form, index) => (taken.has(index) ? null : form));
}

function additions(spec: readonly (string | null)[], live: readonly (string | null)[]): readonly CriterionMatch[] {
  const liveOf = spec.map((): number | null => null);
  pairEqual(liveOf, spec, live);
  const both = new Set(liveOf);
  return [
    ...spec.flatMap((form, index) => (form === null ? [] : [{ base: null, spec: index, live: liveOf[index] ?? null }])),
    ...live.flatMap((form, index) => (form === null || both.has(index) ? [] : [{ base: null, spec: null, live: index }])),
  ];
}

function formOf({ canonical }: TextCriterion): string {
  return canonical;
}
