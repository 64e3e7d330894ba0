/** What people see at the code host: branches, pull requests, and the specs on them. */

import { spawnSync } from "node:child_process";
import type { PullRequest } from "../../src/forges/forge.ts";
import { gitIn, type BotSimWorld } from "./bot-world.ts";
import { refsOf } from "../forges/quick-forge.ts";
import type { Specs } from "./world.ts";

export interface Sight {
  /** Branch → commit. */
  readonly branches: ReadonlyMap<string, string>;
  readonly requests: readonly PullRequest[];
}

export async function sightOf({ stage, remote }: Pick<BotSimWorld, "stage" | "remote">): Promise<Sight> {
  return { branches: branchesOf(remote), requests: await stage.forge.pullRequests({}) };
}

export function branchesOf(remote: string): ReadonlyMap<string, string> {
  return new Map([...refsOf(remote, "refs/heads")].map(([ref, commit]) => [ref.slice("refs/heads/".length), commit] as const));
}

const kept = new Map<string, Specs>();

/** Of a commit, which never change. */
export function specsAt(remote: string, commit: string): Specs {
  const known = kept.get(commit);
  if (known !== undefined) return known;
  const paths = gitIn(remote, "ls-tree", "-r", "--name-only", commit, "specs")
    .split("\n")
    .filter((path) => path.endsWith(".md"));
  const specs = new Map(paths.map((path) => [path, fileAt(remote, commit, path)] as const));
  kept.set(commit, specs);
  return specs;
}

export function fileAt(remote: string, commit: string, path: string): string {
  const { status, stdout, stderr } = spawnSync("git", ["cat-file", "blob", `${commit}:${path}`], { cwd: remote, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** All specs on the default branch and on open pull requests, `without` those of one account. */
export function textInSight({ branches, requests }: Sight, remote: string, without: string = ""): string {
  const open = requests.filter(({ state, head, author }) => state === "open" && !head.fork && author !== without).map(({ head }) => head.commit);
  return [branches.get("main") ?? "", ...open].flatMap((commit) => [...specsAt(remote, commit).values()]).join("\n\n");
}

const ancestors = new Map<string, boolean>();

export function isAncestor(remote: string, commit: string, head: string): boolean {
  const question = `${commit} ${head}`;
  const known = ancestors.get(question);
  if (known !== undefined) return known;
  const answer = spawnSync("git", ["merge-base", "--is-ancestor", commit, head], { cwd: remote }).status === 0;
  ancestors.set(question, answer);
  return answer;
}

/** Of the bot, for specs. */
export function isProposal({ head, author }: PullRequest, account: string): boolean {
  return author === account && head.branch.startsWith("canon/sync/");
}
