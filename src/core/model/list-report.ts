/** What `canon list` tells, offline: which sections would be tickets, where, and why the others would not. */

import type { Diagnostic } from "./diagnostic.ts";
import type { SpecStatus } from "./status.ts";
import type { System } from "./system.ts";

/** Why a section is no item, or an item gets no ticket. */
export const NOT_ITEM_REASONS = [
  "skip",
  "sync-false",
  "excluded-heading",
  "depth",
  "not-marked",
  "not-numbered",
  "no-criteria",
  "criteria-heading",
  "deprecated",
  "done",
  "create-when",
  "create-off",
  "no-route",
  "stopped",
] as const;

export type NotItemReason = (typeof NOT_ITEM_REASONS)[number];

export interface ListedSection {
  readonly address: string;
  readonly line: number;
  readonly depth: number;
  readonly title: string;
  readonly type: string | null;
  readonly key: string | null;
  readonly status: SpecStatus | null;
  readonly parent: string | null;
  readonly criteria: { readonly total: number; readonly checked: number };
  /** null: it has or would get a ticket. */
  readonly reason: NotItemReason | null;
}

export interface ListedSpec {
  readonly path: string;
  readonly title: string;
  readonly target: { readonly name: string; readonly system: System; readonly project: string } | null;
  /** In document order; those with a reason included (views hide them without `--all`). */
  readonly sections: readonly ListedSection[];
}

export interface ListReport {
  readonly specs: readonly ListedSpec[];
  /** Items without a ticket, items with one, by target name. */
  readonly totals: Readonly<Record<string, { readonly fresh: number; readonly linked: number }>>;
  readonly diagnostics: readonly Diagnostic[];
}
