/** REST: references. `force: false` asks for a fast forward, which is less than a compare-and-swap. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { GitRef } from "../code/bare-repo.ts";
import { moveRef } from "../code/write-refs.ts";
import { isActions } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import type { Repo } from "../state/github-state.ts";
import { begunPlace, checkBranch } from "./code-access.ts";
import { fieldsOf } from "./issue-body.ts";
import { repoUrl } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const REFS = "/repos/:owner/:repo/git/refs";

export const GIT_REF_ROUTES: readonly Route[] = [
  { method: "GET", path: "/repos/:owner/:repo/git/ref/:ref+", handle: read },
  { method: "GET", path: "/repos/:owner/:repo/git/matching-refs/:ref+", handle: list },
  { method: "POST", path: REFS, handle: create },
  { method: "PATCH", path: `${REFS}/:ref+`, handle: update },
  { method: "DELETE", path: `${REFS}/:ref+`, handle: remove },
];

function read(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "read");
  const name = `refs/${param(params, "ref")}`;
  const found = git.refs(name).find((one) => one.name === name);
  if (!found) throw new GithubRefusal("not-found", "Not Found");
  return { status: 200, body: restRef(call, repo, found) };
}

/** Names that begin so; all of them in one answer. */
function list(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "read");
  return { status: 200, body: git.refs(`refs/${param(params, "ref")}`).map((one) => restRef(call, repo, one)) };
}

function create(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const { ref, sha } = fieldsOf(call);
  if (typeof ref !== "string" || !/^refs\/[^/]+\/.+$/u.test(ref))
    throw new GithubRefusal("unprocessable", "Reference name must start with 'refs/' and contain at least two slashes.");
  if (git.ref(ref) !== null) throw new GithubRefusal("unprocessable", "Reference already exists");
  checkBranch(repo, ref);
  return written(call, repo, { ref, sha, expected: null }, 201);
}

function update(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const ref = `refs/${param(params, "ref")}`;
  const { sha, force } = fieldsOf(call);
  const before = git.ref(ref);
  if (before === null) throw new GithubRefusal("unprocessable", "Reference does not exist");
  checkBranch(repo, ref);
  if (force !== true && typeof sha === "string" && git.typeOf(sha) === "commit" && !git.isAncestor(before, sha))
    throw new GithubRefusal("unprocessable", "Update is not a fast forward");
  return written(call, repo, { ref, sha, expected: before }, 200);
}

function remove(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const ref = `refs/${param(params, "ref")}`;
  if (git.ref(ref) === null) throw new GithubRefusal("unprocessable", "Reference does not exist");
  checkBranch(repo, ref);
  moveRef(call.world, repo, call.token.account, { ref, to: null }, isActions(call));
  return { status: 204, body: null };
}

interface Writing {
  readonly ref: string;
  readonly sha: unknown;
  readonly expected: string | null;
}

function written(call: Call, repo: Repo, { ref, sha, expected }: Writing, status: number): WireAnswer {
  const git = call.world.code.git(repo);
  if (typeof sha !== "string" || git.typeOf(sha) !== "commit") throw new GithubRefusal("unprocessable", "Object does not exist");
  if (!moveRef(call.world, repo, call.token.account, { ref, to: sha, expected }, isActions(call)))
    throw new GithubRefusal("unprocessable", "Reference cannot be updated");
  return { status, body: restRef(call, repo, { name: ref, sha, type: "commit" }) };
}

function restRef(call: Call, repo: Repo, { name, sha, type }: GitRef): Json {
  const git = `${repoUrl(call, repo)}/git`;
  return {
    ref: name,
    node_id: `REF_${Buffer.from(name).toString("base64url")}`,
    url: `${git}/${encodeURI(name)}`,
    object: { sha, type, url: `${git}/${type}s/${sha}` },
  };
}
