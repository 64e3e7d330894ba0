/** What `canon status` tells: how far every spec is, and what waits for a person. */

import type { Diagnostic } from "./diagnostic.ts";
import { SPEC_STATUSES, type SpecStatus } from "./status.ts";

/** Where a section stands: its state, or that it has no ticket yet. One that is done or deprecated needs none. */
export type SectionState = SpecStatus | "no_ticket";

export const SECTION_STATES: readonly SectionState[] = [...SPEC_STATUSES, "no_ticket"];

/** The conflict or question that waits longest. */
export interface Waiting {
  readonly kind: "conflict" | "question";
  readonly address: string | null;
  readonly key: string | null;
  /** Since when: the edit that it is about, else the last one of its ticket. ISO 8601, UTC. */
  readonly at: string;
}

export interface StatusCounts {
  /** Sections that have, had or would get a ticket; `states` adds up to this. */
  readonly sections: number;
  readonly states: Readonly<Record<SectionState, number>>;
  readonly criteria: { readonly total: number; readonly checked: number };
  /** Tickets that people changed and that the spec does not follow yet. */
  readonly drift: number;
  readonly conflicts: number;
  readonly questions: number;
  /** null: nothing waits, or nobody knows since when. */
  readonly oldest: Waiting | null;
}

export interface StatusRow extends StatusCounts {
  readonly path: string;
  readonly title: string;
}

export interface StatusReport {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Those with a section that counts, in the order of their paths. */
  readonly specs: readonly StatusRow[];
  /** All of `specs`, and questions that belong to none of them. */
  readonly totals: StatusCounts;
  /** Changes that `canon apply` would make. */
  readonly pending: number;
  /** Tickets that no section names any more. */
  readonly orphans: number;
  readonly diagnostics: readonly Diagnostic[];
}
