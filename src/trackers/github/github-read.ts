/** Reading issues: by key in one query for a hundred, and lists page by page. What a reading left out is said, never guessed. */

import type { Query, Snapshot } from "../tracker.ts";
import type { GithubAnswer } from "./github-client.ts";
import { parseKey, placeWord } from "./github-key.ts";
import { readChildren } from "./github-children.ts";
import { inOrder, MARK, type Held } from "./github-map.ts";
import { searchInbox } from "./github-inbox.ts";
import { distinct, PAGE, readConnection, typedList, type Found } from "./github-pages.ts";
import { readPlaces } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { ISSUE_FIELDS } from "./github-wire.ts";

export async function readQuery(session: GithubSession, query: Query): Promise<Snapshot> {
  if ("keys" in query) return snapshotOfKeys(session, query.keys);
  const { held, complete } = await listOf(session, query);
  return { tickets: inOrder(held).map(({ ticket }) => ticket), missing: [], renamed: {}, complete };
}

async function listOf(session: GithubSession, query: Exclude<Query, { readonly keys: readonly string[] }>): Promise<Found> {
  if ("managed" in query) {
    const found = await readList(session, { labels: [MARK] });
    return { ...found, held: found.held.filter(({ line }) => line !== null) };
  }
  if ("changedSince" in query) return readList(session, { filterBy: { since: query.changedSince } });
  if ("childrenOf" in query) return readChildren(session, query.childrenOf, query.unmarked === true);
  if ("inbox" in query) return searchInbox(session, query.inbox);
  return readList(session, {});
}

async function snapshotOfKeys(session: GithubSession, keys: readonly string[]): Promise<Snapshot> {
  const places = new Map(keys.map((key) => [key, parseKey(key, session.repo)]));
  const { found, complete } = await readPlaces(
    session,
    [...places.values()].flatMap((place) => place ?? []),
  );
  const heldOf = (key: string): Held | undefined => {
    const place = places.get(key);
    return place ? found.get(placeWord(place)) : undefined;
  };
  const held = new Map(keys.flatMap((key) => heldOf(key) ?? []).map((one) => [one.ticket.id, one]));
  return {
    tickets: inOrder([...held.values()]).map(({ ticket }) => ticket),
    // What could not be read may well exist.
    missing: complete ? [...new Set(keys)].filter((key) => !heldOf(key)) : [],
    renamed: Object.fromEntries(keys.flatMap((key) => (heldOf(key) && heldOf(key)?.ticket.key !== key ? [[key, heldOf(key)?.ticket.key ?? key]] : []))),
    complete,
  };
}

interface ListFilter {
  readonly labels?: readonly string[];
  readonly filterBy?: { readonly since: string };
}

const LIST = `query ($owner: String!, $name: String!, $after: String, $labels: [String!], $filterBy: IssueFilters) {
  repository(owner: $owner, name: $name) {
    issues(first: ${PAGE}, after: $after, labels: $labels, filterBy: $filterBy, states: [OPEN, CLOSED], orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount pageInfo { hasNextPage endCursor } nodes { ...T }
    }
  }
}
${ISSUE_FIELDS}`;

async function readList(session: GithubSession, filter: ListFilter): Promise<Found> {
  const { owner, name } = session.repo;
  const issues: Held[] = [];
  let complete = true;
  for (let after: string | null = null; ;) {
    const answer: GithubAnswer = await session.client.query({
      query: LIST,
      variables: { owner, name, after, ...filter },
      about: `list ${Object.keys(filter).join()}`,
    });
    const page = readConnection(session, answer, ["repository", "issues"]);
    if (page === null) return { held: await typedList(session, issues), complete: false };
    issues.push(...page.held);
    complete &&= page.complete;
    if (page.next === null) {
      // A page that ends early is no proof that there was no more.
      return { held: await typedList(session, distinct(issues)), complete: complete && issues.length >= page.total };
    }
    after = page.next;
  }
}
