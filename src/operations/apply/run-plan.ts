/** Carries a whole plan out, target by target, and gives the account of it. */

import type { ApplyEvent, ApplyReport } from "../../core/model/apply-report.ts";
import type { Change, Plan } from "../../core/model/plan.ts";
import { acrossTargets } from "../../core/plan/across-targets.ts";
import { applyExit } from "../../core/plan/exit-codes.ts";
import { isRelease } from "../../core/plan/release.ts";
import { ticketToken } from "../../core/spec/print-marker.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { Journal } from "../../io/journal.ts";
import { failureDiagnostic } from "../failure-diagnostic.ts";
import type { Gathered } from "../gather.ts";
import { isPathUnpushed } from "../read-origin.ts";
import type { Turns } from "../turns/open-turns.ts";
import type { Workspace } from "../workspace.ts";
import { isLeaving } from "../../core/plan/leave-ticket.ts";
import { leaveTickets } from "./leave-tickets.ts";
import { applyChanges } from "./apply-changes.ts";
import { linkAcross } from "./link-across.ts";
import { Ledger } from "./ledger.ts";
import { MarkerWriter } from "./marker-writer.ts";
import { pullIntoSpecs } from "./pull-into-specs.ts";
import { recordMarkers } from "./record-markers.ts";
import { recordsOf, recoverRun, type Recovered } from "./recover.ts";
import { releaseTickets } from "./release-tickets.ts";
import type { RunContext } from "./run-context.ts";

export interface RunOptions {
  readonly workspace: Workspace;
  readonly gathered: Gathered;
  readonly turns: Turns;
  readonly stateDir: string;
  readonly journal: Journal;
  readonly command: string;
  readonly emit: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
}

/** `changes` are those of `plan` that are left to do, as they were planned against the world of `gathered`. */
export async function runPlan(plan: Plan, changes: readonly Change[], options: RunOptions): Promise<ApplyReport> {
  const { workspace, gathered, turns, stateDir, journal, emit, signal } = options;
  const began = workspace.clock.monotonic();
  const ledger = new Ledger(emit);
  const context: RunContext = {
    workspace,
    gathered,
    turns,
    run: journal.run,
    stateDir,
    journal,
    ledger,
    markers: new MarkerWriter(workspace, gathered.docs),
    watermarks: new Map(),
    items: new Map([...gathered.made.items].map(([address, { item }]) => [address, item] as const)),
    marked: new Set(),
    pulled: new Set(),
    pulledFrom: new Map(),
    unmarked: [],
    across: acrossTargets(gathered.made.items),
    notices: [],
    emit,
    signal,
  };
  workspace.log.say("plan", () => `run ${journal.run}: ${changes.length} changes, plan ${plan.digest.slice(0, 12)}`);
  await journal.append({
    kind: "run",
    run: journal.run,
    plan: plan.digest,
    command: options.command,
    at: workspace.clock.now().toISOString(),
    workspace: plan.workspace,
  });
  const stopped = await carryOut(changes, context);
  if (stopped !== null) ledger.stop(changes);
  const results = ledger.results(changes);
  const exitCode = applyExit({
    plan: { ...plan, changes },
    results,
    unmarked: context.unmarked.length,
    interrupted: signal.aborted,
    stopped: stopped !== null,
    lost: stopped?.code === "lease-lost",
  });
  // A journal without its end is one that the next run takes up.
  if (stopped === null) await journal.append({ kind: "end", exitCode, at: workspace.clock.now().toISOString() });
  const requests = [...gathered.targets.values()].reduce((sum, target) => sum + target.requests(), 0);
  const diagnostics: readonly Diagnostic[] = [...plan.diagnostics, ...context.notices, ...(stopped === null ? [] : [stopped])];
  return {
    run: journal.run,
    plan: plan.digest,
    exitCode,
    results,
    marked: [...context.marked].sort(),
    pulled: [...context.pulled].sort(),
    unmarked: context.unmarked,
    requests,
    seconds: (workspace.clock.monotonic() - began) / 1000,
    diagnostics,
  };
}

/** Answers why the run could not go on: the journal or the claims cannot be written, so nothing further may be sent. null: it came to its end. */
async function carryOut(changes: readonly Change[], context: RunContext): Promise<Diagnostic | null> {
  try {
    const leaving = changes.filter(isLeaving);
    await applyTargets(
      await pullIntoSpecs(
        changes.filter((change) => !leaving.includes(change)),
        context,
      ),
      context,
    );
    await settleDoubts(changes, context);
    await leaveTickets(leaving, context);
    await forgetClaims(context);
    return null;
  } catch (error) {
    const known = failureDiagnostic(error);
    if (known === null) throw error;
    return known;
  }
}

async function applyTargets(changes: readonly Change[], context: RunContext): Promise<void> {
  const { gathered, ledger } = context;
  const byTarget = Map.groupBy(changes, ({ target }) => target);
  for (const [name, target] of gathered.targets) {
    const mine = byTarget.get(name) ?? [];
    const blocked = gathered.input.targets.get(name)?.blocked ?? null;
    if (blocked === null) await applyChanges(mine, target, context);
    // What came from the tickets works on any branch; only the base waits until it is merged.
    else
      for (const change of mine)
        if (change.action === "pull") ledger.settle(change, { state: "done" });
        else ledger.settle(change, { state: blocked.code === "branch-not-default" ? "held" : "failed", message: blocked.message });
  }
  // A ticket is given back once the one that takes its place, in whatever target, has its marker.
  for (const [name, target] of gathered.targets) {
    const mine = (byTarget.get(name) ?? []).filter((change) => isRelease(change) && ledger.stateOf(change) === null);
    if (mine.length > 0) await releaseTickets(mine, target, context);
  }
}

/** Creates whose answer was lost are settled before the run ends, unless a person interrupts. */
async function settleDoubts(changes: readonly Change[], context: RunContext): Promise<void> {
  const { gathered, journal, ledger, workspace, emit, signal } = context;
  const doubted = changes.some((change) => change.action === "create" && ledger.stateOf(change) === "unknown");
  if (!doubted || signal.aborted) return;
  const recovered = await recoverRun(journal, { workspace, targets: gathered.targets, emit, signal });
  await journal.append(...recordsOf(recovered));
  for (const { create, state } of recovered) if (state === "absent") context.turns.of(create.target).settle([create.token]);
  for (const result of recovered) await tell(result, changes, context);
}

async function tell(result: Recovered, changes: readonly Change[], context: RunContext): Promise<void> {
  const change = changes.find(({ address, action }) => action === "create" && address === result.create.address);
  const item = context.gathered.made.items.get(result.create.address)?.item;
  const target = context.gathered.targets.get(result.create.target);
  if (!change || !item || !target) return;
  switch (result.state) {
    case "created": {
      const { key, id } = result.ticket;
      context.ledger.settle(change, { state: "done", key });
      await linkAcross([change.address], context);
      await recordMarkers([{ item, key, id, status: null }], target, context);
      return;
    }
    case "absent":
      // Where client ids make sending again safe nobody waited, so what is not there yet may still come.
      if (target.tracker.capabilities.clientIds)
        context.ledger.settle(change, {
          state: "unknown",
          message: "The request has not arrived; it still may.",
          hint: "Run canon apply again; it finds out first.",
        });
      else context.ledger.settle(change, { state: "failed", message: "The request never arrived; nothing was created.", hint: "Run canon apply again." });
      return;
    case "unknown":
      context.ledger.settle(change, { state: "unknown", message: result.message, hint: "Run canon apply again; it finds out first." });
  }
}

/** Claims have done their work once the marker stands in the spec; where tickets follow merged specs, once it is merged. */
async function forgetClaims({ gathered, turns, markers, marked }: RunContext): Promise<void> {
  const { claims } = gathered.input;
  if (claims.length === 0) return;
  const seen = markers.paths();
  const done = claims.filter(({ key, target }) => {
    const tracker = gathered.targets.get(target)?.tracker;
    const path = tracker && seen.get(ticketToken(tracker.system, key));
    if (path === undefined) return false;
    // What this run has written was not there yet when git was asked.
    return tracker?.capabilities.embedded === true || !(marked.has(path) || isPathUnpushed(gathered.origin, path));
  });
  for (const [target, merged] of Map.groupBy(done, (claim) => claim.target)) await turns.of(target).forget(merged.map(({ token }) => token));
}
