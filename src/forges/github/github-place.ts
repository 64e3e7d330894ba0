/** What the parts of the GitHub forge have in common: the way there, the repository, and what was asked once and never changes. */

import type { Clock } from "../../io/clock.ts";
import type { GithubClient, Parameters } from "./github-client.ts";
import { wireRepository, wireViewer, type WireRepository } from "./github-wire.ts";

export interface GithubPlace {
  readonly client: GithubClient;
  readonly clock: Clock;
  /** owner/repo. */
  readonly name: string;
  /** For routes. */
  readonly at: { readonly owner: string; readonly repo: string };
  /** The login behind the token; of an app `name[bot]`. */
  viewer(): Promise<string>;
  repository(): Promise<{ readonly value: WireRepository; readonly headers: Headers }>;
  /** Who ended a pull request as it stood at a moment: lists do not say it. */
  readonly enders: Map<string, string | null>;
  /** GraphQL's id of it. */
  nodeId(): Promise<string>;
  /** Its page, without a slash at its end. */
  page(): Promise<string>;
}

export const REPO = "/repos/{owner}/{repo}";

export function githubPlace(client: GithubClient, clock: Clock, name: string): GithubPlace {
  const [owner = "", repo = ""] = name.split("/");
  const at = { owner, repo };
  const repository = (): ReturnType<GithubPlace["repository"]> => client.get(`GET ${REPO}`, at, wireRepository);
  return {
    ...{ client, clock, name, at, repository, enders: new Map() },
    // GET /user is refused to apps; this is not, and names them as their comments do.
    viewer: once(async () => (await client.query("query viewer { viewer { login } }", {}, wireViewer)).viewer.login),
    nodeId: once(async () => (await repository()).value.node_id),
    page: once(async () => (await repository()).value.html_url),
  };
}

/** Asks once; a failure is asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}

export function withPlace({ at }: GithubPlace, more: Parameters): Parameters {
  return { ...at, ...more };
}
