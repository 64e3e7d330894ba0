/** REST: one file at a time by its path. A write needs the blob it replaces (FACTS.md, GitHub). */

import type { WireAnswer } from "../../kit/wire.ts";
import type { BareRepo, TreeEntry } from "../code/bare-repo.ts";
import { emailOf } from "../code/code-world.ts";
import { branchOf } from "../code/write-pulls.ts";
import { moveRef } from "../code/write-refs.ts";
import { isActions } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { nameOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import { checkBranch, codePlace, commitNamed } from "./code-access.ts";
import { base64Lines } from "./git-object-routes.ts";
import { fieldsOf } from "./issue-body.ts";
import { restGitCommit } from "./render-commit.ts";
import { repoUrl } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const PATH = "/repos/:owner/:repo/contents/:path+";

export const CONTENT_ROUTES: readonly Route[] = [
  { method: "GET", path: PATH, handle: read },
  { method: "PUT", path: PATH, handle: write },
];

/** Larger files come without their content. */
const INLINE = 1_048_576;

function read(call: Call, params: Params): WireAnswer {
  const { repo, git } = codePlace(call, params, "read");
  const ref = call.request.query.get("ref") ?? "main";
  const head = commitNamed(git, ref);
  const path = param(params, "path");
  const entries = head === null ? [] : git.tree(head, true);
  const found = entries.find((one) => one.path === path);
  if (!found) throw new GithubRefusal("not-found", "Not Found");
  if (found.type === "tree") {
    const inside = entries.filter((one) => one.path.startsWith(`${path}/`) && !one.path.slice(path.length + 1).includes("/"));
    return { status: 200, body: inside.map((one) => restContent(call, repo, one, ref)) };
  }
  const blob = git.blob(found.sha);
  if (blob === null) throw new GithubRefusal("not-found", "Not Found");
  const inline = blob.length <= INLINE;
  return { status: 200, body: { ...restContent(call, repo, found, ref), content: inline ? base64Lines(blob) : "", encoding: inline ? "base64" : "none" } };
}

function restContent(call: Call, repo: Repo, { path, type, mode, sha, size }: TreeEntry, ref: string): Json {
  const url = `${repoUrl(call, repo)}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const page = `${call.web}/${nameOf(repo)}/${type}/${ref}/${encodeURI(path)}`;
  const git = `${repoUrl(call, repo)}/git/${type}s/${sha}`;
  return {
    ...{ name: path.split("/").at(-1), path, sha, size: size ?? 0, url, html_url: page, git_url: git },
    download_url: type === "tree" ? null : `${call.web}/raw/${nameOf(repo)}/${ref}/${encodeURI(path)}`,
    type: type === "tree" ? "dir" : type === "commit" ? "submodule" : mode === "120000" ? "symlink" : "file",
    _links: { self: url, git, html: page },
  };
}

function write(call: Call, params: Params): WireAnswer {
  const { repo, git } = codePlace(call, params, "write");
  const path = param(params, "path");
  const { message, content, sha, branch = "main" } = fieldsOf(call);
  if (typeof message !== "string" || typeof content !== "string" || typeof branch !== "string") throw new GithubRefusal("unprocessable", "Invalid request.");
  const before = git.ref(branchOf(branch));
  if (before === null && !git.isEmpty()) throw new GithubRefusal("not-found", `Branch ${branch} not found`);
  checkBranch(repo, branchOf(branch));
  const standing = before === null ? null : (git.tree(before, true).find((one) => one.path === path) ?? null);
  if (standing !== null && sha === undefined) throw new GithubRefusal("unprocessable", 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (standing !== null && sha !== standing.sha) throw new GithubRefusal("conflict", `${path} does not match ${String(sha)}`);
  const blob = git.writeBlob(Buffer.from(content, "base64"));
  const commit = commitFiles(call, git, { parent: before, message, files: [{ path, mode: standing?.mode ?? "100644", sha: blob }] });
  if (!moveRef(call.world, repo, call.token.account, { ref: branchOf(branch), to: commit, expected: before }, isActions(call)))
    throw new GithubRefusal("conflict", `${path} does not match ${String(sha)}`);
  const made = git.commit(commit);
  const entry = git.tree(commit, true).find((one) => one.path === path);
  if (made === null || entry === undefined) throw new Error(`commit ${commit} was not written`);
  return { status: standing === null ? 201 : 200, body: { content: restContent(call, repo, entry, branch), commit: restGitCommit(call, repo, made) } };
}

export interface CommittedFiles {
  readonly parent: string | null;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly mode: string; readonly sha: string | null }[];
}

/** A commit of the token's account; on no branch yet. */
export function commitFiles({ world, token }: Call, git: BareRepo, { parent, message, files }: CommittedFiles): string {
  const who = { name: token.account.name, email: emailOf(token.account), at: world.clock.now() };
  return git.writeCommit({ tree: git.writeTree(parent, files), parents: parent === null ? [] : [parent], message, author: who, committer: who });
}
