/** The GraphQL that Canon sends: lean selections, because Linear charges for every field and for every row of a page. */

import { STORE_URL } from "./linear-base.ts";

export const PLACE: string = "id identifier";

export const BARE_TICKET: string =
  "id identifier url title description createdAt updatedAt archivedAt trashed labelIds state { name type } parent { identifier }";

const STORE = "metadata updatedAt";

export const TICKET: string = `${BARE_TICKET} attachments(first: 1, filter: { url: { eq: "${STORE_URL}" } }) { nodes { ${STORE} } }`;

/** A base that was just written, with the ticket it hangs on. */
export const STORED_TICKET: string = `${STORE} issue { ${BARE_TICKET} }`;

const PAGE = "pageInfo { hasNextPage endCursor }";

export const LABEL: string = "id name isGroup team { id }";

export const PROJECT: string = `query CanonTeam($team: TeamFilter!, $labels: IssueLabelFilter!) {
  viewer { name }
  organization { urlKey }
  teams(first: 5, filter: $team) { nodes { id key name defaultIssueState { id } states(first: 100) { nodes { id name type position } } } }
  issueLabels(first: 250, filter: $labels) { nodes { ${LABEL} } ${PAGE} }
}`;

export const TEAM_NAMES: string = "query CanonTeams { teams(first: 250) { nodes { key name } } }";

export const LABELS: string = `query CanonLabels($filter: IssueLabelFilter!, $after: String) {
  issueLabels(first: 250, after: $after, filter: $filter, includeArchived: true) { nodes { ${LABEL} } ${PAGE} }
}`;

/** `selection` of each ticket that the filter finds. */
export function ticketPage(about: string, selection: string): string {
  return `query ${about}($first: Int!, $after: String, $filter: IssueFilter!, $archived: Boolean!) {
  issues(first: $first, after: $after, filter: $filter, includeArchived: $archived) { nodes { ${selection} } ${PAGE} }
}`;
}

/** One ticket each by key, former keys too; a key that leads nowhere takes the whole answer with it. */
export function ticketsOneByOne(count: number, selection: string): string {
  const numbers = Array.from({ length: count }, (_one, index) => index);
  return `query CanonKeys(${numbers.map((index) => `$k${index}: String!`).join(", ")}) {
${numbers.map((index) => `  k${index}: issue(id: $k${index}) { ${selection} }`).join("\n")}
}`;
}
