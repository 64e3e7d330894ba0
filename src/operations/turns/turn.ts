/** Turns at writing to a target: who has it, and what earlier turns left open: creates in doubt, tickets that wait for their markers. */

import type { Claim } from "../../core/model/claim.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { InDoubtCreate } from "../../core/plan/in-doubt.ts";
import type { Disk } from "../../io/disk.ts";
import { addClaims, dropClaims } from "../../io/state.ts";

/** What a create announces before it is sent. */
export interface Announced extends InDoubtCreate {
  readonly run: string;
}

/** Whatever throws here throws a LeaseError: nothing more may be sent then. */
export interface Turn {
  /** Tickets whose markers are not merged, as other clones told; those that only this clone knows stand in `.canon/state`. */
  claims(): readonly Claim[];
  /** Creates that a run announced and nobody has settled; those that only this clone knows stand in its journals. */
  inDoubt(): readonly Announced[];
  /** From here on nobody else writes, nor did since this was opened: a plan made meanwhile holds. */
  acquire(): Promise<void>;
  /** Right before a request: may it be sent still? */
  ensure(): Promise<void>;
  /** Before creates are sent: whoever comes after us settles them first. */
  announce(creates: readonly Announced[]): Promise<void>;
  /** What became of announced creates is known. Other clones learn it with the next thing that is told. */
  settle(tokens: readonly string[]): void;
  /** Tickets that a checkout must not make us forget. Where they were announced, other clones learn it with the next thing that is told. */
  keep(claims: readonly Claim[]): Promise<void>;
  /** The markers of these are merged. */
  forget(tokens: readonly string[]): Promise<void>;
  /** Tells other clones what waits to be told. */
  flush(): Promise<void>;
  /** Lets others write, and tells what waits to be told. Answers what went wrong with that; it is too late to stop. */
  release(): Promise<Diagnostic | null>;
}

/** One machine: the lock of the workspace excludes other runs, its journals tell what is in doubt. */
export function localTurn(disk: Disk, stateDir: string): Turn {
  const nothing = async (): Promise<void> => undefined;
  return {
    claims: () => [],
    inDoubt: () => [],
    acquire: nothing,
    ensure: nothing,
    announce: nothing,
    settle: () => undefined,
    keep: (claims) => addClaims(disk, stateDir, claims),
    forget: (tokens) => dropClaims(disk, stateDir, tokens),
    flush: nothing,
    release: async () => null,
  };
}
