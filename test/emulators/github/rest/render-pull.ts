/** Pull requests as GitHub's REST answers write them: short in lists, with more in an answer of their own. */

import type { Pull } from "../code/code-world.ts";
import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { nowOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import { issuePage, repoUrl, restAccount, restLabel } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";
import { restRepo } from "./render-repo.ts";

/** What a list shows. `body` null: empty. */
export function restPullShort(call: Call, pull: Pull): Json {
  const { issue, headRepo, headBranch, base, headCommit, baseCommit, merged } = pull;
  const state = nowOf(issue);
  const url = `${repoUrl(call, issue.repo)}/pulls/${issue.number}`;
  const issueUrl = `${repoUrl(call, issue.repo)}/issues/${issue.number}`;
  const statuses = `${repoUrl(call, issue.repo)}/statuses/${headCommit}`;
  const page = issuePage(call, issue);
  const side = (repo: Repo, ref: string, sha: string): Json => ({
    label: `${repo.owner.login}:${ref}`,
    ref,
    sha,
    user: restAccount(call, repo.owner),
    repo: nestedRepo(call, repo),
  });
  const links = {
    self: url,
    html: page,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${url}/comments{/number}`,
    commits: `${url}/commits`,
    statuses,
  };
  return {
    ...{ url, id: issue.id, node_id: issue.nodeId, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, issue_url: issueUrl },
    ...{ number: issue.number, state: state.state, locked: false, title: state.title, user: restAccount(call, issue.author) },
    body: state.body === "" ? null : state.body,
    created_at: isoSeconds(issue.createdAt),
    updated_at: isoSeconds(state.updatedAt),
    closed_at: state.closedAt === null ? null : isoSeconds(state.closedAt),
    merged_at: merged === null ? null : isoSeconds(merged.at),
    // Of an open one: a merge that was only tried.
    merge_commit_sha: merged?.commit ?? pull.tried?.commit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.reviewers.map((one) => restAccount(call, one)),
    requested_teams: [],
    labels: state.labels.map((label) => ({ ...restLabel(call, issue.repo, label), description: label.description ?? "" })),
    milestone: null,
    draft: false,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: statuses,
    head: side(headRepo, headBranch, headCommit),
    base: side(issue.repo, base, baseCommit),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: "MEMBER",
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** GitHub says less of a repository within something else. */
function nestedRepo(call: Call, repo: Repo): Json {
  const { network_count: _network, subscribers_count: _subscribers, organization: _organization, ...rest } = restRepo(call, repo);
  return rest;
}

export function restPull(call: Call, pull: Pull): Json {
  const { merged, tried } = pull;
  const git = call.world.code.git(pull.issue.repo);
  const commits = git.log(pull.headCommit, [pull.baseCommit]).length;
  const mergeable = merged !== null || tried === null ? null : tried.commit !== null;
  return {
    ...restPullShort(call, pull),
    ...{ merged: merged !== null, merged_by: merged === null ? null : restAccount(call, merged.by), mergeable, rebaseable: mergeable },
    mergeable_state: mergeable === null ? "unknown" : mergeable ? "clean" : "dirty",
    ...{ comments: pull.issue.comments.length, review_comments: 0, maintainer_can_modify: false, commits, additions: 0, deletions: 0, changed_files: 0 },
  };
}
