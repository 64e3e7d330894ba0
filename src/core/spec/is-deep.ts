/** Tells trees that nest deeper than anybody writes: printing and rewriting recurse, and must not overflow the stack. */

import type { Nodes } from "mdast";

const MAX_DEPTH = 100;

export function isDeep(node: Nodes): boolean {
  let level: readonly Nodes[] = [node];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    level = level.flatMap((parent) => ("children" in parent ? parent.children : []));
    if (level.length === 0) return false;
  }
  return true;
}
