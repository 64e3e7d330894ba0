/** An issue's history in GraphQL: the schema knows no event for a changed type, and none for an edited text. */

import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import type { Account, Comment, Issue, IssueEvent, Label, Repo } from "../state/github-state.ts";
import { connection } from "./graphql-connection.ts";
import type { Args, Node } from "./graphql-node.ts";

/** Given, because issues hold their history and its entries hold issues. */
export interface NodeMakers {
  account(call: Call, account: Account): Node;
  label(call: Call, repo: Repo, label: Label): Node;
  comment(call: Call, comment: Comment): Node;
  issue(call: Call, issue: Issue): Node | null;
  repo(call: Call, repo: Repo): Node;
}

interface Item {
  readonly at: number;
  readonly type: string;
  node(): Node;
}

export function timelineNodes(call: Call, issue: Issue, args: Args, make: NodeMakers): Node {
  const types = Array.isArray(args["itemTypes"]) ? args["itemTypes"] : null;
  const since = typeof args["since"] === "string" ? Date.parse(args["since"]) : 0;
  const skip = typeof args["skip"] === "number" ? args["skip"] : 0;
  const items = [...issue.events.flatMap((event) => eventItem(call, issue, event, make)), ...issue.comments.map((comment) => commentItem(call, comment, make))]
    .filter((item) => (types === null || types.includes(screaming(item.type))) && Math.floor(item.at / 1_000) >= Math.floor(since / 1_000))
    .toSorted((a, b) => a.at - b.at)
    .slice(skip);
  const updatedAt = isoSeconds(Math.max(issue.createdAt, ...items.map(({ at }) => at)));
  return connection(args, items, (item) => item.node(), { filteredCount: items.length, pageCount: items.length, updatedAt });
}

function commentItem(call: Call, comment: Comment, make: NodeMakers): Item {
  return { at: comment.createdAt, type: "IssueComment", node: () => make.comment(call, comment) };
}

function eventItem(call: Call, issue: Issue, event: IssueEvent, make: NodeMakers): readonly Item[] {
  const of = (type: string, details: Node): readonly Item[] => [
    {
      at: event.at,
      type,
      node: () => ({ __typename: type, id: event.nodeId, actor: make.account(call, event.actor), createdAt: isoSeconds(event.at), ...details }),
    },
  ];
  const here = (): Node | null => make.issue(call, issue);
  const other = (): Node | null => (event.other ? make.issue(call, event.other) : null);
  const label = event.label ? make.label(call, issue.repo, event.label) : null;
  switch (event.kind) {
    case "labeled":
      return of("LabeledEvent", { label, labelable: here });
    case "unlabeled":
      return of("UnlabeledEvent", { label, labelable: here });
    case "closed":
      return of("ClosedEvent", { stateReason: event.reason?.toUpperCase() ?? null, closable: here, closer: null });
    case "reopened":
      return of("ReopenedEvent", { stateReason: "REOPENED", closable: here });
    case "renamed":
      return of("RenamedTitleEvent", { previousTitle: event.from ?? "", currentTitle: event.to ?? "", subject: here });
    case "assigned":
      return of("AssignedEvent", { assignee: event.assignee ? make.account(call, event.assignee) : null, assignable: here });
    case "unassigned":
      return of("UnassignedEvent", { assignee: event.assignee ? make.account(call, event.assignee) : null, assignable: here });
    case "sub_issue_added":
      return of("SubIssueAddedEvent", { subIssue: other });
    case "sub_issue_removed":
      return of("SubIssueRemovedEvent", { subIssue: other });
    case "parent_issue_added":
      return of("ParentIssueAddedEvent", { parent: other });
    case "parent_issue_removed":
      return of("ParentIssueRemovedEvent", { parent: other });
    case "transferred":
      return of("TransferredEvent", { fromRepository: event.fromRepo ? make.repo(call, event.fromRepo) : null, issue: here });
    case "issue_type_added":
    case "issue_type_changed":
    case "issue_type_removed":
      return [];
  }
}

function screaming(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "_").toUpperCase();
}
