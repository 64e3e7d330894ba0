/** The way to GitHub: Octokit builds the requests, our HTTP sends them, and whatever goes wrong becomes a TrackerError here and nowhere else. */

import type { Octokit } from "@octokit/rest";
import { safeParse, type ZodMiniType } from "zod/mini";
import { GITHUB_RATES } from "../../io/github/github-rates.ts";
import { kindOfGraphql, parseJson, quoted, readRefusal, type GraphqlError } from "../../io/github/github-refusal.ts";
import { octokitSend } from "../../io/github/octokit-send.ts";
import { HttpFailure } from "../../io/http/http-failure.ts";
import type { Http } from "../../io/http/http.ts";
import { retryAfter, type HttpAnswer } from "../../io/http/rate-rules.ts";
import { errorOfFailure } from "../http-client.ts";
import { TrackerError, type TrackerErrorKind } from "../tracker-error.ts";
import { graphqlBody } from "./github-wire.ts";

export interface GithubAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  /** What is wrong with the field of this name, or with what stands below it; null: nothing. */
  readonly errorAt: (...path: readonly string[]) => TrackerError | null;
  /** An error that names no place: nobody knows what is missing. */
  readonly unplaced: TrackerError | null;
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly about: string;
}

export interface RestRequest {
  /** `GET /repos/{owner}/{repo}/issues` */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface GithubClient {
  /** Throws TrackerError where nothing can be used of the answer; parts that failed are told by `errorAt`. */
  query(request: GraphqlRequest): Promise<GithubAnswer>;
  /** `creations`: issues and comments that it makes. */
  mutate(request: GraphqlRequest & { readonly creations: number }): Promise<GithubAnswer>;
  /** Throws TrackerError for every answer that is not the one asked for. */
  rest<T>(request: RestRequest, schema: ZodMiniType<T>): Promise<{ readonly value: T; readonly headers: Headers }>;
}

export interface ClientOptions {
  readonly http: Http;
  readonly octokit: Octokit;
  /** Where the token comes from, for hints. */
  readonly variable: string;
  /** Where GraphQL is asked, beside REST: `https://api.github.com`, `https://github.example.com/api`. */
  readonly graphqlUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Sending {
  readonly writes: boolean;
  readonly creations: number;
  readonly about: string | null;
}

export function githubClient(options: ClientOptions): GithubClient {
  const { graphqlUrl } = options;

  const graphql = async ({ query, variables, about }: GraphqlRequest, writes: boolean, creations: number): Promise<GithubAnswer> => {
    const answer = await send(options, { route: "POST /graphql", parameters: { query, variables, baseUrl: graphqlUrl } }, { writes, creations, about });
    const read = safeParse(graphqlBody, parseJson(answer.text));
    if (answer.status !== 200 || !read.success) throw badAnswer(options, answer, writes);
    const { data, errors = [] } = read.data;
    const told = (error: GraphqlError): TrackerError => errorOfGraphql(error, answer, options, writes);
    const [whole] = errors.filter(({ path }) => !path || path.length === 0);
    if (whole && (!data || Object.values(data).every((value) => value === null))) throw told(whole);
    const [first] = errors;
    if (!data) throw first ? told(first) : badAnswer(options, answer, writes);
    return {
      data,
      headers: answer.headers,
      unplaced: whole ? told(whole) : null,
      errorAt: (...path) => {
        const found = errors.find((error) => path.every((part, index) => String(error.path?.[index]) === part)) ?? null;
        return found === null ? null : told(found);
      },
    };
  };

  return {
    query: (request) => graphql(request, false, 0),
    mutate: ({ creations, ...request }) => graphql(request, true, creations),
    rest: async (request, schema) => {
      const writes = !request.route.startsWith("GET ");
      const answer = await send(options, request, { writes, creations: 0, about: null });
      if (answer.status < 200 || answer.status >= 300) throw badAnswer(options, answer, writes);
      const read = safeParse(schema, parseJson(answer.text));
      if (!read.success) throw unreadable(writes);
      return { value: read.data, headers: answer.headers };
    },
  };
}

async function send({ http, octokit, now }: ClientOptions, request: RestRequest, sending: Sending): Promise<HttpAnswer> {
  try {
    return rateLimited(await octokitSend(http, octokit, { ...request, ...sending }), now());
  } catch (error) {
    throw error instanceof HttpFailure ? errorOfFailure(error, sending.writes) : error;
  }
}

function rateLimited(answer: HttpAnswer, now: number): HttpAnswer {
  const seconds = GITHUB_RATES.limited(answer, now);
  if (seconds === null) return answer;
  throw new TrackerError("rate-limited", `GitHub takes no more requests from this account for ${seconds} s.`, {
    hint: "Run the command again then: nothing is lost.",
    retryAfter: seconds,
  });
}

function unreadable(writes: boolean): TrackerError {
  return new TrackerError(writes ? "unknown-outcome" : "unavailable", `GitHub's answer cannot be read.`, {
    hint: "A gateway may stand between; run the command again.",
  });
}

/** An answer that is not the one asked for, in REST's form or in none. */
function badAnswer({ now, variable }: ClientOptions, answer: HttpAnswer, writes: boolean): TrackerError {
  // A page with a success above it is not the tracker.
  if (answer.status >= 200 && answer.status < 300) return unreadable(writes);
  const { kind, said } = readRefusal(answer, writes);
  const wait = retryAfter(answer.headers, now());
  return new TrackerError(kind, said === null ? `GitHub answered ${answer.status}.` : `GitHub says: ${said}`, {
    ...hintOf(kind, variable, answer.headers.get("x-accepted-oauth-scopes")),
    ...(wait === null ? {} : { retryAfter: wait }),
  });
}

function errorOfGraphql(error: GraphqlError, answer: HttpAnswer, { now, variable }: ClientOptions, writes: boolean): TrackerError {
  const kind = kindOfGraphql(error, writes);
  const wait = kind === "rate-limited" ? (GITHUB_RATES.exhausted(answer, now()) ?? 60) : null;
  return new TrackerError(kind, `GitHub says: ${quoted(error.message)}`, { ...hintOf(kind, variable, null), ...(wait === null ? {} : { retryAfter: wait }) });
}

function hintOf(kind: TrackerErrorKind, variable: string, scopes: string | null): { readonly hint: string } {
  switch (kind) {
    case "auth":
      return { hint: `${variable} is wrong or has expired. Make another on github.com/settings/tokens, or log in with gh auth login.` };
    case "forbidden":
      return {
        hint: `The token needs ${scopes === null || scopes === "" ? "the scope repo (classic)" : `one of the scopes ${scopes} (classic)`}, or Issues: read and write for this repository (fine-grained).`,
      };
    case "not-found":
      return { hint: "GitHub also says so of what this account may not see." };
    case "conflict":
      return { hint: "Somebody changed it at the same moment. Run the command again." };
    case "invalid":
      return { hint: "Change what GitHub names, and run the command again." };
    case "rate-limited":
      return { hint: "Run the command again then: nothing is lost." };
    case "unavailable":
    case "unknown-outcome":
      return { hint: "Run the command again; www.githubstatus.com tells of trouble on GitHub's side." };
  }
}

/** A refusal of ours, before anything is sent. */
export function refusal(kind: TrackerErrorKind, message: string, hint?: string): TrackerError {
  return new TrackerError(kind, message, hint === undefined ? {} : { hint });
}
