/** Linear's connections: cursors, at most 250 to a page, 50 where nobody says. */

import { invalid } from "./linear-problem.ts";

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export const PAGE_DEFAULT = 50;
export const PAGE_LIMIT = 250;

export interface Connection<N> {
  readonly nodes: readonly N[];
  readonly edges: readonly { readonly node: N; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** `all` in the order of the connection; a cursor is the id of the entity it stands at. */
export function connection<T extends { readonly id: string }, N>(all: readonly T[], args: PageArgs, node: (one: T) => N): Connection<N> {
  const { first, after, last, before } = args;
  const size = first ?? last ?? PAGE_DEFAULT;
  if (size > PAGE_LIMIT) throw invalid(`Too many items: ask for ${PAGE_LIMIT} at most.`);
  if (size < 1) throw invalid("Ask for at least one item.");
  const place = (cursor: string): number => {
    const at = all.findIndex(({ id }) => id === cursor);
    if (at === -1) throw invalid("The cursor stands at no item of this list.");
    return at;
  };
  const from = after === null || after === undefined ? 0 : place(after) + 1;
  const to = before === null || before === undefined ? all.length : place(before);
  const backwards = (first === null || first === undefined) && last !== null && last !== undefined;
  const [start, end] = backwards ? [Math.max(from, to - size), to] : [from, Math.min(to, from + size)];
  const items = all.slice(start, end);
  const nodes = items.map(node);
  return {
    nodes,
    edges: nodes.map((one, index) => ({ node: one, cursor: items[index]?.id ?? "" })),
    pageInfo: { hasNextPage: end < all.length, hasPreviousPage: start > 0, startCursor: items[0]?.id ?? null, endCursor: items.at(-1)?.id ?? null },
  };
}
