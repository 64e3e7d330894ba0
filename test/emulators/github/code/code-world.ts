/** What an emulated GitHub knows of code: a bare repository behind every repository, pull requests, check runs, workflows. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account, Issue, Repo } from "../state/github-state.ts";
import { makeBareRepo } from "./bare-repo.ts";
import type { BareRepo } from "./bare-repo.ts";

export interface Pull {
  /** Number, title, body, state, labels and comments: a pull request is an issue too. */
  readonly issue: Issue;
  readonly headRepo: Repo;
  readonly headBranch: string;
  base: string;
  /** As they stood when last looked at; `baseCommit` only moves with the head, or to another base. [M] */
  headCommit: string;
  baseCommit: string;
  /** The base branch when last looked at: tells a merge outside of GitHub. */
  baseSeen: string;
  merged: { readonly at: number; readonly by: Account; readonly commit: string } | null;
  readonly reviewers: Account[];
  /** A merge that was tried in the background, and of what; null: not yet. */
  tried: { readonly head: string; readonly base: string; readonly commit: string | null } | null;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly message: string;
}

export interface GithubApp {
  readonly id: number;
  readonly slug: string;
}

export interface StoredCheck {
  readonly id: number;
  readonly nodeId: string;
  readonly repo: Repo;
  readonly commit: string;
  readonly app: GithubApp;
  readonly startedAt: number;
  name: string;
  status: string;
  conclusion: string | null;
  completedAt: number | null;
  title: string | null;
  summary: string | null;
  readonly annotations: Annotation[];
}

/** A workflow that GitHub Actions would have started. */
export interface WorkflowStart {
  readonly repo: Repo;
  readonly event: "push" | "pull_request";
  readonly commit: string;
  readonly actor: Account;
}

export interface CodeWorld {
  /** Made when first asked for: most tests of issues need none. */
  git(repo: Repo): BareRepo;
  readonly pulls: Map<Issue, Pull>;
  readonly checks: StoredCheck[];
  readonly workflows: WorkflowStart[];
  /** Entries of a recursive tree in one answer. */
  treeLimit: number;
  /** Takes the folders away. */
  close(): void;
}

export function codeWorld(): CodeWorld {
  let home: string | null = null;
  const made = new Map<Repo, BareRepo>();
  return {
    pulls: new Map(),
    checks: [],
    workflows: [],
    treeLimit: 100_000,
    git: (repo) => {
      const known = made.get(repo);
      if (known) return known;
      home ??= mkdtempSync(join(tmpdir(), "canon-github-"));
      const bare = makeBareRepo(join(home, `${repo.owner.login}-${repo.name}.git`));
      made.set(repo, bare);
      return bare;
    },
    close: () => {
      if (home !== null) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** How GitHub signs what an account commits by the API. */
export function emailOf({ id, login }: Account): string {
  return `${id}+${login}@users.noreply.github.com`;
}

export function accountOfEmail(accounts: readonly Account[], email: string): Account | null {
  return accounts.find((account) => emailOf(account) === email || `${account.login}@example.com` === email) ?? null;
}
