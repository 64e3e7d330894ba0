/** Files at a commit, byte for byte: trees and blobs never change, so each is asked for once. */

import { refusal } from "./github-client.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { wireBlob, wireTree, type WireEntry } from "./github-wire.ts";

export type Tree = ReadonlyMap<string, WireEntry>;

export interface GithubFiles {
  /** Everything below a commit: files, links, submodules and folders. */
  tree(commit: string): Promise<Tree>;
  paths(commit: string): Promise<readonly string[]>;
  read(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Paths that differ between two commits. */
  changed(base: string, head: string): Promise<readonly string[]>;
}

/** A whole tree can be large; a run compares a few. */
const TREES = 20;

export function githubFiles(place: GithubPlace): GithubFiles {
  const trees = new Map<string, Promise<Tree>>();
  const blobs = new Map<string, Promise<string>>();

  const tree = (commit: string): Promise<Tree> => {
    const known = trees.get(commit);
    if (known) return known;
    const asked = readTree(place, commit, "").then((entries) => new Map(entries.map((entry) => [entry.path, entry])));
    keep(trees, commit, asked);
    const [oldest] = trees.keys();
    if (trees.size > TREES && oldest !== undefined) trees.delete(oldest);
    return asked;
  };

  const blob = (sha: string, path: string): Promise<string> => {
    const known = blobs.get(sha);
    if (known) return known;
    const asked = readBlob(place, sha, path);
    keep(blobs, sha, asked);
    return asked;
  };

  return {
    tree,
    paths: async (commit) => [...(await tree(commit)).values()].filter(isFile).map(({ path }) => path),
    read: async (commit, paths) => {
      const entries = await tree(commit);
      const files = [...new Set(paths)].flatMap((path) => entries.get(path) ?? []).filter(isFile);
      const texts = await Promise.all(files.map(async ({ path, sha }) => [path, await blob(sha, path)] as const));
      return new Map(texts);
    },
    changed: async (base, head) => {
      const [before, after] = await Promise.all([tree(base), tree(head)]);
      const differs = (one: Tree, other: Tree) => (path: string) =>
        one.get(path)?.sha !== other.get(path)?.sha || one.get(path)?.mode !== other.get(path)?.mode;
      // Of a path that was a folder and is a file now, the file is named; git has no folders.
      const paths = new Set([...before.values(), ...after.values()].filter(({ type }) => type !== "tree").map(({ path }) => path));
      return [...paths].filter(differs(leaves(before), leaves(after))).sort();
    },
  };
}

/** Neither a link nor a submodule. */
export function isFile({ type, mode }: WireEntry): boolean {
  return type === "blob" && (mode === "100644" || mode === "100755");
}

function leaves(tree: Tree): Tree {
  return new Map([...tree].filter(([, { type }]) => type !== "tree"));
}

/** Answers of more than 100,000 entries or 7 MB are cut: then folder by folder. */
async function readTree(place: GithubPlace, sha: string, above: string): Promise<readonly WireEntry[]> {
  const route = `GET ${REPO}/git/trees/{tree_sha}`;
  const { value } = await place.client.get(route, withPlace(place, { tree_sha: sha, recursive: "1" }), wireTree);
  const under = (entries: readonly WireEntry[]): readonly WireEntry[] => entries.map((entry) => ({ ...entry, path: above + entry.path }));
  if (!value.truncated) return under(value.tree);
  const flat = await place.client.get(route, withPlace(place, { tree_sha: sha }), wireTree);
  if (flat.value.truncated)
    throw refusal(
      "invalid",
      `${place.name}: the folder ${above === "" ? "/" : above} has more entries than GitHub lists.`,
      "Keep specs in a smaller repository.",
    );
  const own = under(flat.value.tree);
  const below = await Promise.all(own.filter(({ type }) => type === "tree").map((entry) => readTree(place, entry.sha, `${entry.path}/`)));
  return [...own, ...below.flat()];
}

/** The mark at the beginning belongs to the text: it is written back with it. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function readBlob(place: GithubPlace, sha: string, path: string): Promise<string> {
  const { value } = await place.client.get(`GET ${REPO}/git/blobs/{file_sha}`, withPlace(place, { file_sha: sha }), wireBlob);
  try {
    if (value.encoding === "base64") return UTF8.decode(Buffer.from(value.content, "base64"));
  } catch {
    // Below.
  }
  throw refusal("invalid", `${place.name}: ${path} is not UTF-8.`, "Save it as UTF-8, or leave it out of the specs.");
}

function keep<T>(cache: Map<string, Promise<T>>, key: string, asked: Promise<T>): void {
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
}
