/** History as it is asked for, and commits made without a work tree, an index or a reference of the clone's own. */

import { asCommit } from "../../io/git-files.ts";
import { textOf } from "../../io/run-git.ts";
import { ForgeError } from "../forge-error.ts";
import type { Commit, CommitWish, FileChange } from "../forge.ts";
import { checkPath } from "../forge-names.ts";
import { accountOf, emailOf } from "./git-accounts.ts";
import type { GitClient } from "./git-client.ts";
import { isFile, type Tree } from "./git-trees.ts";

export async function commitsBetween(client: GitClient, base: string, head: string): Promise<readonly Commit[]> {
  await client.need([base, head]);
  const format = "--format=%H%x00%P%x00%ae%x00%cI%x00%B";
  const flags = ["-z", "--date-order", "--encoding=UTF-8", "--no-show-signature", "--no-mailmap", "--no-color", "--no-patch", format];
  const fields = textOf(await client.ask(["log", ...flags, "--end-of-options", `${base}..${head}`, "--"])).split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [id = "", parents = "", email = "", date = "", message = ""] = fields.slice(at, at + FIELDS);
    commits.push({ id, parents: parents.split(" ").filter(Boolean), author: accountOf(email), message: message.trimEnd(), at: new Date(date).toISOString() });
  }
  return commits;
}

const FIELDS = 5;

/** Of the two trees; diff-tree looks for no renames by itself, whatever is configured. */
export async function changedBetween(client: GitClient, base: string, head: string): Promise<readonly string[]> {
  await client.need([base, head]);
  const answer = await client.ask(["diff-tree", "-r", "-z", "--name-only", "--end-of-options", base, head]);
  return textOf(answer).split("\0").filter(Boolean);
}

export async function mergeBaseOf(client: GitClient, one: string, other: string): Promise<string | null> {
  await client.need([one, other]);
  const answer = await client.git(["merge-base", "--end-of-options", one, other]);
  return answer.code === 0 ? asCommit(textOf(answer).trim()) : null;
}

/** The merge of `head` into `base` as a commit on no reference, in this clone only; null: they conflict. */
export async function mergedTree(client: GitClient, base: string, head: string, by: { readonly account: string; readonly at: Date }): Promise<string | null> {
  await client.need([base, head]);
  const merged = await client.git(["merge-tree", "--write-tree", "--no-messages", "-z", "--end-of-options", base, head]);
  const tree = asCommit(textOf(merged).split("\0")[0] ?? "");
  // 1: conflicts. Histories without a common beginning are none that git merges either.
  if (merged.code === 1 || (merged.code !== 0 && (await mergeBaseOf(client, base, head)) === null)) return null;
  if (merged.code !== 0 || tree === null)
    throw new ForgeError("unavailable", `git could not merge ${head.slice(0, 12)}: ${merged.error.slice(0, 200)}`, { hint: "git 2.38 or newer is needed." });
  const who = identity(by);
  const text = `tree ${tree}\nparent ${base}\nparent ${head}\nauthor ${who}\ncommitter ${who}\n\nMerge result\n`;
  return asCommit(textOf(await client.ask(["hash-object", "-t", "commit", "-w", "--stdin"], text)).trim());
}

/** One process, whatever the number of files. `tree` is the parent's. */
export async function makeCommit(client: GitClient, wish: CommitWish, tree: Tree, by: { readonly account: string; readonly at: Date }): Promise<string> {
  const who = identity(by);
  const lines = [
    "feature done",
    `commit ${SCRATCH}`,
    "mark :1",
    `author ${who}`,
    `committer ${who}`,
    data(wish.message.endsWith("\n") ? wish.message : `${wish.message}\n`),
    ...(wish.parent === null ? [] : [`from ${wish.parent}`]),
    ...fileLines(wish.files, tree),
    "",
    "get-mark :1",
    // Forgotten before it is written: the objects stay, and no two runs meet on a name.
    `reset ${SCRATCH}`,
    `from ${"0".repeat(40)}`,
    "",
    "done",
    "",
  ];
  const commit = asCommit(textOf(await client.ask(["fast-import", "--quiet"], lines.join("\n"))).trim());
  if (commit === null) throw new ForgeError("unavailable", "git did not say which commit it made.", { hint: "Run the same command again." });
  return commit;
}

const SCRATCH = "refs/scratch/commit";

function fileLines(files: readonly FileChange[], tree: Tree): readonly string[] {
  const written = new Set<string>();
  return files.flatMap(({ path, text }) => {
    checkTarget(checkPath(path), tree);
    if (written.has(path)) throw new ForgeError("invalid", `${path} is written twice in one commit.`, { hint: "Give each path once." });
    written.add(path);
    if (text === null) return [`D ${quoted(path)}`];
    return [`M ${tree.get(path)?.mode ?? "100644"} inline ${quoted(path)}`, data(text)];
  });
}

/** Only a plain file is ever replaced, and never through what stands above it. */
function checkTarget(path: string, tree: Tree): void {
  const entry = tree.get(path);
  const above = path.split("/").map((_, index, parts) => parts.slice(0, index).join("/"));
  const isFolder = entry === undefined && [...tree.keys()].some((other) => other.startsWith(`${path}/`));
  if ((entry === undefined || isFile(entry)) && !isFolder && !above.some((folder) => tree.has(folder))) return;
  throw new ForgeError("invalid", `${path} cannot be written: it is no plain file, or below one.`, {
    hint: "Links, submodules and folders are a person's to change.",
  });
}

/** Counted in bytes, so nothing in the text can end it. */
function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** No path that was checked holds a control character. */
function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function identity({ account, at }: { readonly account: string; readonly at: Date }): string {
  return `${account} <${emailOf(account)}> ${Math.floor(at.getTime() / 1000)} +0000`;
}
