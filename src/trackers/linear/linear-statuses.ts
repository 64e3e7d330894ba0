/** Linear's workflow states as statuses: their types are an open list, grouped here into Canon's four categories. */

import type { StatusCategory } from "../../core/model/status.ts";
import type { TicketDetails } from "../ticket-source.ts";

/** A type that nobody knows yet counts as open: taken for done or canceled, it would close sections. */
export function categoryOf(type: string): StatusCategory {
  switch (type) {
    case "started":
      return "in_progress";
    case "completed":
      return "done";
    case "canceled":
    case "duplicate":
      return "canceled";
    default:
      return "open";
  }
}

export function stateKindOf(type: string): TicketDetails["stateKind"] {
  switch (type) {
    case "triage":
    case "duplicate":
      return type;
    case "backlog":
    case "unstarted":
    case "started":
    case "completed":
    case "canceled":
      return categoryOf(type);
    default:
      return "unknown";
  }
}

/** The order in which Linear's own boards show them. */
const ORDER = ["triage", "backlog", "unstarted", "started", "completed", "canceled", "duplicate"];

export function byPlace(a: { readonly type: string; readonly position: number }, b: { readonly type: string; readonly position: number }): number {
  return place(a.type) - place(b.type) || a.position - b.position;
}

function place(type: string): number {
  const at = ORDER.indexOf(type);
  return at === -1 ? ORDER.length : at;
}
