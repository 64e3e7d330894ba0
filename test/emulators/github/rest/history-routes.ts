/** REST: what happened to an issue. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "../github-call.ts";
import type { Comment, Issue, IssueEvent } from "../state/github-state.ts";
import { issueFor } from "./issue-routes.ts";
import { issueUrl, restAccount, restComment } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";
import { restEvent, restTimelineEvent } from "./render-event.ts";
import { paged } from "./rest-pages.ts";
import type { Params, Route } from "./rest-router.ts";

const ISSUE = "/repos/:owner/:repo/issues/:number";

export const HISTORY_ROUTES: readonly Route[] = [
  { method: "GET", path: `${ISSUE}/events`, handle: events },
  { method: "GET", path: `${ISSUE}/timeline`, handle: timeline },
];

function events(call: Call, params: Params): WireAnswer {
  const issue = issueFor(call, params, "read");
  return paged(call, issue.events, (items) => items.map((event) => restEvent(call, issue, event)));
}

/** Events and comments together, oldest first. */
function timeline(call: Call, params: Params): WireAnswer {
  const issue = issueFor(call, params, "read");
  const items: readonly { readonly at: number; readonly item: IssueEvent | Comment }[] = [
    ...issue.events.map((item) => ({ at: item.at, item })),
    ...issue.comments.map((item) => ({ at: item.createdAt, item })),
  ];
  return paged(
    call,
    items.toSorted((a, b) => a.at - b.at),
    (page) => page.map(({ item }) => ("kind" in item ? restTimelineEvent(call, issue, item) : commented(call, issue, item))),
  );
}

function commented(call: Call, issue: Issue, comment: Comment): Json {
  const { url, html_url, id, node_id, user, created_at, updated_at, author_association, body, reactions } = restComment(call, comment);
  return {
    url,
    html_url,
    issue_url: issueUrl(call, issue),
    id,
    node_id,
    user,
    created_at,
    updated_at,
    author_association,
    body,
    reactions,
    event: "commented",
    actor: restAccount(call, comment.author),
    performed_via_github_app: null,
  };
}
