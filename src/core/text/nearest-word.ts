/** Finds the known word that a mistyped one was meant to be, so that every message about an unknown word can offer it. */

/** The nearest of `known`, or null when none is near enough to be meant. Case does not count; ties go to the first. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase();
  let nearest: string | null = null;
  let limit = allowedEdits(typed) + 1;
  for (const candidate of known) {
    const distance = editDistance(typed, candidate.toLowerCase(), limit);
    if (distance >= limit) continue;
    nearest = candidate;
    limit = distance;
  }
  return nearest;
}

/** One edit in three characters: more, and the offered word is a guess at what was meant. */
function allowedEdits(word: string): number {
  return Math.max(1, Math.floor(word.length / 3));
}

/** Insertions, deletions, replacements and swaps of neighbours between `a` and `b`; `limit` when it is that or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      current.push(cheapest(a, b, row, column, { current, last, beforeLast }));
    }
    if (Math.min(...current) >= limit) return limit;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit;
}

interface Rows {
  readonly current: readonly number[];
  readonly last: readonly number[];
  readonly beforeLast: readonly number[];
}

function cheapest(a: string, b: string, row: number, column: number, rows: Rows): number {
  const same = a[row - 1] === b[column - 1];
  const costs = [at(rows.last, column) + 1, at(rows.current, column - 1) + 1, at(rows.last, column - 1) + (same ? 0 : 1)];
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  if (swapped) costs.push(at(rows.beforeLast, column - 2) + 1);
  return Math.min(...costs);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
