/** Says whether two titles are likely the same thing under slightly different words. */

/**
 * Half of all words are shared, in any case and order; the letters mostly are ("Key generation", "Key generator"); or one
 * says more than the other ("Payouts", "Payouts to merchants abroad").
 */
export function similarTitles(a: string, b: string): boolean {
  const [left, right] = [words(a), words(b)];
  const common = both(left, right);
  return shared(left, right) >= 0.5 || dice(pairs(a), pairs(b)) >= 0.6 || (common > 0 && common === Math.min(left.size, right.size));
}

/** Shared members over all members (Jaccard); two empty sets are alike. */
function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const all = new Set([...left, ...right]).size;
  return all === 0 ? 1 : both(left, right) / all;
}

function dice(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const all = left.size + right.size;
  return all === 0 ? 0 : (2 * both(left, right)) / all;
}

function both(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  return [...left].filter((member) => right.has(member)).length;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

/** Every two letters that follow each other. */
function pairs(text: string): ReadonlySet<string> {
  const letters = [...[...words(text)].join(" ")];
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`));
}
