/** What the emulated GitHub remembers: accounts, repositories, and issues as they were at every moment. */

export interface Account {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string;
  /** The name people see; an account without one is shown by its login. */
  readonly name: string;
  readonly kind: "User" | "Organization" | "Bot";
}

export interface IssueType {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly description: string | null;
}

export interface Label {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  color: string;
  description: string | null;
}

export interface Repo {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: Account;
  readonly name: string;
  isPrivate: boolean;
  /** Private to everybody but the members of the enterprise. */
  isInternal: boolean;
  /** The repository it was forked from. */
  readonly parent: Repo | null;
  /** Branches that take commits by pull requests only. */
  readonly protectedBranches: Set<string>;
  readonly createdAt: number;
  hasIssues: boolean;
  types: readonly IssueType[];
  /** Unique by name in any case. */
  labels: Label[];
  /** Issues and pull requests share their numbers. */
  readonly issues: Map<number, Issue>;
  nextNumber: number;
}

export type StateReason = "completed" | "not_planned" | "duplicate" | "reopened";

/** The fields of an issue at one moment; never changed, only followed by the next. */
export interface IssueState {
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly reason: StateReason | null;
  readonly labels: readonly Label[];
  readonly type: IssueType | null;
  readonly parent: Issue | null;
  readonly assignees: readonly Account[];
  readonly closedAt: number | null;
  readonly closedBy: Account | null;
  readonly updatedAt: number;
  readonly editedAt: number | null;
  readonly editor: Account | null;
}

export interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  readonly author: Account;
  readonly createdAt: number;
  body: string;
  updatedAt: number;
}

export type EventKind =
  | "labeled"
  | "unlabeled"
  | "closed"
  | "reopened"
  | "renamed"
  | "assigned"
  | "unassigned"
  | "issue_type_added"
  | "issue_type_changed"
  | "issue_type_removed"
  | "sub_issue_added"
  | "sub_issue_removed"
  | "parent_issue_added"
  | "parent_issue_removed"
  | "transferred";

export interface IssueEvent {
  readonly id: number;
  readonly nodeId: string;
  readonly kind: EventKind;
  readonly actor: Account;
  readonly at: number;
  readonly label?: Label;
  readonly assignee?: Account;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: StateReason | null;
  readonly other?: Issue;
  readonly fromRepo?: Repo;
}

/** What the text was after an edit; the first entry is the text it was created with. */
export interface BodyEdit {
  readonly nodeId: string;
  readonly at: number;
  readonly editor: Account;
  readonly body: string;
}

export type Gone = { readonly kind: "deleted" } | { readonly kind: "discussion" } | { readonly kind: "transferred"; readonly to: Issue };

export interface Issue {
  readonly id: number;
  readonly nodeId: string;
  readonly repo: Repo;
  readonly number: number;
  readonly isPull: boolean;
  readonly author: Account;
  readonly createdAt: number;
  /** Oldest first; the last is how it stands. */
  readonly versions: { readonly at: number; readonly state: IssueState }[];
  readonly comments: Comment[];
  readonly events: IssueEvent[];
  readonly edits: BodyEdit[];
  /** Sub-issues in the order people see. */
  readonly children: Issue[];
  gone: Gone | null;
  /** As if it had never been there: so GitHub hides what a flagged account wrote. */
  hidden: boolean;
}

export function nowOf(issue: Issue): IssueState {
  const last = issue.versions.at(-1);
  if (!last) throw new Error(`issue ${issue.number} has no version`);
  return last.state;
}

/** How it stood at a moment; null when it was not there yet. */
export function stateAt(issue: Issue, at: number): IssueState | null {
  return issue.versions.findLast((version) => version.at <= at)?.state ?? null;
}

export function nameOf(repo: Repo): string {
  return `${repo.owner.login}/${repo.name}`;
}
