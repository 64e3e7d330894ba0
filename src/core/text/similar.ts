/** Says whether two titles are likely the same thing under slightly different words. */

/** Shared words over all words (Jaccard), in any case and order; one word in common of two is enough, equal text always. */
export function similarTitles(a: string, b: string): boolean {
  const left = words(a);
  const right = words(b);
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = new Set([...left, ...right]).size;
  return all === 0 || shared / all >= 0.5;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
