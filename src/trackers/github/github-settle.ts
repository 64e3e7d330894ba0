/** What became of creates whose answer was lost: every number above the watermark is looked at, so no index can miss one. */

import { array, boolean, nullable, object, record, safeParse, string, unknown } from "zod/mini";
import { TrackerError } from "../tracker-error.ts";
import type { InDoubt, Settled, Watermark } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import { fromGraphql, fromRest, type Held } from "./github-map.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import { knownType } from "./github-types.ts";
import { graphqlIssue, ISSUE_FIELDS, restIssue } from "./github-wire.ts";

/** So many numbers in a row that nobody has end the search (FACTS.md, "A create whose answer was lost"). */
const MISSES = 50;

/** The highest number so far, of issues and pull requests: they share them. */
export async function readWatermark({ client, repo }: GithubSession): Promise<Watermark> {
  const parameters = { owner: repo.owner, repo: repo.name, state: "all", sort: "created", direction: "desc", per_page: 1 };
  const { value } = await client.rest({ route: "GET /repos/{owner}/{repo}/issues", parameters }, array(restIssue));
  return String(value[0]?.number ?? 0);
}

export async function settle(session: GithubSession, inDoubt: readonly InDoubt[]): Promise<readonly Settled[]> {
  const marks = inDoubt.map(({ watermark }) => (/^\d{1,10}$/.test(watermark) ? Number(watermark) : null));
  const known = marks.filter((mark) => mark !== null);
  if (known.length === 0) return inDoubt.map(({ token, watermark }) => unreadableMark(token, watermark));
  const { issues, unreadable } = await readAbove(session, Math.min(...known));
  return inDoubt.map(({ token, watermark }, at): Settled => {
    const mark = marks[at];
    if (mark === null || mark === undefined) return unreadableMark(token, watermark);
    const tickets = issues.filter(({ number, held }) => number > mark && held.ticket.token === token).map(({ held }) => held.ticket);
    if (tickets.length > 0) return { token, state: "created", tickets };
    const doubtful = unreadable.filter((number) => number > mark);
    if (doubtful.length === 0) return { token, state: "absent" };
    const named = doubtful
      .slice(0, 5)
      .map((number) => `#${number}`)
      .join(", ");
    return {
      token,
      state: "unknown",
      why: `${projectName(session)} gave out ${named}${doubtful.length > 5 ? " and others" : ""} since, and they cannot be read`,
    };
  });
}

function unreadableMark(token: string, watermark: Watermark): Settled {
  return { token, state: "unknown", why: `"${watermark}" is no number of an issue` };
}

interface Above {
  /** `number`: what it was created under, wherever it is now. */
  readonly issues: readonly { readonly number: number; readonly held: Held }[];
  /** Numbers below the highest one that neither an issue, a pull request nor a discussion shows. */
  readonly unreadable: readonly number[];
}

async function readAbove(session: GithubSession, watermark: number): Promise<Above> {
  const issues: { number: number; held: Held }[] = [];
  const misses: number[] = [];
  let highest = watermark;
  for (let next = watermark + 1; next <= highest + MISSES; next += MISSES) {
    const numbers = Array.from({ length: MISSES }, (_number, at) => next + at);
    const chunk = await readNumbers(session, numbers);
    for (const number of numbers) {
      const seen = chunk.get(number);
      if (seen === undefined) misses.push(number);
      else highest = number;
      if (seen) issues.push({ number, held: seen });
    }
  }
  const within = misses.filter((number) => number < highest);
  const gone = await Promise.all(within.map(async (number) => ({ number, held: await readGone(session, number) })));
  issues.push(...gone.flatMap(({ number, held }) => (held === null ? [] : [{ number, held }])));
  const unknownNumbers = gone.filter(({ held }) => held === null).map(({ number }) => number);
  return { issues, unreadable: await withoutDiscussions(session, unknownNumbers) };
}

/** Null: a pull request. What is not in the map answered as if it were not there. */
async function readNumbers(session: GithubSession, numbers: readonly number[]): Promise<ReadonlyMap<number, Held | null>> {
  const fields = numbers.map((number) => `n${number}: issueOrPullRequest(number: ${number}) { __typename ... on Issue { ...T authorAssociation } }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }\n${ISSUE_FIELDS}`;
  const { owner, name } = session.repo;
  const answer = await session.client.query({ query, variables: { owner, name }, about: `numbers from ${numbers[0] ?? 0}` });
  const repository = safeParse(object({ repository: record(string(), unknown()) }), answer.data);
  if (!repository.success) throw answer.errorAt("repository") ?? refusal("unavailable", `${projectName(session)} did not answer.`, "Run the command again.");
  const found = new Map<number, Held | null>();
  for (const number of numbers) {
    const node = repository.data.repository[`n${number}`];
    const issue = safeParse(graphqlIssue, node);
    if (issue.success) found.set(number, trusted(fromGraphql(issue.data, knownType(session, issue.data)), node));
    else if (safeParse(object({ __typename: string() }), node).success) found.set(number, null);
    else {
      const error = answer.errorAt("repository", `n${number}`);
      // Anything but "there is none" leaves open what is there.
      if (error?.kind !== "not-found")
        throw error ?? refusal("unavailable", `#${number} of ${projectName(session)} could not be read.`, "Run the command again.");
    }
  }
  return found;
}

const authored = object({ authorAssociation: string(), viewerDidAuthor: boolean() });
const INSIDERS: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** In a public repository anybody may open an issue that carries a token (threat 7); only insiders can put the mark on it. */
export function trusted(held: Held, node: unknown): Held {
  const author = safeParse(authored, node);
  const isInsider = author.success && (author.data.viewerDidAuthor || INSIDERS.has(author.data.authorAssociation));
  return held.isMarked || isInsider ? held : { ...held, ticket: { ...held.ticket, token: null, base: null } };
}

/** Where a number leads by REST: an issue that was moved since; null: nowhere. */
async function readGone({ client, repo }: GithubSession, number: number): Promise<Held | null> {
  try {
    const parameters = { owner: repo.owner, repo: repo.name, issue_number: number };
    const { value } = await client.rest({ route: "GET /repos/{owner}/{repo}/issues/{issue_number}", parameters }, restIssue);
    return trusted(fromRest(value), { authorAssociation: value.author_association ?? "NONE", viewerDidAuthor: false });
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "not-found") return null;
    throw error;
  }
}

/** Discussions take numbers from the same row, and are nothing that Canon makes. */
async function withoutDiscussions({ client, repo }: GithubSession, numbers: readonly number[]): Promise<readonly number[]> {
  if (numbers.length === 0) return [];
  const fields = numbers.map((number) => `d${number}: discussion(number: ${number}) { number }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  const answer = await client.query({ query, variables: { owner: repo.owner, name: repo.name }, about: "discussions" });
  const read = safeParse(object({ repository: record(string(), nullable(unknown())) }), answer.data);
  return numbers.filter((number) => !read.success || !read.data.repository[`d${number}`]);
}
