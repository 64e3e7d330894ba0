/** Tickets that specs name, in markers and in tombstones: by target, because two trackers may have a PAY-1 each. */

import type { Config } from "../model/config.ts";
import { ownerOfKey } from "./key-owner.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import { TargetMap } from "./target-map.ts";

export function namedTickets(specs: readonly CompiledSpec[], config: Config): TargetMap<true> {
  const named = new TargetMap<true>();
  for (const { doc, sections } of specs) {
    // A section that is to get another ticket still names the one that it leaves.
    for (const { section, target, left } of sections) if (section.ticket) named.set((left?.target ?? target)?.name ?? "", section.ticket.key, true);
    for (const { system, key } of doc.removed) {
      const owner = ownerOfKey({ kind: "ticket", system, key }, config);
      if (owner.state === "owned") named.set(owner.target.name, key, true);
    }
  }
  return named;
}
