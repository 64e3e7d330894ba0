/** REST: create, read, list and change issues. */

import type { WireAnswer } from "../../kit/wire.ts";
import { isObject } from "../../kit/json-value.ts";
import { checkIssues, hasPush, hasRole } from "../github-access.ts";
import { countContent, seen, visibleRepo } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Issue, IssueState, Repo } from "../state/github-state.ts";
import { changeIssue, createIssue } from "../state/write-issues.ts";
import { flag, fieldsOf, typeIn, writtenIssue } from "./issue-body.ts";
import { restIssue } from "./render-issue.ts";
import { listed } from "./issue-list.ts";
import { paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const ISSUES = "/repos/:owner/:repo/issues";

export const ISSUE_ROUTES: readonly Route[] = [
  { method: "GET", path: ISSUES, handle: list },
  { method: "POST", path: ISSUES, handle: create },
  { method: "GET", path: `${ISSUES}/:number`, handle: read },
  { method: "PATCH", path: `${ISSUES}/:number`, handle: change },
];

export function repoFor(call: Call, params: Params, need: "read" | "write"): Repo {
  const repo = visibleRepo(call, param(params, "owner"), param(params, "repo"));
  checkIssues(call.access, call.token, repo, need, "issue");
  return repo;
}

/** The issue a path names, for anything but reading it: a transferred one is not found there, only the issue itself redirects. */
export function issueFor(call: Call, params: Params, need: "read" | "write"): Issue {
  const repo = repoFor(call, params, need);
  const issue = repo.issues.get(Number(param(params, "number")));
  if (issue?.gone?.kind === "deleted") throw new GithubRefusal("gone", "This issue was deleted");
  if (!issue || seen(call, issue, 0) === null) throw new GithubRefusal("not-found", "Not Found");
  return issue;
}

export function visibleState(call: Call, issue: Issue, lag: number): IssueState {
  const state = seen(call, issue, lag);
  if (state === null) throw new GithubRefusal("not-found", "Not Found");
  return state;
}

function list(call: Call, params: Params): WireAnswer {
  const repo = repoFor(call, params, "read");
  return paged(call, listed(call, repo), (items) => items.map(({ issue, state }) => restIssue(call, issue, state)));
}

function create(call: Call, params: Params): WireAnswer {
  const repo = repoFor(call, params, "write");
  if (!repo.hasIssues) throw new GithubRefusal("gone", "Issues has been disabled in this repository.");
  const fields = fieldsOf(call);
  if (fields["title"] === undefined || fields["title"] === null) throw invalidField("Issue", "title", "title is missing", "missing_field");
  const written = writtenIssue(call, repo, fields);
  const { title = "", body = "", ...rest } = written;
  countContent(call);
  const issue = createIssue(call.world, repo, call.token.account, { title, body, ...(hasPush(call.access, call.token, repo) ? rest : {}) });
  const state = nowOf(issue);
  const answer = restIssue(call, issue, state);
  return { status: 201, headers: { location: String(answer["url"]) }, body: answer };
}

function read(call: Call, params: Params): WireAnswer {
  const redirect = redirected(call, params);
  if (redirect) return redirect;
  if (call.strike.partial) throw new GithubRefusal("broken", "Server Error");
  const issue = issueFor(call, params, "read");
  return { status: 200, body: restIssue(call, issue, visibleState(call, issue, call.switches.readLag)) };
}

/** To where a transferred issue is now; null where it stayed. Who may not see that place finds nothing. */
function redirected(call: Call, params: Params): WireAnswer | null {
  const moved = repoFor(call, params, "read").issues.get(Number(param(params, "number")))?.gone;
  if (moved?.kind !== "transferred") return null;
  const to = whereItIs(moved.to);
  visibleRepo(call, to.repo.owner.login, to.repo.name);
  if (to.gone?.kind === "deleted") throw new GithubRefusal("gone", "This issue was deleted");
  const url = `${call.api}/repositories/${to.repo.id}/issues/${to.number}`;
  return { status: 301, headers: { location: url }, body: { message: "Moved Permanently", url, documentation_url: "https://docs.github.com/rest" } };
}

function change(call: Call, params: Params): WireAnswer {
  const redirect = call.switches.transferRedirectsWrites ? redirected(call, params) : null;
  if (redirect) return redirect;
  const issue = issueFor(call, params, "write");
  const { repo } = issue;
  const triages = hasRole(call.access, call.token, repo, "triage");
  if (!triages && issue.author !== call.token.account) throw new GithubRefusal("forbidden", "Must have admin rights to Repository.");
  const fields = fieldsOf(call);
  const { labels, type, assignees, ...rest } = writtenIssue(call, repo, fields);
  const state = fields["state"];
  if (state !== undefined && state !== "open" && state !== "closed") throw invalidField("Issue", "state", "state is invalid", "invalid");
  const reason = flag(fields, "state_reason", ["completed", "not_planned", "duplicate", "reopened"]);
  changeIssue(call.world, issue, call.token.account, {
    ...rest,
    ...(state === undefined ? {} : { state, reason }),
    ...(hasPush(call.access, call.token, repo)
      ? { ...(labels ? { labels } : {}), ...(typeIn(fields) ? { type: type ?? null } : {}), ...(assignees ? { assignees } : {}) }
      : {}),
  });
  return { status: 200, body: restIssue(call, issue, nowOf(issue)) };
}

function whereItIs(issue: Issue): Issue {
  return issue.gone?.kind === "transferred" ? whereItIs(issue.gone.to) : issue;
}

export function listBody(call: Call, name: string): readonly unknown[] {
  const { json } = call.request;
  if (Array.isArray(json)) return json;
  const list = isObject(json) ? json[name] : undefined;
  return Array.isArray(list) ? list : [];
}
