/** Finds for reworded texts what they were: pairs two lists one to one by likeness, and leaves what is not clear unpaired. */

/** Less alike than this, a text was taken away and another one added: shared boilerplate must not pass ticks on. */
const ALIKE = 0.6;

/** Up to so many pairs all are compared; beyond it, only texts that share a word that few others have. */
const PAIRS = 2500;
/** A word in more texts than this tells nothing. */
const RARE = 20;
/** Of texts with shared words, the ones that share most are compared in full. */
const CANDIDATES = 5;
/** Hostile texts may be megabytes long; their beginnings tell enough. */
const LONGEST = 400;

interface Features {
  readonly words: ReadonlySet<string>;
  /** Every three letters that follow each other: they see through inflection and typing errors. */
  readonly letters: ReadonlySet<string>;
}

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/** Of each text of `left` the one of `right` that it became. Two equally good answers are none. */
export function matchSimilar(left: readonly string[], right: readonly string[]): readonly (number | null)[] {
  const found = left.map((): number | null => null);
  if (left.length === 0 || right.length === 0) return found;
  const [features, others] = [left.map(featuresOf), right.map(featuresOf)];
  const pairs = candidates(features, others).flatMap(({ left: from, right: to }): readonly Pair[] => {
    const [one, other] = [features[from], others[to]];
    const score = one && other ? likeness(one, other) : 0;
    return score < ALIKE ? [] : [{ left: from, right: to, score }];
  });
  const closed = { left: new Set<number>(), right: new Set<number>() };
  for (const level of levels(pairs)) {
    const open = level.filter((pair) => !closed.left.has(pair.left) && !closed.right.has(pair.right));
    const [lefts, rights] = [counted(open.map((pair) => pair.left)), counted(open.map((pair) => pair.right))];
    for (const pair of open) {
      if (lefts.get(pair.left) === 1 && rights.get(pair.right) === 1) found[pair.left] = pair.right;
      closed.left.add(pair.left);
      closed.right.add(pair.right);
    }
  }
  return found;
}

function candidates(left: readonly Features[], right: readonly Features[]): readonly Omit<Pair, "score">[] {
  if (left.length * right.length <= PAIRS) return left.flatMap((_, from) => right.map((__, to) => ({ left: from, right: to })));
  const places = new Map<string, number[]>();
  right.forEach(({ words }, to) => {
    for (const word of words) {
      const known = places.get(word);
      if (known) known.push(to);
      else places.set(word, [to]);
    }
  });
  return left.flatMap(({ words }, from) => {
    const sharing = [...words].flatMap((word) => {
      const known = places.get(word) ?? [];
      return known.length > RARE ? [] : known;
    });
    const most = [...counted(sharing)].sort(([, one], [, another]) => another - one).slice(0, CANDIDATES);
    return most.map(([to]) => ({ left: from, right: to }));
  });
}

/** Equal scores together, the best first. */
function levels(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  const byScore = Map.groupBy(pairs, ({ score }) => score);
  return [...byScore].sort(([one], [other]) => other - one).map(([, level]) => level);
}

function counted(members: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const member of members) counts.set(member, (counts.get(member) ?? 0) + 1);
  return counts;
}

function featuresOf(text: string): Features {
  const words =
    text
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = ` ${words.join(" ")} `;
  const letters = new Set<string>();
  for (let at = 0; at + 3 <= joined.length; at += 1) letters.add(joined.slice(at, at + 3));
  return { words: new Set(words), letters };
}

function likeness(one: Features, other: Features): number {
  return (shared(one.words, other.words) + shared(one.letters, other.letters)) / 2;
}

/** Twice the shared members over the members of both. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = one.size + other.size;
  let both = 0;
  for (const member of one) if (other.has(member)) both += 1;
  return all === 0 ? 0 : (2 * both) / all;
}
