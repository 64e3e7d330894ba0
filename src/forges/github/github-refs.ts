/** References: where they stand, and moving them by compare-and-swap. */

import type { Branch, CommitOutcome } from "../forge.ts";
import { ANYTHING, isKind, refusal, wordsOf } from "./github-client.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { wireRef, wireRefs } from "./github-wire.ts";

const NOWHERE = "0".repeat(40);

export async function branchesLike({ client, ...place }: GithubPlace, prefix: string): Promise<readonly Branch[]> {
  const found = await client.find(`GET ${REPO}/git/matching-refs/{ref}`, { ...place.at, ref: `heads/${prefix}` }, wireRefs);
  const branches = (found ?? []).map(({ ref, object }) => ({ name: ref.replace(/^refs\/heads\//, ""), head: object.sha }));
  return branches.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** null as well where the repository is empty. */
export async function headOf(place: GithubPlace, ref: string): Promise<string | null> {
  const found = await place.client.find(`GET ${REPO}/git/ref/{ref}`, withPlace(place, { ref: ref.replace(/^refs\//, "") }), wireRef);
  return found?.object.sha ?? null;
}

export interface RefMove {
  readonly ref: string;
  /** null: it must not exist. */
  readonly expected: string | null;
  /** null: it is taken away. */
  readonly to: string | null;
}

const UPDATE = `mutation updateRefs($repository: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
  updateRefs(input: { repositoryId: $repository, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: true }] }) { clientMutationId }
}`;

/**
 * By GraphQL: only there GitHub compares with what stood there. REST's `force: false` asks for a fast forward, which
 * would undo a person's reset and forbids to build a branch anew. `force` allows the latter; `beforeOid` still decides.
 */
export async function swapRef(place: GithubPlace, { ref, expected, to }: RefMove): Promise<CommitOutcome> {
  const variables = { repository: await place.nodeId(), name: ref, before: expected ?? NOWHERE, after: to ?? NOWHERE };
  const done: CommitOutcome = { state: "done", commit: to ?? expected ?? NOWHERE };
  try {
    await place.client.mutate(UPDATE, variables, ANYTHING);
    return done;
  } catch (error) {
    const isUnknown = isKind(error, "unknown-outcome");
    if (!isUnknown && !isKind(error, "invalid", "conflict", "not-found")) throw error;
    // What stands there says more than words that may change.
    const now = await headOf(place, ref);
    if (isUnknown) {
      // Not our commit: it may still land, or has been built upon since.
      if (now === to) return done;
      throw error;
    }
    if (now !== expected) return { state: "moved", now };
    if (isKind(error, "invalid", "conflict"))
      throw refusal("forbidden", wordsOf(error), `A rule of ${place.name} keeps this account from writing ${ref}: let it, or use another branch.`);
    throw error;
  }
}
