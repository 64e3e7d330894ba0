/** Pull requests: read, listed, opened once per branch, edited. */

import { branchRef } from "../forge-names.ts";
import type { Forge, PullRequest, PullRequestQuery, PullRequestWish } from "../forge.ts";
import { ANYTHING, forbiddenIfThere, isKind, refusal } from "./github-client.ts";
import { pullRequestOf } from "./github-map.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { headOf } from "./github-refs.ts";
import { wireGitCommit, wirePull, wirePulls, wireThread, type WirePull } from "./github-wire.ts";

const PULL = `${REPO}/pulls/{pull_number}`;
const ISSUE = `${REPO}/issues/{issue_number}`;

export async function readPull(place: GithubPlace, number: number): Promise<PullRequest> {
  const { value } = await place.client.get(`GET ${PULL}`, withPlace(place, { pull_number: number }), wirePull);
  return completed(place, value);
}

/** Who ended it stands in the issue that every pull request is. */
async function completed(place: GithubPlace, pull: WirePull): Promise<PullRequest> {
  if (pull.state === "open") return pullRequestOf(pull, null);
  const key = `${pull.number} ${pull.updated_at}`;
  const known = place.enders.get(key);
  if (known !== undefined) return pullRequestOf(pull, known);
  const { value } = await place.client.get(`GET ${ISSUE}`, withPlace(place, { issue_number: pull.number }), wireThread);
  const by = value.closed_by?.login ?? null;
  place.enders.set(key, by);
  return pullRequestOf(pull, by);
}

export async function listPulls(place: GithubPlace, { state, headPrefix = "", author, since }: PullRequestQuery): Promise<readonly PullRequest[]> {
  const from = since === undefined ? -Infinity : Math.floor(Date.parse(since) / 1000);
  const changedAt = ({ updated_at: at }: WirePull): number => Date.parse(at) / 1000;
  const parameters = withPlace(place, {
    state: state === undefined ? "all" : state === "open" ? "open" : "closed",
    sort: since === undefined ? "created" : "updated",
    direction: "desc",
  });
  const found = await place.client.list(`GET ${REPO}/pulls`, parameters, wirePulls, (page) => page.some((pull) => changedAt(pull) < from));
  const wanted = found.filter(
    (pull) => changedAt(pull) >= from && pull.head.ref.startsWith(headPrefix) && (author === undefined || pull.user?.login === author),
  );
  // What was opened while the pages were read stands on two of them.
  const distinct = [...new Map(wanted.map((pull) => [pull.number, pull])).values()];
  return Promise.all(distinct.toSorted((one, other) => other.number - one.number).map((pull) => completed(place, pull)));
}

/** GitHub would take a second one onto another base. */
export async function openPull(place: GithubPlace, wish: PullRequestWish): Promise<PullRequest> {
  const { title, body, head, base, labels, reviewers } = wish;
  branchRef(head);
  branchRef(base);
  const standing = await openOf(place, head);
  if (standing !== null) return standing;
  let number: number;
  try {
    const write = (): Promise<WirePull> => place.client.write(`POST ${REPO}/pulls`, withPlace(place, { title, body, head, base }), wirePull, 1);
    ({ number } = await forbiddenIfThere(write, () => place.repository()));
  } catch (error) {
    // Another run may have been quicker by a moment.
    const other = isKind(error, "invalid") ? await openOf(place, head) : null;
    if (other === null) throw error;
    return other;
  }
  await addLabels(place, number, labels);
  await askReviewers(place, number, reviewers);
  return readPull(place, number);
}

async function openOf(place: GithubPlace, head: string): Promise<PullRequest | null> {
  const parameters = withPlace(place, { state: "open", head: `${place.at.owner}:${head}` });
  const found = await place.client.list(`GET ${REPO}/pulls`, parameters, wirePulls);
  // The filter names an owner and no repository; a fork may belong to the same one.
  const own = found.map((pull) => pullRequestOf(pull, null)).filter((pull) => pull.head.branch === head && !pull.head.fork);
  return own.toSorted((one, other) => one.number - other.number)[0] ?? null;
}

/** One name that GitHub does not take refuses all, so each is asked for by itself: who cannot review is left out. */
async function askReviewers(place: GithubPlace, number: number, reviewers: readonly string[]): Promise<void> {
  for (const reviewer of new Set(reviewers)) {
    const [, team] = reviewer.split("/");
    const asked = team === undefined ? { reviewers: [reviewer] } : { team_reviewers: [team] };
    try {
      await place.client.write(`POST ${PULL}/requested_reviewers`, withPlace(place, { pull_number: number, ...asked }), ANYTHING);
    } catch (error) {
      if (!isKind(error, "invalid", "not-found", "forbidden")) throw error;
    }
  }
}

export async function editPull(place: GithubPlace, number: number, edit: Parameters<Forge["editPullRequest"]>[1]): Promise<PullRequest> {
  const read = (): Promise<PullRequest> => readPull(place, number);
  const write = (): Promise<WirePull> => place.client.write(`PATCH ${PULL}`, withPlace(place, { pull_number: number, ...edit }), wirePull);
  return completed(place, await forbiddenIfThere(write, read));
}

/** Of a pull request or a thread. */
export async function addLabels(place: GithubPlace, number: number, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return;
  const parameters = withPlace(place, { issue_number: number, labels: [...new Set(labels)] });
  const write = (): Promise<unknown> => place.client.write(`POST ${ISSUE}/labels`, parameters, ANYTHING);
  await forbiddenIfThere(write, () => place.client.get(`GET ${ISSUE}`, withPlace(place, { issue_number: number }), wireThread));
}

/** GitHub merges in the background, once somebody asked: milliseconds between the looks. */
const LOOKS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/** What was merged is looked at: a merge with an older base may be shown for a while. A conflict leaves nothing to look at: it must be said twice. */
export async function mergeResultOf(place: GithubPlace, number: number): Promise<string | null> {
  let conflicts = 0;
  for (const pause of [...LOOKS, 0]) {
    const { value: pull } = await place.client.get(`GET ${PULL}`, withPlace(place, { pull_number: number }), wirePull);
    if (pull.state !== "open") throw refusal("invalid", `${place.name}#${number} is not open: nothing would be merged.`, "Ask for its merge commit.");
    conflicts = pull.mergeable === false ? conflicts + 1 : 0;
    if (conflicts === 2) return null;
    if (pull.mergeable === true && typeof pull.merge_commit_sha === "string" && (await isOfNow(place, pull, pull.merge_commit_sha)))
      return pull.merge_commit_sha;
    await place.clock.sleep(pause);
  }
  throw refusal("unavailable", `GitHub does not say yet whether ${place.name}#${number} can be merged.`, "Run the command again in a minute.");
}

async function isOfNow(place: GithubPlace, { base, head }: WirePull, merge: string): Promise<boolean> {
  const [tip, commit] = await Promise.all([
    headOf(place, `refs/heads/${base.ref}`),
    place.client.find(`GET ${REPO}/git/commits/{commit_sha}`, withPlace(place, { commit_sha: merge }), wireGitCommit),
  ]);
  return commit?.parents[0]?.sha === tip && commit?.parents[1]?.sha === head.sha;
}
