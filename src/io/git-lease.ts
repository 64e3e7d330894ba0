/**
 * Leases in a git remote, each on a reference of its own. A lease is a commit without parents that holds one file: nothing
 * grows, and a push that expects the commit before it is a compare-and-swap. Touches neither work tree, index nor any
 * local reference; objects that nobody needs any more go with git's own housekeeping.
 */

import type { Lease } from "../core/plan/lease.ts";
import { asCommit } from "./git-files.ts";
import { listRefs, reasonOf, swapRef } from "./git-swap.ts";
import { LeaseError } from "./lease-error.ts";
import { parseLease, printLease } from "./lease-schema.ts";
import { textOf, type Git } from "./run-git.ts";

export interface StandingLease {
  /** What the next write expects there. */
  readonly commit: string;
  readonly lease: Lease;
}

export type ReadLeases =
  /** References without a lease are absent. */
  { readonly state: "known"; readonly leases: ReadonlyMap<string, StandingLease> } | { readonly state: "unreachable"; readonly why: string };

export type Swap =
  | { readonly state: "done"; readonly commit: string }
  /** Somebody wrote since. */
  | { readonly state: "moved" }
  /** The remote does not take it from us there. */
  | { readonly state: "refused"; readonly why: string }
  /** It may have landed, or still land: only onto what was expected. */
  | { readonly state: "unreachable"; readonly why: string };

export interface LeaseStore {
  /** The remote's name, for words. */
  readonly remote: string;
  /** One ls-remote, and a fetch for what is not known here yet. */
  read(refs: readonly string[]): Promise<ReadLeases>;
  /** `expected` null: the reference must not exist. One push. */
  swap(ref: string, expected: string | null, lease: Lease, at: Date): Promise<Swap>;
}

const FILE = "lease.json";
const TIMEOUT = 30_000;
/** A lease that is written between looking and fetching is looked up again. */
const TRIES = 4;

/** `place` is what pushes go to: the remote's name, or its push URL where that is another. */
export function openLeaseStore(git: Git, remote: string, place: string): LeaseStore {
  return {
    remote,
    read: (refs) => readLeases(git, remote, place, refs),
    swap: async (ref, expected, lease, at) => {
      const commit = await writeLease(git, lease, at);
      const swap = await swapRef(git, place, { ref, expected, next: commit });
      switch (swap.state) {
        case "done":
          return { state: "done", commit };
        case "moved":
          // The very same lease is ours: it names its holder.
          return swap.now === commit ? { state: "done", commit } : { state: "moved" };
        case "refused":
        case "unsettled":
          return { state: "refused", why: swap.why };
        case "unreachable":
          return swap;
      }
    },
  };
}

async function readLeases(git: Git, remote: string, place: string, refs: readonly string[]): Promise<ReadLeases> {
  let lost = "";
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await listRefs(git, place, refs);
    if (found.state === "unreachable") return found;
    const leases = new Map<string, StandingLease>();
    // A pattern of ls-remote matches the end of a name.
    const standing = [...found.commits].filter(([ref]) => refs.includes(ref));
    for (const [ref, commit] of standing) {
      const text = (await readFile(git, commit)) ?? (await fetchFile(git, place, ref, commit));
      if (text === null) lost = ref;
      else leases.set(ref, { commit, lease: parseLease(text) ?? damaged(ref, remote) });
    }
    if (leases.size === standing.length) return { state: "known", leases };
  }
  return damaged(lost, remote);
}

async function fetchFile(git: Git, place: string, ref: string, commit: string): Promise<string | null> {
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", "--refmap="];
  await git(["fetch", ...flags, "--end-of-options", place, ref], { timeout: TIMEOUT });
  return readFile(git, commit);
}

async function readFile(git: Git, commit: string): Promise<string | null> {
  const answer = await git(["cat-file", "blob", `${commit}:${FILE}`]);
  return answer.code === 0 ? textOf(answer) : null;
}

/** By hand, as commit-tree wants a name from the configuration, and CI has none. */
async function writeLease(git: Git, lease: Lease, at: Date): Promise<string> {
  const blob = await write(git, ["hash-object", "-w", "--stdin"], printLease(lease));
  const tree = await write(git, ["mktree"], `100644 blob ${blob}\t${FILE}\n`);
  const who = `Canon <canon@localhost> ${Math.floor(at.getTime() / 1000)} +0000`;
  const words = lease.holder === null ? "free" : `held by ${lease.holder.command} (process ${lease.holder.pid} on ${lease.holder.host})`;
  return write(git, ["hash-object", "-t", "commit", "-w", "--stdin"], `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nLease: ${oneLine(words)}\n`);
}

async function write(git: Git, args: readonly string[], input: string): Promise<string> {
  const answer = await git(args, { input });
  const id = asCommit(textOf(answer).trim());
  if (answer.code === 0 && id !== null) return id;
  throw new LeaseError(
    "lease-unwritable",
    `git could not write a lease into this clone: ${reasonOf(answer)}`,
    "Check that the clone's .git folder is writable and has room, then run the same command again.",
  );
}

function oneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f]+/g, " ");
}

function damaged(ref: string, remote: string): never {
  throw new LeaseError(
    "lease-damaged",
    `What stands on ${ref} of ${remote} is no lease that this Canon can read.`,
    `Was it written by a newer Canon? Then use that. Else look at it with git fetch ${remote} ${ref}, and remove it once canon plan proposes no section that already has a ticket.`,
  );
}
