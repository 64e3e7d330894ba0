/** REST: blobs, trees and commits as git has them. */

import type { WireAnswer } from "../../kit/wire.ts";
import { asList, asObject } from "../../kit/json-value.ts";
import type { BareRepo, TreeChange } from "../code/bare-repo.ts";
import { emailOf } from "../code/code-world.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import type { Repo } from "../state/github-state.ts";
import { begunPlace, commitNamed } from "./code-access.ts";
import { fieldsOf } from "./issue-body.ts";
import { restGitCommit } from "./render-commit.ts";
import { repoUrl } from "./render-issue.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const GIT = "/repos/:owner/:repo/git";
const MODES = ["100644", "100755", "040000", "160000", "120000"];

export const GIT_OBJECT_ROUTES: readonly Route[] = [
  { method: "GET", path: `${GIT}/blobs/:sha`, handle: readBlob },
  { method: "POST", path: `${GIT}/blobs`, handle: writeBlob },
  { method: "GET", path: `${GIT}/trees/:sha+`, handle: readTree },
  { method: "POST", path: `${GIT}/trees`, handle: writeTree },
  { method: "GET", path: `${GIT}/commits/:sha`, handle: readCommit },
  { method: "POST", path: `${GIT}/commits`, handle: writeCommit },
];

/** Lines of sixty characters, as GitHub breaks it. */
export function base64Lines(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("base64")
    .replaceAll(/(.{60})/gu, "$1\n")
    .concat("\n");
}

function readBlob(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "read");
  const sha = param(params, "sha");
  const blob = git.blob(sha);
  if (blob === null) throw new GithubRefusal("not-found", "Not Found");
  const url = `${repoUrl(call, repo)}/git/blobs/${sha}`;
  return { status: 200, body: { sha, node_id: `B_${sha}`, size: blob.length, url, content: base64Lines(blob), encoding: "base64" } };
}

function writeBlob(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const { content, encoding } = fieldsOf(call);
  if (typeof content !== "string") throw new GithubRefusal("unprocessable", "content is missing");
  const sha = git.writeBlob(Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
  const url = `${repoUrl(call, repo)}/git/blobs/${sha}`;
  return { status: 201, headers: { location: url }, body: { sha, url } };
}

function readTree(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "read");
  const asked = param(params, "sha");
  const sha = git.typeOf(asked) === "tree" ? asked : commitNamed(git, asked);
  if (sha === null) throw new GithubRefusal("not-found", "Not Found");
  // Any value asks for it, even 0.
  const all = git.tree(sha, call.request.query.has("recursive"));
  const { treeLimit } = call.world.code;
  // The answer names what was asked for: a commit stays a commit.
  return { status: 200, body: restTree(call, repo, sha, all.slice(0, treeLimit), all.length > treeLimit) };
}

function restTree(call: Call, repo: Repo, sha: string, entries: ReturnType<BareRepo["tree"]>, truncated: boolean): unknown {
  const url = `${repoUrl(call, repo)}/git`;
  const tree = entries.map(({ path, mode, type, sha: id, size }) => ({
    ...{ path, mode, type, sha: id },
    ...(size === null ? {} : { size }),
    ...(type === "commit" ? {} : { url: `${url}/${type}s/${id}` }),
  }));
  return { sha, url: `${url}/trees/${sha}`, tree, truncated };
}

function writeTree(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const fields = fieldsOf(call);
  const { base_tree: base } = fields;
  if (base !== undefined && (typeof base !== "string" || !["tree", "commit"].includes(git.typeOf(base) ?? "")))
    throw new GithubRefusal("not-found", "Not Found");
  const known = new Set(base === undefined ? [] : git.tree(String(base), true).map(({ path }) => path));
  const entries = asList(fields["tree"]);
  if (entries.length === 0) throw new GithubRefusal("unprocessable", "Invalid tree info");
  const changes = entries.map((one) => treeChange(git, asObject(one), known));
  const sha = git.writeTree(base === undefined ? null : String(base), changes);
  return { status: 201, body: restTree(call, repo, sha, git.tree(sha, false), false) };
}

function treeChange(git: BareRepo, { path, mode, type, sha, content }: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): TreeChange {
  if (typeof path !== "string" || path === "" || path.startsWith("/") || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part)))
    throw new GithubRefusal("unprocessable", "tree.path contains a malformed path component");
  if (typeof mode !== "string" || !MODES.includes(mode)) throw new GithubRefusal("unprocessable", "Must supply a valid tree.mode");
  if ((sha === undefined) === (content === undefined)) throw new GithubRefusal("unprocessable", "Must supply either tree.sha or tree.content");
  // What is not there cannot be taken away; the message is GitHub's own.
  if (sha === null && !known.has(path)) throw new GithubRefusal("unprocessable", "GitRPC::BadObjectState");
  if (sha === null) return { path, mode, sha };
  if (typeof content === "string") return { path, mode, sha: git.writeBlob(Buffer.from(content, "utf8")) };
  if (typeof sha !== "string" || (type !== "commit" && git.typeOf(sha) === null))
    throw new GithubRefusal("unprocessable", `tree.sha ${JSON.stringify(sha)} is not a valid ${JSON.stringify(type)}`);
  return { path, mode, sha };
}

function readCommit(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "read");
  const commit = git.commit(param(params, "sha"));
  if (commit === null) throw new GithubRefusal("not-found", "Not Found");
  return { status: 200, body: restGitCommit(call, repo, commit) };
}

function writeCommit(call: Call, params: Params): WireAnswer {
  const { repo, git } = begunPlace(call, params, "write");
  const { message, tree, parents } = fieldsOf(call);
  if (typeof message !== "string" || message === "") throw new GithubRefusal("unprocessable", "message is missing");
  if (typeof tree !== "string" || git.typeOf(tree) !== "tree") throw new GithubRefusal("unprocessable", "Tree SHA does not exist");
  const known = asList(parents).map((one) => {
    if (typeof one !== "string" || git.typeOf(one) !== "commit")
      throw new GithubRefusal("unprocessable", "Parent SHA does not exist or is not a commit object");
    return one;
  });
  const { account } = call.token;
  const who = { name: account.name, email: emailOf(account), at: call.world.clock.now() };
  const sha = git.writeCommit({ tree, parents: known, message, author: who, committer: who });
  const made = git.commit(sha);
  if (made === null) throw new Error(`commit ${sha} was not written`);
  return { status: 201, body: restGitCommit(call, repo, made) };
}
