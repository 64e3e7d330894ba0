/** The base is a guard of its own for what is pulled: the plan merged both sides against it, and a list that lags may have shown an older one. */

import { canonicalJson } from "../../core/canonical-json.ts";
import type { Change } from "../../core/model/plan.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import type { RunContext } from "./run-context.ts";

/** `ticket` is read right before the write. What is only pushed holds against any base: the sides are compared again then. */
export function hasMovedBase({ address, pulled }: Change, ticket: Ticket, { gathered }: Pick<RunContext, "gathered">): boolean {
  const link = gathered.made.items.get(address);
  if (pulled.length === 0 || link === undefined || !("ticket" in link)) return false;
  return canonicalJson(link.ticket.base) !== canonicalJson(ticket.base);
}
