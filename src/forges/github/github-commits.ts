/** Commits in a row, and where two parted. */

import { commitOf } from "./github-map.ts";
import type { Commit } from "../forge.ts";
import { isKind } from "./github-client.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { wireCommits, wireComparison, wireGitCommit, type WireCommit } from "./github-wire.ts";

const COMPARE = `GET ${REPO}/compare/{basehead}`;
const PAGE = 100;

/** A comparison lists the oldest first; without a common ancestor all that `head` reaches counts. */
export async function commitsBetween(place: GithubPlace, base: string, head: string): Promise<readonly Commit[]> {
  const all: WireCommit[] = [];
  try {
    for (let page = 1; ; page += 1) {
      const parameters = withPlace(place, { basehead: `${base}...${head}`, per_page: PAGE, page });
      const { value, headers } = await place.client.get(COMPARE, parameters, wireComparison);
      all.push(...value.commits);
      if (!/rel="next"/.test(headers.get("link") ?? "")) return all.toReversed().map(commitOf);
    }
  } catch (error) {
    if (!isKind(error, "not-found")) throw error;
    await bothThere(place, base, head);
    return (await place.client.list(`GET ${REPO}/commits`, withPlace(place, { sha: head }), wireCommits)).map(commitOf);
  }
}

export async function mergeBaseOf(place: GithubPlace, one: string, other: string): Promise<string | null> {
  try {
    const parameters = withPlace(place, { basehead: `${one}...${other}`, per_page: 1, page: 1 });
    return (await place.client.get(COMPARE, parameters, wireComparison)).value.merge_base_commit.sha;
  } catch (error) {
    if (!isKind(error, "not-found")) throw error;
    await bothThere(place, one, other);
    return null;
  }
}

/** "Not found" is also what GitHub says of two that have nothing in common. */
async function bothThere(place: GithubPlace, ...commits: readonly string[]): Promise<void> {
  for (const commit of commits) await place.client.get(`GET ${REPO}/git/commits/{commit_sha}`, withPlace(place, { commit_sha: commit }), wireGitCommit);
}
