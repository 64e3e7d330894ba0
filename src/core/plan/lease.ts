/**
 * A lease on a target: which run of which clone may write to it, and what outlives that run. It stands on a git reference
 * of the remote, so every change of it is a compare-and-swap: whoever wrote between is noticed. Pure.
 */

import type { Claim } from "../model/claim.ts";
import type { InDoubtCreate } from "./in-doubt.ts";

/** For people, but for `nonce` and `seconds`. */
export interface LeaseHolder {
  /** Drawn anew by every run. */
  readonly nonce: string;
  readonly host: string;
  readonly pid: number;
  /** As it was typed: "canon apply". */
  readonly command: string;
  /** ISO 8601, UTC, by the holder's clock: never compared with another machine's. */
  readonly since: string;
  readonly until: string;
  /** How long it lasts from the moment it was written. */
  readonly seconds: number;
}

/** A create that was announced before it was sent, and that nobody has settled since. */
export interface LeaseIntent extends InDoubtCreate {
  /** Instance + project: a target of that name may have become another one. */
  readonly identity: string;
  readonly run: string;
}

export interface Lease {
  readonly format: 1;
  readonly target: string;
  /** Rises with every write, so that no two writes look the same to somebody who watches. */
  readonly serial: number;
  /** The nonce of whoever wrote this: a push that seemed lost may have landed after all. */
  readonly writer: string;
  /** null: free. */
  readonly holder: LeaseHolder | null;
  readonly intents: readonly LeaseIntent[];
  readonly claims: readonly Claim[];
}

/** How long a lease lasts without being renewed. */
export const LEASE_SECONDS = 300;

/** How long one request may take: nothing is sent with less of the lease left. */
const REQUEST_SECONDS = 60;

export function freeLease(target: string): Lease {
  return { format: 1, target, serial: 0, writer: "", holder: null, intents: [], claims: [] };
}

/** A later intent for a token replaces an earlier one. */
export function announced(lease: Lease, intents: readonly LeaseIntent[]): Lease {
  const tokens = new Set(intents.map(({ token }) => token));
  return { ...lease, intents: [...lease.intents.filter(({ token }) => !tokens.has(token)), ...intents] };
}

/** A create that has its claim is in doubt no more. */
export function claimed(lease: Lease, claims: readonly Claim[]): Lease {
  const tokens = new Set(claims.map(({ token }) => token));
  return { ...settled(lease, tokens), claims: [...lease.claims.filter(({ token }) => !tokens.has(token)), ...claims] };
}

/** These were never carried out and never will be, or have their claims. */
export function settled(lease: Lease, tokens: ReadonlySet<string>): Lease {
  return { ...lease, intents: lease.intents.filter(({ token }) => !tokens.has(token)) };
}

/** The markers of these are merged. */
export function forgotten(lease: Lease, tokens: ReadonlySet<string>): Lease {
  return { ...lease, claims: lease.claims.filter(({ token }) => !tokens.has(token)) };
}

/** What a run measured by its own clocks since it began to write a lease. */
export interface Elapsed {
  /** Stands still while a machine sleeps. */
  readonly monotonic: number;
  /** Goes on while it sleeps, and may jump. */
  readonly wall: number;
}

/** A request may take its whole time and still end within the lease, whichever clock is right. */
export function maySend({ monotonic, wall }: Elapsed): boolean {
  return LEASE_SECONDS - Math.max(monotonic, wall) / 1000 > REQUEST_SECONDS;
}

/**
 * Milliseconds after which a lease that did not change while somebody watched is nobody's: it has run out, and what its
 * holder sent last has landed or never will. Counted from when the watcher first saw it, by the watcher's monotonic clock.
 */
export function takeOverAfter({ seconds }: Pick<LeaseHolder, "seconds">, bound: number): number {
  return Math.max(seconds, LEASE_SECONDS) * 1000 + bound;
}
