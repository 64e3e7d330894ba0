/** `canon apply`: takes the lock, settles what an earlier run left open, plans, and carries out exactly what was shown. */

import type { ApplyEvent, ApplyReport } from "../core/model/apply-report.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { JournalRecord } from "../core/model/journal-record.ts";
import { EXIT } from "../core/model/exit-code.ts";
import type { Plan } from "../core/model/plan.ts";
import { massesOf, type Mass } from "../core/plan/mass.ts";
import { refusalOf, type Refusal } from "../core/plan/refusal.ts";
import { fitPlan, type StaleReason } from "../core/plan/stale.ts";
import { takeLock, type Lock, type LockHolder } from "../io/lock.ts";
import { newRunId, openJournal, unfinishedRuns, type Journal } from "../io/journal.ts";
import type { Log } from "../io/log.ts";
import { randomHex } from "../io/random.ts";
import { addClaims, stateDirOf } from "../io/state.ts";
import { gather, type GatherOptions, type Gathered } from "./gather.ts";
import { recordsOf, recoverRun } from "./apply/recover.ts";
import { runPlan } from "./apply/run-plan.ts";
import { unmarkedCreates } from "./pending.ts";
import { withHistory } from "./plan.ts";
import { openTargets, type OpenTarget } from "./read-targets.ts";
import type { Workspace } from "./workspace.ts";

export interface ApplyOptions extends GatherOptions {
  /** For the lock and the journal: what people typed. */
  readonly command: string;
  readonly onEvent: (event: ApplyEvent) => void;
  /** The first ^C aborts it: what is under way is finished, nothing new is begun. */
  readonly signal: AbortSignal;
}

export type StartedApply =
  | { readonly ok: true; readonly session: ApplySession }
  | { readonly ok: false; readonly holder: LockHolder | null; readonly diagnostic: Diagnostic };

/** The world as it was planned against, held still by the lock until `end`. */
export interface ApplySession {
  readonly plan: Plan;
  /** Creates and closings beyond the limits: each needs its exact number in `Allowed`. */
  massesOf(plan: Plan): readonly Mass[];
  /** Carries out exactly `plan`. */
  run(allowed: Allowed): Promise<RunOutcome>;
  /** Carries out what is left of a plan that was saved before; writes nothing when it no longer fits. */
  runSaved(saved: Plan, allowed: Allowed): Promise<RunOutcome>;
  end(): Promise<void>;
}

/** The numbers a person typed, or gave with --allow-mass-create and --allow-mass-close; null: none. */
export interface Allowed {
  readonly create: number | null;
  readonly close: number | null;
}

export type RunOutcome =
  | { readonly ok: true; readonly report: ApplyReport }
  /** Nothing was written: the saved plan no longer fits. */
  | { readonly ok: false; readonly why: "stale"; readonly stale: readonly StaleReason[] }
  /** Nothing was written: no target of the plan may be. */
  | { readonly ok: false; readonly why: "refused"; readonly refusal: Refusal }
  /** Nothing was written: these need their exact number. */
  | { readonly ok: false; readonly why: "mass"; readonly masses: readonly Mass[] };

export async function startApply(workspace: Workspace, options: ApplyOptions): Promise<StartedApply> {
  const stateDir = await stateDirOf(workspace.disk, workspace.root);
  const taken = await takeLock(workspace.disk, stateDir, { command: options.command, now: workspace.clock.now() });
  if (!taken.ok) return { ok: false, holder: taken.holder, diagnostic: { code: "locked", severity: "error", message: taken.message, hint: taken.hint } };
  try {
    await recover(workspace, stateDir, options);
    const gathered = await gather(workspace, options);
    return { ok: true, session: await openSession(workspace, stateDir, gathered, taken.lock, options) };
  } catch (error) {
    await taken.lock.release();
    throw error;
  }
}

async function openSession(workspace: Workspace, stateDir: string, gathered: Gathered, lock: Lock, options: ApplyOptions): Promise<ApplySession> {
  const plan = await withHistory(gathered);
  const masses = (of: Plan): readonly Mass[] =>
    massesOf(
      of,
      workspace.config,
      (name) => isEmbedded(gathered, name),
      (name, status) => isCanceled(gathered, name, status),
    );
  const carryOut = async (of: Plan, changes: Plan["changes"], allowed: Allowed): Promise<RunOutcome> => {
    const refusal = refusalOf({ ...of, changes, targets: plan.targets });
    if (refusal !== null) return { ok: false, why: "refused", refusal };
    const beyond = masses({ ...of, changes }).filter(({ kind, count }) => allowed[kind] !== count);
    if (beyond.length > 0) return { ok: false, why: "mass", masses: beyond };
    const run = await newRunId(workspace.disk, stateDir, randomHex);
    const journal = logged(await openJournal(workspace.disk, stateDir, run), workspace.log);
    return {
      ok: true,
      report: await runPlan(of, changes, { workspace, gathered, stateDir, journal, command: options.command, emit: options.onEvent, signal: options.signal }),
    };
  };
  return {
    plan,
    massesOf: masses,
    run: (allowed) => carryOut(plan, plan.changes, allowed),
    runSaved: async (saved, allowed) => {
      const { changes, stale } = fitPlan(saved, gathered.made);
      return stale.length > 0 ? { ok: false, why: "stale", stale } : carryOut(saved, changes, allowed);
    },
    end: async () => {
      await gathered.close();
      await lock.release();
    },
  };
}

function logged(journal: Journal, log: Log): Journal {
  const append = async (...records: readonly JournalRecord[]): Promise<void> => {
    for (const record of records) log.say("journal", () => `${journal.run} ${JSON.stringify(record).slice(0, 400)}`);
    await journal.append(...records);
  };
  return { ...journal, append };
}

/** Interrupted runs first: their tickets become claims, so that the plan knows them and creates nothing twice. */
async function recover(workspace: Workspace, stateDir: string, options: ApplyOptions): Promise<void> {
  const journals = await unfinishedRuns(workspace.disk, stateDir);
  if (journals.length === 0) return;
  const { targets } = await openTargets(workspace, []);
  try {
    for (const journal of journals) {
      const recovered = await recoverRun(journal, { workspace, targets, emit: options.onEvent, signal: options.signal });
      const settled = recordsOf(recovered);
      // Claims first: once its journal is settled and put away, nothing else knows of a ticket without a marker.
      await addClaims(
        workspace.disk,
        stateDir,
        unmarkedCreates({ run: journal.run, records: [...journal.records, ...settled] }, (name) => identityOf(targets, name)),
      );
      const isOver = journal.records.some(({ kind }) => kind === "end") || recovered.some(({ state }) => state === "unknown");
      await journal.append(...settled, ...(isOver ? [] : [{ kind: "end", exitCode: EXIT.interrupted, at: workspace.clock.now().toISOString() } as const]));
    }
  } finally {
    for (const { tracker } of targets.values()) await tracker.close();
  }
}

function identityOf(targets: ReadonlyMap<string, OpenTarget>, name: string): string | null {
  return targets.get(name)?.tracker.identity ?? null;
}

function isEmbedded({ targets }: Gathered, name: string): boolean {
  return targets.get(name)?.tracker.capabilities.embedded ?? false;
}

function isCanceled({ targets }: Gathered, name: string, status: string): boolean {
  return targets.get(name)?.project.statuses.find((known) => known.name === status)?.category === "canceled";
}
