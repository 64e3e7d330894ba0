/** What people are told of a lease that they cannot have, or do not have any more. */

import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { LeaseHolder } from "../../core/plan/lease.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { LeaseError } from "../../io/lease-error.ts";

/** "canon apply on build-7 (process 12)": whoever reads it must find that run. */
export function holderWords({ command, host, pid }: LeaseHolder): string {
  return `${cleanLine(command)} on ${cleanLine(host)} (process ${pid})`;
}

export function lockedBy(target: string, holder: LeaseHolder): LeaseError {
  return new LeaseError(
    "locked",
    `${holderWords(holder)} is writing to ${target} since ${momentWords(holder.since)}.`,
    `Wait until it is done and try again. If that run is dead: canon lock break ${target}`,
    holder,
  );
}

export function lost(target: string, holder: LeaseHolder | null): LeaseError {
  const by = holder === null ? "somebody broke it, or another run had it meanwhile" : `${holderWords(holder)} has it now`;
  return new LeaseError(
    "lease-lost",
    `The lease on ${target} is gone: ${by}. Nothing more was sent.`,
    "Run the same command again once the other run is done; it takes up what is left.",
    holder,
  );
}

export function unreachable(target: string, remote: string, why: string): LeaseError {
  return new LeaseError(
    "lease-unreachable",
    `${remote} keeps the lease on ${target}, and cannot be reached (${why}): nobody knows whether another run is writing.`,
    "Try again when it answers; or write lock: local into the configuration, where nobody else applies.",
  );
}

/** For a run that cannot go on without one. */
export function refused(target: string, remote: string): LeaseError {
  return new LeaseError(
    "lease-refused",
    `${nowhere(target, remote)}: in CI several runs may write at once, and nobody would see it.`,
    "Give the job the permission to push (GitHub: permissions: contents: write), or write lock: local into the configuration.",
  );
}

/** For a run that goes on alone. */
export function unguarded(target: string, remote: string): Diagnostic {
  return {
    code: "lease-local",
    severity: "notice",
    message: `${nowhere(target, remote)}: only runs in this very clone exclude each other.`,
    hint: "Ask for the permission to push there, or write lock: local into the configuration.",
  };
}

function nowhere(target: string, remote: string): string {
  return `${remote} takes no lease on ${target} from here, neither on refs/canon/lock nor as a branch canon/lock`;
}

/** "2026-11-21 10:00:00 UTC". */
function momentWords(at: string): string {
  return cleanLine(at)
    .replace("T", " ")
    .replace(/(?:\.\d+)?Z$/, " UTC");
}
