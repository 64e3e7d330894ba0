/** A repository as GitHub's REST answers write it: mostly addresses. */

import { roleIn, ROLES } from "../github-access.ts";
import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { nameOf, nowOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import { repoUrl, restAccount } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";

const ADDRESSES: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

export function restRepo(call: Call, repo: Repo): Json {
  const url = repoUrl(call, repo);
  const page = `${call.web}/${nameOf(repo)}`;
  const at = isoSeconds(repo.createdAt);
  const open = [...repo.issues.values()].filter((issue) => issue.gone === null && nowOf(issue).state === "open").length;
  // Of an app's token each role is false, whatever the app was given: semantic-release/github's lib/verify.js tells of it.
  const rank = call.token.kind === "installation" ? ROLES.indexOf("none") : ROLES.indexOf(roleIn(call.access, call.token.account, repo));
  const counts = { forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0, network_count: 0, subscribers_count: 0, size: 0 };
  return {
    id: repo.id,
    node_id: repo.nodeId,
    name: repo.name,
    full_name: nameOf(repo),
    owner: restAccount(call, repo.owner),
    private: repo.isPrivate,
    visibility: repo.isInternal ? "internal" : repo.isPrivate ? "private" : "public",
    html_url: page,
    description: null,
    fork: repo.parent !== null,
    url,
    ...Object.fromEntries(Object.entries(ADDRESSES).map(([name, path]) => [name, `${url}${path}`])),
    git_url: `git://127.0.0.1/${nameOf(repo)}.git`,
    ssh_url: `git@127.0.0.1:${nameOf(repo)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    ...counts,
    open_issues: open,
    open_issues_count: open,
    default_branch: "main",
    has_issues: repo.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: true,
    archived: false,
    disabled: false,
    pushed_at: at,
    created_at: at,
    updated_at: at,
    permissions: {
      admin: rank >= ROLES.indexOf("admin"),
      maintain: rank >= ROLES.indexOf("admin"),
      push: rank >= ROLES.indexOf("write"),
      triage: rank >= ROLES.indexOf("triage"),
      pull: rank >= ROLES.indexOf("read"),
    },
    ...(repo.owner.kind === "Organization" ? { organization: restAccount(call, repo.owner) } : {}),
  };
}
