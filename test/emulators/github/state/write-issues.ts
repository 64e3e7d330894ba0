/** Creates and changes issues, whoever does it: the rules that GitHub holds for everybody, and the events it records. */

import { GithubRefusal, invalidField } from "../github-refusal.ts";
import { nowOf } from "./github-state.ts";
import type { Account, Comment, Issue, IssueState, IssueType, Label, Repo, StateReason } from "./github-state.ts";
import { labelNamed, nodeId, takeId, writeState } from "./github-world.ts";
import type { World } from "./github-world.ts";
import { record } from "./record-event.ts";
import { checkNesting, linkParent } from "./write-parents.ts";

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels?: readonly Label[];
  readonly type?: IssueType | null;
  readonly parent?: Issue | null;
  readonly assignees?: readonly Account[];
  readonly isPull?: boolean;
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "closed";
  readonly reason?: StateReason | null;
  readonly labels?: readonly Label[];
  readonly type?: IssueType | null;
  readonly assignees?: readonly Account[];
}

const LABELS_PER_ISSUE = 100;
const LABEL_LENGTH = 50;

export function createIssue(world: World, repo: Repo, author: Account, given: NewIssue): Issue {
  checkTexts(world, given);
  if (!repo.hasIssues && given.isPull !== true) throw new GithubRefusal("gone", "Issues has been disabled in this repository.");
  const labels = distinct(given.labels ?? []);
  const id = takeId(world);
  const at = world.clock.now();
  const issue: Issue = {
    id,
    nodeId: nodeId(given.isPull === true ? "PR" : "I", id),
    repo,
    number: repo.nextNumber,
    isPull: given.isPull ?? false,
    author,
    createdAt: at,
    versions: [{ at, state: firstState(given, labels, at) }],
    comments: [],
    events: [],
    edits: [{ nodeId: nodeId("UCE", takeId(world)), at, editor: author, body: given.body }],
    children: [],
    gone: null,
    hidden: false,
  };
  if (given.parent) checkNesting(world, given.parent, issue);
  repo.nextNumber += 1;
  repo.issues.set(issue.number, issue);
  world.byNode.set(issue.nodeId, issue);
  for (const label of labels) record(world, issue, author, { kind: "labeled", label });
  if (given.type) record(world, issue, author, { kind: "issue_type_added", to: given.type.name });
  if (given.parent) linkParent(world, issue, given.parent, author);
  return issue;
}

export function changeIssue(world: World, issue: Issue, actor: Account, change: IssueChange): void {
  checkTexts(world, change);
  const before = nowOf(issue);
  const next: { -readonly [K in keyof IssueState]?: IssueState[K] } = {};
  if (change.title !== undefined && change.title !== before.title) {
    next.title = change.title;
    record(world, issue, actor, { kind: "renamed", from: before.title, to: change.title });
  }
  if (change.body !== undefined && change.body !== before.body) {
    next.body = change.body;
    next.editedAt = world.clock.now();
    next.editor = actor;
    issue.edits.push({ nodeId: nodeId("UCE", takeId(world)), at: world.clock.now(), editor: actor, body: change.body });
  }
  if (change.state !== undefined) Object.assign(next, changedStatus(world, issue, actor, change.state, change.reason ?? null));
  if (change.labels !== undefined) Object.assign(next, changedLabels(world, issue, actor, distinct(change.labels)));
  if (change.type !== undefined && change.type?.id !== before.type?.id) {
    next.type = change.type;
    const kind = change.type === null ? "issue_type_removed" : before.type === null ? "issue_type_added" : "issue_type_changed";
    record(world, issue, actor, { kind, ...(before.type ? { from: before.type.name } : {}), ...(change.type ? { to: change.type.name } : {}) });
  }
  if (change.assignees !== undefined) Object.assign(next, changedAssignees(world, issue, actor, change.assignees));
  if (Object.keys(next).length > 0) writeState(world, issue, next);
}

/** An unknown label is made on the spot, as GitHub does for people with push access. */
export function labelFor(world: World, repo: Repo, name: string): Label {
  return labelNamed(repo, name) ?? createLabel(world, repo, { name, color: "ededed", description: null });
}

export function createLabel(world: World, repo: Repo, given: { readonly name: string; readonly color: string; readonly description: string | null }): Label {
  if (given.name.trim() === "") throw invalidField("Label", "name", "name is missing", "missing_field");
  if (given.name.length > LABEL_LENGTH) throw invalidField("Label", "name", `name is too long (maximum is ${LABEL_LENGTH} characters)`);
  if (!/^[0-9a-f]{6}$/iu.test(given.color)) throw invalidField("Label", "color", "color is invalid", "invalid");
  if (labelNamed(repo, given.name)) throw invalidField("Label", "name", "Name has already been taken", "already_exists");
  const id = takeId(world);
  const label = { id, nodeId: nodeId("LA", id), ...given };
  repo.labels.push(label);
  return label;
}

export function addComment(world: World, issue: Issue, author: Account, body: string): Comment {
  if (body.trim() === "") throw invalidField("IssueComment", "body", "body can't be blank");
  if (body.length > world.rules.bodyLimit) throw invalidField("IssueComment", "body", `body is too long (maximum is ${world.rules.bodyLimit} characters)`);
  const id = takeId(world);
  const at = world.clock.now();
  checkComment(world, body);
  const comment: Comment = { id, nodeId: nodeId("IC", id), issue, author, createdAt: at, body, updatedAt: at };
  issue.comments.push(comment);
  writeState(world, issue, {});
  return comment;
}

export function editComment(world: World, comment: Comment, body: string): void {
  checkComment(world, body);
  comment.body = body;
  comment.updatedAt = world.clock.now();
  writeState(world, comment.issue, {});
}

function checkComment({ rules }: World, body: string): void {
  if (body.length > rules.bodyLimit) throw invalidField("IssueComment", "body", `body is too long (maximum is ${rules.bodyLimit} characters)`);
}

function firstState({ title, body, type, assignees }: NewIssue, labels: readonly Label[], at: number): IssueState {
  return {
    title,
    body,
    state: "open",
    reason: null,
    labels,
    type: type ?? null,
    parent: null,
    assignees: assignees ?? [],
    closedAt: null,
    closedBy: null,
    updatedAt: at,
    editedAt: null,
    editor: null,
  };
}

function checkTexts({ rules }: World, { title, body }: { readonly title?: string; readonly body?: string }): void {
  if (title !== undefined && title.trim() === "") throw invalidField("Issue", "title", "title can't be blank", "missing_field");
  if (title !== undefined && title.length > rules.titleLimit)
    throw invalidField("Issue", "title", `title is too long (maximum is ${rules.titleLimit} characters)`);
  if (body !== undefined && body.length > rules.bodyLimit) throw invalidField("Issue", "body", `body is too long (maximum is ${rules.bodyLimit} characters)`);
}

/** `reason` counts only where the state changes. */
function changedStatus(world: World, issue: Issue, actor: Account, state: "open" | "closed", given: StateReason | null): Partial<IssueState> {
  if (nowOf(issue).state === state) return {};
  if (state === "open") {
    record(world, issue, actor, { kind: "reopened" });
    return { state, reason: "reopened", closedAt: null, closedBy: null };
  }
  const reason = given === null || given === "reopened" ? "completed" : given;
  record(world, issue, actor, { kind: "closed", reason });
  return { state, reason, closedAt: world.clock.now(), closedBy: actor };
}

function changedLabels(world: World, issue: Issue, actor: Account, labels: readonly Label[]): Partial<IssueState> {
  if (labels.length > LABELS_PER_ISSUE) throw invalidField("Issue", "labels", `labels cannot be more than ${LABELS_PER_ISSUE}`);
  const before = nowOf(issue).labels;
  const added = labels.filter((label) => !before.includes(label));
  const removed = before.filter((label) => !labels.includes(label));
  for (const label of added) record(world, issue, actor, { kind: "labeled", label });
  for (const label of removed) record(world, issue, actor, { kind: "unlabeled", label });
  return added.length + removed.length === 0 ? {} : { labels };
}

function changedAssignees(world: World, issue: Issue, actor: Account, assignees: readonly Account[]): Partial<IssueState> {
  const before = nowOf(issue).assignees;
  const added = assignees.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !assignees.includes(one));
  for (const assignee of added) record(world, issue, actor, { kind: "assigned", assignee });
  for (const assignee of removed) record(world, issue, actor, { kind: "unassigned", assignee });
  return added.length + removed.length === 0 ? {} : { assignees };
}

function distinct(labels: readonly Label[]): readonly Label[] {
  return [...new Set(labels)];
}
