/** A person's query for the inbox: GitHub's own search, held to the issues of this repository. */

import { object, safeParse, string } from "zod/mini";
import { TrackerError } from "../tracker-error.ts";
import { refusal, type GithubAnswer } from "./github-client.ts";
import { isOurs, PAGE, readConnection, typedList, type Found } from "./github-pages.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import type { Held } from "./github-map.ts";
import { ISSUE_FIELDS } from "./github-wire.ts";

/** The search gives no more, whatever it counted. */
const REACH = 1000;

const QUERY = `query ($query: String!, $after: String) {
  search(type: ISSUE, query: $query, first: ${PAGE}, after: $after) {
    totalCount: issueCount pageInfo { hasNextPage endCursor } nodes { __typename ...T }
  }
}
${ISSUE_FIELDS}`;

const HINT = "inbox takes what the search field of the issues page takes: label:triage no:assignee";

export async function searchInbox(session: GithubSession, inbox: string): Promise<Found> {
  if (inbox.trim() === "") throw refusal("invalid", "The inbox query is empty.", HINT);
  const query = `repo:${projectName(session)} is:issue ${inbox}`;
  const issues: Held[] = [];
  for (let after: string | null = null; ;) {
    const answer = await ask(session, { query, after });
    const page = readConnection(session, answer, ["search"], isOther);
    if (page === null) return { held: await typedList(session, issues), complete: false };
    issues.push(...page.held);
    // The search may answer beyond what it was held to.
    if (page.next === null || issues.length >= REACH)
      return { held: (await typedList(session, issues)).filter((held) => isOurs(session, held)), complete: page.complete && page.total <= REACH };
    after = page.next;
  }
}

/** Pull requests are found as well. */
function isOther(node: unknown): boolean {
  const read = safeParse(object({ __typename: string() }), node);
  return read.success && read.data.__typename !== "Issue";
}

async function ask({ client }: GithubSession, variables: Readonly<Record<string, string | null>>): Promise<GithubAnswer> {
  try {
    return await client.query({ query: QUERY, variables, about: "inbox" });
  } catch (error) {
    throw error instanceof TrackerError && error.kind === "invalid" ? refusal("invalid", error.message, HINT) : error;
  }
}
