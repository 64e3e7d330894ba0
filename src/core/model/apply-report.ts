/** What happened while a plan was carried out: events as they come, and the ledger at the end. */

import type { Diagnostic } from "./diagnostic.ts";
import type { ExitCode } from "./exit-code.ts";

/** done: written. held: not tried, because something it depends on failed or a guard no longer held. unknown: the answer was lost. */
export type ChangeState = "running" | "done" | "failed" | "held" | "unknown";

export interface ChangeResult {
  /** Digest of the change in the plan. */
  readonly change: string;
  readonly address: string;
  readonly target: string;
  readonly key: string | null;
  readonly state: Exclude<ChangeState, "running">;
  /** What went wrong, in a sentence; null when done. */
  readonly message: string | null;
  /** What to do next, in a sentence. */
  readonly hint: string | null;
}

export type ApplyEvent =
  | { readonly kind: "recovering"; readonly run: string; readonly inDoubt: number; readonly waitSeconds: number }
  | { readonly kind: "change"; readonly change: string; readonly state: ChangeState; readonly key: string | null; readonly message: string | null }
  | { readonly kind: "marked"; readonly path: string }
  | { readonly kind: "pulled"; readonly path: string }
  | { readonly kind: "waiting"; readonly target: string; readonly seconds: number; readonly why: string }
  | { readonly kind: "draining" };

export interface ApplyReport {
  /** Short id of the run: `canon runs`, later `canon undo`. */
  readonly run: string;
  readonly plan: string;
  readonly exitCode: ExitCode;
  readonly results: readonly ChangeResult[];
  /** Specs whose marker lines were written. */
  readonly marked: readonly string[];
  /** Specs that took in what people changed on tickets. */
  readonly pulled: readonly string[];
  /** Tickets whose marker could not be written: the claim keeps them, the next run writes them. */
  readonly unmarked: readonly { readonly address: string; readonly key: string; readonly why: string }[];
  readonly requests: number;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
}
