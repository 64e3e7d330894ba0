/** REST: labels of a repository and of an issue. */

import type { WireAnswer } from "../../kit/wire.ts";
import { hasPush, hasRole } from "../github-access.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Issue, Label, Repo } from "../state/github-state.ts";
import { labelNamed } from "../state/github-world.ts";
import { changeIssue, createLabel, labelFor } from "../state/write-issues.ts";
import { fieldsOf, labelName } from "./issue-body.ts";
import { issueFor, listBody, repoFor } from "./issue-routes.ts";
import { restLabel } from "./render-issue.ts";
import { paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const OF_REPO = "/repos/:owner/:repo/labels";
const OF_ISSUE = "/repos/:owner/:repo/issues/:number/labels";

export const LABEL_ROUTES: readonly Route[] = [
  { method: "GET", path: OF_REPO, handle: (call, params) => labels(call, repoFor(call, params, "read")) },
  { method: "POST", path: OF_REPO, handle: create },
  { method: "GET", path: `${OF_REPO}/:name`, handle: (call, params) => ({ status: 200, body: oneLabel(call, params) }) },
  { method: "GET", path: OF_ISSUE, handle: (call, params) => labels(call, issueFor(call, params, "read").repo, nowOf(issueFor(call, params, "read")).labels) },
  { method: "POST", path: OF_ISSUE, handle: (call, params) => write(call, params, (before, given) => [...before, ...given]) },
  { method: "PUT", path: OF_ISSUE, handle: (call, params) => write(call, params, (_before, given) => given) },
  { method: "DELETE", path: OF_ISSUE, handle: (call, params) => ({ ...write(call, params, () => []), status: 204, body: null }) },
  { method: "DELETE", path: `${OF_ISSUE}/:name`, handle: remove },
];

function labels(call: Call, repo: Repo, list: readonly Label[] = repo.labels): WireAnswer {
  return paged(call, list, (items) => items.map((label) => restLabel(call, repo, label)));
}

function create(call: Call, params: Params): WireAnswer {
  const repo = repoFor(call, params, "write");
  if (!hasPush(call.access, call.token, repo)) throw new GithubRefusal("not-found", "Not Found");
  const { name, color, description } = fieldsOf(call);
  const label = createLabel(call.world, repo, {
    name: labelName(name),
    color: typeof color === "string" ? color : "ededed",
    description: typeof description === "string" ? description : null,
  });
  return { status: 201, body: restLabel(call, repo, label) };
}

function oneLabel(call: Call, params: Params): unknown {
  const repo = repoFor(call, params, "read");
  const label = labelNamed(repo, param(params, "name"));
  if (label === null) throw new GithubRefusal("not-found", "Not Found");
  return restLabel(call, repo, label);
}

/** Here nothing is dropped without a word: who may not label does not find the place. */
function writable(call: Call, params: Params): Issue {
  const issue = issueFor(call, params, "write");
  if (!hasRole(call.access, call.token, issue.repo, "triage")) throw new GithubRefusal("not-found", "Not Found");
  return issue;
}

function write(call: Call, params: Params, next: (before: readonly Label[], given: readonly Label[]) => readonly Label[]): WireAnswer {
  const issue = writable(call, params);
  const given = listBody(call, "labels").map((one) => labelFor(call.world, issue.repo, labelName(one)));
  changeIssue(call.world, issue, call.token.account, { labels: next(nowOf(issue).labels, given) });
  return { status: 200, body: nowOf(issue).labels.map((label) => restLabel(call, issue.repo, label)) };
}

function remove(call: Call, params: Params): WireAnswer {
  const issue = writable(call, params);
  const before = nowOf(issue).labels;
  const left = before.filter((label) => label.name.toLowerCase() !== param(params, "name").toLowerCase());
  if (left.length === before.length) throw new GithubRefusal("not-found", "Label does not exist");
  changeIssue(call.world, issue, call.token.account, { labels: left });
  return { status: 200, body: left.map((label) => restLabel(call, issue.repo, label)) };
}
