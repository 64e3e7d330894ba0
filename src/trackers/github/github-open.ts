/** Opens the way to one GitHub: address, token, limits. What talks HTTP is loaded here, and only here. */

import { GITHUB_RATES } from "../../io/github/github-rates.ts";
import { githubAddress, openOctokit, tokenOfGh } from "../../io/github/open-octokit.ts";
import { prepareNetwork } from "../../io/http/network.ts";
import { credential, httpOptions, type RemoteOptions } from "../remote-options.ts";
import { githubClient, refusal, type GithubClient } from "./github-client.ts";

export interface GithubWay {
  readonly client: GithubClient;
  /** `github.com`, `github.example.com`: part of the identity. */
  readonly host: string;
}

/** GitHub allows a hundred at once and advises few. */
const CONCURRENCY = 6;

export async function openGithub(options: RemoteOptions): Promise<GithubWay> {
  const { target, env, clock } = options;
  prepareNetwork(env);
  const address = githubAddress(target.baseUrl);
  if ("wrong" in address) throw refusal("invalid", address.wrong, address.hint);
  const token = credential(options, "GITHUB_TOKEN") ?? (await tokenOfGh(address, env));
  if (token === null) {
    throw refusal(
      "auth",
      `${target.envPrefix}GITHUB_TOKEN is not set, and gh is not logged in.`,
      "Make a token on github.com/settings/tokens (fine-grained: Issues read and write; classic: repo), or run gh auth login.",
    );
  }
  const [octokit, { openHttp }] = await Promise.all([openOctokit(address, token), import("../../io/http/http.ts")]);
  const http = openHttp(httpOptions(options, GITHUB_RATES, CONCURRENCY));
  const client = githubClient({ http, octokit, variable: `${target.envPrefix}GITHUB_TOKEN`, graphqlUrl: address.graphql, now: () => clock.now().getTime() });
  return { client, host: address.host };
}
