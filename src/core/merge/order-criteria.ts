/** Puts merged criteria in order: that of the side which moved it, the spec's where both did. */

/** Where a criterion stood on each side; null where it did not. */
interface Placed {
  readonly spec: number | null;
  readonly live: number | null;
}

type SideName = "spec" | "live";

/**
 * `entries`: those of the base in its order, then the additions, `known` of them from the base. What only one side has
 * follows the neighbour it stood behind there; behind the same neighbour the spec's come first.
 */
export function orderCriteria<E extends Placed>(entries: readonly E[], known: number): readonly E[] {
  const common = entries.slice(0, known).filter(isOnBoth);
  const leader: SideName = isRising(common, "spec") && !isRising(common, "live") ? "live" : "spec";
  const behind = { spec: followers(entries, "spec"), live: followers(entries, "live") };
  const leaders = [null, ...inOrderOf(entries, leader).filter(isOnBoth)];
  return leaders.flatMap((entry) => [...(entry ? [entry] : []), ...(behind.spec.get(entry) ?? []), ...(behind.live.get(entry) ?? [])]);
}

/** What stands on this side alone, by the common entry before it; null: before all of them. */
function followers<E extends Placed>(entries: readonly E[], side: SideName): ReadonlyMap<E | null, readonly E[]> {
  const found = new Map<E | null, E[]>();
  let anchor: E | null = null;
  for (const entry of inOrderOf(entries, side)) {
    if (isOnBoth(entry)) anchor = entry;
    else if (found.get(anchor)?.push(entry) === undefined) found.set(anchor, [entry]);
  }
  return found;
}

function inOrderOf<E extends Placed>(entries: readonly E[], side: SideName): readonly E[] {
  return entries.filter((entry) => entry[side] !== null).sort((one, other) => (one[side] ?? 0) - (other[side] ?? 0));
}

function isRising(entries: readonly Placed[], side: SideName): boolean {
  return entries.every((entry, index) => (entries[index - 1]?.[side] ?? -1) < (entry[side] ?? -1));
}

function isOnBoth({ spec, live }: Placed): boolean {
  return spec !== null && live !== null;
}
