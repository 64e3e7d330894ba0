/** A real bare repository, and people's commits, merges and pushes in it: plumbing of git itself, a process or two for each. */

import { spawnSync } from "node:child_process";
import type { PushedFile } from "./stage.ts";

/** Who commits, and when by the host's clock. */
export interface Committer {
  readonly name: string;
  readonly email: string;
  readonly at: string;
}

export interface PersonsCommit {
  readonly ref: string;
  /** null: the first commit of a history. */
  readonly parent: string | null;
  readonly files: readonly PushedFile[];
  readonly message: string;
  /** So many commits, each on the other, all with the same files. */
  readonly times?: number;
}

/** `main` with one commit; answers it. */
export function makeBareRepository(remote: string, files: Readonly<Record<string, string>>, by: Committer): string {
  run(".", ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", remote]);
  const first = Object.entries(files).map(([path, content]) => ({ path, content }));
  return commitInto(remote, { ref: "refs/heads/main", parent: null, files: first, message: "First" }, by);
}

/** Sets the reference, whatever stood there; answers its new commit. */
export function commitInto(remote: string, { ref, parent, files, message, times = 1 }: PersonsCommit, by: Committer): string {
  const who = `${by.name} <${by.email}> ${Math.floor(Date.parse(by.at) / 1000)} +0000`;
  const parts: (string | Uint8Array)[] = [];
  for (let n = 0; n < times; n += 1) {
    parts.push(`commit ${ref}\nmark :${n + 1}\nauthor ${who}\ncommitter ${who}\n${data(message)}`);
    if (n > 0 || parent !== null) parts.push(`from ${n > 0 ? `:${n}` : parent}\n`);
    for (const file of files) parts.push(...fileCommand(file));
    parts.push("\n");
  }
  parts.push(`get-mark :${times}\n`);
  return run(remote, ["fast-import", "--quiet", "--force"], Buffer.concat(parts.map((part) => Buffer.from(part))));
}

/** Real merges; throws where git finds a conflict. The base branch moves. */
export function mergeInto(
  remote: string,
  merge: { readonly base: string; readonly head: string; readonly how: "merge" | "squash"; readonly message: string },
  by: Committer,
): string {
  const ref = `refs/heads/${merge.base}`;
  const base = refIn(remote, ref) ?? "";
  const tree = run(remote, ["merge-tree", "--write-tree", base, merge.head]);
  const parents = merge.how === "merge" ? `parent ${base}\nparent ${merge.head}` : `parent ${base}`;
  const who = `${by.name} <${by.email}> ${Math.floor(Date.parse(by.at) / 1000)} +0000`;
  const text = `tree ${tree}\n${parents}\nauthor ${who}\ncommitter ${who}\n\n${merge.message}\n`;
  const commit = run(remote, ["hash-object", "-t", "commit", "-w", "--stdin"], text);
  run(remote, ["update-ref", ref, commit, base]);
  return commit;
}

/** Every reference and its commit. One process. */
export function refsIn(remote: string): ReadonlyMap<string, string> {
  const lines = run(remote, ["for-each-ref", "--format=%(objectname) %(refname)"]).split("\n");
  return new Map(lines.flatMap((line) => (line === "" ? [] : [[line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))] as const])));
}

/** null: there is none. */
export function refIn(remote: string, ref: string): string | null {
  return refsIn(remote).get(ref) ?? null;
}

export function deleteRef(remote: string, ref: string): void {
  run(remote, ["update-ref", "-d", ref]);
}

function fileCommand({ path, content, kind = "file" }: PushedFile): readonly (string | Uint8Array)[] {
  const name = `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
  if (content === null) return [`D ${name}\n`];
  if (kind === "submodule") return [`M 160000 ${String(content)} ${name}\n`];
  const mode = kind === "link" ? "120000" : kind === "executable" ? "100755" : "100644";
  return [`M ${mode} inline ${name}\n`, `data ${Buffer.from(content).length}\n`, content, "\n"];
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function run(cwd: string, args: readonly string[], input: string | Uint8Array = ""): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, input, maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`git ${args.join(" ")} in ${cwd}: ${status} ${String(stderr)}${String(stdout)}`);
  return String(stdout).trim();
}
