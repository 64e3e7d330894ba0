/** One commit of several files onto what was expected: blobs, a tree and a commit that nothing names yet, then the reference. */

import { checkCommit, checkPath, checkRef } from "../forge-names.ts";
import type { CommitOutcome, CommitWish, FileChange } from "../forge.ts";
import { isKind, refusal, wordsOf } from "./github-client.ts";
import { isFile, type GithubFiles, type Tree } from "./github-files.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { headOf, swapRef } from "./github-refs.ts";
import { wireGitCommit, wireSha } from "./github-wire.ts";

/** Every git knows it. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob";
  readonly sha: string | null;
}

export async function writeCommit(place: GithubPlace, files: GithubFiles, wish: CommitWish): Promise<CommitOutcome> {
  const { ref, expected, parent, message } = wish;
  checkRef(ref);
  for (const commit of [expected, parent]) if (commit !== null) checkCommit(commit);
  const before: Tree = parent === null ? new Map() : await files.tree(parent);
  checkFiles(wish.files, before);
  const now = await headOf(place, ref);
  // Spares what nobody would need.
  if (now !== expected) return { state: "moved", now };
  const tree = await writeTree(place, parent, await Promise.all(changed(wish.files, before).map((file) => entryOf(place, file, before))));
  const parameters = withPlace(place, { message, tree, parents: parent === null ? [] : [parent] });
  const { sha } = await asWriter(place, () => place.client.write(`POST ${REPO}/git/commits`, parameters, wireSha));
  return swapRef(place, { ref, expected, to: sha });
}

/** GitHub refuses to take away what is not there. */
function changed(files: readonly FileChange[], before: Tree): readonly FileChange[] {
  return files.filter(({ path, text }) => text !== null || before.has(path));
}

async function entryOf(place: GithubPlace, { path, text }: FileChange, before: Tree): Promise<TreeEntry> {
  const entry = { path, mode: before.get(path)?.mode ?? "100644", type: "blob" } as const;
  if (text === null) return { ...entry, sha: null };
  // As bytes: what JSON and GitHub make of a text in a tree is not promised to be those that were sent.
  const parameters = withPlace(place, { content: Buffer.from(text, "utf8").toString("base64"), encoding: "base64" });
  const { sha } = await asWriter(place, () => place.client.write(`POST ${REPO}/git/blobs`, parameters, wireSha));
  return { ...entry, sha };
}

async function writeTree(place: GithubPlace, parent: string | null, tree: readonly TreeEntry[]): Promise<string> {
  const base =
    parent === null ? null : (await place.client.get(`GET ${REPO}/git/commits/{commit_sha}`, withPlace(place, { commit_sha: parent }), wireGitCommit)).value;
  if (tree.length === 0) return base?.tree.sha ?? EMPTY_TREE;
  const parameters = withPlace(place, { tree, ...(base === null ? {} : { base_tree: base.tree.sha }) });
  return (await asWriter(place, () => place.client.write(`POST ${REPO}/git/trees`, parameters, wireSha))).sha;
}

/** What is read and not found when it is written to is kept from this account. */
async function asWriter<T>({ name }: GithubPlace, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isKind(error, "not-found")) throw refusal("forbidden", wordsOf(error), `This account may not write to ${name}: give it write access.`);
    if (isKind(error, "conflict")) throw refusal("invalid", wordsOf(error), `GitHub takes no commit into an empty repository: push a first one to ${name}.`);
    throw error;
  }
}

function checkFiles(files: readonly FileChange[], before: Tree): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    checkPath(path);
    if (seen.has(path)) throw refusal("invalid", `${path} stands twice in one commit.`, "Name each path once.");
    seen.add(path);
    const there = before.get(path);
    if (there && !isFile(there))
      throw refusal("invalid", `${path} is no plain file there.`, "Links, submodules and folders are not written: choose another path.");
    const above = aboveOf(path).find((folder) => (before.get(folder)?.type ?? "tree") !== "tree");
    if (above !== undefined) throw refusal("invalid", `${above} is no folder there.`, `Nothing can be written below it: choose another path than ${path}.`);
  }
  for (const path of seen)
    if (aboveOf(path).some((folder) => seen.has(folder)))
      throw refusal("invalid", `${path} stands below another file of the same commit.`, "Choose another path.");
}

/** The folders that a path stands in. */
function aboveOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
