/** REST: comments of an issue. */

import type { WireAnswer } from "../../kit/wire.ts";
import { countContent, visibleRepo } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import { addComment, editComment } from "../state/write-issues.ts";
import type { Comment } from "../state/github-state.ts";
import { checkRole } from "./code-access.ts";
import { fieldsOf } from "./issue-body.ts";
import { issueFor, repoFor } from "./issue-routes.ts";
import { restComment } from "./render-issue.ts";
import { paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const COMMENTS = "/repos/:owner/:repo/issues/:number/comments";
const COMMENT = "/repos/:owner/:repo/issues/comments/:id";

export const COMMENT_ROUTES: readonly Route[] = [
  { method: "GET", path: COMMENTS, handle: list },
  { method: "POST", path: COMMENTS, handle: create },
  { method: "GET", path: COMMENT, handle: (call, params) => ({ status: 200, body: restComment(call, commentFor(call, params, "read")) }) },
  { method: "PATCH", path: COMMENT, handle: edit },
];

function list(call: Call, params: Params): WireAnswer {
  const issue = issueFor(call, params, "read");
  const since = Date.parse(call.request.query.get("since") ?? "1970-01-01T00:00:00Z");
  return paged(
    call,
    issue.comments.filter(({ updatedAt }) => Math.floor(updatedAt / 1_000) >= Math.floor(since / 1_000)),
    (items) => items.map((comment) => restComment(call, comment)),
  );
}

function create(call: Call, params: Params): WireAnswer {
  visibleRepo(call, param(params, "owner"), param(params, "repo"));
  const issue = issueFor(call, params, "write");
  const { body } = fieldsOf(call);
  if (typeof body !== "string") throw invalidField("IssueComment", "body", "body is missing", "missing_field");
  countContent(call);
  const comment = addComment(call.world, issue, call.token.account, body);
  const answer = restComment(call, comment);
  return { status: 201, headers: { location: String(answer["url"]) }, body: answer };
}

function commentFor(call: Call, params: Params, need: "read" | "write"): Comment {
  const repo = repoFor(call, params, need);
  for (const issue of repo.issues.values()) {
    const comment = issue.comments.find(({ id }) => String(id) === param(params, "id"));
    if (comment && issue.gone === null) return comment;
  }
  throw new GithubRefusal("not-found", "Not Found");
}

/** Its author may edit it, and who may push. */
function edit(call: Call, params: Params): WireAnswer {
  const comment = commentFor(call, params, "write");
  if (comment.author !== call.token.account || call.token.app !== null) checkRole(call, comment.issue.repo, "issues=write");
  const { body } = fieldsOf(call);
  if (typeof body !== "string") throw invalidField("IssueComment", "body", "body is missing", "missing_field");
  editComment(call.world, comment, body);
  return { status: 200, body: restComment(call, comment) };
}
