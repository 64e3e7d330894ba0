/** The mutations of GraphQL that write code: references by compare-and-swap, and a commit onto a branch. */

import { asList, asObject, asText } from "../../kit/json-value.ts";
import type { JsonObject } from "../../kit/json-value.ts";
import { branchOf } from "../code/write-pulls.ts";
import { moveRef } from "../code/write-refs.ts";
import { checkToken, hasPush, maySee, notAccessible } from "../github-access.ts";
import { isActions } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { commitFiles } from "../rest/content-routes.ts";
import { nameOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import type { Node } from "./graphql-node.ts";

const NOWHERE = "0".repeat(40);

/** All or none. The words of the refusals are GitHub's in part only [M]: nobody should read them. */
export function updateRefs(call: Call, input: JsonObject): Node {
  const repo = writable(
    call,
    call.world.repos.find(({ nodeId }) => nodeId === input["repositoryId"]),
    input["repositoryId"],
    "UpdateRefs",
  );
  const git = call.world.code.git(repo);
  const updates = asList(input["refUpdates"]).map((one) => {
    const { name, afterOid, beforeOid, force } = asObject(one);
    const after = afterOid === NOWHERE ? null : String(afterOid);
    return {
      ref: String(name),
      after,
      // Absent: whatever stands there.
      before: typeof beforeOid !== "string" ? undefined : beforeOid === NOWHERE ? null : beforeOid,
      force: force === true,
    };
  });
  for (const { ref, after, before, force } of updates) {
    const now = git.ref(ref);
    protectedRef(repo, ref);
    if (before !== undefined && before !== now)
      throw new GithubRefusal("unprocessable", `Reference update failed: ${ref} is at ${now ?? NOWHERE} but expected ${before ?? NOWHERE}`);
    if (after !== null && git.typeOf(after) === null) throw new GithubRefusal("not-found", `Could not resolve to a node with the object id of '${after}'.`);
    if (after !== null && now !== null && !force && !git.isAncestor(now, after))
      throw new GithubRefusal("unprocessable", "Reference update failed: non-fast-forward");
  }
  for (const { ref, after, before } of updates)
    moveRef(call.world, repo, call.token.account, { ref, to: after, ...(before === undefined ? {} : { expected: before }) }, isActions(call));
  return {};
}

export function createCommitOnBranch(call: Call, input: JsonObject): Node {
  const { repositoryNameWithOwner: name, branchName } = asObject(input["branch"]);
  const repo = writable(
    call,
    call.world.repos.find((one) => nameOf(one) === name),
    name,
    "CreateCommitOnBranch",
  );
  const git = call.world.code.git(repo);
  const ref = branchOf(String(branchName));
  const now = git.ref(ref);
  protectedRef(repo, ref);
  if (now === null) throw new GithubRefusal("not-found", `No ref found with name: ${String(branchName)}`);
  const expected = String(input["expectedHeadOid"]);
  if (now !== expected)
    throw new GithubRefusal("unprocessable", `Expected branch to point to "${expected}" but it did not. Pull and try again.`, { type: "STALE_DATA" });
  const changes = asObject(input["fileChanges"]);
  const added = asList(changes["additions"]).map((one) => {
    const { path, contents } = asObject(one);
    return { path: String(path), mode: "100644", sha: git.writeBlob(Buffer.from(String(contents), "base64")) };
  });
  const taken = asList(changes["deletions"]).map((one) => ({ path: String(asObject(one)["path"]), mode: "100644", sha: null }));
  const { headline, body } = asObject(input["message"]);
  const message = [String(headline), asText(body)].filter((part) => part !== null && part !== "").join("\n\n");
  const commit = commitFiles(call, git, { parent: now, message, files: [...added, ...taken] });
  moveRef(call.world, repo, call.token.account, { ref, to: commit, expected: now }, isActions(call));
  return { commit: { oid: commit, url: `${call.web}/${nameOf(repo)}/commit/${commit}` }, ref: { name: String(branchName) } };
}

function writable(call: Call, repo: Repo | undefined, id: unknown, action: string): Repo {
  if (!repo || !maySee(call.access, call.token, repo))
    throw new GithubRefusal("not-found", `Could not resolve to a node with the global id of '${String(id)}'.`);
  checkToken(call.access, call.token, repo, "contents", "write", action);
  if (hasPush(call.access, call.token, repo)) return repo;
  throw call.token.app === null
    ? new GithubRefusal("forbidden", `${call.token.account.login} does not have the correct permissions to execute \`${action}\``)
    : notAccessible(call.token, "contents=write");
}

function protectedRef(repo: Repo, ref: string): void {
  if (ref.startsWith("refs/heads/") && repo.protectedBranches.has(ref.slice("refs/heads/".length)))
    throw new GithubRefusal("unprocessable", "Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
}
