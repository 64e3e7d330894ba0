/** Who asks, with which token, and what that lets them do: classic scopes, fine-grained permissions, and roles in a repository. */

import type { IncomingHttpHeaders } from "node:http";
import { GithubRefusal } from "./github-refusal.ts";
import type { GithubApp } from "./code/code-world.ts";
import type { Account, Repo } from "./state/github-state.ts";

/** `write` is push access: labels, types and assignees need it (or triage, for issues that exist). */
export const ROLES = ["none", "read", "triage", "write", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface GithubToken {
  readonly value: string;
  readonly account: Account;
  /** `installation`: of an app; the one that GitHub Actions gives to workflows is of that kind too. */
  readonly kind: "classic" | "fine-grained" | "installation";
  /** Of an installation's token. */
  readonly app: GithubApp | null;
  /** Classic tokens only. */
  readonly scopes: readonly string[];
  /** Not of classic tokens: `issues`, `contents`, `pull_requests`, `checks`, `metadata`. */
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  /** Not of classic tokens: the repositories it was given, as owner/name; null: all of its account. */
  readonly repositories: readonly string[] | null;
  readonly expiresAt: number | null;
}

export interface Access {
  readonly tokens: Map<string, GithubToken>;
  /** `<account id>:<repository id>` → role; absent: read where the repository is public, none where it is private. */
  readonly roles: Map<string, Role>;
}

/** The token behind a request; a word for what is wrong with it otherwise. */
export function tokenOf(access: Access, headers: IncomingHttpHeaders, now: number): GithubToken | "missing" | "bad" {
  const [, value] = /^(?:bearer|token)\s+(\S+)$/iu.exec(headers.authorization ?? "") ?? [];
  if (value === undefined) return headers.authorization === undefined ? "missing" : "bad";
  const token = access.tokens.get(value);
  return token === undefined || (token.expiresAt !== null && token.expiresAt <= now) ? "bad" : token;
}

export function roleIn(access: Access, account: Account, repo: Repo): Role {
  return access.roles.get(`${account.id}:${repo.id}`) ?? (repo.owner === account ? "admin" : repo.isPrivate ? "none" : "read");
}

export function hasRole(access: Access, token: GithubToken, repo: Repo, role: Role): boolean {
  return ROLES.indexOf(roleIn(access, token.account, repo)) >= ROLES.indexOf(role);
}

/** What may not be seen looks as if it did not exist. */
export function maySee(access: Access, token: GithubToken, repo: Repo): boolean {
  if (!repo.isPrivate) return true;
  return hasRole(access, token, repo, "read") && (token.kind === "classic" ? token.scopes.includes("repo") : isGiven(token, repo));
}

export type PermissionName = "issues" | "contents" | "pull_requests" | "checks";

/** Throws unless the token may read or write issues here at all; roles are another matter. */
export function checkIssues(access: Access, token: GithubToken, repo: Repo, need: "read" | "write", field: string): void {
  checkToken(access, token, repo, "issues", need, field);
}

/** The same for anything: what the token was made for, not what its account may do. */
export function checkToken(access: Access, token: GithubToken, repo: Repo, name: PermissionName, need: "read" | "write", field: string): void {
  if (!maySee(access, token, repo)) throw new GithubRefusal("not-found", "Not Found");
  switch (token.kind) {
    case "classic": {
      const wanted = repo.isPrivate ? ["repo"] : ["public_repo", "repo"];
      if (need === "write" && !wanted.some((scope) => token.scopes.includes(scope))) throw lacksScopes(token, field, wanted);
      return;
    }
    case "fine-grained":
    case "installation": {
      const held = token.permissions[name];
      const isOpen = need === "read" && !repo.isPrivate;
      const isEnough = isGiven(token, repo) && (need === "read" ? held !== undefined : held === "write");
      if (!isOpen && !isEnough) throw notAccessible(token, `${name}=${need}`);
    }
  }
}

export function notAccessible({ kind }: GithubToken, accepted: string): GithubRefusal {
  return new GithubRefusal("forbidden", `Resource not accessible by ${kind === "installation" ? "integration" : "personal access token"}`, { accepted });
}

/** Labels, types and assignees are dropped without a word where this is false. */
export function hasPush(access: Access, token: GithubToken, repo: Repo): boolean {
  return hasRole(access, token, repo, "write");
}

function isGiven(token: GithubToken, repo: Repo): boolean {
  return token.repositories === null || token.repositories.includes(`${repo.owner.login}/${repo.name}`);
}

function lacksScopes(token: GithubToken, field: string, wanted: readonly string[]): GithubRefusal {
  const list = (scopes: readonly string[]): string => `[${scopes.map((scope) => `'${scope}'`).join(", ")}]`;
  return new GithubRefusal(
    "scopes",
    `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ${list(wanted)}, but your token has only been granted the: ${list(token.scopes)} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`,
  );
}
