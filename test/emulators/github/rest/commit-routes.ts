/** REST: commits in a row, and what lies between two. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { BareRepo, GitCommit } from "../code/bare-repo.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { nameOf } from "../state/github-state.ts";
import { codePlace, commitNamed } from "./code-access.ts";
import { restCommit } from "./render-commit.ts";
import { repoUrl } from "./render-issue.ts";
import { pageOf, paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const REPO = "/repos/:owner/:repo";

export const COMMIT_ROUTES: readonly Route[] = [
  { method: "GET", path: `${REPO}/commits`, handle: list },
  { method: "GET", path: `${REPO}/compare/:basehead+`, handle: compare },
];

/** Without pages a comparison shows this many commits. */
const USUAL = 250;

function list(call: Call, params: Params): WireAnswer {
  const { repo, git } = codePlace(call, params, "read");
  if (git.isEmpty()) throw new GithubRefusal("conflict", "Git Repository is empty.");
  const head = commitNamed(git, call.request.query.get("sha") ?? "main");
  if (head === null) throw new GithubRefusal("not-found", "Not Found");
  return paged(call, git.log(head, []), (items) => items.map((one) => restCommit(call, repo, one)));
}

/** The oldest first; files are left out of the answer, as whoever wants more than 300 of them must not take them from here. */
function compare(call: Call, params: Params): WireAnswer {
  const { repo, git } = codePlace(call, params, "read");
  const [from = "", to = ""] = param(params, "basehead").split("...");
  const base = commitNamed(git, from);
  const head = commitNamed(git, to);
  if (base === null || head === null) throw new GithubRefusal("not-found", "Not Found");
  const middle = git.mergeBase(base, head);
  if (middle === null) throw new GithubRefusal("not-found", `No common ancestor between ${from} and ${to}.`);
  const ahead = git.log(head, [base]).toReversed();
  const behind = git.log(base, [head]).length;
  const url = `${repoUrl(call, repo)}/compare/${from}...${to}`;
  const page = `${call.web}/${nameOf(repo)}/compare/${from}...${to}`;
  const whole = (items: readonly GitCommit[]): unknown => ({
    url,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: restCommit(call, repo, found(git, base)),
    merge_base_commit: restCommit(call, repo, found(git, middle)),
    status: ahead.length > 0 && behind > 0 ? "diverged" : ahead.length > 0 ? "ahead" : behind > 0 ? "behind" : "identical",
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: items.map((one) => restCommit(call, repo, one)),
    files: [],
  });
  const { query } = call.request;
  if (query.has("page") || query.has("per_page")) return paged(call, ahead, whole);
  return { status: 200, body: whole(ahead.slice(0, Math.max(USUAL, pageOf(call).size))) };
}

function found(git: BareRepo, sha: string): GitCommit {
  const commit = git.commit(sha);
  if (commit === null) throw new GithubRefusal("not-found", "Not Found");
  return commit;
}
