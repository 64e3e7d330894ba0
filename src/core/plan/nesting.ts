/** Chooses a type that a tracker accepts below a parent when it refuses the one the depth asks for. */

/** Allowed child types by parent type; "" are those that may stand alone (absent: all). */
export type Nesting = Readonly<Record<string, readonly string[]>>;

export interface Placement {
  readonly type: string;
  /** False: no type fits below this parent, so the ticket stands alone. */
  readonly nested: boolean;
}

/** `order` are the types that serve depths, from the largest to the smallest: the nearest one to `wanted` wins, others (Bug) only where none of them fits. */
export function placeType(wanted: string, parentType: string | null, nesting: Nesting, order: readonly string[]): Placement {
  const below = parentType === null ? null : (nesting[parentType] ?? []);
  if (below) {
    const type = nearest(wanted, below, order);
    if (type !== null) return { type, nested: true };
  }
  const alone = nesting[""];
  return { type: (alone && nearest(wanted, alone, order)) ?? wanted, nested: false };
}

/** Whether a ticket of this type may stand there; `parentType` null: on its own. Without types nothing is refused. */
export function fitsBelow(type: string | null, parentType: string | null, nesting: Nesting): boolean {
  if (type === null) return true;
  const allowed = nesting[parentType ?? ""];
  return allowed === undefined ? parentType === null : allowed.includes(type);
}

function nearest(wanted: string, allowed: readonly string[], order: readonly string[]): string | null {
  if (allowed.includes(wanted)) return wanted;
  const distance = (type: string): number => (order.includes(type) ? Math.abs(order.indexOf(type) - order.indexOf(wanted)) : order.length);
  return allowed.reduce<string | null>((best, type) => (best === null || distance(type) < distance(best) ? type : best), null);
}
