/** What becomes of the ticket that a section leaves for one in another target: it is told where to, closed as not planned, and given back. */

import type { Change } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { TargetState } from "./plan-input.ts";
import { releaseChange } from "./release.ts";

/** `item` as it is planned, in its new target. `isAfter`: its ticket there is only made, or marked, by this plan. null: the project has no status to close it with. */
export function leaveChange(item: CompiledItem, ticket: Ticket, from: TargetState, { isAfter }: { readonly isAfter: boolean }): Change | null {
  return releaseChange(
    {
      target: from.view.config.name,
      address: item.addressText,
      ticket,
      mode: "close",
      reason: "route-changed",
      itemHash: item.hash,
      // What anybody writes there from now on would be put away unread.
      guarded: ["title", "body"],
      after: isAfter ? [item.addressText] : [],
      splice: null,
    },
    from.view,
  );
}

export function isLeaving({ action, reason }: Pick<Change, "action" | "reason">): boolean {
  return action === "close" && reason === "route-changed";
}
