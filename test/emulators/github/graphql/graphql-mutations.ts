/** The mutations of GraphQL. Each stands for itself: one that fails does not undo those before it. */

import { checkIssues, hasPush, hasRole, maySee } from "../github-access.ts";
import { countContent, seen } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { asObject } from "../../kit/json-value.ts";
import type { JsonObject } from "../../kit/json-value.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Issue, Label, Repo, StateReason } from "../state/github-state.ts";
import { addComment, changeIssue, createIssue, createLabel } from "../state/write-issues.ts";
import { addSubIssue, checkNesting, removeSubIssue } from "../state/write-parents.ts";
import { removeIssue, transferIssue } from "../state/remove-issues.ts";
import { createCommitOnBranch, updateRefs } from "./graphql-code.ts";
import { accountNode, commentNode, issueNode, labelNode, repoNode } from "./graphql-nodes.ts";
import type { Args, Node } from "./graphql-node.ts";

type Mutation = (call: Call, input: JsonObject, field: string) => Node;

export function mutations(call: Call): Node {
  return Object.fromEntries(
    Object.entries(MUTATIONS).map(([field, carryOut]) => [
      field,
      (args: Args) => {
        const input = asObject(args["input"]);
        return { clientMutationId: input["clientMutationId"] ?? null, ...carryOut(call, input, field) };
      },
    ]),
  );
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  updateRefs,
  createCommitOnBranch,
  createIssue: (call, input, field) => {
    const repo = repoOf(call, input["repositoryId"], field);
    if (!repo.hasIssues) throw new GithubRefusal("unprocessable", "Issues are disabled for this repository");
    const parent = typeof input["parentIssueId"] === "string" ? issueOf(call, input["parentIssueId"], field) : null;
    const given = { title: String(input["title"]), body: textOf(input["body"]) ?? "" };
    countContent(call);
    // Labels and assignees of people without push access are dropped, as in REST.
    const labels = hasPush(call.access, call.token, repo) ? labelsOf(call, repo, input["labelIds"]) : [];
    if (parent && call.switches.orphansBelowFullParents) refuseAfterwards(call, repo, parent, { ...given, labels });
    const issue = createIssue(call.world, repo, call.token.account, { ...given, labels, parent });
    return { issue: issueNode(call, issue, nowOf(issue)) };
  },
  updateIssue: (call, input, field) => {
    const issue = editable(call, input["id"], field);
    const title = textOf(input["title"]);
    const body = textOf(input["body"]);
    const { state, labelIds } = input;
    changeIssue(call.world, issue, call.token.account, {
      ...(title === null ? {} : { title }),
      ...(body === null ? {} : { body }),
      ...(state === "OPEN" ? { state: "open" } : state === "CLOSED" ? { state: "closed" } : {}),
      ...(Array.isArray(labelIds) && hasPush(call.access, call.token, issue.repo) ? { labels: labelsOf(call, issue.repo, labelIds) } : {}),
    });
    return { actor: accountNode(call, call.token.account), issue: issueNode(call, issue, nowOf(issue)) };
  },
  closeIssue: (call, input, field) => {
    const issue = editable(call, input["issueId"], field);
    changeIssue(call.world, issue, call.token.account, { state: "closed", reason: reasonOf(input["stateReason"]) });
    return { issue: issueNode(call, issue, nowOf(issue)) };
  },
  reopenIssue: (call, input, field) => {
    const issue = editable(call, input["issueId"], field);
    changeIssue(call.world, issue, call.token.account, { state: "open" });
    return { issue: issueNode(call, issue, nowOf(issue)) };
  },
  addSubIssue: (call, input, field) => {
    const parent = triaged(call, input["issueId"], field);
    const child = childOf(call, input, field);
    addSubIssue(call.world, parent, child, call.token.account, input["replaceParent"] === true);
    return { issue: issueNode(call, parent, nowOf(parent)), subIssue: issueNode(call, child, nowOf(child)) };
  },
  removeSubIssue: (call, input, field) => {
    const parent = triaged(call, input["issueId"], field);
    const child = issueOf(call, input["subIssueId"], field);
    removeSubIssue(call.world, parent, child, call.token.account);
    return { issue: issueNode(call, parent, nowOf(parent)), subIssue: issueNode(call, child, nowOf(child)) };
  },
  addComment: (call, input, field) => {
    const issue = issueOf(call, input["subjectId"], field);
    countContent(call);
    const comment = addComment(call.world, issue, call.token.account, String(input["body"]));
    const node = commentNode(call, comment);
    const edge = { cursor: "", node };
    return { subject: issueNode(call, issue, nowOf(issue)), commentEdge: edge, timelineEdge: edge };
  },
  updateIssueComment: (call, input) => {
    for (const repo of call.world.repos)
      for (const issue of repo.issues.values()) {
        const comment = issue.comments.find(({ nodeId }) => nodeId === input["id"]);
        if (!comment) continue;
        if (comment.author !== call.token.account && !hasPush(call.access, call.token, repo)) throw noPermission(call, "UpdateIssueComment");
        comment.body = String(input["body"]);
        comment.updatedAt = call.world.clock.now();
        return { issueComment: commentNode(call, comment) };
      }
    throw notResolved(input["id"]);
  },
  createLabel: (call, input, field) => {
    const repo = repoOf(call, input["repositoryId"], field);
    if (!hasPush(call.access, call.token, repo)) throw noPermission(call, "CreateLabel");
    const label = createLabel(call.world, repo, { name: String(input["name"]), color: String(input["color"]), description: textOf(input["description"]) });
    return { label: labelNode(call, repo, label) };
  },
  addLabelsToLabelable: (call, input, field) => {
    const issue = triaged(call, input["labelableId"], field);
    changeIssue(call.world, issue, call.token.account, { labels: [...nowOf(issue).labels, ...labelsOf(call, issue.repo, input["labelIds"])] });
    return { labelable: issueNode(call, issue, nowOf(issue)) };
  },
  removeLabelsFromLabelable: (call, input, field) => {
    const issue = triaged(call, input["labelableId"], field);
    const removed = labelsOf(call, issue.repo, input["labelIds"]);
    changeIssue(call.world, issue, call.token.account, { labels: nowOf(issue).labels.filter((label) => !removed.includes(label)) });
    return { labelable: issueNode(call, issue, nowOf(issue)) };
  },
  transferIssue: (call, input, field) => {
    const issue = triaged(call, input["issueId"], field);
    const moved = transferIssue(call.world, issue, repoOf(call, input["repositoryId"], field), call.token.account);
    return { issue: issueNode(call, moved, nowOf(moved)) };
  },
  deleteIssue: (call, input, field) => {
    const issue = issueOf(call, input["issueId"], field);
    if (!hasRole(call.access, call.token, issue.repo, "admin")) throw noPermission(call, "DeleteIssue");
    removeIssue(call.world, issue, "deleted");
    return { repository: repoNode(call, issue.repo) };
  },
};

function issueOf(call: Call, id: unknown, field: string): Issue {
  const issue = typeof id === "string" ? call.world.byNode.get(id) : undefined;
  if (!issue || !maySee(call.access, call.token, issue.repo) || seen(call, issue, 0) === null) throw notResolved(id);
  checkIssues(call.access, call.token, issue.repo, "write", field);
  return issue;
}

/** Its author may edit it too. */
function editable(call: Call, id: unknown, field: string): Issue {
  const issue = issueOf(call, id, field);
  if (issue.author !== call.token.account && !hasRole(call.access, call.token, issue.repo, "triage")) throw noPermission(call, capitalised(field));
  return issue;
}

function triaged(call: Call, id: unknown, field: string): Issue {
  const issue = issueOf(call, id, field);
  if (!hasRole(call.access, call.token, issue.repo, "triage")) throw noPermission(call, capitalised(field));
  return issue;
}

function childOf(call: Call, input: JsonObject, field: string): Issue {
  const { subIssueId, subIssueUrl } = input;
  if (typeof subIssueId === "string") return issueOf(call, subIssueId, field);
  for (const issue of call.world.byNode.values())
    if (typeof subIssueUrl === "string" && subIssueUrl.endsWith(`/${issue.repo.owner.login}/${issue.repo.name}/issues/${issue.number}`)) return issue;
  throw notResolved(subIssueId ?? subIssueUrl);
}

function repoOf(call: Call, id: unknown, field: string): Repo {
  const repo = call.world.repos.find(({ nodeId }) => nodeId === id);
  if (!repo || !maySee(call.access, call.token, repo)) throw notResolved(id);
  checkIssues(call.access, call.token, repo, "write", field);
  return repo;
}

function labelsOf(_call: Call, repo: Repo, ids: unknown): readonly Label[] {
  return (Array.isArray(ids) ? ids : []).map((id: unknown) => {
    const label = repo.labels.find(({ nodeId }) => nodeId === id);
    if (!label) throw notResolved(id);
    return label;
  });
}

/** The nastier reading: what could not be linked is there all the same. */
function refuseAfterwards(call: Call, repo: Repo, parent: Issue, given: Parameters<typeof createIssue>[3]): void {
  try {
    checkNesting(call.world, parent, { ...parent, children: [] });
  } catch (error) {
    if (error instanceof GithubRefusal && error.message.includes("more than")) {
      createIssue(call.world, repo, call.token.account, given);
      throw error;
    }
  }
}

function noPermission(call: Call, action: string): GithubRefusal {
  return new GithubRefusal("forbidden", `${call.token.account.login} does not have the correct permissions to execute \`${action}\``);
}

function notResolved(id: unknown): GithubRefusal {
  return new GithubRefusal("not-found", `Could not resolve to a node with the global id of '${String(id)}'.`);
}

function capitalised(field: string): string {
  return field.slice(0, 1).toUpperCase() + field.slice(1);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function reasonOf(given: unknown): StateReason {
  return given === "NOT_PLANNED" ? "not_planned" : given === "DUPLICATE" ? "duplicate" : "completed";
}
