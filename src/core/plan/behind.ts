/** The second guard of semantics 6, per ticket: is the spec in this checkout older than what its base was written from? */

import type { Base } from "../model/base.ts";

/** Where a commit is, as far as this clone knows. */
export interface CommitReach {
  readonly inHead: boolean;
  /** null: the default branch's tip is not in this clone. */
  readonly inDefault: boolean | null;
}

export interface History {
  readonly shallow: boolean;
  /** HEAD contains the tip of the default branch, or there is no remote: no merged commit can be missing here. */
  readonly complete: boolean;
  /** Only commits that this clone has. */
  readonly commits: ReadonlyMap<string, CommitReach>;
}

/** `itemHash` is `Item.hash` of the section as it stands here. */
export function judgeBehind(base: Pick<Base, "commit" | "unpushed" | "previous">, itemHash: string, history: History): boolean {
  if (base.commit === null) return false;
  const reach = history.commits.get(base.commit);
  if (reach === undefined && history.shallow) return false;
  if (reach?.inHead === true) return false;
  if (base.unpushed && base.previous === itemHash) return true;
  return isOnDefault(base, reach, history);
}

/** Where the clone cannot tell, a base that was written from merged specs is taken at its word. */
function isOnDefault(base: Pick<Base, "unpushed">, reach: CommitReach | undefined, history: History): boolean {
  if (reach === undefined || reach.inDefault === null) return !history.complete && !base.unpushed;
  return reach.inDefault;
}
