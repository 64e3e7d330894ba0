/** One request on its way through the emulated GitHub: who asks, what may be seen, and when. */

import type { Strike, WireRequest } from "../kit/wire.ts";
import { checkIssues, maySee } from "./github-access.ts";
import type { Access, GithubToken } from "./github-access.ts";
import { GithubRefusal } from "./github-refusal.ts";
import type { LimitMeter } from "./github-limits.ts";
import { stateAt } from "./state/github-state.ts";
import type { Issue, IssueState, Repo } from "./state/github-state.ts";
import { repoNamed } from "./state/github-world.ts";
import type { World } from "./state/github-world.ts";

export interface GithubSwitches {
  /** Milliseconds by which lists, reads by number and searches lag behind writes. */
  listLag: number;
  readLag: number;
  searchLag: number;
  /** GraphQL finds a transferred issue under its old number (its old node id never does). [M] */
  graphqlFollowsTransfer: boolean;
  /** A change of a transferred issue is redirected like a read, instead of finding nothing. The schema lists the 301; people report 404. [M] */
  transferRedirectsWrites: boolean;
  /** A create below a full parent leaves an issue without parent behind its error, instead of nothing. [M] */
  orphansBelowFullParents: boolean;
  /** What a person saves in the browser gets CRLF line ends. [M] */
  browserCrlf: boolean;
  /** The status of a secondary limit. */
  secondaryStatus: 403 | 429;
}

export interface Call {
  readonly request: WireRequest;
  readonly strike: Strike;
  readonly world: World;
  readonly access: Access;
  readonly token: GithubToken;
  readonly meter: LimitMeter;
  readonly switches: Readonly<GithubSwitches>;
  /** Where the API is, without a slash at the end: as the request names it. */
  readonly api: string;
  /** Where people's pages are. */
  readonly web: string;
}

/** The repository, if this token may see it. */
export function visibleRepo(call: Call, owner: string, name: string): Repo {
  const repo = repoNamed(call.world, owner, name);
  if (repo === null || !maySee(call.access, call.token, repo)) throw new GithubRefusal("not-found", "Not Found");
  return repo;
}

/** The issue as a reader sees it now; null when it is not there for this reader. */
export function seen(call: Call, issue: Issue, lag: number): IssueState | null {
  if (issue.gone !== null || issue.hidden) return null;
  return stateAt(issue, call.world.clock.now() - lag);
}

export function mayRead(call: Call, repo: Repo, field: string): boolean {
  try {
    checkIssues(call.access, call.token, repo, "read", field);
    return true;
  } catch (error) {
    if (error instanceof GithubRefusal) return false;
    throw error;
  }
}

/** Counts one creation of content; refuses beyond the limit. */
export function countContent(call: Call): void {
  if (call.meter.create(call.token.account.login) !== null) throw new GithubRefusal("too-quick", "was submitted too quickly");
}

/** GitHub's times have whole seconds. */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/u, "Z");
}

/** Whose pushes start no workflows: otherwise they would start themselves again for ever. */
export function isActions({ token }: Call): boolean {
  return token.app?.slug === "github-actions";
}
