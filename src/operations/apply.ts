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
import { newRunId, openJournal, type Journal, listRuns } from "../io/journal.ts";
import { LeaseError } from "../io/lease-error.ts";
import type { Log } from "../io/log.ts";
import { runIds } from "../io/random.ts";
import { stateDirOf } from "../io/state.ts";
import { gather, type GatherOptions, type Gathered } from "./gather.ts";
import { leasedTracker } from "./apply/leased-tracker.ts";
import { recoverRuns } from "./apply/recover-runs.ts";
import { runPlan } from "./apply/run-plan.ts";
import { withHistory } from "./plan.ts";
import { awaitLease, openTurns, releaseTurns, turnNotices, type Turns } from "./turns/open-turns.ts";
import { connectRemoteTargets } from "./turns/remote-targets.ts";
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

/** The numbers a person typed, or gave with --allow-mass-create and --allow-mass-close: one for each target that is beyond its limit. */
export interface Allowed {
  readonly create: readonly number[];
  readonly close: readonly number[];
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
  let turns: Turns | null = null;
  try {
    const remote = await connectRemoteTargets(workspace, options.selection.targets);
    turns = await openTurns(workspace, stateDir, remote, options.command);
    const { onEvent: emit, signal } = options;
    for (const turn of turns.leased)
      await awaitLease(turn, workspace, { emit, signal, bound: remote.find(({ name }) => name === turn.options.target)?.bound ?? 0 });
    await recoverRuns(workspace, { stateDir, turns, emit, signal });
    const gathered = await gather(workspace, { ...options, turns });
    return { ok: true, session: await openSession(workspace, stateDir, guarded(gathered, turns), { turns, lock: taken.lock }, options) };
  } catch (error) {
    try {
      if (turns !== null) await releaseTurns(turns);
    } finally {
      await taken.lock.release();
    }
    if (error instanceof LeaseError && (error.code === "locked" || error.code === "lease-changed"))
      return { ok: false, holder: error.holder, diagnostic: error.diagnostic };
    throw error;
  }
}

/** Nothing is sent to a target without its lease. */
function guarded(gathered: Gathered, turns: Turns): Gathered {
  const targets = [...gathered.targets].map(([name, target]) => [name, { ...target, tracker: leasedTracker(target.tracker, turns.of(name)) }] as const);
  return { ...gathered, targets: turns.leased.length === 0 ? gathered.targets : new Map(targets) };
}

/** What keeps other runs away: in this clone, and in others. */
interface Held {
  readonly lock: Lock;
  readonly turns: Turns;
}

async function openSession(workspace: Workspace, stateDir: string, gathered: Gathered, { lock, turns }: Held, options: ApplyOptions): Promise<ApplySession> {
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
    const beyond = masses({ ...of, changes }).filter(({ kind, count }) => !allowed[kind].includes(count));
    if (beyond.length > 0) return { ok: false, why: "mass", masses: beyond };
    const locked = await acquireAll(changes, plan, turns);
    if (locked !== null) return { ok: false, why: "refused", refusal: locked };
    const run = await newRunId(workspace.disk, stateDir, runIds(workspace.env));
    const journal = logged(await openJournal(workspace.disk, stateDir, run), workspace.log);
    const report = await runPlan(of, changes, {
      workspace,
      gathered,
      turns,
      stateDir,
      journal,
      command: options.command,
      emit: options.onEvent,
      signal: options.signal,
    });
    return { ok: true, report: { ...report, diagnostics: [...report.diagnostics, ...turnNotices(turns), ...(await releaseTurns(turns))] } };
  };
  return {
    plan,
    massesOf: masses,
    run: (allowed) => carryOut(plan, plan.changes, allowed),
    runSaved: async (saved, allowed) => {
      const { changes, stale } = fitPlan(saved, gathered.made, await pulledBefore(workspace, stateDir, saved));
      return stale.length > 0 ? { ok: false, why: "stale", stale } : carryOut(saved, changes, allowed);
    },
    end: async () => {
      try {
        await gathered.close();
      } finally {
        try {
          await releaseTurns(turns);
        } finally {
          await lock.release();
        }
      }
    },
  };
}

/** The lease of every target that will be written to. Answers why not. */
async function acquireAll(changes: Plan["changes"], plan: Plan, { leased }: Turns): Promise<Refusal | null> {
  const writable = new Set(plan.targets.flatMap(({ name, applyable }) => (applyable ? [name] : [])));
  try {
    for (const turn of leased) if (writable.has(turn.options.target) && changes.some(({ target }) => target === turn.options.target)) await turn.acquire();
    return null;
  } catch (error) {
    if (!(error instanceof LeaseError)) throw error;
    return { diagnostics: [error.diagnostic], exitCode: refusalExit(error) };
  }
}

function refusalExit({ code }: LeaseError): Refusal["exitCode"] {
  if (code === "locked") return EXIT.locked;
  return code === "lease-changed" || code === "lease-lost" ? EXIT.stale : EXIT.error;
}

/** The sections that earlier runs of the plan have edited: what the journal says of it counts as expected. */
async function pulledBefore({ disk }: Workspace, stateDir: string, { digest, changes }: Plan): Promise<ReadonlySet<string>> {
  if (changes.every(({ edits }) => edits.length === 0)) return new Set();
  const runs = (await listRuns(disk, stateDir)).filter(({ start }) => start?.plan === digest);
  const journals = await Promise.all(runs.map(({ run }) => openJournal(disk, stateDir, run)));
  return new Set(journals.flatMap(({ records }) => records.flatMap((record) => (record.kind === "pulled" ? record.addresses : []))));
}

function logged(journal: Journal, log: Log): Journal {
  const append = async (...records: readonly JournalRecord[]): Promise<void> => {
    for (const record of records) log.say("journal", () => `${journal.run} ${JSON.stringify(record).slice(0, 400)}`);
    await journal.append(...records);
  };
  return { ...journal, append };
}

function isEmbedded({ targets }: Gathered, name: string): boolean {
  return targets.get(name)?.tracker.capabilities.embedded ?? false;
}

function isCanceled({ targets }: Gathered, name: string, status: string): boolean {
  return targets.get(name)?.project.statuses.find((known) => known.name === status)?.category === "canceled";
}
