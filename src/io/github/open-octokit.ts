/** One GitHub: where it is, whose token goes there, and Octokit for it. Octokit is loaded here, and only here. */

import type { Octokit } from "@octokit/rest";
import { isSafeAddress } from "../http/safe-address.ts";
import { runGh } from "../run-gh.ts";

export interface GithubAddress {
  /** Of REST: `https://api.github.com`, `https://github.example.com/api/v3`. */
  readonly api: string;
  /** Where GraphQL is asked: `https://api.github.com`, `https://github.example.com/api`. */
  readonly graphql: string;
  /** `github.com`, `github.example.com`: part of identities. */
  readonly host: string;
}

/** What is wrong with an address, for people. */
export interface WrongAddress {
  readonly wrong: string;
  readonly hint: string;
}

const API = "https://api.github.com";

/** GitHub Enterprise Server has REST under /api/v3; people may write its address with or without. */
export function githubAddress(baseUrl: string | null): GithubAddress | WrongAddress {
  const given = URL.parse(baseUrl ?? API);
  if (given === null || !isSafeAddress(given))
    return {
      wrong: `base_url ${baseUrl ?? ""} is no address to send a token to.`,
      hint: "Write it as https://github.example.com/api/v3, or leave it out for github.com.",
    };
  // A user in the address would be sent along (threat 17).
  if (given.username !== "" || given.password !== "") return { wrong: "base_url holds a user name.", hint: "Leave it out: the token comes from GITHUB_TOKEN." };
  const isPublic = given.host === "github.com" || given.host === "www.github.com";
  const url = isPublic ? new URL(API) : new URL(given.pathname.replace(/\/+$/, "") || "/", given);
  const api = url.href.replace(/\/$/, "");
  return { api, graphql: api.replace(/\/api\/v3$/, "/api"), host: url.host === "api.github.com" ? "github.com" : url.host };
}

export async function openOctokit({ api }: GithubAddress, token: string): Promise<Octokit> {
  const { Octokit: Client } = await import("@octokit/rest");
  const silent = (): void => undefined;
  return new Client({ auth: token, baseUrl: api, userAgent: "canon", log: { debug: silent, info: silent, warn: silent, error: silent } });
}

/** gh keeps a token for each host. */
export async function tokenOfGh({ host }: GithubAddress, env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const token = await runGh(["auth", "token", "--hostname", host], env);
  return token === "" ? null : token;
}
