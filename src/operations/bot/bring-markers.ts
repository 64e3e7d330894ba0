/** Brings markers that apply wrote into the clone back to the default branch: as one commit of the bot, or as a pull request. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { differsInMarkersOnly } from "../../core/bot/markers-only.ts";
import type { BotConfig } from "../../core/model/config.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { FileChange, Forge, PullRequest } from "../../forges/forge.ts";
import { readRepository } from "../../io/git.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { freeBranch } from "./free-branch.ts";
import { differing, messageOf } from "./own-commits.ts";

export interface Brought {
  /** declined: somebody closed the pull request that brought them. */
  readonly state: "committed" | "proposed" | "declined" | "later";
  /** Commit, or address of the pull request, or the branch that moved meanwhile. */
  readonly where: string;
  /** Number of the pull request that proposes them. */
  readonly pullRequest?: number;
}

export interface MarkedClone {
  readonly workspace: Workspace;
  readonly bot: BotConfig;
  /** Of the default branch, as the clone has it. */
  readonly head: string;
  /** From the top of the repository to the workspace. */
  readonly prefix: string;
}

const BRANCH = "canon/markers";
const SUBJECT = "Canon: markers of tickets and of merged code";

/** null: there are none. Also those of a run that crashed. Until they are merged, claims keep their sections from getting a second ticket. */
export async function bringMarkers({ forge }: BotWorld, clone: MarkedClone): Promise<Brought | null> {
  const files = await markedFiles(forge, clone);
  if (files.length === 0) return null;
  const { head, bot } = clone;
  const { defaultBranch } = await forge.repository();
  // Where it moved, the texts at hand would undo what came since. The claims stand, and the next run brings the markers.
  const later: Brought = { state: "later", where: defaultBranch };
  // Asked first: where the branch takes no commit, it is not tried again with every run.
  const requests = await requestsWithMarkers(forge);
  const standing = await standingProposal(forge, requests, files);
  if (standing !== null) return standing;
  const wanted = { base: defaultBranch, head, files };
  if (bot.markers === "pull-request") return propose(forge, requests, wanted);
  try {
    const wish = { ref: `refs/heads/${defaultBranch}`, expected: head, parent: head, files, message: messageOf("markers", SUBJECT, head, files) };
    const outcome = await forge.commit(wish);
    return outcome.state === "done" ? { state: "committed", where: outcome.commit } : later;
  } catch (error) {
    // A protected branch takes pull requests only.
    if (error instanceof ForgeError && error.kind === "forbidden") return propose(forge, requests, wanted);
    throw error;
  }
}

async function markedFiles(forge: Forge, { workspace, head, prefix }: MarkedClone): Promise<readonly FileChange[]> {
  const repository = await readRepository(workspace.root, { env: workspace.env });
  const paths = (await repository?.uncommitted(workspace.config.specs.include)) ?? [];
  const before = await forge.read(
    head,
    paths.map((path) => prefix + path),
  );
  const files: FileChange[] = [];
  for (const path of paths) {
    const text = await readFile(join(workspace.root, path), "utf8").catch(() => null);
    const was = before.get(prefix + path);
    if (text !== null && was !== undefined && differsInMarkersOnly(was, text)) files.push({ path: prefix + path, text });
  }
  return files;
}

/** Pull requests that bring markers, the newest first. */
async function requestsWithMarkers(forge: Forge): Promise<readonly PullRequest[]> {
  const { account } = await forge.repository();
  return (await forge.pullRequests({ headPrefix: BRANCH, author: account })).filter(({ head }) => !head.fork);
}

/** The pull request that brings these very files, where one is open or the last one was closed. */
async function standingProposal(forge: Forge, requests: readonly PullRequest[], files: readonly FileChange[]): Promise<Brought | null> {
  const request = requests.find(({ state }) => state === "open") ?? requests.find(({ state }) => state === "closed");
  if (request === undefined || !(await holds(forge, request.head.commit, files))) return null;
  return { state: request.state === "open" ? "proposed" : "declined", where: request.url, pullRequest: request.number };
}

interface Wanted {
  readonly base: string;
  readonly head: string;
  readonly files: readonly FileChange[];
}

async function propose(forge: Forge, requests: readonly PullRequest[], { base, head, files }: Wanted): Promise<Brought> {
  const open = requests.find(({ state }) => state === "open");
  const { branch, stands } = await freeBranch(forge, BRANCH, head, open?.head.branch);
  // A person's commit on the branch is never built over: while it is reviewed, nothing is added to it.
  if (open !== undefined && open.head.branch !== branch) return { state: "later", where: open.head.branch };
  // After a crash it may stand there already.
  if (stands === null || !(await holds(forge, stands, files))) {
    const message = messageOf("markers", SUBJECT, head, files);
    const outcome = await forge.commit({ ref: `refs/heads/${branch}`, expected: stands, parent: head, files, message });
    if (outcome.state === "moved") return { state: "later", where: branch };
  }
  const body =
    "Canon writes hidden marker lines into these specs: which ticket a section has, and which merged pull request implements it; what was draft or todo is in progress then. Nothing else changes.";
  const request = await forge.openPullRequest({ title: SUBJECT, body, head: branch, base, labels: [], reviewers: [] });
  return { state: "proposed", where: request.url, pullRequest: request.number };
}

/** The commit of a branch that is gone may be gone too. */
async function holds(forge: Forge, commit: string, files: readonly FileChange[]): Promise<boolean> {
  try {
    return (await differing(forge, commit, files)).length === 0;
  } catch (error) {
    if (error instanceof ForgeError && error.kind === "not-found") return false;
    throw error;
  }
}
