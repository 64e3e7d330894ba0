/** Who Canon is there, what it and others may do, and its verdict on a commit. */

import { checkCommit } from "../forge-names.ts";
import type { CheckRun, ForgeRepository, Permission } from "../forge.ts";
import { ANYTHING, forbiddenIfThere } from "./github-client.ts";
import { tokenNeeds } from "./github-needs.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { wireCheck, wireGitCommit, wirePermission } from "./github-wire.ts";

/** The role that branches, comments and checks take. */
const ROLE = "push";
/** How GitHub names the account of an app, its own Actions too. */
const APP = /\[bot\]$/;

export async function readRepository(place: GithubPlace): Promise<ForgeRepository> {
  const [{ value, headers }, account] = await Promise.all([place.repository(), place.viewer()]);
  const roles = Object.entries(value.permissions ?? {}).flatMap(([role, isHeld]) => (isHeld ? role : []));
  const scopes =
    headers
      .get("x-oauth-scopes")
      ?.split(/,\s*/)
      .filter((scope) => scope !== "") ?? null;
  const scope = value.private || scopes?.includes("repo") === true ? "repo" : "public_repo";
  const isApp = APP.test(account);
  return {
    name: value.full_name,
    defaultBranch: value.default_branch,
    visibility: value.visibility === "internal" ? "internal" : value.private ? "private" : "public",
    takesThreads: value.has_issues !== false,
    account,
    // Of an app GitHub leaves the roles out, or says of each that it is not held, whatever it was given.
    granted: isApp ? null : [...roles, ...(scopes ?? [])],
    needed: isApp ? [] : [ROLE, ...(scopes === null ? [] : [scope])],
    token: tokenNeeds(scopes === null ? null : scope, isApp),
  };
}

/** What an account's name looks like; anything else would be another address. */
const LOGIN = /^[a-z0-9][a-z0-9_-]{0,99}(?:\[bot\])?$/i;

export async function permissionOf(place: GithubPlace, account: string): Promise<Permission> {
  // Of apps GitHub says that they are no users.
  if (account === (await place.viewer()) && !APP.test(account)) return ownPermission((await place.repository()).value.permissions ?? {});
  if (!LOGIN.test(account)) return "none";
  const found = await place.client.find(`GET ${REPO}/collaborators/{username}/permission`, withPlace(place, { username: account }), wirePermission);
  switch (found?.permission) {
    case "admin":
      return "admin";
    case "write":
    case "maintain":
      return "write";
    case "read":
    case "triage":
      return "read";
    default:
      return "none";
  }
}

function ownPermission(held: Readonly<Record<string, boolean>>): Permission {
  return held["admin"] === true ? "admin" : held["push"] === true ? "write" : held["pull"] === true ? "read" : "none";
}

/** Annotations in one request. */
const MOST = 50;

/** A new one of the same name is the one that is shown: an edit would add to the annotations of the old. */
export async function setCheck(place: GithubPlace, check: CheckRun): Promise<void> {
  const { name, commit, conclusion, title, summary } = check;
  checkCommit(commit);
  const output = (from: number): unknown => ({
    ...{ title, summary },
    annotations: check.annotations
      .slice(from, from + MOST)
      .map(({ path, line, level, message }) => ({ path, start_line: line, end_line: line, annotation_level: level, message })),
  });
  const parameters = withPlace(place, { name, head_sha: commit, status: "completed", conclusion, output: output(0) });
  const write = (): Promise<{ readonly id: number }> => place.client.write(`POST ${REPO}/check-runs`, parameters, wireCheck);
  const { id } = await forbiddenIfThere(write, () =>
    place.client.get(`GET ${REPO}/git/commits/{commit_sha}`, withPlace(place, { commit_sha: commit }), wireGitCommit),
  );
  for (let from = MOST; from < check.annotations.length; from += MOST)
    await place.client.write(`PATCH ${REPO}/check-runs/{check_run_id}`, withPlace(place, { check_run_id: id, output: output(from) }), ANYTHING);
}
