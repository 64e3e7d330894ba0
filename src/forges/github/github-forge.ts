/** GitHub as a code host: opened by address and token, kept by the contract. What GitHub does differently: readme.md. */

import type { Clock } from "../../io/clock.ts";
import { GITHUB_RATES } from "../../io/github/github-rates.ts";
import { githubAddress, openOctokit, tokenOfGh } from "../../io/github/open-octokit.ts";
import { HttpFailure } from "../../io/http/http-failure.ts";
import { prepareNetwork } from "../../io/http/network.ts";
import { requestDeadline } from "../../io/http/request-deadline.ts";
import type { Log } from "../../io/log.ts";
import { checkCommit, checkRef } from "../forge-names.ts";
import type { Forge } from "../forge.ts";
import { permissionOf, readRepository, setCheck } from "./github-account.ts";
import { githubClient, refusal } from "./github-client.ts";
import { writeCommit } from "./github-commit.ts";
import { commitsBetween, mergeBaseOf } from "./github-commits.ts";
import { githubFiles } from "./github-files.ts";
import { githubPlace, type GithubPlace } from "./github-place.ts";
import { addLabels, editPull, listPulls, mergeResultOf, openPull, readPull } from "./github-pulls.ts";
import { branchesLike, headOf, swapRef } from "./github-refs.ts";
import { githubTalk } from "./github-talk.ts";

export interface GithubForgeOptions {
  /** owner/repo. */
  readonly repository: string;
  /** null: github.com. */
  readonly baseUrl: string | null;
  /** GITHUB_TOKEN, proxy and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears that a read waits for a limit of GitHub, in seconds. */
  readonly onWait?: (seconds: number) => void;
  /** Hears of every request. */
  readonly onSend?: () => void;
}

/** GitHub allows a hundred at once and advises few. */
const CONCURRENCY = 6;

export async function openGithubForge(options: GithubForgeOptions): Promise<Forge> {
  const { place, host } = await openPlace(options);
  const files = githubFiles(place);
  return {
    kind: "github",
    identity: `${host}/${place.name}`,
    repository: () => readRepository(place),
    ...ofCode(place, files),
    pullRequest: (number) => readPull(place, number),
    mergeResult: (number) => mergeResultOf(place, number),
    pullRequests: (query) => listPulls(place, query),
    openPullRequest: (wish) => openPull(place, wish),
    editPullRequest: (number, edit) => editPull(place, number, edit),
    addLabels: (number, labels) => addLabels(place, number, labels),
    ...githubTalk(place),
    setCheck: (check) => setCheck(place, check),
    permissionOf: (account) => permissionOf(place, account),
    close: () => Promise.resolve(),
  };
}

type OfCode = Pick<Forge, "branches" | "head" | "paths" | "read" | "fileUrl" | "commits" | "changed" | "mergeBase" | "commit" | "move">;

function ofCode(place: GithubPlace, files: ReturnType<typeof githubFiles>): OfCode {
  return {
    branches: (prefix) => branchesLike(place, prefix),
    head: async (ref) => headOf(place, checkRef(ref)),
    paths: async (commit) => files.paths(checkCommit(commit)),
    read: async (commit, paths) => files.read(checkCommit(commit), paths),
    // Also of a commit that is on no branch, as GitHub itself links to files of such commits.
    fileUrl: async (commit, path) => `${await place.page()}/blob/${checkCommit(commit)}/${path.split("/").map(encodeURIComponent).join("/")}`,
    commits: async (base, head) => commitsBetween(place, checkCommit(base), checkCommit(head)),
    changed: async (base, head) => files.changed(checkCommit(base), checkCommit(head)),
    mergeBase: async (one, other) => mergeBaseOf(place, checkCommit(one), checkCommit(other)),
    commit: (wish) => writeCommit(place, files, wish),
    move: async (ref, expected, to) => swapRef(place, { ref: checkRef(ref), expected: checkCommit(expected), to: to === null ? null : checkCommit(to) }),
  };
}

/** A proxy or a certificate that cannot be used: a failure of the network, told in the words of code hosts. */
function useNetwork(env: GithubForgeOptions["env"]): void {
  try {
    prepareNetwork(env);
  } catch (error) {
    throw error instanceof HttpFailure ? refusal("unavailable", error.message, error.hint ?? "Check CANON_CA_BUNDLE and HTTPS_PROXY.") : error;
  }
}

async function openPlace({
  repository,
  baseUrl,
  env,
  clock,
  log,
  onWait,
  onSend,
}: GithubForgeOptions): Promise<{ readonly place: GithubPlace; readonly host: string }> {
  useNetwork(env);
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw refusal("invalid", `${JSON.stringify(repository)} is no repository on GitHub.`, "Write it as owner/repo.");
  const address = githubAddress(baseUrl);
  if ("wrong" in address) throw refusal("invalid", address.wrong, address.hint);
  const token = env["GITHUB_TOKEN"]?.trim() || (await tokenOfGh(address, env));
  if (token === null) {
    throw refusal(
      "auth",
      "GITHUB_TOKEN is not set, and gh is not logged in.",
      "In a workflow pass secrets.GITHUB_TOKEN; elsewhere make a token with contents, pull requests and issues: write, or run gh auth login.",
    );
  }
  const [octokit, { openHttp }] = await Promise.all([openOctokit(address, token), import("../../io/http/http.ts")]);
  const http = openHttp({
    ...{ name: `GitHub ${repository}`, clock, log, rates: GITHUB_RATES, deadline: requestDeadline(env), concurrency: CONCURRENCY },
    ...(onWait ? { onWait } : {}),
    ...(onSend ? { onSend } : {}),
  });
  const client = githubClient({ http, octokit, graphqlUrl: address.graphql, repository, now: () => clock.now().getTime() });
  return { place: githubPlace(client, clock, repository), host: address.host };
}
