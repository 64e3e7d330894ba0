/** The way to a repository's code in REST: who may see it, who may write, and what an empty one says. */

import type { BareRepo } from "../code/bare-repo.ts";
import { checkToken, hasPush, notAccessible } from "../github-access.ts";
import type { PermissionName } from "../github-access.ts";
import { visibleRepo } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import type { Repo } from "../state/github-state.ts";
import { param } from "./rest-router.ts";
import type { Params } from "./rest-router.ts";

export interface CodePlace {
  readonly repo: Repo;
  readonly git: BareRepo;
}

export function codePlace(call: Call, params: Params, need: "read" | "write", name: PermissionName = "contents"): CodePlace {
  const repo = visibleRepo(call, param(params, "owner"), param(params, "repo"));
  checkToken(call.access, call.token, repo, name, need, name);
  if (need === "write" && name === "contents") checkRole(call, repo, "contents=write");
  return { repo, git: call.world.code.git(repo) };
}

/** People without push access do not find the place; an app is told. */
export function checkRole(call: Call, repo: Repo, accepted: string): void {
  if (hasPush(call.access, call.token, repo)) return;
  throw call.token.kind === "classic" ? new GithubRefusal("not-found", "Not Found") : notAccessible(call.token, accepted);
}

/** The Git Data API takes nothing before the first push. */
export function begunPlace(call: Call, params: Params, need: "read" | "write"): CodePlace {
  const place = codePlace(call, params, need);
  if (place.git.isEmpty()) throw new GithubRefusal("conflict", "Git Repository is empty.");
  return place;
}

/** A commit by its id, a branch's name or a reference. */
export function commitNamed(git: BareRepo, name: string): string | null {
  if (git.typeOf(name) === "commit") return name;
  return git.ref(`refs/heads/${name}`) ?? (name.startsWith("refs/") ? git.ref(name) : null);
}

export function checkBranch(repo: Repo, ref: string): void {
  if (ref.startsWith("refs/heads/") && repo.protectedBranches.has(ref.slice("refs/heads/".length)))
    throw new GithubRefusal("unprocessable", "Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
}
