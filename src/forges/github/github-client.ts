/** The way to GitHub's repositories: whatever goes wrong there becomes a ForgeError here and nowhere else. Reads are repeated, writes sent once. */

import type { Octokit } from "@octokit/rest";
import { safeParse, unknown, type ZodMiniType } from "zod/mini";
import { GITHUB_RATES } from "../../io/github/github-rates.ts";
import { kindOfGraphql, parseJson, quoted, readRefusal, type GraphqlError } from "../../io/github/github-refusal.ts";
import { octokitSend, type OctokitRequest } from "../../io/github/octokit-send.ts";
import { HttpFailure } from "../../io/http/http-failure.ts";
import type { Http } from "../../io/http/http.ts";
import { retryAfter, type HttpAnswer } from "../../io/http/rate-rules.ts";
import { kindOfFailure, optionsOfFailure } from "../../io/http/remote-error.ts";
import { ForgeError, type ForgeErrorKind } from "../forge-error.ts";
import { graphqlBody } from "./github-wire.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/** `route` as in Octokit: `GET /repos/{owner}/{repo}`. */
export interface GithubClient {
  get<T>(route: string, parameters: Parameters, schema: ZodMiniType<T>): Promise<{ readonly value: T; readonly headers: Headers }>;
  /** null: there is no such thing, or nothing at all in the repository. */
  find<T>(route: string, parameters: Parameters, schema: ZodMiniType<T>): Promise<T | null>;
  /** All pages of a list; `isEnough` ends it early. */
  list<T>(route: string, parameters: Parameters, schema: ZodMiniType<readonly T[]>, isEnough?: (items: readonly T[]) => boolean): Promise<readonly T[]>;
  /** `creations`: issues, pull requests and comments that it makes. */
  write<T>(route: string, parameters: Parameters, schema: ZodMiniType<T>, creations?: number): Promise<T>;
  query<T>(query: string, variables: Parameters, schema: ZodMiniType<T>): Promise<T>;
  mutate<T>(query: string, variables: Parameters, schema: ZodMiniType<T>): Promise<T>;
}

export interface ClientOptions {
  readonly http: Http;
  readonly octokit: Octokit;
  readonly graphqlUrl: string;
  /** owner/repo, for messages. */
  readonly repository: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const PAGE = 100;

export function githubClient(options: ClientOptions): GithubClient {
  const { graphqlUrl } = options;

  const rest = async <T>(request: OctokitRequest, schema: ZodMiniType<T>): Promise<{ readonly value: T; readonly headers: Headers }> => {
    const answer = await send(options, request);
    if (answer.status < 200 || answer.status >= 300) throw badAnswer(options, answer, request.writes);
    const read = safeParse(schema, parseJson(answer.text));
    if (!read.success) throw unreadable(options, request.writes);
    return { value: read.data, headers: answer.headers };
  };

  const get: GithubClient["get"] = (route, parameters, schema) => rest({ route, parameters, writes: false, creations: 0, about: null }, schema);

  const graphql = async <T>(query: string, variables: Parameters, schema: ZodMiniType<T>, writes: boolean): Promise<T> => {
    const parameters = { query, variables, baseUrl: graphqlUrl };
    const answer = await send(options, { route: "POST /graphql", parameters, writes, creations: 0, about: /\w+/.exec(query.replace(/^\w+/, ""))?.[0] ?? null });
    const body = safeParse(graphqlBody, parseJson(answer.text));
    if (answer.status !== 200 || !body.success) throw badAnswer(options, answer, writes);
    const [error] = body.data.errors ?? [];
    if (error) throw graphqlProblem(options, error, writes);
    const read = safeParse(schema, body.data.data);
    if (!read.success) throw unreadable(options, writes);
    return read.data;
  };

  return {
    get,
    find: async (route, parameters, schema) => {
      try {
        return (await get(route, parameters, schema)).value;
      } catch (error) {
        // 409 is what an empty repository answers to every question about its content.
        if (error instanceof ForgeError && (error.kind === "not-found" || error.kind === "conflict")) return null;
        throw error;
      }
    },
    list: async <T>(route: string, parameters: Parameters, schema: ZodMiniType<readonly T[]>, isEnough: (items: readonly T[]) => boolean = () => false) => {
      const all: T[] = [];
      for (let page = 1; ; page += 1) {
        const { value, headers } = await get(route, { ...parameters, per_page: PAGE, page }, schema);
        all.push(...value);
        // What a page leaves out for being unreadable would otherwise look like the end.
        if (!/rel="next"/.test(headers.get("link") ?? "") || isEnough(value)) return all;
      }
    },
    write: async (route, parameters, schema, creations = 0) => (await rest({ route, parameters, writes: true, creations, about: null }, schema)).value,
    query: (query, variables, schema) => graphql(query, variables, schema, false),
    mutate: (query, variables, schema) => graphql(query, variables, schema, true),
  };
}

/** For writes whose answer says nothing that is needed. */
export const ANYTHING: ZodMiniType<unknown> = unknown();

async function send(options: ClientOptions, request: OctokitRequest): Promise<HttpAnswer> {
  const { http, octokit, now } = options;
  try {
    const answer = await octokitSend(http, octokit, request);
    const seconds = GITHUB_RATES.limited(answer, now());
    if (seconds === null) return answer;
    throw limited(seconds);
  } catch (error) {
    throw error instanceof HttpFailure ? errorOfFailure(error, request.writes, options) : error;
  }
}

function limited(seconds: number): ForgeError {
  return new ForgeError("rate-limited", `GitHub takes no more requests from this account for ${seconds} s.`, {
    hint: "Run the command again then: nothing is lost.",
    retryAfter: seconds,
  });
}

function errorOfFailure(failure: HttpFailure, writes: boolean, { repository }: ClientOptions): ForgeError {
  const kind = kindOfFailure(failure, writes);
  const message = kind === "rate-limited" ? failure.message : `${repository}: ${failure.message}`;
  return new ForgeError(kind, message, { hint: "Run the command again.", ...optionsOfFailure(failure) });
}

function unreadable({ repository }: ClientOptions, writes: boolean): ForgeError {
  return new ForgeError(writes ? "unknown-outcome" : "unavailable", `GitHub's answer about ${repository} cannot be read.`, {
    hint: "A gateway may stand between; run the command again.",
  });
}

function badAnswer(options: ClientOptions, answer: HttpAnswer, writes: boolean): ForgeError {
  // A page with a success above it is not GitHub.
  if (answer.status >= 200 && answer.status < 300) return unreadable(options, writes);
  const { kind, said } = readRefusal(answer, writes);
  const wait = retryAfter(answer.headers, options.now());
  return told(options, kind, said ?? `HTTP ${answer.status}`, answer.headers.get("x-accepted-github-permissions"), wait);
}

function graphqlProblem(options: ClientOptions, error: GraphqlError, writes: boolean): ForgeError {
  const kind = kindOfGraphql(error, writes);
  return kind === "rate-limited" ? limited(60) : told(options, kind, quoted(error.message), null, null);
}

function told({ repository }: ClientOptions, kind: ForgeErrorKind, said: string, accepted: string | null, wait: number | null): ForgeError {
  const hint = hintOf(kind, accepted);
  return new ForgeError(kind, `${repository}: GitHub said: ${said}`, {
    ...(hint === null ? {} : { hint }),
    ...(wait === null ? {} : { retryAfter: wait }),
  });
}

function hintOf(kind: ForgeErrorKind, accepted: string | null): string | null {
  switch (kind) {
    case "auth":
      return "GITHUB_TOKEN is wrong or has expired (an app's token lasts one hour). Make another, or log in with gh auth login.";
    case "forbidden":
      return accepted === null
        ? "The token needs contents, pull requests, issues and checks: write; check runs are written by apps and by GitHub Actions only."
        : `The token lacks the permission ${accepted.replaceAll("=", ": ").replaceAll("_", " ")}.`;
    case "not-found":
      return "GitHub also says so of what this account may not see.";
    case "conflict":
      return "Somebody wrote there meanwhile: run the command again.";
    case "rate-limited":
    case "unavailable":
    case "unknown-outcome":
      return "Run the command again: what landed is found, and nothing is written twice.";
    case "invalid":
      return null;
  }
}

/** A refusal of ours, before anything is sent or instead of an answer. */
export function refusal(kind: ForgeErrorKind, message: string, hint: string): ForgeError {
  return new ForgeError(kind, message, { hint });
}

/** GitHub tells those who may not write somewhere that the place does not exist: what can be read is there. */
export async function forbiddenIfThere<T>(write: () => Promise<T>, read: () => Promise<unknown>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== "not-found") throw error;
    await read();
    throw new ForgeError("forbidden", error.message, {
      hint: "This account may read it and not change it: give it write access to the repository.",
      cause: error,
    });
  }
}

export function isKind(error: unknown, ...kinds: readonly ForgeErrorKind[]): boolean {
  return error instanceof ForgeError && kinds.includes(error.kind);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
