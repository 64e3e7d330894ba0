/** Reading issues by place: a hundred to a query, those that moved by the way REST leads to them. */

import { nullable, record, safeParse, string, unknown } from "zod/mini";
import { TrackerError } from "../tracker-error.ts";
import { refusal } from "./github-client.ts";
import { isSameRepo, nameOf, placeWord, type Place } from "./github-key.ts";
import { fromGraphql, fromRest, type Held } from "./github-map.ts";
import { PAGE } from "./github-pages.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import { followTransfers } from "./github-transfers.ts";
import { knownType, readTypes } from "./github-types.ts";
import { graphqlIssue, ISSUE_FIELDS, restIssue } from "./github-wire.ts";

/** Issues by place; those that do not exist, or may not be seen, are not in the map. */
export interface FoundPlaces {
  /** By `placeWord` of the place that was asked for. */
  readonly found: ReadonlyMap<string, Held>;
  readonly complete: boolean;
}

export async function readPlaces(session: GithubSession, places: readonly Place[]): Promise<FoundPlaces> {
  const wanted = [...new Map(places.map((place) => [placeWord(place), place])).values()];
  const chunks = Array.from({ length: Math.ceil(wanted.length / PAGE) }, (_chunk, at) => wanted.slice(at * PAGE, (at + 1) * PAGE));
  const answers = await Promise.all(chunks.map((chunk) => readChunk(session, chunk)));
  const found = new Map(answers.flatMap(({ found: some }) => [...some]));
  const types = await readTypes(session, [...found.values()]);
  const words = [...found.keys()];
  const followed = await followTransfers(
    session,
    [...found.values()].map((held) => types.get(held.ticket.id) ?? held),
  );
  const typed = new Map(followed.map((held, at) => [words[at] ?? "", held]));
  for (const place of wanted) {
    const held = typed.get(placeWord(place));
    if (held) session.memory.keep(held, place);
  }
  return { found: typed, complete: answers.every(({ complete }) => complete) };
}

async function readChunk(session: GithubSession, places: readonly Place[]): Promise<FoundPlaces> {
  const repos = [...Map.groupBy(places, (place) => nameOf(place).toLowerCase()).values()];
  const parts = repos.map((group, at) => {
    const issues = group.map(({ number }) => `i${number}: issue(number: ${number}) { ...T }`).join(" ");
    return `r${at}: repository(owner: $o${at}, name: $n${at}) { ${issues} }`;
  });
  const declared = repos.map((_group, at) => `$o${at}: String!, $n${at}: String!`).join(", ");
  const variables = Object.fromEntries(
    repos.flatMap(([first], at) => [
      [`o${at}`, first?.owner],
      [`n${at}`, first?.name],
    ]),
  );
  const answer = await session.client.query({
    query: `query (${declared}) { ${parts.join(" ")} }\n${ISSUE_FIELDS}`,
    variables,
    about: `read ${places.length}`,
  });
  const found = new Map<string, Held>();
  const unresolved: Place[] = [];
  let complete = answer.unplaced === null;
  repos.forEach((group, at) => {
    const repository = safeParse(nullable(record(string(), unknown())), answer.data[`r${at}`] ?? null);
    const error = answer.errorAt(`r${at}`);
    const own = group.some((place) => isSameRepo(nameOf(place), projectName(session)));
    if (repository.success && repository.data === null && own)
      throw error ?? refusal("unavailable", `GitHub did not answer for ${projectName(session)}.`, "Run the command again.");
    for (const place of group) {
      const issue = safeParse(graphqlIssue, repository.success ? repository.data?.[`i${place.number}`] : undefined);
      const trouble = answer.errorAt(`r${at}`, `i${place.number}`) ?? (repository.success && repository.data === null ? error : null);
      if (issue.success) found.set(placeWord(place), fromGraphql(issue.data, knownType(session, issue.data)));
      else if (trouble?.kind === "not-found") unresolved.push(place);
      else complete = false;
    }
  });
  const moved = await Promise.all(unresolved.map((place) => readMoved(session, place)));
  moved.forEach((held, at) => {
    const place = unresolved[at];
    if (held && place) found.set(placeWord(place), held);
  });
  return { found, complete };
}

/** REST leads from an old place to the new one; GraphQL may not. Null: it does not exist, or may not be seen, or is no issue. */
async function readMoved({ client }: GithubSession, { owner, name, number }: Place): Promise<Held | null> {
  try {
    const { value } = await client.rest(
      { route: "GET /repos/{owner}/{repo}/issues/{issue_number}", parameters: { owner, repo: name, issue_number: number } },
      restIssue,
    );
    return value.pull_request ? null : fromRest(value);
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "not-found") return null;
    throw error;
  }
}

/** Young enough to write from: the guard read right before counts. */
export async function readFresh(session: GithubSession, places: readonly Place[]): Promise<ReadonlyMap<string, Held>> {
  const { memory } = session;
  const stale = places.filter((place) => memory.fresh(place) === null);
  const { found, complete } = await readPlaces(session, stale);
  if (!complete) throw refusal("unavailable", "Not all of the issues could be read again before the write.", "Run the command again.");
  return new Map(
    places.flatMap((place) => {
      const held = found.get(placeWord(place)) ?? memory.fresh(place);
      return held ? [[placeWord(place), held] as const] : [];
    }),
  );
}

export function notFound(key: string): TrackerError {
  return refusal("not-found", `GitHub has no issue ${key}, or does not show it to this account.`, "Run canon plan again: it tells what became of it.");
}
