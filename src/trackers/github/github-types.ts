/** Issue types, which GitHub's published GraphQL schema does not know: read by REST, and only where the configuration uses them. */

import { array } from "zod/mini";
import { fromRest, isMark, MARK, withUntold, type Held } from "./github-map.ts";
import type { Place } from "./github-key.ts";
import type { GithubSession } from "./github-session.ts";
import { restIssue, type GraphqlIssue, type RestIssue } from "./github-wire.ts";

/** So many are asked for one by one; beyond it the marked ones are listed first, a hundred to a page. */
const ONE_BY_ONE = 10;

/** GitHub's times are whole seconds: what was read so soon after a write may have been written once more since. */
const RACY = 2_000;

/** The type as far as it is known. */
export function knownType({ memory }: Pick<GithubSession, "memory">, issue: GraphqlIssue): string | null {
  return memory.types.get(String(issue.fullDatabaseId ?? issue.id))?.type ?? null;
}

export function learnType({ memory, clock, usesTypes }: GithubSession, { ticket }: Held): void {
  if (usesTypes) memory.types.set(ticket.id, { type: ticket.type, updatedAt: ticket.updatedAt, at: clock.now().getTime() });
}

/** Those of the issues whose type was not known, as REST shows them, by id. */
export async function readTypes(session: GithubSession, issues: readonly Held[]): Promise<ReadonlyMap<string, Held>> {
  if (!session.usesTypes) return new Map();
  const unknown = new Map(issues.filter((held) => !isKnown(session, held)).map((held) => [held.ticket.id, held]));
  const typed = new Map<string, Held>();
  const take = (issue: RestIssue): void => {
    const seen = fromRest(issue);
    const held = unknown.get(seen.ticket.id);
    if (!held) return;
    learnType(session, seen);
    typed.set(held.ticket.id, withUntold(seen, held));
    unknown.delete(held.ticket.id);
  };
  if (unknown.size > ONE_BY_ONE) for await (const page of markedPages(session)) page.forEach(take);
  for (const issue of await Promise.all([...unknown.values()].map(({ place }) => readOne(session, place)))) take(issue);
  return typed;
}

function isKnown({ memory }: GithubSession, { ticket: { id, updatedAt } }: Held): boolean {
  const known = memory.types.get(id);
  return known?.updatedAt === updatedAt && known.at - Date.parse(updatedAt) > RACY;
}

async function* markedPages({ client, repo }: GithubSession): AsyncGenerator<readonly RestIssue[]> {
  const parameters = { owner: repo.owner, repo: repo.name, state: "all", labels: MARK, sort: "created", direction: "asc", per_page: 100 };
  for (let page = 1; ; page += 1) {
    const { value, headers } = await client.rest({ route: "GET /repos/{owner}/{repo}/issues", parameters: { ...parameters, page } }, array(restIssue));
    yield value.filter(({ pull_request, labels }) => !pull_request && labels.some((label) => isMark(typeof label === "string" ? label : (label.name ?? ""))));
    if (!/rel="next"/.test(headers.get("link") ?? "")) return;
  }
}

async function readOne({ client }: GithubSession, { owner, name, number }: Place): Promise<RestIssue> {
  const { value } = await client.rest(
    { route: "GET /repos/{owner}/{repo}/issues/{issue_number}", parameters: { owner, repo: name, issue_number: number } },
    restIssue,
  );
  return value;
}
