/** An emulated GitHub and the vendor's own client, for one test. */

import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import { asObject } from "../kit/json-value.ts";
import { startGithubEmulator } from "./github-emulator.ts";
import type { GithubEmulator, GithubEmulatorOptions } from "./github-emulator.ts";

export interface OpenGithub {
  readonly github: GithubEmulator;
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  /** Makes an issue by REST; answers what later calls need. */
  issue(title?: string, more?: { readonly body?: string; readonly labels?: string[]; readonly type?: string }): Promise<MadeIssue>;
  /** Data, or the error's `errors` and `data`. */
  graphql(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>;
  repositoryId(): Promise<string>;
}

export interface MadeIssue {
  readonly number: number;
  readonly id: number;
  readonly node: string;
}

/** Closed when the test ends; the judge's violations fail the test there, unless `judged` is false. */
export async function openGithub(options: GithubEmulatorOptions = {}, judged = true): Promise<OpenGithub> {
  const github = await startGithubEmulator(options);
  onTestFinished(async () => {
    await github.close().catch((error: unknown) => {
      if (judged) throw error;
    });
  });
  const [owner = "", repo = ""] = github.project.split("/");
  const octokit = clientOf(github, github.credentials["GITHUB_TOKEN"] ?? "");
  return {
    github,
    octokit,
    owner,
    repo,
    issue: async (title = "Some issue", more = {}) => {
      const { data } = await octokit.rest.issues.create({ owner, repo, title, ...more });
      return { number: data.number, id: data.id, node: data.node_id };
    },
    graphql: (query, variables = {}) => octokit.graphql<unknown>(query, { ...variables }),
    repositoryId: async () => (await octokit.rest.repos.get({ owner, repo })).data.node_id,
  };
}

export function clientOf({ url }: GithubEmulator, token: string): Octokit {
  const silent = (): void => {};
  return new Octokit({ baseUrl: url, auth: token, log: { debug: silent, info: silent, warn: silent, error: silent } });
}

/** What stands at a path of an answer that nobody has typed. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((held, name) => (Array.isArray(held) ? held[Number(name)] : asObject(held)[name]), value);
}
