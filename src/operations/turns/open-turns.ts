/** Finds out what gives a run its turn at each target: the lock of this clone, or a lease in the git remote. */

import { hostname } from "node:os";
import type { ApplyEvent } from "../../core/model/apply-report.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { takeOverAfter } from "../../core/plan/lease.ts";
import type { LeaseStore } from "../../io/git-lease.ts";
import { LeaseError } from "../../io/lease-error.ts";
import { leaseRefs } from "../../io/lease-refs.ts";
import { openLeases } from "../../io/open-leases.ts";
import { ownLeases, type OwnLeases } from "../../io/own-leases.ts";
import { randomHex } from "../../io/random.ts";
import type { Workspace } from "../workspace.ts";
import { LeasedTurn } from "./leased-turn.ts";
import { holderWords, lockedBy } from "./lease-words.ts";
import { localTurn, type Turn } from "./turn.ts";

/** A target that is not embedded, so that other clones may write to it. */
export interface RemoteTarget {
  readonly name: string;
  readonly identity: string;
  /** D in milliseconds. */
  readonly bound: number;
}

export interface Turns {
  of(target: string): Turn;
  readonly leased: readonly LeasedTurn[];
}

/** Reads who has which lease, and what it says. Starts no process where no target needs one. */
export async function openTurns(workspace: Workspace, stateDir: string, targets: readonly RemoteTarget[], command: string): Promise<Turns> {
  const local = localTurn(workspace.disk, stateDir);
  const leases = targets.length > 0 && workspace.config.lock !== "local" ? await openLeases(workspace.home, workspace) : null;
  if (leases === null && targets.length > 0 && workspace.config.lock === "git")
    throw new LeaseError("lease-remote", "The configuration says lock: git, and this workspace has no git remote.", "Add a remote, or write lock: local.");
  if (leases === null) return { of: () => local, leased: [] };
  const me = { nonce: randomHex(16), host: hostname(), pid: process.pid, command };
  const own = ownLeases(workspace.disk, stateDir);
  const isCi = !["", "0", "false"].includes((workspace.env["CI"] ?? "").toLowerCase());
  const open = targets.map(({ name, identity }) => ({ target: name, identity, refs: leaseRefs(name, leases.prefix), own, me, isCi }));
  const found = await leases.store.read(open.flatMap(({ refs }) => [refs.custom, refs.branch]));
  // Where the remote does not answer, the first thing to be written fails; until then nothing needs it.
  const standing = found.state === "known" ? found.leases : new Map<string, never>();
  const leased = open.map((options) => {
    const ref = standing.has(options.refs.branch) ? options.refs.branch : options.refs.custom;
    return new LeasedTurn({ ...options, store: leases.store, local, clock: workspace.clock }, ref, standing.get(ref) ?? null);
  });
  const byName = new Map(leased.map((turn) => [turn.options.target, turn] as const));
  return { of: (target) => byName.get(target) ?? local, leased };
}

export interface WaitOptions {
  readonly bound: number;
  readonly emit: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
}

const POLL = 10_000;

/**
 * Until nobody holds it. A lease that does not change for its whole length and D is that of a dead run, and is taken over;
 * so is, at once, one that an earlier run of this very clone left. One that changes and is still held is a living run's: that throws.
 */
export async function awaitLease(turn: LeasedTurn, { clock }: Pick<Workspace, "clock">, { bound, emit, signal }: WaitOptions): Promise<void> {
  const { target, store, own } = turn.options;
  const { holder, ref, commit } = turn;
  if (holder === null) return;
  if (await isOurs(own, ref, holder)) return turn.acquire();
  const began = clock.monotonic();
  const wait = takeOverAfter(holder, bound);
  for (let left = wait; left > 0; left = began + wait - clock.monotonic()) {
    emit({ kind: "waiting", target, seconds: Math.ceil(left / 1000), why: `${holderWords(holder)} holds the lease` });
    await clock.sleep(Math.min(left, POLL), signal).catch(() => undefined);
    if (signal.aborted) throw lockedBy(target, holder);
    if (await hasMoved(turn, store, ref, commit)) {
      if (turn.holder === null) return;
      throw lockedBy(target, turn.holder);
    }
  }
  await turn.acquire();
}

/** The lock of the workspace is ours, so whoever noted this nonce here is dead. */
async function isOurs(own: OwnLeases, ref: string, { nonce, host }: { nonce: string; host: string }): Promise<boolean> {
  return host === hostname() && (await own.nonceOf(ref)) === nonce;
}

async function hasMoved(turn: LeasedTurn, store: LeaseStore, ref: string, commit: string | null): Promise<boolean> {
  const found = await store.read([ref]);
  if (found.state === "unreachable") return false;
  const standing = found.leases.get(ref) ?? null;
  if ((standing?.commit ?? null) === commit) return false;
  turn.see(ref, standing);
  return true;
}

/** What is to be told of all of them at the end of a run. */
export function turnNotices({ leased }: Turns): readonly Diagnostic[] {
  return leased.flatMap(({ notice }) => notice ?? []);
}

/** Gives back whatever is held. */
export async function releaseTurns({ leased }: Turns): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  for (const turn of leased) problems.push(...[await turn.release()].filter((problem) => problem !== null));
  return problems;
}
