/** The issues below others: asked only where there are some that are not known yet, because each brings its text along. */

import { array, nullable, number, object, safeParse, string } from "zod/mini";
import { parseKey, placeWord } from "./github-key.ts";
import type { Held } from "./github-map.ts";
import { isOurs, PAGE, readConnection, typedList, type Found } from "./github-pages.ts";
import { readPlaces } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { ISSUE_FIELDS } from "./github-wire.ts";

/** Parents per request: each brings up to a hundred issues with their texts. */
const PARENTS = 25;

/** `unmarked`: without those that Canon manages. */
export async function readChildren(session: GithubSession, keys: readonly string[], unmarked: boolean): Promise<Found> {
  const { memory, repo } = session;
  const places = keys.flatMap((key) => parseKey(key, repo) ?? []);
  // Ids outlive a move to another repository; keys do not.
  const read = await readPlaces(
    session,
    places.filter((place) => memory.last(place) === null),
  );
  const parents = [
    ...new Map(places.flatMap((place) => read.found.get(placeWord(place)) ?? memory.last(place) ?? []).map((held) => [held.nodeId, held])).values(),
  ];
  const counted = unmarked ? await withUnknown(session, parents) : { parents, complete: true };
  const chunks = chunked(counted.parents, PARENTS);
  const answers = await Promise.all(chunks.map((chunk) => readChildrenOf(session, chunk)));
  const held = answers.flatMap((found) => found.held).filter((one) => isOurs(session, one) && !(unmarked && one.line !== null));
  return { held, complete: read.complete && counted.complete && answers.every(({ complete }) => complete) };
}

function chunked<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_chunk, at) => all.slice(at * size, (at + 1) * size));
}

const totals = object({ nodes: array(nullable(object({ id: string(), subIssuesSummary: object({ total: number() }) }))) });

/** Those that have more children than the managed ones that were read: a hundred parents to a request. */
async function withUnknown(
  { client, memory }: GithubSession,
  parents: readonly Held[],
): Promise<{ readonly parents: readonly Held[]; readonly complete: boolean }> {
  const known = memory.managedChildren();
  // The list that a plan begins with has counted them already.
  const recent = new Map(
    parents.flatMap(({ nodeId, place }) => (memory.recent(place) === null ? [] : [[nodeId, memory.recent(place)?.children ?? 0] as const])),
  );
  const answers = await Promise.all(
    chunked(
      parents.filter(({ nodeId }) => !recent.has(nodeId)),
      PAGE,
    ).map(async (chunk) => {
      const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { id subIssuesSummary { total } } } }";
      const answer = await client.query({ query, variables: { ids: chunk.map(({ nodeId }) => nodeId) }, about: `count children of ${chunk.length}` });
      const read = safeParse(totals, answer.data);
      const nodes = read.success ? read.data.nodes : [];
      const found = new Map(nodes.filter((node) => node !== null).map(({ id, subIssuesSummary }) => [id, subIssuesSummary.total]));
      // A parent that is gone has no children.
      const complete = chunk.every(({ nodeId }, at) => found.has(nodeId) || answer.errorAt("nodes", String(at))?.kind === "not-found");
      return { found, complete: complete && answer.unplaced === null };
    }),
  );
  const total = new Map([...recent, ...answers.flatMap(({ found }) => [...found])]);
  return {
    parents: parents.filter(({ nodeId, ticket }) => (total.get(nodeId) ?? 0) > (known.get(ticket.key) ?? 0)),
    complete: answers.every(({ complete }) => complete),
  };
}

/** GitHub gives a parent a hundred children at most: one page. */
async function readChildrenOf(session: GithubSession, parents: readonly Held[]): Promise<Found> {
  const ids = parents.map(({ nodeId }) => nodeId);
  const declared = ids.map((_id, at) => `$p${at}: ID!`).join(", ");
  const children = `subIssues(first: ${PAGE}) { totalCount pageInfo { hasNextPage endCursor } nodes { ...T } }`;
  const parts = ids.map((_id, at) => `p${at}: node(id: $p${at}) { ... on Issue { ${children} } }`).join(" ");
  const variables = Object.fromEntries(ids.map((id, at) => [`p${at}`, id]));
  const answer = await session.client.query({ query: `query (${declared}) { ${parts} }\n${ISSUE_FIELDS}`, variables, about: `children of ${ids.length}` });
  const pages = ids.map((_id, at) => {
    const page = readConnection(session, answer, [`p${at}`, "subIssues"]);
    // A parent that is gone has no children.
    if (page === null && answer.errorAt(`p${at}`)?.kind === "not-found") return { held: [], complete: true };
    return page === null ? { held: [], complete: false } : { held: page.held, complete: page.complete && page.held.length >= page.total };
  });
  return {
    held: await typedList(
      session,
      pages.flatMap(({ held }) => held),
    ),
    complete: pages.every(({ complete }) => complete),
  };
}
