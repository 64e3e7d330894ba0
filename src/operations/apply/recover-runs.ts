/** Interrupted runs first, of this clone and of others: their tickets become claims, so that the plan knows them and creates nothing twice. */

import type { ApplyEvent } from "../../core/model/apply-report.ts";
import type { Claim } from "../../core/model/claim.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import { unfinishedRuns, type Journal } from "../../io/journal.ts";
import { claimOf, unmarkedCreates } from "../pending.ts";
import { openTargets } from "../read-targets.ts";
import type { Turns } from "../turns/open-turns.ts";
import type { Announced } from "../turns/turn.ts";
import type { Workspace } from "../workspace.ts";
import { recordsOf, recoverCreates, recoverRun, type RecoverContext, type Recovered } from "./recover.ts";

export interface RecoverRunsOptions {
  readonly stateDir: string;
  readonly turns: Turns;
  readonly emit: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
}

/** Throws a LeaseError where somebody else has begun to write meanwhile. */
export async function recoverRuns(workspace: Workspace, { stateDir, turns, emit, signal }: RecoverRunsOptions): Promise<void> {
  const journals = await unfinishedRuns(workspace.disk, stateDir);
  const isOpen = turns.leased.some((turn) => turn.inDoubt().length > 0);
  if (journals.length === 0 && !isOpen) return;
  const { targets } = await openTargets(workspace, []);
  const context: RecoverContext = { workspace, targets, emit, signal };
  try {
    for (const turn of turns.leased) if (turn.inDoubt().length > 0 || journals.some((journal) => isAbout(journal, turn.options.target))) await turn.acquire();
    const asked = new Set<string>();
    for (const journal of journals) for (const token of await recoverJournal(journal, turns, context)) asked.add(token);
    const others = turns.leased.flatMap((turn) => turn.inDoubt()).filter(({ token }) => !asked.has(token));
    for (const run of new Set(others.map((create) => create.run))) {
      const creates = others.filter((create) => create.run === run);
      await tell(await recoverCreates(creates, run, context), creates, turns, context);
    }
  } finally {
    for (const { tracker } of targets.values()) await tracker.close();
  }
}

function isAbout({ records }: Journal, target: string): boolean {
  return records.some((record) => record.kind === "intent" && record.target === target);
}

/** Answers the tokens that were asked for. */
async function recoverJournal(journal: Journal, turns: Turns, context: RecoverContext): Promise<readonly string[]> {
  const { workspace, targets } = context;
  const recovered = await recoverRun(journal, context);
  const records = recordsOf(recovered);
  const identityOf = (name: string): string | null => targets.get(name)?.tracker.identity ?? null;
  // A marker that is not merged is one that another clone does not see.
  const isShared = (name: string): boolean => turns.leased.some(({ options }) => options.target === name);
  // Claims first: once its journal is settled and put away, nothing else knows of a ticket without a marker.
  await keep(unmarkedCreates({ run: journal.run, records: [...journal.records, ...records] }, identityOf, isShared), turns);
  for (const { create, state } of recovered) if (state === "absent") turns.of(create.target).settle([create.token]);
  for (const turn of turns.leased) await turn.flush();
  const isOver = journal.records.some(({ kind }) => kind === "end") || recovered.some(({ state }) => state === "unknown");
  await journal.append(...records, ...(isOver ? [] : [{ kind: "end", exitCode: EXIT.interrupted, at: workspace.clock.now().toISOString() } as const]));
  return recovered.map(({ create }) => create.token);
}

/** What became of creates that a run of another clone announced, or one of ours whose journal is gone. */
async function tell(recovered: readonly Recovered[], creates: readonly Announced[], turns: Turns, { targets }: RecoverContext): Promise<void> {
  const runs = new Map(creates.map(({ token, run }) => [token, run] as const));
  for (const result of recovered) {
    const { create } = result;
    const identity = targets.get(create.target)?.tracker.identity;
    const turn = turns.of(create.target);
    if (result.state === "absent") turn.settle([create.token]);
    if (result.state !== "created" || identity === undefined) continue;
    const claim = claimOf(create, { target: create.target, identity, run: runs.get(create.token) ?? "", ticket: result.ticket });
    if (claim !== null) await turn.keep([claim]);
  }
  for (const turn of turns.leased) await turn.flush();
}

async function keep(claims: readonly Claim[], turns: Turns): Promise<void> {
  for (const target of new Set(claims.map((claim) => claim.target))) await turns.of(target).keep(claims.filter((claim) => claim.target === target));
}
