/** Sections whose ticket is nested below none, because the section above has its own in another target (semantics 1). */

import { printAddress } from "../address.ts";
import type { LinkedItem } from "./link-items.ts";

/** Addresses. */
export interface Across {
  readonly child: string;
  readonly parent: string;
}

export function acrossTargets(items: ReadonlyMap<string, LinkedItem>): readonly Across[] {
  return [...items].flatMap(([child, { item }]) => {
    const above = item.spec.sections[item.entry.foreignParent];
    return above === undefined ? [] : [{ child, parent: printAddress({ path: item.address.path, id: above.section.id }) }];
  });
}
