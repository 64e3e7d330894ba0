/** What a person does on the local tracker: the side of the engineer and the product manager that `canon local` speaks to. */

import type { Ticket } from "../core/model/ticket.ts";
import type { CriterionValue } from "../core/model/item.ts";
import type { StatusInfo, FieldEdit } from "./tracker.ts";

export interface LocalComment {
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly text: string;
}

export interface LocalLink {
  readonly url: string;
  readonly title: string;
  readonly kind: "pull-request" | "parent" | "other";
}

/** A ticket with all that stands around it. */
export interface LocalTicketView {
  readonly ticket: Ticket;
  readonly criteria: readonly CriterionValue[];
  /** Keys of the tickets below it. */
  readonly children: readonly string[];
  readonly comments: readonly LocalComment[];
  readonly links: readonly LocalLink[];
  readonly history: readonly FieldEdit[];
  /** Statuses that the workflow allows from here. */
  readonly next: readonly string[];
}

export interface LocalFilter {
  readonly status?: string;
  readonly label?: string;
  readonly type?: string;
  readonly parent?: string;
  /** Archived tickets are left out unless this is true. */
  readonly archived?: boolean;
}

export interface LocalTicketInput {
  readonly title: string;
  readonly body?: string;
  readonly type?: string;
  readonly parent?: string;
  readonly status?: string;
  readonly labels?: readonly string[];
}

/** `parent: null` takes it out from under its parent. */
export interface LocalTicketEdit {
  readonly title?: string;
  readonly body?: string;
  readonly type?: string;
  readonly parent?: string | null;
}

/** `which` is a number from 1, or words that only one criterion has. */
export type CriterionEdit =
  | { readonly kind: "add"; readonly text: string }
  | { readonly kind: "tick" | "untick" | "remove"; readonly which: string }
  | { readonly kind: "reword"; readonly which: string; readonly text: string };

export const LOCAL_REWRITES = ["none", "linear", "jira", "github"] as const;
export type LocalRewrite = (typeof LOCAL_REWRITES)[number];

export const LOCAL_OPERATIONS = ["check", "read", "history", "watermark", "create", "update", "transition", "comment", "link", "settle"] as const;
export type LocalOperation = (typeof LOCAL_OPERATIONS)[number];

/**
 * What goes wrong. refuse: the tracker says no. unavailable, rate-limited: turned away unread. drop-answer, garbage:
 * carried out, the answer is lost or unreadable. late: carried out after `ms`, the sender hears nothing. hang: never
 * carried out, the sender gives up after `ms`. partial (reads): answers the half of it, `complete: false`.
 * die-before, die-after: the sender's process is killed at that moment.
 */
export const LOCAL_FAULT_KINDS = [
  "refuse",
  "unavailable",
  "rate-limited",
  "drop-answer",
  "garbage",
  "late",
  "hang",
  "partial",
  "die-before",
  "die-after",
] as const;
export type LocalFaultKind = (typeof LOCAL_FAULT_KINDS)[number];

/** Strikes once: at the `nth` element of a write, or the `nth` call of a read, counted from when it was set (1: the next). */
export interface LocalFault {
  readonly operation: LocalOperation;
  readonly nth: number;
  readonly kind: LocalFaultKind;
  /** For late, hang and rate-limited (default 1000). */
  readonly ms?: number;
}

/** How this project behaves: stored with it, obeyed by every process. Canon's defaults are the friendliest tracker there can be. */
export interface LocalBehaviour {
  /** Rewrites text as this vendor does. */
  readonly rewrites: LocalRewrite;
  /** Milliseconds by which lists (`managed`, `changedSince`) lag behind writes. */
  readonly searchLag: number;
  /** Milliseconds by which reads by key lag behind writes. */
  readonly readLag: number;
  /** Refuse a second create with one token. */
  readonly clientIds: boolean;
  /** Refuse an update of a ticket that is at another revision. */
  readonly conditionalWrite: boolean;
  readonly workflow: "free" | "strict";
  /** none: nothing nests, and check says so. surprise: check declares the usual nesting, writes refuse it. */
  readonly nesting: "default" | "none" | "surprise";
  readonly history: boolean;
  /** Let a ticket change its type. */
  readonly convertsTypes: boolean;
  /** false: pretends to be remote, so branch rules and create limits hold. */
  readonly embedded: boolean;
}

/** Every method throws `TrackerError` (not-found, invalid, conflict, unavailable); reads of a missing file answer an empty project. */
export interface LocalDesk {
  readonly identity: string;
  readonly project: string;
  list(filter?: LocalFilter): Promise<readonly Ticket[]>;
  show(key: string): Promise<LocalTicketView>;
  statuses(): Promise<readonly StatusInfo[]>;
  create(input: LocalTicketInput): Promise<Ticket>;
  edit(key: string, edit: LocalTicketEdit): Promise<Ticket>;
  criterion(key: string, edit: CriterionEdit): Promise<Ticket>;
  move(key: string, status: string): Promise<Ticket>;
  comment(key: string, text: string): Promise<LocalComment>;
  label(key: string, change: { readonly add: readonly string[]; readonly remove: readonly string[] }): Promise<Ticket>;
  /** To the first status that is done, or canceled. */
  close(key: string, as?: "done" | "canceled"): Promise<Ticket>;
  /** To the project's initial status. */
  reopen(key: string): Promise<Ticket>;
  archive(key: string, archived: boolean): Promise<Ticket>;
  /** Moves it to another project of the same file: it gets a new key, the old one leads to it. */
  transfer(key: string, project: string): Promise<Ticket>;
  /** Copies it as trackers do: labels, links, base and token included. */
  duplicate(key: string): Promise<Ticket>;
  /** Takes it away for good. */
  remove(key: string): Promise<void>;
  behaviour(): Promise<LocalBehaviour>;
  /** Changes only the switches that are given. */
  behave(change: Partial<LocalBehaviour>): Promise<LocalBehaviour>;
  faults(): Promise<readonly LocalFault[]>;
  /** Adds to those that have not struck yet; `[]` with `replace` clears them. */
  setFaults(faults: readonly LocalFault[], options?: { readonly replace?: boolean }): Promise<void>;
  /** Everything of this project as sorted JSON lines. */
  exportProject(): Promise<string>;
  /** Into an empty project only. */
  importProject(text: string): Promise<{ readonly tickets: number }>;
  /** Lets go of the database. */
  end(): Promise<void>;
}
