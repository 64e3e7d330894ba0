/** Says which entries of one list stand in another, in order: the alignment that all merging of blocks begins with. */

import { diffArrays } from "diff";

/** Two texts further apart than this share only their beginning and end: looking for more would take too long. */
const FARTHEST = 500;

/** Of each entry of `before` its place in `after`, rising; null for one that is gone. */
export function matchPrints(before: readonly string[], after: readonly string[]): readonly (number | null)[] {
  const changes = diffArrays([...before], [...after], { maxEditLength: FARTHEST });
  if (changes === undefined) return matchEnds(before, after);
  let at = 0;
  return changes.flatMap(({ added, removed, value }): readonly (number | null)[] => {
    if (removed) return value.map(() => null);
    at += value.length;
    return added ? [] : value.map((_, index) => at - value.length + index);
  });
}

function matchEnds(before: readonly string[], after: readonly string[]): readonly (number | null)[] {
  const shorter = Math.min(before.length, after.length);
  let front = 0;
  while (front < shorter && before[front] === after[front]) front += 1;
  let back = 0;
  while (back < shorter - front && before.at(-1 - back) === after.at(-1 - back)) back += 1;
  return before.map((_, index) => {
    if (index < front) return index;
    return index >= before.length - back ? index + after.length - before.length : null;
  });
}
