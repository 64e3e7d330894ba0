/**
 * A turn that a lease in the git remote gives, so that clones exclude each other. Writing begins with a compare-and-swap that
 * expects what was read when this was opened: it fails if anybody wrote since, so a plan made in between is as good as
 * one made under the lease. What an announced create came to is told with the next push: until then its intent stands
 * there, and whoever comes instead settles it by asking the tracker.
 */

import type { Claim } from "../../core/model/claim.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import {
  announced,
  claimed,
  forgotten,
  freeLease,
  LEASE_SECONDS,
  maySend,
  settled,
  type Elapsed,
  type Lease,
  type LeaseHolder,
} from "../../core/plan/lease.ts";
import type { Clock } from "../../io/clock.ts";
import type { LeaseStore, StandingLease, Swap } from "../../io/git-lease.ts";
import { LeaseError } from "../../io/lease-error.ts";
import type { LeaseRefs } from "../../io/lease-refs.ts";
import type { OwnLeases } from "../../io/own-leases.ts";
import { lockedBy, lost, refused, unguarded, unreachable } from "./lease-words.ts";
import type { Announced, Turn } from "./turn.ts";

export interface LeaseOptions {
  readonly target: string;
  readonly identity: string;
  readonly refs: LeaseRefs;
  readonly store: LeaseStore;
  readonly own: OwnLeases;
  /** Where claims go when the remote takes no lease from here. */
  readonly local: Turn;
  readonly clock: Clock;
  /** This run, for other people. */
  readonly me: Pick<LeaseHolder, "nonce" | "host" | "pid" | "command">;
  /** In CI nobody would read a notice that runs do not exclude each other. */
  readonly isCi: boolean;
}

/** Tries of one push, which the network may spoil for a moment; and another's push at the same moment looks like a refusal. */
const TRIES = 3;
const TRIES_REFUSED = 2;

export class LeasedTurn implements Turn {
  readonly options: LeaseOptions;
  #ref: string;
  #commit: string | null;
  /** As it stands in the remote, and what waits to be told. */
  #lease: Lease;
  #isDirty = false;
  /** When the write began that gave us the lease; null: it is not ours. */
  #since: Elapsed | null = null;
  /** The remote takes no lease from here. */
  #isLocal = false;

  /** `standing` null: there is no lease yet. */
  constructor(options: LeaseOptions, ref: string, standing: StandingLease | null) {
    this.options = options;
    this.#ref = ref;
    this.#commit = standing?.commit ?? null;
    this.#lease = standing?.lease ?? freeLease(options.target);
  }

  /** Who has it, as far as it was read; null: nobody, or we. */
  get holder(): LeaseHolder | null {
    return this.#since === null ? this.#lease.holder : null;
  }

  get ref(): string {
    return this.#ref;
  }

  get commit(): string | null {
    return this.#commit;
  }

  /** Somebody watched, and this stands there by now. */
  see(ref: string, standing: StandingLease | null): void {
    this.#ref = ref;
    this.#commit = standing?.commit ?? null;
    this.#lease = standing?.lease ?? freeLease(this.options.target);
  }

  /** A notice, where runs of other clones are not excluded. */
  get notice(): Diagnostic | null {
    return this.#isLocal ? unguarded(this.options.target, this.options.store.remote) : null;
  }

  claims(): readonly Claim[] {
    return this.#lease.claims.filter(({ identity }) => identity === this.options.identity).map((claim) => ({ ...claim, target: this.options.target }));
  }

  inDoubt(): readonly Announced[] {
    return this.#lease.intents.filter(({ identity }) => identity === this.options.identity).map((intent) => ({ ...intent, target: this.options.target }));
  }

  async acquire(): Promise<void> {
    if (this.#isLocal) return;
    if (this.#since !== null) return this.ensure();
    const { refs } = this.options;
    if ((await this.#take()) === "done") return;
    if (this.#ref === refs.custom) {
      this.#ref = refs.branch;
      this.#commit = null;
      if ((await this.#take()) === "done") return;
    }
    if (this.options.isCi) throw refused(this.options.target, this.options.store.remote);
    this.#isLocal = true;
  }

  async ensure(): Promise<void> {
    if (this.#isLocal) return;
    if (this.#since === null) throw new Error(`nothing may be sent to ${this.options.target} without its lease`);
    if (!maySend(this.#elapsed(this.#since))) await this.#renew(this.#lease);
  }

  async announce(creates: readonly Announced[]): Promise<void> {
    const { identity } = this.options;
    const next = announced(
      this.#lease,
      creates.map(({ token, address, title, body, base, target, watermark, run }) => ({
        ...{ token, address, title, body, base, target, watermark, run },
        identity,
      })),
    );
    if (!this.#isLocal) await this.#renew(next);
  }

  settle(tokens: readonly string[]): void {
    const next = settled(this.#lease, new Set(tokens));
    this.#isDirty ||= next.intents.length < this.#lease.intents.length;
    this.#lease = next;
  }

  async keep(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    this.#lease = claimed(this.#lease, claims);
    this.#isDirty = true;
    if (this.#isLocal) await this.options.local.keep(claims);
  }

  async forget(tokens: readonly string[]): Promise<void> {
    const next = forgotten(this.#lease, new Set(tokens));
    this.#isDirty ||= next.claims.length < this.#lease.claims.length;
    this.#lease = next;
    // From a time when this clone was alone.
    await this.options.local.forget(tokens);
  }

  async flush(): Promise<void> {
    if (this.#isDirty && this.#since !== null) await this.#renew(this.#lease);
  }

  async release(): Promise<Diagnostic | null> {
    if (this.#since === null) return null;
    try {
      const swap = await this.#swap({ ...this.#lease, holder: null });
      this.#since = null;
      // One that cannot be given back may be taken back by the next run here.
      if (swap.state === "done") await this.options.own.drop(this.#ref);
      return swap.state === "done" ? null : { ...(await this.#failure(swap)).diagnostic, severity: "warning" };
    } catch (error) {
      if (!(error instanceof LeaseError)) throw error;
      return { ...error.diagnostic, severity: "warning" };
    }
  }

  async #take(): Promise<"done" | "refused"> {
    const { own, me, store, target } = this.options;
    await own.note(this.#ref, me.nonce);
    const swap = await this.#swap({ ...this.#lease, holder: this.#holder() });
    switch (swap.state) {
      case "done":
      case "refused":
        return swap.state;
      case "unreachable":
        throw unreachable(target, store.remote, swap.why);
      case "moved": {
        const now = await this.#standing();
        if (now?.lease.holder) throw lockedBy(target, now.lease.holder);
        throw new LeaseError("lease-changed", `Another run has written to ${target} since this plan was made.`, "Run the same command again; it plans anew.");
      }
    }
  }

  async #renew(lease: Lease): Promise<void> {
    const swap = await this.#swap({ ...lease, holder: this.#holder() });
    if (swap.state === "done") return;
    if (swap.state === "moved") this.#since = null;
    throw await this.#failure(swap);
  }

  async #failure(swap: Exclude<Swap, { state: "done" }>): Promise<LeaseError> {
    const { target, store } = this.options;
    switch (swap.state) {
      case "unreachable":
        return unreachable(target, store.remote, swap.why);
      case "refused":
        return new LeaseError("lease-refused", `${store.remote} does not let the lease on ${target} be renewed (${swap.why}).`, "Run the same command again.");
      case "moved":
        return lost(target, (await this.#standing())?.lease.holder ?? null);
    }
  }

  /** A push that seemed lost may have landed meanwhile: then what stands there is ours, and the next expects it. */
  async #swap(lease: Lease): Promise<Swap> {
    const { store, clock, me } = this.options;
    let swap: Swap = { state: "moved" };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (tries > 1) await clock.sleep(tries * 500);
      const [began, next] = [this.#moment(), { ...lease, serial: this.#lease.serial + tries, writer: me.nonce }];
      swap = await store.swap(this.#ref, this.#commit, next, clock.now());
      if (swap.state === "done") {
        this.#commit = swap.commit;
        this.#lease = next;
        this.#since = began;
        this.#isDirty = false;
        return swap;
      }
      if (swap.state === "refused" && tries >= TRIES_REFUSED) return swap;
      if (swap.state !== "moved") continue;
      const now = await this.#standing();
      if (now?.lease.writer !== me.nonce) return swap;
      this.#commit = now.commit;
    }
    return swap;
  }

  async #standing(): Promise<StandingLease | null> {
    const found = await this.options.store.read([this.#ref]);
    return found.state === "known" ? (found.leases.get(this.#ref) ?? null) : null;
  }

  #holder(): LeaseHolder {
    const { clock, me } = this.options;
    const now = clock.now();
    const until = new Date(now.getTime() + LEASE_SECONDS * 1000);
    const { nonce, host, pid, command } = me;
    const since = this.#lease.holder?.nonce === nonce ? this.#lease.holder.since : now.toISOString();
    return { nonce, host, pid, command, since, until: until.toISOString(), seconds: LEASE_SECONDS };
  }

  #moment(): Elapsed {
    const { clock } = this.options;
    return { monotonic: clock.monotonic(), wall: clock.now().getTime() };
  }

  #elapsed(since: Elapsed): Elapsed {
    const now = this.#moment();
    return { monotonic: now.monotonic - since.monotonic, wall: now.wall - since.wall };
  }
}
