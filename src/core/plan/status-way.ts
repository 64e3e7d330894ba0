/** The statuses on the way to one that no single step leads to: shown before a strict workflow is walked. */

/** Status → those that one step leads to. */
export type Steps = Readonly<Record<string, readonly string[]>>;

/** Without the first and the last, by the fewest steps and the first of equals; null where nothing lies between, or no way is known. */
export function statusWay(steps: Steps, from: string, to: string): readonly string[] | null {
  const ways = new Map<string, readonly string[]>([[from, []]]);
  for (const [status, way] of ways) {
    if (status === to) return way.length > 1 ? way.slice(0, -1) : null;
    for (const next of steps[status] ?? []) if (!ways.has(next)) ways.set(next, [...way, next]);
  }
  return null;
}
