/** Pages of GraphQL: nodes, edges, cursors that stay right while items are added behind them. */

import { graphqlRefusal } from "./graphql-cost.ts";
import type { Args, Node } from "./graphql-node.ts";

export function connection<Item>(args: Args, all: readonly Item[], node: (item: Item) => Node | null, extra: Node = {}): Node {
  const from = typeof args["after"] === "string" ? indexOf(args["after"]) + 1 : 0;
  const until = typeof args["before"] === "string" ? indexOf(args["before"]) : all.length;
  const { first, last } = args;
  const start = typeof first === "number" || typeof last !== "number" ? from : Math.max(from, until - last);
  const end = typeof first === "number" ? Math.min(until, from + first) : until;
  const items = all.slice(start, Math.max(start, end));
  const cursor = (index: number): string => Buffer.from(`cursor:v2:${start + index}`).toString("base64");
  const nodes = items.map((item) => node(item));
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((one, index) => ({ cursor: cursor(index), node: one })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: items.length === 0 ? null : cursor(0),
      endCursor: items.length === 0 ? null : cursor(items.length - 1),
    },
    ...extra,
  };
}

function indexOf(cursor: string): number {
  const [, index] = /^cursor:v2:(\d+)$/u.exec(Buffer.from(cursor, "base64").toString("utf8")) ?? [];
  if (index === undefined) throw graphqlRefusal("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index);
}
