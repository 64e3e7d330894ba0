/** The account of a run: what became of every change, told as it happens and counted at the end. */

import type { ApplyEvent, ChangeResult, ChangeState } from "../../core/model/apply-report.ts";
import type { Change } from "../../core/model/plan.ts";

/** What became of a change. */
export interface Settlement {
  readonly state: Exclude<ChangeState, "running">;
  readonly key?: string | null;
  readonly message?: string;
  readonly hint?: string | null;
}

export class Ledger {
  readonly #results = new Map<string, ChangeResult>();
  readonly #keys = new Map<string, string>();
  readonly #at = new Map<string, Set<string>>();
  readonly #sent = new Set<string>();
  readonly #emit: (event: ApplyEvent) => void;

  constructor(emit: (event: ApplyEvent) => void) {
    this.#emit = emit;
  }

  running(changes: readonly Change[]): void {
    for (const change of changes) this.#emit({ kind: "change", change: change.digest, state: "running", key: change.key, message: null });
  }

  /** From here on a change that is not settled may have happened. */
  sending(changes: readonly Change[]): void {
    for (const { digest } of changes) this.#sent.add(digest);
  }

  /** What the run leaves open when it cannot go on. */
  stop(changes: readonly Change[]): void {
    for (const change of changes) {
      if (this.stateOf(change) !== null) continue;
      if (this.#sent.has(change.digest))
        this.settle(change, {
          state: "unknown",
          message: "The run stopped before an answer was noted.",
          hint: "Run the command again: it finds out what became of the request.",
        });
      else this.settle(change, { state: "held", message: "The run stopped before it was begun." });
    }
  }

  settle(change: Change, settlement: Settlement): void {
    const key = settlement.key ?? change.key;
    const { state, message = null, hint = null } = settlement;
    this.#results.set(change.digest, { change: change.digest, address: change.address, target: change.target, key, state, message, hint });
    this.#at.set(change.address, (this.#at.get(change.address) ?? new Set()).add(change.digest));
    if (key !== null) this.#keys.set(change.address, key);
    this.#emit({ kind: "change", change: change.digest, state, key, message });
  }

  stateOf(change: Change): ChangeResult["state"] | null {
    return this.#results.get(change.digest)?.state ?? null;
  }

  /** True when all that was to happen at an address beside `except` has happened. */
  isDone(address: string, except: Change): boolean {
    const here = [...(this.#at.get(address) ?? [])].filter((digest) => digest !== except.digest);
    return here.length > 0 && here.every((digest) => this.#results.get(digest)?.state === "done");
  }

  /** True where a request at that address got no answer. */
  isInDoubt(address: string): boolean {
    return [...(this.#at.get(address) ?? [])].some((digest) => this.#results.get(digest)?.state === "unknown");
  }

  /** The ticket of a section is known before what is to happen there has happened. */
  learnKey(address: string, key: string): void {
    this.#keys.set(address, key);
  }

  /** The key that a section's ticket got, or was found to have, in this run. */
  keyOf(address: string): string | null {
    return this.#keys.get(address) ?? null;
  }

  /** In the order of the plan. */
  results(changes: readonly Change[]): readonly ChangeResult[] {
    return changes.flatMap((change) => this.#results.get(change.digest) ?? []);
  }
}
