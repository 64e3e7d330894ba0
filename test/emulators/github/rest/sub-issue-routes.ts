/** REST: sub-issues, named by their database id and not by their number. */

import type { WireAnswer } from "../../kit/wire.ts";
import { hasRole } from "../github-access.ts";
import { seen } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Issue } from "../state/github-state.ts";
import { issueById } from "../state/github-world.ts";
import { addSubIssue, removeSubIssue } from "../state/write-parents.ts";
import { fieldsOf } from "./issue-body.ts";
import { issueFor, visibleState } from "./issue-routes.ts";
import { issueUrl, restIssue } from "./render-issue.ts";
import { paged } from "./rest-pages.ts";
import type { Params, Route } from "./rest-router.ts";

const ISSUE = "/repos/:owner/:repo/issues/:number";

export const SUB_ISSUE_ROUTES: readonly Route[] = [
  { method: "GET", path: `${ISSUE}/sub_issues`, handle: list },
  { method: "POST", path: `${ISSUE}/sub_issues`, handle: add },
  { method: "DELETE", path: `${ISSUE}/sub_issue`, handle: remove },
  { method: "GET", path: `${ISSUE}/parent`, handle: parent },
];

function list(call: Call, params: Params): WireAnswer {
  const issue = issueFor(call, params, "read");
  const children = issue.children.flatMap((child) => {
    const state = seen(call, child, call.switches.listLag);
    return state === null ? [] : [{ child, state }];
  });
  return paged(call, children, (items) => items.map(({ child, state }) => restIssue(call, child, state)));
}

function add(call: Call, params: Params): WireAnswer {
  const issue = writable(call, params);
  addSubIssue(call.world, issue, childOf(call), call.token.account, fieldsOf(call)["replace_parent"] === true);
  return { status: 201, headers: { location: `${issueUrl(call, issue)}/sub_issues` }, body: restIssue(call, issue, nowOf(issue)) };
}

function remove(call: Call, params: Params): WireAnswer {
  const issue = writable(call, params);
  removeSubIssue(call.world, issue, childOf(call), call.token.account);
  return { status: 200, body: restIssue(call, issue, nowOf(issue)) };
}

function parent(call: Call, params: Params): WireAnswer {
  const above = nowOf(issueFor(call, params, "read")).parent;
  if (above === null) throw new GithubRefusal("not-found", "Not Found");
  return { status: 200, body: restIssue(call, above, visibleState(call, above, call.switches.readLag)) };
}

function writable(call: Call, params: Params): Issue {
  const issue = issueFor(call, params, "write");
  if (!hasRole(call.access, call.token, issue.repo, "triage")) throw new GithubRefusal("forbidden", "Must have admin rights to Repository.");
  return issue;
}

function childOf(call: Call): Issue {
  const id = fieldsOf(call)["sub_issue_id"];
  const child = typeof id === "number" ? issueById(call.world, id) : null;
  if (child === null || seen(call, child, 0) === null) throw new GithubRefusal("not-found", "The provided sub-issue does not exist");
  return child;
}
