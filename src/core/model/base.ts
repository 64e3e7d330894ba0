/** What both sides last agreed on, kept on the ticket: per field the spec's value and the tracker's echo of it. */

import type { SpecStatus } from "./status.ts";

/**
 * One field of the base. `echo` null: the write was sent and its answer did not show the field; it reads as the
 * tracker's rewriting of `spec`, so a live value that is canonically equal has not moved.
 */
export interface BaseField<S, E> {
  readonly spec: S;
  readonly echo: E | null;
  /** True when both sides were equal after that write. */
  readonly agreed: boolean;
}

/** The body on one side: the fingerprint of all, and one per block; null when the base would grow too large. */
export interface TextPrint {
  readonly whole: string;
  readonly blocks: readonly string[] | null;
}

/** One criterion as both sides had it. */
export interface BaseCriterion {
  /** As the spec wrote it. */
  readonly spec: string;
  /** Canonical form of what the ticket held; null where it is the same text. */
  readonly echo: string | null;
  readonly checked: boolean;
}

/** `list` is null when the base would grow too large; the fingerprints alone then tell whether a side moved. */
export interface CriteriaField {
  /** Fingerprint of the spec's criteria as written. */
  readonly spec: string;
  /** Fingerprint of the ticket's criteria in canonical form. */
  readonly echo: string;
  readonly list: readonly BaseCriterion[] | null;
  readonly agreed: boolean;
}

/** A run of spec blocks and what the tracker made of it; a tracker may split, join or add blocks. Either count may be 0. */
export interface BlockRun {
  /** How many of `spec.blocks`, and of `echo.blocks`, in order. */
  readonly spec: number;
  readonly echo: number;
  /** False for a run that stands on the ticket as a person wrote it, against the spec or beside it. */
  readonly agreed: boolean;
}

/** Prints of the spec are of its source; those of the echo are canonical, so they are known as soon as a text is sent. */
export interface BodyField {
  readonly spec: TextPrint;
  readonly echo: TextPrint;
  /** True when all runs are. */
  readonly agreed: boolean;
  /** How blocks of both sides belong together; null: one to one, all agreed. */
  readonly runs: readonly BlockRun[] | null;
}

export interface BaseFields {
  readonly title?: BaseField<string, string>;
  readonly type?: BaseField<string | null, string | null>;
  /** Keys of the parent ticket; the echo of a ticket without one is `NO_PARENT`, because null is one that nobody saw. */
  readonly parent?: BaseField<string | null, string | null>;
  readonly status?: BaseField<SpecStatus | null, string>;
  readonly labels?: BaseField<readonly string[], readonly string[]>;
  readonly criteria?: CriteriaField;
  readonly body?: BodyField;
}

export const NO_PARENT = "";

export interface Base {
  readonly format: 1;
  /** The immutable id of the very ticket this base was written for; null within the create itself. Another id marks a person's copy. */
  readonly ticket: string | null;
  readonly workspace: string;
  /** Path and section id when it was written: `specs/payments.md#key-gen`. */
  readonly address: string;
  readonly token: string;
  readonly fields: BaseFields;
  /** Fingerprint of the whole native text after the write: where it is unchanged, neither body nor criteria moved. */
  readonly text: string | null;
  /** The commit the spec was read from; null without git. */
  readonly commit: string | null;
  /** True when the spec had changes that were not pushed. */
  readonly unpushed: boolean;
  /** The item hash of this write. */
  readonly hash: string;
  /** The item hash before this write, kept while `unpushed`: a spec equal to it without the commit is behind. */
  readonly previous: string | null;
  /** Set when the ticket was given back: it is never adopted again. */
  readonly released: boolean;
  /** Where routing sent the section when somebody moved it here all the same: that is answered. Absent elsewhere. */
  readonly route?: string;
}
