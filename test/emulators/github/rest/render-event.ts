/** An issue's history as GitHub's REST answers write it. Edits of the text are not in it. */

import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import type { Issue, IssueEvent } from "../state/github-state.ts";
import { repoUrl, restAccount } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";

export function restEvent(call: Call, issue: Issue, event: IssueEvent): Json {
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${repoUrl(call, issue.repo)}/issues/events/${event.id}`,
    actor: restAccount(call, event.actor),
    event: event.kind,
    commit_id: null,
    commit_url: null,
    created_at: isoSeconds(event.at),
    ...details(call, event),
    performed_via_github_app: null,
  };
}

/** The timeline tells a little more than the list of events. */
export function restTimelineEvent(call: Call, issue: Issue, event: IssueEvent): Json {
  return { ...restEvent(call, issue, event), ...(event.kind === "closed" ? { state_reason: event.reason ?? null } : {}) };
}

function details(call: Call, event: IssueEvent): Json {
  switch (event.kind) {
    case "labeled":
    case "unlabeled":
      return { label: { name: event.label?.name ?? "", color: event.label?.color ?? "" } };
    case "renamed":
      return { rename: { from: event.from ?? "", to: event.to ?? "" } };
    // Why it was closed stands in the timeline only: see restTimelineEvent.
    case "closed":
    case "reopened":
    case "assigned":
    case "unassigned":
      return event.assignee ? { assignee: restAccount(call, event.assignee), assigner: restAccount(call, event.actor) } : {};
    // GitHub's schema says neither which sub-issue nor which parent, nor which type: GraphQL knows the first two.
    case "sub_issue_added":
    case "sub_issue_removed":
    case "parent_issue_added":
    case "parent_issue_removed":
    case "issue_type_added":
    case "issue_type_changed":
    case "issue_type_removed":
    case "transferred":
      return {};
  }
}
