/** The project of a target: its repository, its labels and its issue types, asked once. */

import { array, boolean, nullable, object, optional, record, safeParse, string } from "zod/mini";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { refusal, type GithubAnswer, type GithubClient } from "./github-client.ts";
import { nameOf, type Repo } from "./github-key.ts";
import { MARK } from "./github-map.ts";

export interface GithubRepository {
  readonly id: string;
  readonly nameWithOwner: string;
  readonly account: string;
  /** Organisations only have issue types. */
  readonly isOrganization: boolean;
  /** The account's role; null for an app, of which GitHub tells none. */
  readonly role: string | null;
  /** Anybody may read it. */
  readonly isPublic: boolean;
  /** Of a classic token; null for the others, which do not tell. */
  readonly scopes: readonly string[] | null;
}

export interface GithubProject {
  /** Throws TrackerError. Asked once, but for a check, which asks anew. */
  repository(anew?: "anew"): Promise<GithubRepository>;
  /** Ids of these labels, by name in small letters; those that do not exist are made where that is allowed, and left out where not. */
  labelIds(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Ids of those that exist. */
  knownLabelIds(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  forgetLabels(): void;
  types(): Promise<readonly string[]>;
}

const wire = object({
  id: string(),
  nameWithOwner: string(),
  hasIssuesEnabled: boolean(),
  isArchived: boolean(),
  visibility: string(),
  viewerPermission: nullable(string()),
  owner: object({ __typename: string() }),
  label: nullable(object({ id: string(), name: string() })),
});

const QUERY = `query ($owner: String!, $name: String!, $mark: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    id nameWithOwner hasIssuesEnabled isArchived visibility viewerPermission owner { __typename } label(name: $mark) { id name }
  }
}`;

/** Grey: the mark is for finding, not for looking at. */
const MARK_LOOKS = { color: "6e7781", description: "Managed by Canon: the spec is the source" };
const LABEL_LOOKS = { color: "ededed" };

export function githubProject(client: GithubClient, repo: Repo): GithubProject {
  let repository: Promise<GithubRepository> | null = null;
  let types: Promise<readonly string[]> | null = null;
  const labels: Labels = new Map();

  const project: GithubProject = {
    repository: (anew) => {
      if (anew) repository = null;
      repository ??= readRepository(client, repo, labels).catch((error: unknown) => {
        // What failed once may go well the next time.
        repository = null;
        throw error;
      });
      return repository;
    },
    knownLabelIds: async (names) => {
      await readLabels(client, repo, unknownOf(names, labels), labels);
      return pick(names, labels);
    },
    labelIds: async (names) => {
      await readLabels(client, repo, unknownOf(names, labels), labels);
      const missing = distinct(names).filter((name) => labels.get(name.toLowerCase()) === "none");
      if (missing.length > 0) await makeLabels(client, (await project.repository()).id, missing, labels);
      return pick(names, labels);
    },
    forgetLabels: () => labels.clear(),
    types: () => {
      types ??= readTypes(client, repo).catch((error: unknown) => {
        types = null;
        throw error;
      });
      return types;
    },
  };
  return project;
}

async function readRepository(client: GithubClient, repo: Repo, labels: Labels): Promise<GithubRepository> {
  const variables = { owner: repo.owner, name: repo.name, mark: MARK };
  const answer = await client.query({ query: QUERY, variables, about: "repository" });
  const error = answer.errorAt("repository");
  if (error?.kind === "not-found") throw await unknownRepository(client, repo);
  if (error) throw error;
  const read = safeParse(object({ viewer: object({ login: string() }), repository: wire }), answer.data);
  if (!read.success)
    throw refusal(
      "unavailable",
      `GitHub's answer about ${nameOf(repo)} cannot be read.`,
      "Run the command again; an old GitHub Enterprise Server may lack what Canon asks for.",
    );
  const { viewer, repository } = read.data;
  if (!repository.hasIssuesEnabled)
    throw refusal("invalid", `Issues are turned off in ${repository.nameWithOwner}.`, "Turn them on in the repository's settings, under Features.");
  if (repository.isArchived)
    throw refusal(
      "forbidden",
      `${repository.nameWithOwner} is archived: GitHub takes no writes there.`,
      "Unarchive it, or name another repository as the project.",
    );
  labels.set(MARK, repository.label?.id ?? "none");
  return {
    id: repository.id,
    nameWithOwner: repository.nameWithOwner,
    account: viewer.login,
    isOrganization: repository.owner.__typename === "Organization",
    role: repository.viewerPermission?.toLowerCase() ?? null,
    isPublic: repository.visibility === "PUBLIC",
    scopes: scopesOf(answer),
  };
}

function scopesOf({ headers }: GithubAnswer): readonly string[] | null {
  const scopes = headers.get("x-oauth-scopes");
  return scopes === null
    ? null
    : scopes
        .split(",")
        .map((scope) => scope.trim())
        .filter((scope) => scope !== "");
}

/** Names those that the account does see, the nearest first. */
async function unknownRepository(client: GithubClient, repo: Repo): Promise<Error> {
  const message = `GitHub has no repository ${nameOf(repo)}, or does not show it to this account.`;
  const token = "Check that the token may read it (classic: scope repo; fine-grained: the repository must be selected).";
  try {
    const query = `query ($login: String!) { repositoryOwner(login: $login) { repositories(first: 100) { nodes { nameWithOwner } } } }`;
    const { data } = await client.query({ query, variables: { login: repo.owner }, about: "repositories" });
    const shape = object({ repositoryOwner: object({ repositories: object({ nodes: array(object({ nameWithOwner: string() })) }) }) });
    const read = safeParse(shape, data);
    const names = read.success ? read.data.repositoryOwner.repositories.nodes.map(({ nameWithOwner }) => nameWithOwner) : [];
    const nearest = nearestWord(nameOf(repo), names);
    const ordered = nearest === null ? names : [nearest, ...names.filter((name) => name !== nearest)];
    if (ordered.length > 0) return refusal("not-found", message, `${repo.owner} has ${ordered.slice(0, 10).join(", ")}. ${token}`);
  } catch {
    // It only served the hint.
  }
  return refusal("not-found", message, token);
}

/** By name in small letters: an id, or why there is none: `none` yet, or `refused` to this account. Ids never look like either. */
type Labels = Map<string, string>;

function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

function unknownOf(names: readonly string[], labels: Labels): readonly string[] {
  return distinct(names).filter((name) => !labels.has(name.toLowerCase()));
}

function pick(names: readonly string[], labels: Labels): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name) => {
      const id = labels.get(name.toLowerCase());
      return id === undefined || id === "none" || id === "refused" ? [] : [[name.toLowerCase(), id] as const];
    }),
  );
}

const labelShape = object({ id: string(), name: string() });

async function readLabels(client: GithubClient, repo: Repo, names: readonly string[], labels: Labels): Promise<void> {
  if (names.length === 0) return;
  const declared = names.map((_name, at) => `$l${at}: String!`).join(", ");
  const fields = names.map((_name, at) => `l${at}: label(name: $l${at}) { id name }`).join(" ");
  const query = `query ($owner: String!, $name: String!, ${declared}) { repository(owner: $owner, name: $name) { ${fields} } }`;
  const variables = { owner: repo.owner, name: repo.name, ...Object.fromEntries(names.map((name, at) => [`l${at}`, name])) };
  const answer = await client.query({ query, variables, about: "labels" });
  const error = answer.errorAt();
  if (error) throw error;
  const read = safeParse(object({ repository: record(string(), nullable(labelShape)) }), answer.data);
  if (!read.success) throw refusal("unavailable", `GitHub's answer about the labels of ${nameOf(repo)} cannot be read.`, "Run the command again.");
  names.forEach((name, at) => {
    labels.set(name.toLowerCase(), read.data.repository[`l${at}`]?.id ?? "none");
  });
}

/** Without push access GitHub makes no labels: then the ticket goes without, as it does for people. */
async function makeLabels(client: GithubClient, repositoryId: string, names: readonly string[], labels: Labels): Promise<void> {
  const declared = names.map((_name, at) => `$l${at}: CreateLabelInput!`).join(", ");
  const fields = names.map((_name, at) => `l${at}: createLabel(input: $l${at}) { label { id name } }`).join(" ");
  const inputs = names.map((name, at) => [`l${at}`, { repositoryId, name, ...(name.toLowerCase() === MARK ? MARK_LOOKS : LABEL_LOOKS) }] as const);
  const answer = await client.mutate({ query: `mutation (${declared}) { ${fields} }`, variables: Object.fromEntries(inputs), creations: 0, about: "labels" });
  names.forEach((name, at) => {
    const made = safeParse(object({ label: labelShape }), answer.data[`l${at}`]);
    if (made.success) labels.set(name.toLowerCase(), made.data.label.id);
    else {
      const error = answer.errorAt(`l${at}`);
      if (error && error.kind !== "forbidden" && error.kind !== "invalid") throw error;
      // Somebody may just have made a label of that name: the next reading tells.
      if (error?.kind === "invalid") labels.delete(name.toLowerCase());
      else labels.set(name.toLowerCase(), "refused");
    }
  });
}

const typesShape = array(object({ name: string(), is_enabled: optional(boolean()) }));

async function readTypes(client: GithubClient, { owner, name }: Repo): Promise<readonly string[]> {
  const { value } = await client.rest({ route: "GET /repos/{owner}/{repo}/issue-types", parameters: { owner, repo: name } }, typesShape);
  return value.filter(({ is_enabled }) => is_enabled !== false).map((type) => type.name);
}
