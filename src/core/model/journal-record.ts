/** The lines of a run's journal: what makes an interrupted run resumable, and a finished one accountable. */

import type { Base } from "./base.ts";

export type JournalRecord =
  | { readonly kind: "run"; readonly run: string; readonly plan: string; readonly command: string; readonly at: string; readonly workspace: string }
  /** Fixed before the first send of a batch of creates: the tokens in it, and the tracker's high-water mark. */
  | { readonly kind: "intent"; readonly target: string; readonly watermark: string; readonly creates: readonly CreateIntent[]; readonly at: string }
  /** Before a batch of other writes. */
  | { readonly kind: "writing"; readonly target: string; readonly changes: readonly string[]; readonly at: string }
  | { readonly kind: "created"; readonly target: string; readonly address: string; readonly token: string; readonly id: string; readonly key: string }
  | { readonly kind: "written"; readonly target: string; readonly address: string; readonly key: string; readonly change: string }
  | { readonly kind: "failed"; readonly target: string; readonly address: string; readonly token: string; readonly error: string; readonly message: string }
  | { readonly kind: "marked"; readonly path: string; readonly addresses: readonly string[] }
  /** What came from tickets stands in the spec. */
  | { readonly kind: "pulled"; readonly path: string; readonly addresses: readonly string[] }
  | { readonly kind: "end"; readonly exitCode: number; readonly at: string };

/** Enough to settle a create whose answer was lost: its token, and what the marker will need. */
export interface CreateIntent {
  readonly token: string;
  readonly address: string;
  readonly title: string;
  readonly body: string;
  readonly base: Base;
}
