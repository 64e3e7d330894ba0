/** Sections that get another ticket than their marker names, because a person decided so: they move to another target, or get one anew. */

import type { Config, TargetConfig } from "../model/config.ts";
import type { Decision } from "../model/decision.ts";

/** By address. `to`: where it moves to; null: anew in the target that it has. */
export type FreshTickets = ReadonlyMap<string, { readonly to: TargetConfig | null }>;

export function freshTickets(decisions: readonly Decision[], config: Pick<Config, "targets">): FreshTickets {
  const fresh = new Map<string, { readonly to: TargetConfig | null }>();
  for (const decision of decisions) {
    if (decision.kind === "recreate") fresh.set(decision.address, { to: null });
    if (decision.kind !== "move") continue;
    const to = config.targets.find(({ name }) => name === decision.to);
    if (to) fresh.set(decision.address, { to });
  }
  return fresh;
}

/** Where its next ticket goes; null: it keeps the ticket it has, one that moved there already among them. */
export function freshTarget(fresh: FreshTickets, address: string, marked: TargetConfig): TargetConfig | null {
  const found = fresh.get(address);
  if (!found) return null;
  if (found.to === null) return marked;
  return found.to === marked ? null : found.to;
}
