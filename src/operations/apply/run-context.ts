/** What every step of a run works with. */

import type { ApplyEvent } from "../../core/model/apply-report.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { Across } from "../../core/plan/across-targets.ts";
import type { CompiledItem } from "../../core/plan/compile-items.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import type { Journal } from "../../io/journal.ts";
import type { Gathered } from "../gather.ts";
import type { Turns } from "../turns/open-turns.ts";
import type { Workspace } from "../workspace.ts";
import type { Ledger } from "./ledger.ts";
import type { MarkerWriter } from "./marker-writer.ts";

export interface RunContext {
  readonly workspace: Workspace;
  readonly gathered: Gathered;
  readonly turns: Turns;
  readonly run: string;
  /** Absolute path of `.canon/state`. */
  readonly stateDir: string;
  readonly journal: Journal;
  readonly ledger: Ledger;
  /** The items as their specs are by now, by address: what was pulled is in them. */
  items: ReadonlyMap<string, CompiledItem>;
  readonly markers: MarkerWriter;
  /** High-water marks by target, taken once, before the run's first create: whatever it made lies above. */
  readonly watermarks: Map<string, string>;
  /** Specs whose marker lines were written, and tickets whose marker could not be. */
  readonly marked: Set<string>;
  /** Specs that took in what people changed on tickets. */
  readonly pulled: Set<string>;
  /** The tickets as they were when their changes were taken into the specs, by address. */
  readonly pulledFrom: Map<string, Ticket>;
  readonly unmarked: { readonly address: string; readonly key: string; readonly why: string }[];
  /** Sections whose ticket is nested below none, because the one above is in another target. */
  readonly across: readonly Across[];
  /** What people should hear of and nothing failed by. */
  readonly notices: Diagnostic[];
  readonly emit: (event: ApplyEvent) => void;
  /** Aborted by the first ^C: what is under way is finished, nothing new is begun. */
  readonly signal: AbortSignal;
}
