/** Issues, comments, labels and accounts as GitHub's REST answers write them. */

import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { nameOf, nowOf } from "../state/github-state.ts";
import type { Account, Comment, Issue, IssueState, IssueType, Label, Repo } from "../state/github-state.ts";

export type Json = Readonly<Record<string, unknown>>;

type Urls = Pick<Call, "api" | "web">;

export function restAccount({ api, web }: Urls, account: Account): Json {
  const url = `${api}/users/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${web}/avatars/u/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${web}/${account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    user_view_type: "public",
    site_admin: false,
  };
}

export function repoUrl({ api }: Urls, repo: Repo): string {
  return `${api}/repos/${nameOf(repo)}`;
}

export function issueUrl(urls: Urls, issue: Issue): string {
  return `${repoUrl(urls, issue.repo)}/issues/${issue.number}`;
}

export function issuePage({ web }: Urls, issue: Issue): string {
  return `${web}/${nameOf(issue.repo)}/${issue.isPull ? "pull" : "issues"}/${issue.number}`;
}

export function restLabel(urls: Urls, repo: Repo, label: Label): Json {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repoUrl(urls, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function restType(type: IssueType): Json {
  return {
    id: type.id,
    node_id: type.nodeId,
    name: type.name,
    description: type.description,
    color: "gray",
    created_at: "2025-01-01T00:00:00Z",
    updated_at: "2025-01-01T00:00:00Z",
    is_enabled: true,
  };
}

/** `state` is what this reader sees of it; what it is made of may be newer than its lists. */
export function restIssue(call: Call, issue: Issue, state: IssueState): Json {
  const url = issueUrl(call, issue);
  const page = issuePage(call, issue);
  const [assignee = null] = state.assignees.map((one) => restAccount(call, one));
  const done = issue.children.filter((child) => nowOf(child).state === "closed").length;
  return {
    url,
    repository_url: repoUrl(call, issue.repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: state.title,
    user: restAccount(call, issue.author),
    labels: state.labels.map((label) => restLabel(call, issue.repo, label)),
    state: state.state,
    state_reason: state.reason,
    locked: false,
    active_lock_reason: null,
    assignee,
    assignees: state.assignees.map((one) => restAccount(call, one)),
    milestone: null,
    comments: issue.comments.length,
    created_at: isoSeconds(issue.createdAt),
    updated_at: isoSeconds(state.updatedAt),
    closed_at: state.closedAt === null ? null : isoSeconds(state.closedAt),
    author_association: "MEMBER",
    ...(issue.isPull
      ? {
          draft: false,
          pull_request: {
            url: `${repoUrl(call, issue.repo)}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: mergedAt(call, issue),
          },
        }
      : {
          type: state.type === null ? null : restType(state.type),
          sub_issues_summary: {
            total: issue.children.length,
            completed: done,
            percent_completed: issue.children.length === 0 ? 0 : Math.floor((100 * done) / issue.children.length),
          },
          issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
          ...(state.parent === null ? {} : { parent_issue_url: issueUrl(call, state.parent) }),
        }),
    // An empty text is null.
    body: state.body === "" ? null : state.body,
    closed_by: state.closedBy === null ? null : restAccount(call, state.closedBy),
    reactions: restReactions(`${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
  };
}

export function restComment(call: Call, comment: Comment): Json {
  const url = `${repoUrl(call, comment.issue.repo)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(call, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(call, comment.issue),
    id: comment.id,
    node_id: comment.nodeId,
    user: restAccount(call, comment.author),
    created_at: isoSeconds(comment.createdAt),
    updated_at: isoSeconds(comment.updatedAt),
    author_association: "MEMBER",
    body: comment.body,
    reactions: restReactions(`${url}/reactions`),
    performed_via_github_app: null,
  };
}

function mergedAt({ world }: Call, issue: Issue): string | null {
  const merged = world.code.pulls.get(issue)?.merged ?? null;
  return merged === null ? null : isoSeconds(merged.at);
}

function restReactions(url: string): Json {
  return { url, total_count: 0, "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
}
