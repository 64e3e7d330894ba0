/** Finds the first guard of a change that no longer holds: somebody wrote since the plan was made. */

import { shortPrint } from "../fingerprint.ts";
import type { Change, Guard, PlanValue } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { TextFormat } from "../text/text-format.ts";
import { criteriaLines } from "./compare-text.ts";
import { ownLabels } from "./has-label.ts";

/** `ticket` is read right before the write. */
export function brokenGuard(change: Change, ticket: Ticket, format: TextFormat): Guard | undefined {
  return change.guards.find(({ field, live }) => JSON.stringify(live) !== JSON.stringify(liveValue(field, change, ticket, format)));
}

function liveValue(field: Guard["field"], change: Change, ticket: Ticket, format: TextFormat): PlanValue {
  switch (field) {
    case "title":
      return ticket.title;
    case "type":
      return ticket.type;
    case "parent":
      return ticket.parent;
    case "status":
      return ticket.status;
    case "labels": {
      const planned = [...change.fields, ...change.pulled].find((one) => one.field === "labels");
      // The labels that were compared: what the spec says, and what Canon itself put there.
      const added = ticket.base?.fields.labels?.echo ?? [];
      const [spec = [], live = []] = [planned?.spec, planned?.live].map((list) => (typeof list === "object" && list !== null ? list : []));
      return ownLabels(ticket.labels, spec, [...live, ...added]);
    }
    case "criteria":
      return criteriaLines(format.parse(ticket.body).criteria);
    case "body":
      return shortPrint(ticket.body);
  }
}
