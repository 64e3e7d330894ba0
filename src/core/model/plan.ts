/** The plan: one canonical document that says what apply will do, to what, why, and under which conditions. */

import type { Action, Reason } from "./action.ts";
import type { DiagnosticCode } from "../codes.ts";
import type { Decision } from "./decision.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { FieldName } from "./item.ts";
import type { System } from "./system.ts";
import type { Verdict } from "./verdict.ts";

/** A field's value as the plan shows and seals it: text, a list, or null; bodies by fingerprint. */
export type PlanValue = string | null | readonly string[];

/**
 * only-on-ticket: what people wrote there beside all that the spec says; it stays, and is noted. unverified: nobody has
 * looked whether what a closed ticket was about is in the code. verified: the verifier has.
 */
export type FieldNote = "only-on-ticket" | "unverified" | "verified";

export interface FieldChange {
  readonly field: FieldName;
  readonly verdict: Verdict;
  /** null: there is no base (a create, or a ticket without one). */
  readonly base: PlanValue;
  readonly spec: PlanValue;
  readonly live: PlanValue;
  /** For bodies: the text that moved, for people; outside the digest because it is derived. Absent elsewhere. */
  readonly preview?: { readonly before: string; readonly after: string };
  /** Outside the digest. */
  readonly note?: FieldNote;
  /** Statuses that are passed on the way, where a strict workflow is walked. Outside the digest. */
  readonly way?: readonly string[];
  /** Who moved the live value, and when (ISO 8601, UTC), where the tracker tells. Outside the digest. */
  readonly by?: string;
  readonly at?: string;
}

/** What must still be true of the ticket right before the write: the live values that the verdicts were made from. */
export interface Guard {
  readonly field: FieldName;
  readonly live: PlanValue;
}

/** One edit of marker lines: what stands there now, and what will. */
export interface Splice {
  readonly path: string;
  /** The heading's line when planned, from 1; a hint, the section is found by its address. */
  readonly line: number;
  /** The heading's own source lines. */
  readonly heading: readonly string[];
  /** Marker lines of the section before and after. A create's after is null until the key is known. */
  readonly before: readonly string[];
  readonly after: readonly string[] | null;
}

/** Lines of a spec that a pull replaces: what stands there now, and what will. Either may be empty. */
export interface LineEdit {
  readonly path: string;
  /** The first line when planned, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Change {
  /** Fingerprint of what follows, previews left out. */
  readonly digest: string;
  readonly action: Action;
  readonly reason: Reason;
  readonly target: string;
  /** Where the section is now: `specs/payments.md#key-gen`. */
  readonly address: string;
  /** Where its ticket says it was, when that is elsewhere. */
  readonly from: string | null;
  /** Key of the ticket; null for a create. */
  readonly key: string | null;
  readonly type: string | null;
  readonly title: string;
  /** The parent: key where it has a ticket, address where this plan creates it, null without one. */
  readonly parent: { readonly key: string } | { readonly address: string } | null;
  readonly token: string;
  /** Hash of the compiled section when this was planned: with another one it is stale. */
  readonly itemHash: string;
  /** Fields that will be written, in the fixed order. */
  readonly fields: readonly FieldChange[];
  /** Fields that will be brought into the spec, in the fixed order; empty for `apply`. */
  readonly pulled: readonly FieldChange[];
  /** The lines of the spec that `pulled` changes, in the order of the file. */
  readonly edits: readonly LineEdit[];
  /** Fields with another verdict than converged and push: shown, not written. */
  readonly held: readonly FieldChange[];
  readonly guards: readonly Guard[];
  /** Addresses whose changes must succeed first. */
  readonly after: readonly string[];
  readonly splice: Splice | null;
}

/** Something only a person can answer. */
export interface Question {
  readonly kind:
    | "ticket-missing"
    | "copy"
    | "route-changed"
    | "canceled"
    | "archived"
    | "claim"
    | "in-doubt"
    | "unverified"
    | "unmapped"
    | "level-changed"
    | "ticket-left"
    | "released"
    /** Asked by the bot only. */
    | "flip-flop";
  readonly target: string;
  readonly address: string | null;
  readonly key: string | null;
  readonly text: string;
  readonly hint: string;
  /** What people answered on the ticket itself, by a label. */
  readonly labelled?: "add";
}

/** A managed ticket that no section names any more. */
export interface Orphan {
  readonly target: string;
  readonly key: string;
  readonly title: string;
  readonly address: string;
}

export interface TargetPlan {
  readonly name: string;
  readonly system: System;
  readonly project: string;
  /** Instance + project: what a target really is. */
  readonly identity: string;
  /** False when some of its tickets could not be read: then nothing is created or closed there. */
  readonly complete: boolean;
  /** False when this plan may not be applied to it (another branch, behind, incomplete). */
  readonly applyable: boolean;
  /** Why it is not applyable, in a sentence; null when it is. */
  readonly why: string | null;
  /** The same as a code of the catalogue. */
  readonly whyCode: DiagnosticCode | null;
  /** Sections whose tickets match. */
  readonly inSync: number;
  /** Tickets of other repositories or configurations on this project: never touched. */
  readonly elsewhere: number;
  /** Who Canon is there; outside the digest. */
  readonly account: string | null;
  /** Requests and seconds that apply is expected to take; outside the digest. */
  readonly estimate: { readonly requests: number; readonly seconds: number };
}

/** Counted in words when it is not zero: "12 already done, no ticket (--include-done)". */
export interface LeftOut {
  readonly done: number;
  readonly deprecated: number;
  readonly status: number;
  readonly createOff: number;
}

export interface Plan {
  readonly format: 1;
  readonly digest: string;
  /** ISO 8601, UTC; outside the digest. */
  readonly createdAt: string;
  readonly canon: string;
  readonly workspace: string;
  readonly commit: string | null;
  readonly unpushed: boolean;
  readonly configDigest: string;
  readonly parser: string;
  /** The addresses, exclusions and targets that were asked for, and the switches that change its meaning. */
  readonly selection: Selection;
  readonly targets: readonly TargetPlan[];
  readonly changes: readonly Change[];
  /** What people changed in the trackers, or both sides left different: not part of this plan. `held` has the verdicts pull and apart. */
  readonly observed: readonly Change[];
  /** Changes with at least one field in conflict or behind. Their other fields stand in `changes`. */
  readonly conflicts: readonly Change[];
  readonly questions: readonly Question[];
  readonly orphans: readonly Orphan[];
  readonly leftOut: LeftOut;
  /** Titles of the specs named in it, by path: for people, outside the digest. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Selection {
  readonly addresses: readonly string[];
  readonly exclude: readonly string[];
  readonly targets: readonly string[];
  readonly includeDone: boolean;
  readonly direction: Direction;
  /** Fields of tickets that people edited and that shall say again what the spec says. */
  readonly revert: readonly FieldName[];
  /** Fields that people edited on tickets and that shall be brought into the spec although it owns them. */
  readonly absorb: readonly FieldName[];
  readonly decisions: readonly Decision[];
  /** Somebody reads the plan before it is carried out, and vouches for what closed tickets say (`verify: review`). */
  readonly vouches: boolean;
}

/** forward: specs → trackers (apply); back: trackers → specs (pull); both: sync. */
export type Direction = "forward" | "back" | "both";
