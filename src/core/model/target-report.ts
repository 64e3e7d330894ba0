/** What `canon target check` found out about one target. */

import type { Diagnostic } from "./diagnostic.ts";
import type { SpecStatus, StatusCategory } from "./status.ts";
import type { System } from "./system.ts";

export interface TargetReport {
  readonly name: string;
  readonly system: System;
  readonly project: string;
  /** Instance + project; null where it could not be reached. */
  readonly identity: string | null;
  /** Null where it could not be reached. */
  readonly account: string | null;
  /** A ticket that was read as a proof; null where no spec names one there, or reading failed. */
  readonly proof: { readonly key: string; readonly title: string } | null;
  readonly types: readonly string[];
  /** Heading depth → type; 0 is the document. */
  readonly hierarchy: readonly { readonly depth: number; readonly type: string | null }[];
  /** What each of the six states becomes there; null: the ticket's status is left alone. */
  readonly forward: readonly { readonly state: SpecStatus; readonly status: string | null }[];
  /** The statuses of the project, and the states that each may stand for. */
  readonly backward: readonly { readonly status: string; readonly category: StatusCategory; readonly states: readonly SpecStatus[] }[];
  readonly granted: readonly string[];
  readonly needed: readonly string[];
  readonly limits: {
    readonly title: number;
    readonly body: number;
    readonly children: number | null;
    readonly depth: number | null;
    readonly creationsPerHour: number | null;
  } | null;
  /** What is wrong, and what to change. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How this process reaches the network. */
export interface NetworkReport {
  readonly authorities: { readonly file: string; readonly count: number } | null;
  readonly proxy: string | null;
  readonly noProxy: string | null;
}
