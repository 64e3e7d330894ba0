/** The queries of GraphQL. */

import { maySee } from "../github-access.ts";
import { isoSeconds, mayRead, visibleRepo } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { searchIssues } from "../github-search.ts";
import type { Listed } from "../rest/issue-list.ts";
import { connection } from "./graphql-connection.ts";
import { graphqlRefusal } from "./graphql-cost.ts";
import type { GraphqlCost } from "./graphql-cost.ts";
import { accountNode, commentNode, issueNode, issueOrNull, labelNode, repoNode } from "./graphql-nodes.ts";
import type { Args, Node } from "./graphql-node.ts";

const MOST_NODES = 100;
/** The search gives no more than this, whatever it counted. */
const REACH = 1_000;

export function queries(call: Call, cost: GraphqlCost): Node {
  return {
    viewer: () => accountNode(call, call.token.account),
    rateLimit: () => {
      const { limit, remaining, used, reset } = call.meter.state(call.token.account.login, "graphql");
      return { cost: cost.cost, nodeCount: cost.nodes, limit, remaining, used, resetAt: isoSeconds(reset * 1_000) };
    },
    repository: ({ owner, name }: Args) => {
      try {
        return repoNode(call, visibleRepo(call, String(owner), String(name)));
      } catch (error) {
        if (error instanceof GithubRefusal) throw notResolved(`a Repository with the name '${String(owner)}/${String(name)}'`);
        throw error;
      }
    },
    node: ({ id }: Args) => nodeById(call, String(id)),
    nodes: ({ ids }: Args) => {
      const asked = Array.isArray(ids) ? ids : [];
      if (asked.length > MOST_NODES)
        throw graphqlRefusal("ARGUMENT_LIMIT", `You may not provide more than ${MOST_NODES} node ids; you provided ${asked.length}.`);
      return asked.map((id) => nodeOrRefusal(call, String(id)));
    },
    search: (args: Args) => {
      const found: readonly Listed[] = args["type"] === "ISSUE" ? searchIssues(call, String(args["query"])) : [];
      const counts = { codeCount: 0, discussionCount: 0, repositoryCount: 0, userCount: 0, wikiCount: 0, issueCount: found.length };
      return connection(args, found.slice(0, REACH), ({ issue, state }) => issueNode(call, issue, state), counts);
    },
    repositoryOwner: ({ login }: Args) => {
      const owner = call.world.accounts.find((one) => one.login.toLowerCase() === String(login).toLowerCase());
      if (!owner) return null;
      const repos = call.world.repos.filter((repo) => repo.owner === owner && maySee(call.access, call.token, repo));
      return { ...accountNode(call, owner), repositories: (args: Args) => connection(args, repos, (repo) => repoNode(call, repo)) };
    },
    organization: ({ login }: Args) => {
      const found = call.world.accounts.find((one) => one.kind === "Organization" && one.login === login);
      if (!found) throw notResolved(`an Organization with the login of '${String(login)}'`);
      return accountNode(call, found);
    },
  };
}

/** An error in a list stands for the one element only. */
function nodeOrRefusal(call: Call, id: string): Node | GithubRefusal {
  try {
    return nodeById(call, id);
  } catch (error) {
    if (error instanceof GithubRefusal) return error;
    throw error;
  }
}

function nodeById(call: Call, id: string): Node {
  const issue = call.world.byNode.get(id);
  if (issue) {
    if (!mayRead(call, issue.repo, "node") && maySee(call.access, call.token, issue.repo))
      throw new GithubRefusal("forbidden", "Resource not accessible by personal access token");
    const node = issueOrNull(call, issue);
    if (node !== null) return node;
  }
  for (const repo of call.world.repos.filter((one) => maySee(call.access, call.token, one))) {
    if (repo.nodeId === id) return repoNode(call, repo);
    const label = repo.labels.find((one) => one.nodeId === id);
    if (label) return labelNode(call, repo, label);
    if (!id.startsWith("IC_")) continue;
    const comment = [...repo.issues.values()].flatMap(({ comments }) => comments).find((one) => one.nodeId === id);
    if (comment) return commentNode(call, comment);
  }
  throw notResolved(`a node with the global id of '${id}'`);
}

function notResolved(what: string): GithubRefusal {
  return new GithubRefusal("not-found", `Could not resolve to ${what}.`);
}
