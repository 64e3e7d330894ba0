/** The entities of Linear as its schema shows them: graphql reads the fields of these objects by name and calls those that are functions. */

import { matchesAttachment, matchesComment, matchesIssue, matchesLabel, matchesStatus } from "./filters.ts";
import { notFound } from "./linear-problem.ts";
import type { AttachmentState, ChangeState, CommentState, IssueState, LabelState, StatusState, TeamState, UserState } from "./linear-state.ts";
import { initialState } from "./linear-world.ts";
import { connection, type Connection, type PageArgs } from "./paging.ts";
import { ISSUE_STILL, ORGANIZATION_STILL, TEAM_STILL, USER_STILL } from "./still-fields.ts";
import type { View } from "./view.ts";

export interface ListArgs extends PageArgs {
  readonly filter?: unknown;
  readonly includeArchived?: boolean | null;
  readonly orderBy?: string | null;
}

const PRIORITIES = ["No priority", "Urgent", "High", "Medium", "Low"];

type Fields = Readonly<Record<string, unknown>>;

/** Newest first, by creation or by the last update. */
export function issueConnection(issues: readonly IssueState[], args: ListArgs, view: View): Connection<Fields> {
  const found = issues.filter((issue) => (args.includeArchived === true || issue.archivedAt === null) && matchesIssue(issue, args.filter, view));
  if (args.orderBy === "updatedAt") found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  return connection(found.reverse(), args, (issue) => issueNode(issue, view));
}

export function issueNode(issue: IssueState, view: View): Fields {
  const { world } = view;
  return {
    ...ISSUE_STILL,
    id: issue.id,
    number: issue.number,
    identifier: world.identifier(issue),
    previousIdentifiers: issue.previousIdentifiers,
    title: issue.title,
    description: issue.description,
    url: world.url(issue),
    branchName: world.identifier(issue).toLowerCase(),
    priority: issue.priority,
    priorityLabel: PRIORITIES[issue.priority] ?? PRIORITIES[0],
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    startedAt: issue.startedAt,
    completedAt: issue.completedAt,
    canceledAt: issue.canceledAt,
    archivedAt: issue.archivedAt,
    trashed: issue.trashed ? true : null,
    labelIds: issue.labelIds,
    team: () => teamNode(world.team(issue.teamId), view),
    state: () => statusNode(world.status(issue.stateId).status, view),
    creator: () => userNode(world.user(issue.creatorId), view),
    parent: () => shown(issue.parentId, view),
    children: (args: ListArgs) => issueConnection(view.childrenOf(issue.id), args, view),
    labels: (args: ListArgs) => labelConnection(labelsOf(issue.labelIds, view), args, view),
    attachments: (args: ListArgs) =>
      connection(issue.attachments.filter((one) => matchesAttachment(one, args.filter, view)).toReversed(), args, (one) => attachmentNode(one, issue, view)),
    comments: (args: ListArgs) =>
      connection(issue.comments.filter((one) => matchesComment(one, args.filter, view)).toReversed(), args, (one) => commentNode(one, issue, view)),
    history: (args: ListArgs) => connection(issue.history.toReversed(), args, (one) => changeNode(one, issue, view)),
  };
}

function shown(id: string | null | undefined, view: View): Fields | null {
  const issue = id === null || id === undefined ? null : view.issue(id);
  return issue && issueNode(issue, view);
}

function labelsOf(ids: readonly string[], view: View): readonly LabelState[] {
  return ids.map((id) => view.world.label(id));
}

export function labelConnection(labels: readonly LabelState[], args: ListArgs, view: View): Connection<Fields> {
  return connection(
    labels.filter((label) => matchesLabel(label, args.filter, view)),
    args,
    (label) => labelNode(label, view),
  );
}

export function statusConnection(states: readonly StatusState[], args: ListArgs, view: View): Connection<Fields> {
  return connection(
    states.filter((status) => matchesStatus(status, args.filter, view)),
    args,
    (status) => statusNode(status, view),
  );
}

export function teamNode(team: TeamState, view: View): Fields {
  const { createdAt } = view.world.organization;
  return {
    ...TEAM_STILL,
    id: team.id,
    key: team.key,
    name: team.name,
    displayName: team.name,
    createdAt,
    updatedAt: createdAt,
    triageEnabled: team.triage,
    requirePriorityToLeaveTriage: team.triage,
    organization: () => organizationNode(view),
    defaultIssueState: () => statusNode(initialState({ ...team, triage: false }), view),
    triageIssueState: () => (team.triage ? statusNode(initialState(team), view) : null),
    markedAsDuplicateWorkflowState: () => {
      const duplicate = team.states.find(({ type }) => type === "duplicate");
      return duplicate ? statusNode(duplicate, view) : null;
    },
    issueCount: (args: ListArgs) =>
      view.issues().filter((issue) => issue.teamId === team.id && (args.includeArchived === true || issue.archivedAt === null)).length,
    states: (args: ListArgs) => statusConnection(team.states, args, view),
    labels: (args: ListArgs) =>
      labelConnection(
        [...view.world.labels.values()].filter(({ teamId }) => teamId === team.id),
        args,
        view,
      ),
    issues: (args: ListArgs) => {
      const lagging = view.at(view.world.horizon("list"));
      return issueConnection(
        lagging.issues().filter(({ teamId }) => teamId === team.id),
        args,
        lagging,
      );
    },
  };
}

export function statusNode(status: StatusState, view: View): Fields {
  const { createdAt } = view.world.organization;
  return {
    id: status.id,
    name: status.name,
    type: status.type,
    position: status.position,
    color: "#bec2c8",
    createdAt,
    updatedAt: createdAt,
    team: () => teamNode(view.world.status(status.id).team, view),
  };
}

export function labelNode(label: LabelState, view: View): Fields {
  return {
    id: label.id,
    name: label.name,
    color: label.color,
    isGroup: false,
    createdAt: label.createdAt,
    updatedAt: label.createdAt,
    team: () => (label.teamId === null ? null : teamNode(view.world.team(label.teamId), view)),
    organization: () => organizationNode(view),
  };
}

export function userNode(user: UserState, view: View): Fields {
  const { createdAt, urlKey } = view.world.organization;
  return {
    ...USER_STILL,
    id: user.id,
    name: user.name,
    displayName: user.name.split(" ")[0]?.toLowerCase(),
    email: user.email,
    initials: user.name.replace(/[^A-Z]/g, ""),
    url: `https://linear.app/${urlKey}/profiles/${user.email.split("@")[0]}`,
    isMe: user.id === view.world.agent.id,
    createdAt,
    updatedAt: createdAt,
    organization: () => organizationNode(view),
  };
}

export function organizationNode(view: View): Fields {
  const { organization } = view.world;
  return { ...ORGANIZATION_STILL, ...organization, updatedAt: organization.createdAt };
}

export function attachmentNode(attachment: AttachmentState, issue: IssueState, view: View): Fields {
  return { ...attachment, groupBySource: false, issue: () => issueNode(issue, view), creator: () => userNode(view.world.user(attachment.creatorId), view) };
}

export function commentNode(comment: CommentState, issue: IssueState, view: View): Fields {
  return {
    ...comment,
    issueId: issue.id,
    url: `${view.world.url(issue)}#comment-${comment.id.slice(0, 8)}`,
    reactionData: {},
    reactions: [],
    hideInLinear: false,
    isArtificialAgentSessionRoot: false,
    issue: () => issueNode(issue, view),
    user: () => userNode(view.world.user(comment.userId), view),
  };
}

function changeNode(change: ChangeState, issue: IssueState, view: View): Fields {
  const { world } = view;
  const labels = (ids: readonly string[] | undefined): readonly Fields[] | null =>
    ids === undefined ? null : labelsOf(ids, view).map((label) => labelNode(label, view));
  const status = (id: string | undefined): Fields | null => (id === undefined ? null : statusNode(world.status(id).status, view));
  const team = (id: string | undefined): Fields | null => (id === undefined ? null : teamNode(world.team(id), view));
  const actor = (): Fields => userNode(world.user(change.actorId), view);
  return {
    ...change,
    updatedAt: change.createdAt,
    issue: () => issueNode(issue, view),
    actor,
    actors: () => [actor()],
    descriptionUpdatedBy: () => (change.updatedDescription === true ? [actor()] : null),
    fromState: () => status(change.fromStateId),
    toState: () => status(change.toStateId),
    fromParent: () => shown(change.fromParentId, view),
    toParent: () => shown(change.toParentId, view),
    fromTeam: () => team(change.fromTeamId),
    toTeam: () => team(change.toTeamId),
    addedLabels: () => labels(change.addedLabelIds),
    removedLabels: () => labels(change.removedLabelIds),
    attachment: () => {
      const attachment = issue.attachments.find(({ id }) => id === change.attachmentId);
      return attachment ? attachmentNode(attachment, issue, view) : null;
    },
  };
}

/** One issue, or Linear's way of saying that there is none. */
export function issueOrProblem(ref: string, view: View): IssueState {
  const issue = view.issue(ref);
  if (!issue) throw notFound("Issue");
  return issue;
}
