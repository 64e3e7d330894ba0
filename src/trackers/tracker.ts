/** The contract that every tracker keeps: batches in, one outcome per element out, differences as flags. */

import type { Base } from "../core/model/base.ts";
import type { StatusCategory } from "../core/model/status.ts";
import type { System } from "../core/model/system.ts";
import type { Ticket } from "../core/model/ticket.ts";
import type { TextFormat } from "../core/text/text-format.ts";
import type { TrackerError } from "./tracker-error.ts";

/** What this tracker can do. The core plans with these; an adapter never decides policy. */
export interface Capabilities {
  /** Largest batch per request, by operation. */
  readonly batch: { readonly read: number; readonly create: number; readonly update: number };
  /** Tickets can be nested; false: every item stands alone. */
  readonly hierarchy: boolean;
  /** Tickets have types; false: `type` is always null. */
  readonly types: boolean;
  /** free: any status from any other. workflow: only the steps its project allows. */
  readonly transitions: "free" | "workflow";
  /** An update is refused when the ticket's revision is no longer the expected one. */
  readonly conditionalWrite: boolean;
  /** A create carries an id that the tracker refuses to take twice. */
  readonly clientIds: boolean;
  /** The tracker may answer text other than it was sent, equal in canonical form. */
  readonly rewritesText: boolean;
  /** Its lists (every query but `keys`) may show tickets as they were before; false where they show the truth of each, and at worst miss some. */
  readonly indexLag: boolean;
  /** It tells who changed which field when. */
  readonly history: boolean;
  /** A ticket can be given another type. */
  readonly convertsTypes: boolean;
  /** A base can be written without touching a field that people see. */
  readonly baseAlone: boolean;
  /** It lives on this machine: no branch rules, no create limit, a file lock. */
  readonly embedded: boolean;
  /** Characters. */
  readonly titleLimit: number;
  readonly bodyLimit: number;
  /** Children that one ticket may have, closed ones too; null: as many as one likes. */
  readonly childLimit: number | null;
  /** How deep tickets may nest, the first counted; null: only the types limit it. */
  readonly depthLimit: number | null;
  /** Tickets that may be created within an hour; null: no such limit. */
  readonly creationsPerHour: number | null;
}

export interface StatusInfo {
  readonly name: string;
  readonly category: StatusCategory;
}

/** What a project is like; part of a check. */
export interface ProjectShape {
  readonly name: string;
  readonly types: readonly string[];
  /** Allowed nesting: parent type → child types; "" → types that may stand without a parent (absent: all). Other pairs are refused. */
  readonly nesting: Readonly<Record<string, readonly string[]>>;
  /** The types that serve depth 2, 3, 4 where the configuration has no `hierarchy`; empty where there are no types. */
  readonly defaultTypes: readonly string[];
  readonly statuses: readonly StatusInfo[];
  /** The status of a ticket that was created without one. */
  readonly initialStatus: string;
  /** Type ("": any) → status → the statuses that one step leads to; absent where any leads to any, or the tracker does not tell. */
  readonly steps?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Anybody on the internet may read its tickets. Absent: no, or the vendor has no such projects. */
  readonly isPublic?: boolean;
}

export type Check =
  | { readonly ok: true; readonly account: string; readonly project: ProjectShape; readonly granted: readonly string[]; readonly needed: readonly string[] }
  | { readonly ok: false; readonly error: TrackerError };

export type Query =
  | { readonly keys: readonly string[] }
  | { readonly managed: true }
  | { readonly changedSince: string }
  /** Every ticket of the project that is not archived, managed or not; read page by page, `batch.read` at a time. */
  | { readonly project: true }
  /** The tickets of the project right below these that are not archived, managed or not; `unmarked`: without those that carry Canon's mark. */
  | { readonly childrenOf: readonly string[]; readonly unmarked?: boolean }
  /** What a person's query in the tracker's own language finds among these; refused as invalid when it cannot be understood. */
  | { readonly inbox: string };

export interface Snapshot {
  readonly tickets: readonly Ticket[];
  /** Keys that were asked for and do not exist, or may not be seen. */
  readonly missing: readonly string[];
  /** Asked-for key → the key it has now. */
  readonly renamed: Readonly<Record<string, string>>;
  /** False when anything that was asked for could not be read: absence proves nothing then. */
  readonly complete: boolean;
}

/** One edit of one field by one person. `field` is a field name of ours, or "comment" or "link". */
export interface FieldEdit {
  readonly key: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly author: string;
  readonly at: string;
}

/** A high-water mark taken before creates: whatever a lost create made lies above it. */
export type Watermark = string;

export interface Draft {
  readonly token: string;
  readonly title: string;
  readonly type: string | null;
  readonly parent: string | null;
  /** A status of the project; null: its initial one. */
  readonly status: string | null;
  readonly labels: readonly string[];
  /** In the tracker's own form, made by `format.print`. */
  readonly body: string;
  readonly base: Base;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Only the fields present are written; a patch with `base` alone touches nothing people see. */
export interface Patch {
  readonly key: string;
  /** Refuse when the ticket is at another revision; null where the tracker has no conditional writes. */
  readonly expectRevision: string | null;
  readonly title?: string;
  readonly type?: string;
  readonly parent?: string | null;
  /** Labels to add and to take away: labels of other people are never sent. */
  readonly labels?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly body?: string;
  readonly base?: Base;
}

export interface Step {
  readonly key: string;
  readonly expectRevision: string | null;
  /** The status to reach, by name. */
  readonly to: string;
  /** Walk a strict workflow by its shortest path instead of refusing. */
  readonly walk: boolean;
  readonly base?: Base;
}

/**
 * A comment of Canon's. One note per id: where this account's stands already with another text, it is edited in place;
 * with the same text nothing is sent. A comment of anybody else that carries the id counts for nothing (threat 7), nor
 * does one of ours that lost it in a person's hands: the note is posted anew then.
 */
export interface Note {
  readonly key: string;
  readonly id: string;
  /** Markdown. */
  readonly text: string;
}

export interface Link {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly kind: "pull-request" | "parent" | "other";
}

/** What became of one element of a batch. `echo` is the ticket as the tracker's own answer shows it; null where it shows none. */
export type Outcome =
  | { readonly state: "done"; readonly id: string; readonly key: string; readonly echo: Ticket | null }
  /** The tracker said no; nothing was written. */
  | { readonly state: "refused"; readonly error: TrackerError }
  /** Nothing was sent, or it was turned away unread (rate limit): sending it again is safe. */
  | { readonly state: "unsent"; readonly error: TrackerError }
  /** It may have been carried out, now or later. */
  | { readonly state: "unknown"; readonly error: TrackerError };

/** A create that is in doubt after a crash or a lost answer. */
export interface InDoubt {
  readonly token: string;
  readonly watermark: Watermark;
}

/** Called only after the delay bound has passed (at once with client ids): absence is then proof. */
export type Settled =
  | { readonly token: string; readonly state: "created"; readonly tickets: readonly Ticket[] }
  | { readonly token: string; readonly state: "absent" }
  | { readonly token: string; readonly state: "unknown"; readonly why: string };

export interface Tracker {
  readonly system: System;
  /** Instance + project: `local:.canon/local.sqlite/PAY`. Never contains a secret. */
  readonly identity: string;
  readonly capabilities: Capabilities;
  readonly format: TextFormat;
  /** Who am I, project, types, statuses, hierarchy, scopes. Never throws. */
  check(): Promise<Check>;
  read(query: Query): Promise<Snapshot>;
  history(keys: readonly string[], since: string | null): Promise<readonly FieldEdit[]>;
  watermark(): Promise<Watermark>;
  create(drafts: readonly Draft[]): Promise<readonly Outcome[]>;
  update(patches: readonly Patch[]): Promise<readonly Outcome[]>;
  transition(steps: readonly Step[]): Promise<readonly Outcome[]>;
  comment(notes: readonly Note[]): Promise<readonly Outcome[]>;
  link(links: readonly Link[]): Promise<readonly Outcome[]>;
  settleCreates(inDoubt: readonly InDoubt[]): Promise<readonly Settled[]>;
  close(): Promise<void>;
}
