/** Which issues, labels, teams … a filter means. A key that is not emulated is a violation, never ignored: an ignored filter finds too much. */

import { compares, comparesDate, given, type Given } from "./compare.ts";
import { NotEmulated } from "./linear-problem.ts";
import type { AttachmentState, CommentState, IssueState, LabelState, StatusState, TeamState, UserState } from "./linear-state.ts";
import type { View } from "./view.ts";

type Matchers = Readonly<Record<string, (wanted: unknown) => boolean>>;

function matches(entity: string, filter: unknown, matchers: Matchers, again: (filter: unknown) => boolean): boolean {
  return Object.entries(given(filter)).every(([key, wanted]) => {
    if (wanted === undefined || wanted === null) return true;
    if (key === "and") return many(wanted).every(again);
    if (key === "or") return many(wanted).some(again);
    const matcher = matchers[key];
    if (!matcher) throw new NotEmulated(`the filter ${entity}.${key}`);
    return matcher(wanted);
  });
}

function many(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A relation that may be absent: `null` asks for that, and nothing else matches without it. */
function related<T>(value: T | null, wanted: unknown, matcher: (value: T, filter: Given) => boolean): boolean {
  const { null: absent, ...rest } = given(wanted);
  if (typeof absent === "boolean" && (value === null) !== absent) return false;
  if (Object.keys(rest).length === 0) return true;
  return value !== null && matcher(value, rest);
}

/** Bare keys of a collection mean "some of them". */
function collected<T>(values: readonly T[], wanted: unknown, matcher: (value: T, filter: unknown) => boolean): boolean {
  const { some, every, length, null: absent, and, or, ...bare } = given(wanted);
  if (and !== undefined && !many(and).every((one) => collected(values, one, matcher))) return false;
  if (or !== undefined && !many(or).some((one) => collected(values, one, matcher))) return false;
  if (some !== undefined && !values.some((value) => matcher(value, some))) return false;
  if (every !== undefined && !values.every((value) => matcher(value, every))) return false;
  if (length !== undefined && !compares(values.length, length)) return false;
  if (typeof absent === "boolean" && (values.length === 0) !== absent) return false;
  return Object.keys(bare).length === 0 || values.some((value) => matcher(value, bare));
}

export function matchesIssue(issue: IssueState, filter: unknown, view: View): boolean {
  const { world } = view;
  const date = (value: string | null) => (wanted: unknown) => comparesDate(value, wanted, view.now);
  return matches(
    "IssueFilter",
    filter,
    {
      id: (wanted) => compares(issue.id, wanted),
      number: (wanted) => compares(issue.number, wanted),
      title: (wanted) => compares(issue.title, wanted),
      description: (wanted) => compares(issue.description, wanted),
      priority: (wanted) => compares(issue.priority, wanted),
      createdAt: date(issue.createdAt),
      updatedAt: date(issue.updatedAt),
      archivedAt: date(issue.archivedAt),
      completedAt: date(issue.completedAt),
      canceledAt: date(issue.canceledAt),
      startedAt: date(issue.startedAt),
      team: (wanted) => matchesTeam(world.team(issue.teamId), wanted),
      state: (wanted) => matchesStatus(world.status(issue.stateId).status, wanted, view),
      creator: (wanted) => related(world.user(issue.creatorId), wanted, matchesUser),
      parent: (wanted) => related(issue.parentId === null ? null : view.issue(issue.parentId), wanted, (parent, rest) => matchesIssue(parent, rest, view)),
      children: (wanted) => collected(view.childrenOf(issue.id), wanted, (child, rest) => matchesIssue(child, rest, view)),
      labels: (wanted) =>
        collected(
          issue.labelIds.map((id) => world.label(id)),
          wanted,
          (label, rest) => matchesLabel(label, rest, view),
        ),
      attachments: (wanted) => collected(issue.attachments, wanted, (attachment, rest) => matchesAttachment(attachment, rest, view)),
      comments: (wanted) => collected(issue.comments, wanted, (comment, rest) => matchesComment(comment, rest, view)),
      searchableContent: (wanted) => compares(`${issue.title}\n${issue.description ?? ""}`.toLowerCase(), lowered(wanted)),
    },
    (one) => matchesIssue(issue, one, view),
  );
}

function lowered(wanted: unknown): Given {
  return Object.fromEntries(Object.entries(given(wanted)).map(([word, value]) => [word, typeof value === "string" ? value.toLowerCase() : value]));
}

export function matchesTeam(team: TeamState, filter: unknown): boolean {
  return matches(
    "TeamFilter",
    filter,
    { id: (wanted) => compares(team.id, wanted), key: (wanted) => compares(team.key, wanted), name: (wanted) => compares(team.name, wanted) },
    (one) => matchesTeam(team, one),
  );
}

export function matchesStatus(status: StatusState, filter: unknown, view: View): boolean {
  return matches(
    "WorkflowStateFilter",
    filter,
    {
      id: (wanted) => compares(status.id, wanted),
      name: (wanted) => compares(status.name, wanted),
      type: (wanted) => compares(status.type, wanted),
      position: (wanted) => compares(status.position, wanted),
      team: (wanted) => matchesTeam(view.world.status(status.id).team, wanted),
    },
    (one) => matchesStatus(status, one, view),
  );
}

export function matchesLabel(label: LabelState, filter: unknown, view: View): boolean {
  return matches(
    "IssueLabelFilter",
    filter,
    {
      id: (wanted) => compares(label.id, wanted),
      name: (wanted) => compares(label.name, wanted),
      createdAt: (wanted) => comparesDate(label.createdAt, wanted, view.now),
      isGroup: (wanted) => compares(false, wanted),
      team: (wanted) => related(label.teamId === null ? null : view.world.team(label.teamId), wanted, matchesTeam),
    },
    (one) => matchesLabel(label, one, view),
  );
}

function matchesUser(user: UserState, filter: unknown): boolean {
  return matches(
    "UserFilter",
    filter,
    { id: (wanted) => compares(user.id, wanted), name: (wanted) => compares(user.name, wanted), email: (wanted) => compares(user.email, wanted) },
    (one) => matchesUser(user, one),
  );
}

export function matchesAttachment(attachment: AttachmentState, filter: unknown, view: View): boolean {
  return matches(
    "AttachmentFilter",
    filter,
    {
      id: (wanted) => compares(attachment.id, wanted),
      url: (wanted) => compares(attachment.url, wanted),
      title: (wanted) => compares(attachment.title, wanted),
      subtitle: (wanted) => compares(attachment.subtitle, wanted),
      creator: (wanted) => related(view.world.user(attachment.creatorId), wanted, matchesUser),
      createdAt: (wanted) => comparesDate(attachment.createdAt, wanted, view.now),
      updatedAt: (wanted) => comparesDate(attachment.updatedAt, wanted, view.now),
    },
    (one) => matchesAttachment(attachment, one, view),
  );
}

export function matchesComment(comment: CommentState, filter: unknown, view: View): boolean {
  return matches(
    "CommentFilter",
    filter,
    {
      id: (wanted) => compares(comment.id, wanted),
      body: (wanted) => compares(comment.body, wanted),
      createdAt: (wanted) => comparesDate(comment.createdAt, wanted, view.now),
      updatedAt: (wanted) => comparesDate(comment.updatedAt, wanted, view.now),
      user: (wanted) => related(view.world.user(comment.userId), wanted, matchesUser),
    },
    (one) => matchesComment(comment, one, view),
  );
}
