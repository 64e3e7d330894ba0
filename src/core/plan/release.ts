/** Gives a ticket back: it is closed as not planned, or only let go, and its base says so, so that no section ever gets it again. */

import { shortPrint } from "../fingerprint.ts";
import type { Base } from "../model/base.ts";
import type { FieldName } from "../model/item.ts";
import type { Change, FieldChange, Guard, Splice } from "../model/plan.ts";
import type { Reason } from "../model/action.ts";
import type { Ticket } from "../model/ticket.ts";
import { isClosed } from "./is-closed.ts";
import { sealChange } from "./seal.ts";
import type { TargetView } from "./target-view.ts";

export interface Release {
  readonly target: string;
  /** Names the change: of the section that named the ticket, else `addressOfTicket`. */
  readonly address: string;
  readonly ticket: Ticket;
  readonly mode: "close" | "forget";
  readonly reason: Reason;
  /** Hash of the section or tombstone that this was planned from: with another one it is stale. */
  readonly itemHash: string;
  /** Fields that must be as they are now right before the write; the status always must. */
  readonly guarded: readonly FieldName[];
  /** Addresses whose changes must succeed first. */
  readonly after: readonly string[];
  readonly splice: Splice | null;
}

/** null: the project has no status that a closed ticket could be in. */
export function releaseChange(release: Release, { statuses }: Pick<TargetView, "statuses">): Change | null {
  const { ticket, mode, target, address, reason, itemHash, guarded, after, splice } = release;
  const closes = mode === "close" && !isClosed(ticket.category);
  const status = closes ? statuses.forward("deprecated") : null;
  if (closes && status === null) return null;
  const field: FieldChange = { field: "status", verdict: "push", base: ticket.base?.fields.status?.echo ?? null, spec: status, live: ticket.status };
  const from = ticket.base !== null && ticket.base.address !== address ? ticket.base.address : null;
  return sealChange({
    ...{ action: mode, reason, target, address, from, key: ticket.key, type: ticket.type, title: ticket.title },
    parent: ticket.parent === null ? null : { key: ticket.parent },
    token: ticket.base?.token ?? ticket.token ?? "",
    itemHash,
    fields: closes ? [field] : [],
    ...{ pulled: [], edits: [], held: [] },
    guards: guardsOf(ticket, new Set<FieldName>(["status", ...guarded])),
    after,
    splice,
  });
}

/** What `apply` does with tickets rather than with sections. */
export function isRelease({ action, reason }: Pick<Change, "action" | "reason">): boolean {
  return action === "close" || action === "forget" || reason === "undone";
}

/** Of a ticket that no section names: unique, and it reads as what it is about. */
export function addressOfTicket(path: string, system: string, key: string): string {
  return `${path}#removed:${system}:${encodeURIComponent(key)}`;
}

export function releasedBase(base: Base): Base {
  return { ...base, released: true };
}

function guardsOf(ticket: Ticket, fields: ReadonlySet<FieldName>): readonly Guard[] {
  const live: readonly Guard[] = [
    { field: "title", live: ticket.title },
    { field: "type", live: ticket.type },
    { field: "parent", live: ticket.parent },
    { field: "status", live: ticket.status },
    { field: "body", live: shortPrint(ticket.body) },
  ];
  return live.filter(({ field }) => fields.has(field));
}
