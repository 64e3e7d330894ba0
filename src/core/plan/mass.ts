/** The floods that one `y` must not start: creates and closings beyond the limits (semantics 7, "Mass"). */

import type { Config } from "../model/config.ts";
import type { Plan } from "../model/plan.ts";

export interface Mass {
  readonly kind: "create" | "close";
  readonly target: string;
  readonly count: number;
  readonly limit: number;
}

/** `embedded`: local targets have no limit of creates unless the configuration sets one. */
export function massesOf(
  plan: Plan,
  config: Config,
  isEmbedded: (target: string) => boolean,
  isClosing: (target: string, status: string) => boolean,
): readonly Mass[] {
  return plan.targets.flatMap(({ name, inSync }) => {
    const changes = plan.changes.filter((change) => change.target === name);
    const creates = changes.filter(({ action }) => action === "create").length;
    const closes = changes.filter(
      ({ fields, action }) =>
        action !== "create" &&
        fields.some(({ field, spec }) => field === "status" && typeof spec === "string" && (action === "close" || isClosing(name, spec))),
    ).length;
    const createLimit = config.limits.create ?? (isEmbedded(name) ? Number.POSITIVE_INFINITY : 25);
    const linked = inSync + changes.length - creates;
    // A fifth of a handful is one ticket: the share counts only where the absolute limit is far.
    const closeLimit = isEmbedded(name) ? Number.POSITIVE_INFINITY : Math.min(config.limits.close, Math.max(1, Math.floor(linked * 0.2)));
    const masses: Mass[] = [];
    if (creates > createLimit) masses.push({ kind: "create", target: name, count: creates, limit: createLimit });
    if (closes > closeLimit) masses.push({ kind: "close", target: name, count: closes, limit: closeLimit });
    return masses;
  });
}
