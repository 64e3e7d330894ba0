/** Looks up any issue of a GitHub, in whatever repository it is. */

import { array, nullable, object, safeParse, string, type ZodMiniType } from "zod/mini";
import type { RemoteOptions } from "../remote-options.ts";
import type { TicketDetails, TicketSource } from "../ticket-source.ts";
import { refusal, type GithubClient } from "./github-client.ts";
import { keyOf, parseKey, parseRepo, type Place } from "./github-key.ts";
import { parseText } from "./github-line.ts";
import { openGithub } from "./github-open.ts";
import { statusOf } from "./github-statuses.ts";
import { graphqlIssue, ISSUE_FIELDS, restIssue, type GraphqlIssue } from "./github-wire.ts";

interface Around {
  readonly assignees: { readonly nodes: readonly { readonly login: string; readonly name: string | null }[] };
}

const around: ZodMiniType<Around> = object({ assignees: object({ nodes: array(object({ login: string(), name: nullable(string()) })) }) });

const QUERY = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { issue(number: $number) { ...T assignees(first: 5) { nodes { login name } } } }
}
${ISSUE_FIELDS}`;

export async function openGithubSource(options: RemoteOptions): Promise<TicketSource> {
  const { client } = await openGithub(options);
  const project = parseRepo(options.target.project);
  return {
    system: "github",
    whoami: async () => {
      const { data } = await client.query({ query: "query { viewer { login } }", variables: {}, about: "whoami" });
      const read = safeParse(object({ viewer: object({ login: string() }) }), data);
      if (!read.success) throw refusal("unavailable", "GitHub did not say whose token this is.", "Run the command again.");
      return read.data.viewer.login;
    },
    find: async (key) => {
      const place = parseKey(key, project ?? { owner: "", name: "" });
      if (place === null || place.owner === "" || place.name === "")
        throw refusal("invalid", `${key} names no issue of a repository.`, "Write it as owner/repo#42.");
      return (await findIssue(client, place)) ?? (await findMoved(client, place, key));
    },
    close: async () => undefined,
  };
}

async function findIssue(client: GithubClient, { owner, name, number }: Place): Promise<TicketDetails | null> {
  const answer = await client.query({ query: QUERY, variables: { owner, name, number }, about: "find" });
  const error = answer.errorAt("repository");
  if (error && error.kind !== "not-found") throw error;
  const read = safeParse(object({ repository: nullable(object({ issue: nullable(graphqlIssue) })) }), answer.data);
  const people = safeParse(object({ repository: object({ issue: around }) }), answer.data);
  const issue = read.success ? read.data.repository?.issue : null;
  if (!issue) return null;
  return detailsOf(issue, people.success ? people.data.repository.issue.assignees.nodes : [], await typeOf(client, issue));
}

/** REST leads to where an issue was moved. */
async function findMoved(client: GithubClient, { owner, name, number }: Place, key: string): Promise<TicketDetails> {
  const { value } = await client.rest(
    { route: "GET /repos/{owner}/{repo}/issues/{issue_number}", parameters: { owner, repo: name, issue_number: number } },
    restIssue,
  );
  const [newOwner = "", newName = ""] = new URL(value.repository_url).pathname.split("/").slice(-2);
  const isElsewhere = newOwner.toLowerCase() !== owner.toLowerCase() || newName.toLowerCase() !== name.toLowerCase();
  const found = value.pull_request || !isElsewhere ? null : await findIssue(client, { owner: newOwner, name: newName, number: value.number });
  if (found === null) throw refusal("not-found", `${key} is ${value.pull_request ? "a pull request, no issue" : "no issue that this account may see"}.`);
  return found;
}

/** GraphQL's published schema knows no types. */
async function typeOf(client: GithubClient, { number, repository }: GraphqlIssue): Promise<string | null> {
  const [owner = "", repo = ""] = repository.nameWithOwner.split("/");
  const { value } = await client.rest(
    { route: "GET /repos/{owner}/{repo}/issues/{issue_number}", parameters: { owner, repo, issue_number: number } },
    restIssue,
  );
  return value.type?.name ?? null;
}

function detailsOf(issue: GraphqlIssue, assignees: Around["assignees"]["nodes"], type: string | null): TicketDetails {
  const status = statusOf(issue.state, issue.stateReason);
  const [first] = assignees;
  return {
    id: String(issue.fullDatabaseId ?? issue.id),
    key: keyOf(issue.repository.nameWithOwner, issue.number),
    url: issue.url,
    title: issue.title,
    description: parseText(issue.body).body,
    state: status.name,
    stateKind: status.kind,
    type,
    assignee: first ? (first.name ?? first.login) : null,
    labels: issue.labels?.nodes?.flatMap((label) => label?.name ?? []) ?? [],
    createdAt: new Date(issue.createdAt).toISOString(),
    updatedAt: new Date(issue.updatedAt).toISOString(),
    archivedAt: null,
    team: null,
    priority: null,
    parent: issue.parent === null ? null : keyOf(issue.parent.repository.nameWithOwner, issue.parent.number),
  };
}
