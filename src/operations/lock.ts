/** `canon lock`: who is writing to what, what earlier runs left there, and how to take a dead run's lease away. */

import type { TargetConfig } from "../core/model/config.ts";
import { freeLease, type Lease, type LeaseHolder } from "../core/plan/lease.ts";
import type { LeaseStore, StandingLease } from "../io/git-lease.ts";
import { LeaseError } from "../io/lease-error.ts";
import { leaseRefs } from "../io/lease-refs.ts";
import { lockHolder, type LockHolder } from "../io/lock.ts";
import { openLeases } from "../io/open-leases.ts";
import { stateDirOf } from "../io/state.ts";
import { unreachable } from "./turns/lease-words.ts";
import { connectRemoteTargets } from "./turns/remote-targets.ts";
import type { Workspace } from "./workspace.ts";

/** The lease of one target. */
export interface TargetLease {
  readonly target: string;
  readonly remote: string;
  /** Where it stands, or would. */
  readonly ref: string;
  readonly lease: Lease;
}

export interface Locks {
  /** Who writes in this clone. */
  readonly clone: LockHolder | null;
  readonly leases: readonly TargetLease[];
  /** Targets that only the lock of this clone guards. */
  readonly unleased: readonly string[];
}

export async function readLocks(workspace: Workspace): Promise<Locks> {
  const clone = await lockHolder(workspace.disk, await stateDirOf(workspace.disk, workspace.root));
  const found = await readLeases(workspace, workspace.config.targets);
  const leases = found.map(({ target, store, ref, standing }) => ({ target, remote: store.remote, ref, lease: standing?.lease ?? freeLease(target) }));
  const unleased = workspace.config.targets.flatMap(({ name }) => (leases.some(({ target }) => target === name) ? [] : [name]));
  return { clone, leases, unleased };
}

/** Who would lose it; null: nobody has it. Creates in doubt and claims stay: whoever comes next settles them. */
export interface Breakable {
  readonly holder: LeaseHolder | null;
  /** Throws a LeaseError where somebody wrote meanwhile. */
  readonly break: () => Promise<void>;
}

/** `target` is one of the configuration. */
export async function breakableLease(workspace: Workspace, target: TargetConfig): Promise<Breakable | null> {
  const [found] = await readLeases(workspace, [target]);
  if (found === undefined) return null;
  const { store, ref, standing } = found;
  const free = async (): Promise<void> => {
    if (standing === null) return;
    const { lease, commit } = standing;
    const swap = await store.swap(ref, commit, { ...lease, holder: null, writer: "canon lock break", serial: lease.serial + 1 }, workspace.clock.now());
    switch (swap.state) {
      case "done":
        return;
      case "moved":
        throw new LeaseError(
          "lease-changed",
          `The lease on ${target.name} changed while you looked: its holder is alive, or another run has it by now.`,
          "Look again: canon lock show",
        );
      case "refused":
        throw new LeaseError("lease-refused", `${store.remote} does not let this account push to ${ref} (${swap.why}).`, "Ask somebody who may push there.");
      case "unreachable":
        throw unreachable(target.name, store.remote, swap.why);
    }
  };
  return { holder: standing?.lease.holder ?? null, break: free };
}

interface Found {
  readonly target: string;
  readonly store: LeaseStore;
  readonly ref: string;
  readonly standing: StandingLease | null;
}

async function readLeases(workspace: Workspace, targets: readonly TargetConfig[]): Promise<readonly Found[]> {
  if (workspace.config.lock === "local" || targets.length === 0) return [];
  const remote = await connectRemoteTargets(
    workspace,
    targets.map(({ name }) => name),
  );
  const leases = remote.length === 0 ? null : await openLeases(workspace.root, workspace);
  if (leases === null) return [];
  const { store, prefix } = leases;
  const refs = remote.map(({ name }) => ({ name, ...leaseRefs(name, prefix) }));
  const found = await store.read(refs.flatMap(({ custom, branch }) => [custom, branch]));
  if (found.state === "unreachable") throw unreachable(refs.map(({ name }) => name).join(", "), store.remote, found.why);
  return refs.map(({ name, custom, branch }) => {
    const ref = found.leases.has(branch) ? branch : custom;
    return { target: name, store, ref, standing: found.leases.get(ref) ?? null };
  });
}
