/** Trees of commits, read whole once: which plain files there are, and what a commit may write. */

import { textOf } from "../../io/run-git.ts";
import { ForgeError } from "../forge-error.ts";
import type { GitClient } from "./git-client.ts";

export interface TreeEntry {
  /** As git prints it: 100644, 100755, 120000 (link), 160000 (submodule). */
  readonly mode: string;
  readonly object: string;
}

/** By path; folders are not in it. */
export type Tree = ReadonlyMap<string, TreeEntry>;

export interface Trees {
  of(commit: string): Promise<Tree>;
  texts(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A run looks at few commits again and again: base, head, merge base, merge result. */
const KEPT = 8;

export function openTrees(client: GitClient): Trees {
  const kept = new Map<string, Tree>();
  const of = async (commit: string): Promise<Tree> => {
    const known = kept.get(commit);
    if (known !== undefined) return known;
    await client.need([commit]);
    const tree = parseTree(textOf(await client.ask(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit])));
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(commit, tree);
    return tree;
  };
  return {
    of,
    texts: async (commit, paths) => {
      const tree = await of(commit);
      const files = [...new Set(paths)].flatMap((path) => {
        const entry = tree.get(path);
        return entry !== undefined && isFile(entry) ? [{ path, object: entry.object }] : [];
      });
      if (files.length === 0) return new Map();
      const { out } = await client.ask(["cat-file", "--batch"], files.map(({ object }) => `${object}\n`).join(""));
      return textsIn(out, commit, files);
    },
  };
}

export function isFile({ mode }: TreeEntry): boolean {
  return mode === "100644" || mode === "100755";
}

function parseTree(text: string): Tree {
  const tree = new Map<string, TreeEntry>();
  for (const line of text.split("\0")) {
    const [, mode, object, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
    // A name that is not UTF-8 cannot be asked for.
    if (mode !== undefined && object !== undefined && path !== undefined && !path.includes("\uFFFD")) tree.set(path, { mode, object });
  }
  return tree;
}

/** Each object: `<id> blob <bytes>`, a line feed, the bytes, a line feed. */
function textsIn(out: Uint8Array, commit: string, files: readonly { readonly path: string }[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let at = 0;
  for (const { path } of files) {
    const end = out.indexOf(0x0a, at);
    const size = Number(/ blob (\d+)$/.exec(Buffer.from(out.subarray(at, end)).toString("latin1"))?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) throw new ForgeError("unavailable", `git did not answer with ${path} of ${commit}.`, { hint: "Run the same command again." });
    texts.set(path, decoded(out.subarray(end + 1, end + 1 + size), path, commit));
    at = end + 1 + size + 1;
  }
  return texts;
}

function decoded(bytes: Uint8Array, path: string, commit: string): string {
  try {
    // With ignoreBOM a byte order mark is kept: the text goes back as it came.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ForgeError("invalid", `${path} is not UTF-8 at ${commit.slice(0, 12)}.`, { hint: "Save the file as UTF-8." });
  }
}
