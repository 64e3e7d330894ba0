/** The statuses of an issue, by names people know: what GitHub keeps as a state and a reason. */

import type { StatusCategory } from "../../core/model/status.ts";
import type { StatusInfo } from "../tracker.ts";

export type CloseReason = "completed" | "not_planned" | "duplicate";

export interface GithubStatus extends StatusInfo {
  /** null: open. */
  readonly reason: CloseReason | null;
  /** `duplicate` is a kind of its own for who looks a ticket up. */
  readonly kind: StatusCategory | "duplicate";
}

const OPEN: GithubStatus = { name: "Open", category: "open", reason: null, kind: "open" };
const COMPLETED: GithubStatus = { name: "Closed as completed", category: "done", reason: "completed", kind: "done" };

export const GITHUB_STATUSES: readonly GithubStatus[] = [
  OPEN,
  COMPLETED,
  { name: "Closed as not planned", category: "canceled", reason: "not_planned", kind: "canceled" },
  { name: "Closed as duplicate", category: "canceled", reason: "duplicate", kind: "duplicate" },
];

export const INITIAL_STATUS: string = OPEN.name;

export function statusNamed(name: string): GithubStatus | undefined {
  return GITHUB_STATUSES.find((status) => status.name.toLowerCase() === name.trim().toLowerCase());
}

/** REST writes words small, GraphQL large. Issues closed before there were reasons have none: they count as completed. */
export function statusOf(state: string, reason: string | null): GithubStatus {
  if (state.toLowerCase() === "open") return OPEN;
  return GITHUB_STATUSES.find((status) => status.reason !== null && status.reason === reason?.toLowerCase()) ?? COMPLETED;
}
