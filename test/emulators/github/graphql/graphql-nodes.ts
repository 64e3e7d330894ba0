/** Issues and what hangs on them as GraphQL objects. A field that is not here is a gap of the emulator, and reported as one. */

import { roleIn, ROLES, hasRole } from "../github-access.ts";
import { isoSeconds, mayRead, seen } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { issuePage } from "../rest/render-issue.ts";
import { allSeen } from "../rest/issue-list.ts";
import type { Listed } from "../rest/issue-list.ts";
import { nameOf, nowOf } from "../state/github-state.ts";
import type { Account, Comment, Issue, IssueState, Label, Repo } from "../state/github-state.ts";
import { labelNamed } from "../state/github-world.ts";
import { connection } from "./graphql-connection.ts";
import type { Args, Node } from "./graphql-node.ts";
import { timelineNodes } from "./graphql-timeline.ts";

const MAKERS = { account: accountNode, label: labelNode, comment: commentNode, issue: issueOrNull, repo: repoNode };
const INT_MAX = 2 ** 31 - 1;

export function accountNode(call: Call, account: Account): Node {
  return {
    __typename: account.kind,
    id: account.nodeId,
    databaseId: account.id,
    login: account.login,
    name: account.name,
    email: "",
    url: `${call.web}/${account.login}`,
    resourcePath: `/${account.login}`,
    avatarUrl: `${call.web}/avatars/u/${account.id}`,
  };
}

export function labelNode(call: Call, repo: Repo, label: Label): Node {
  return {
    __typename: "Label",
    id: label.nodeId,
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    url: `${call.web}/${nameOf(repo)}/labels/${encodeURIComponent(label.name)}`,
    resourcePath: `/${nameOf(repo)}/labels/${encodeURIComponent(label.name)}`,
    repository: () => repoNode(call, repo),
  };
}

export function commentNode(call: Call, comment: Comment): Node {
  return {
    __typename: "IssueComment",
    id: comment.nodeId,
    databaseId: comment.id > INT_MAX ? null : comment.id,
    fullDatabaseId: String(comment.id),
    author: accountNode(call, comment.author),
    authorAssociation: "MEMBER",
    body: comment.body,
    bodyText: comment.body,
    createdAt: isoSeconds(comment.createdAt),
    updatedAt: isoSeconds(comment.updatedAt),
    publishedAt: isoSeconds(comment.createdAt),
    lastEditedAt: null,
    editor: null,
    url: `${issuePage(call, comment.issue)}#issuecomment-${comment.id}`,
    issue: () => issueOrNull(call, comment.issue),
    repository: () => repoNode(call, comment.issue.repo),
    viewerDidAuthor: comment.author === call.token.account,
    viewerCanUpdate: comment.author === call.token.account || hasRole(call.access, call.token, comment.issue.repo, "write"),
    isMinimized: false,
    minimizedReason: null,
  };
}

/** Null for what this reader may not see. */
export function issueOrNull(call: Call, issue: Issue): Node | null {
  if (!mayRead(call, issue.repo, "issue")) return null;
  const state = seen(call, issue, call.switches.readLag);
  return state === null ? null : issueNode(call, issue, state);
}

export function issueNode(call: Call, issue: Issue, state: IssueState): Node {
  const page = issuePage(call, issue);
  const triages = hasRole(call.access, call.token, issue.repo, "triage");
  const mine = issue.author === call.token.account;
  return {
    __typename: issue.isPull ? "PullRequest" : "Issue",
    id: issue.nodeId,
    // GitHub's ids no longer fit into an Int: that is why fullDatabaseId is there.
    databaseId: issue.id > INT_MAX ? null : issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    url: page,
    resourcePath: new URL(page).pathname,
    title: state.title,
    titleHTML: state.title,
    body: state.body,
    bodyText: state.body,
    state: state.state === "open" ? "OPEN" : "CLOSED",
    stateReason: ({ enableDuplicate }: Args) => reasonOf(state, enableDuplicate === true),
    closed: state.state === "closed",
    closedAt: state.closedAt === null ? null : isoSeconds(state.closedAt),
    createdAt: isoSeconds(issue.createdAt),
    publishedAt: isoSeconds(issue.createdAt),
    updatedAt: isoSeconds(state.updatedAt),
    lastEditedAt: state.editedAt === null ? null : isoSeconds(state.editedAt),
    editor: state.editor === null ? null : accountNode(call, state.editor),
    includesCreatedEdit: issue.edits.length > 1,
    author: accountNode(call, issue.author),
    authorAssociation: "MEMBER",
    locked: false,
    activeLockReason: null,
    isPinned: false,
    milestone: null,
    repository: () => repoNode(call, issue.repo),
    parent: () => (state.parent === null ? null : issueOrNull(call, state.parent)),
    subIssues: (args: Args) => connection(args, children(call, issue), (child) => issueNode(call, child.issue, child.state)),
    subIssuesSummary: () => {
      const total = issue.children.length;
      const completed = issue.children.filter((child) => nowOf(child).state === "closed").length;
      return { total, completed, percentCompleted: total === 0 ? 0 : Math.floor((100 * completed) / total) };
    },
    labels: (args: Args) => connection(args, sortedLabels(state.labels, args), (label) => labelNode(call, issue.repo, label)),
    assignees: (args: Args) => connection(args, state.assignees, (one) => accountNode(call, one)),
    comments: (args: Args) => connection(args, issue.comments, (comment) => commentNode(call, comment)),
    timelineItems: (args: Args) => timelineNodes(call, issue, args, MAKERS),
    // Newest first, each with the whole text after it, and nothing before the first edit.
    userContentEdits: (args: Args) =>
      connection(args, issue.edits.length > 1 ? issue.edits.toReversed() : [], (edit) => ({
        id: edit.nodeId,
        createdAt: isoSeconds(edit.at),
        editedAt: isoSeconds(edit.at),
        updatedAt: isoSeconds(edit.at),
        editor: accountNode(call, edit.editor),
        diff: edit.body,
        deletedAt: null,
        deletedBy: null,
      })),
    viewerDidAuthor: mine,
    viewerCanUpdate: triages || mine,
    viewerCanClose: triages || mine,
    viewerCanReopen: triages || mine,
    viewerCanLabel: triages,
    viewerCanDelete: hasRole(call.access, call.token, issue.repo, "admin"),
  };
}

export function repoNode(call: Call, repo: Repo): Node {
  const role = roleIn(call.access, call.token.account, repo);
  return {
    __typename: "Repository",
    id: repo.nodeId,
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: nameOf(repo),
    owner: accountNode(call, repo.owner),
    url: `${call.web}/${nameOf(repo)}`,
    resourcePath: `/${nameOf(repo)}`,
    description: null,
    createdAt: isoSeconds(repo.createdAt),
    updatedAt: isoSeconds(repo.createdAt),
    isPrivate: repo.isPrivate,
    isArchived: false,
    isDisabled: false,
    isLocked: false,
    isFork: false,
    visibility: repo.isPrivate ? "PRIVATE" : "PUBLIC",
    hasIssuesEnabled: repo.hasIssues,
    isInOrganization: repo.owner.kind === "Organization",
    // The schema: null for an app. A person may read what is public.
    viewerPermission: call.token.kind === "installation" ? null : (role === "none" ? "read" : role).toUpperCase(),
    viewerCanAdminister: role === "admin",
    defaultBranchRef: null,
    issue: ({ number }: Args) => numbered(call, repo, Number(number), false),
    issueOrPullRequest: ({ number }: Args) => numbered(call, repo, Number(number), true),
    // Discussions share the numbers; the emulated repositories have none.
    discussion: ({ number }: Args) => {
      throw new GithubRefusal("not-found", `Could not resolve to a Discussion with the number of ${Number(number)}.`);
    },
    issues: (args: Args) => connection(args, filtered(call, repo, args), ({ issue, state }) => issueNode(call, issue, state)),
    label: ({ name }: Args) => {
      const label = labelNamed(repo, String(name));
      return label === null ? null : labelNode(call, repo, label);
    },
    labels: (args: Args) => connection(args, labelsLike(repo, args), (label) => labelNode(call, repo, label)),
    // Left out (readme.md): a repository without any.
    milestones: (args: Args) => connection(args, [], () => null),
    assignableUsers: (args: Args) =>
      connection(
        args,
        call.world.accounts.filter((one) => one.kind === "User" && ROLES.indexOf(roleIn(call.access, one, repo)) >= ROLES.indexOf("triage")),
        (one) => accountNode(call, one),
      ),
  };
}

function numbered(call: Call, repo: Repo, number: number, orPull: boolean): Node {
  const kind = orPull ? "issue or pull request" : "Issue";
  const missing = new GithubRefusal("not-found", `Could not resolve to an ${kind} with the number of ${number}.`);
  if (!mayRead(call, repo, "issue")) throw new GithubRefusal("forbidden", "Resource not accessible by personal access token");
  const held = repo.issues.get(number);
  const issue = held?.gone?.kind === "transferred" && call.switches.graphqlFollowsTransfer ? held.gone.to : held;
  if (!issue || (issue.isPull && !orPull)) throw missing;
  const node = issueOrNull(call, issue);
  if (node === null) throw missing;
  return node;
}

function children(call: Call, issue: Issue): readonly Listed[] {
  return issue.children.flatMap((child) => {
    const state = mayRead(call, child.repo, "issue") ? seen(call, child, call.switches.listLag) : null;
    return state === null ? [] : [{ issue: child, state }];
  });
}

/** GraphQL's list of issues holds no pull requests, unlike REST's. */
function filtered(call: Call, repo: Repo, args: Args): readonly Listed[] {
  if (!mayRead(call, repo, "issues")) throw new GithubRefusal("forbidden", "Resource not accessible by personal access token");
  const filter: Args = typeof args["filterBy"] === "object" && args["filterBy"] !== null ? { ...args["filterBy"] } : {};
  const states = list(args["states"] ?? filter["states"]);
  const labels = list(args["labels"] ?? filter["labels"]).map((name) => name.toLowerCase());
  const since = typeof filter["since"] === "string" ? Date.parse(filter["since"]) : null;
  const order: Args = typeof args["orderBy"] === "object" && args["orderBy"] !== null ? { ...args["orderBy"] } : { field: "CREATED_AT", direction: "ASC" };
  const sign = order["direction"] === "DESC" ? -1 : 1;
  const rank = ({ issue, state }: Listed): number =>
    order["field"] === "UPDATED_AT" ? Math.floor(state.updatedAt / 1_000) : order["field"] === "COMMENTS" ? issue.comments.length : issue.number;
  return allSeen(call, repo, call.switches.listLag)
    .filter(
      ({ issue, state }) =>
        !issue.isPull &&
        (states.length === 0 || states.includes(state.state.toUpperCase())) &&
        // Any of them, where REST asks for all of them.
        (labels.length === 0 || state.labels.some((label) => labels.includes(label.name.toLowerCase()))) &&
        (since === null || Math.floor(state.updatedAt / 1_000) >= Math.floor(since / 1_000)),
    )
    .toSorted((a, b) => sign * (rank(a) - rank(b) || a.issue.number - b.issue.number));
}

function labelsLike(repo: Repo, { query }: Args): readonly Label[] {
  return typeof query === "string" ? repo.labels.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())) : repo.labels;
}

function sortedLabels(labels: readonly Label[], args: Args): readonly Label[] {
  const order: Args = typeof args["orderBy"] === "object" && args["orderBy"] !== null ? { ...args["orderBy"] } : {};
  const sign = order["direction"] === "DESC" ? -1 : 1;
  return labels.toSorted((a, b) => sign * (order["field"] === "NAME" ? a.name.localeCompare(b.name) : a.id - b.id));
}

/** DUPLICATE only to those who ask for it; others read NOT_PLANNED. */
function reasonOf({ reason }: IssueState, enableDuplicate: boolean): string | null {
  if (reason === "duplicate" && !enableDuplicate) return "NOT_PLANNED";
  return reason === null ? null : reason.toUpperCase();
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
