/** What a repository says of itself in its own files: no process is started, so it costs less than a millisecond. */

import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { lastValue, parseGitConfig, remoteNames, type GitConfig } from "./git-config.ts";

export interface GitFiles {
  /** Top of the work tree. */
  readonly top: string;
  /** From the top to the workspace: "" or "services/pay/". */
  readonly prefix: string;
  /** Of this work tree. */
  readonly gitDir: string;
  /** What all work trees share. */
  readonly commonDir: string;
  /** null: no commit yet. */
  readonly head: string | null;
  /** null: detached. */
  readonly branch: string | null;
  readonly shallow: boolean;
  readonly remote: { readonly name: string; readonly url: string } | null;
  readonly config: GitConfig;
}

/** null outside a repository. `readHead` is asked where references are not kept in files (reftable). */
export async function readGitFiles(root: string, readHead: (top: string) => Promise<Head>): Promise<GitFiles | null> {
  const real = await realpath(root).catch(() => resolve(root));
  const found = await findGitDir(real);
  if (found === null) return null;
  const { top, gitDir } = found;
  const shared = await readText(join(gitDir, "commondir"));
  const commonDir = shared === null ? gitDir : resolve(gitDir, shared.trim());
  const [configText, shallow, headText] = await Promise.all([
    readText(join(commonDir, "config")),
    readText(join(commonDir, "shallow")),
    readText(join(gitDir, "HEAD")),
  ]);
  const config = parseGitConfig(configText ?? "");
  const inFiles = (lastValue(config, "extensions.refstorage") ?? "files") === "files";
  const head = inFiles ? await headOf(headText ?? "", commonDir) : await readHead(top);
  const inside = relative(top, real).replaceAll("\\", "/");
  return { top, prefix: inside === "" ? "" : `${inside}/`, gitDir, commonDir, ...head, shallow: (shallow ?? "") !== "", remote: remoteOf(config), config };
}

export interface Head {
  readonly head: string | null;
  readonly branch: string | null;
}

/** The commit of a reference such as refs/heads/main; null where it is not kept in files or does not exist. */
export async function readRef(commonDir: string, name: string): Promise<string | null> {
  if (!/^refs\/[^\0]+$/.test(name) || name.includes("..")) return null;
  const loose = (await readText(join(commonDir, name)))?.trim();
  if (loose !== undefined) return asCommit(loose);
  const packed = (await readText(join(commonDir, "packed-refs"))) ?? "";
  const line = packed.split("\n").find((entry) => entry.endsWith(` ${name}`));
  return line === undefined ? null : asCommit(line.slice(0, line.indexOf(" ")));
}

/** The remote's default branch as the clone noted it; null where it did not. */
export async function rememberedDefault({ commonDir, remote }: Pick<GitFiles, "commonDir" | "remote">): Promise<string | null> {
  if (remote === null) return null;
  const start = `refs/remotes/${remote.name}/`;
  const ref = /^ref: (.+)$/m.exec((await readText(join(commonDir, start, "HEAD"))) ?? "")?.[1] ?? "";
  return ref.startsWith(start) ? ref.slice(start.length) : null;
}

/** SHA-1 or SHA-256 in full. What is not one never reaches an argument. */
export function asCommit(text: string): string | null {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

async function findGitDir(root: string): Promise<{ top: string; gitDir: string } | null> {
  for (let folder = root; ; folder = dirname(folder)) {
    const gitDir = await gitDirIn(folder);
    if (gitDir !== null) return { top: folder, gitDir };
    if (folder === dirname(folder)) return null;
  }
}

/** `.git` is a folder, or a file that names one (work trees, submodules). */
async function gitDirIn(folder: string): Promise<string | null> {
  const path = join(folder, ".git");
  const entry = await stat(path).catch(() => null);
  if (entry === null) return null;
  const pointer = entry.isFile() ? /^gitdir: (.+)$/m.exec((await readText(path)) ?? "")?.[1] : ".git";
  if (pointer === undefined) return null;
  const gitDir = resolve(folder, pointer.trim());
  return (await readText(join(gitDir, "HEAD"))) === null ? null : gitDir;
}

async function headOf(text: string, commonDir: string): Promise<Head> {
  const ref = /^ref: (.+)$/m.exec(text)?.[1]?.trim();
  if (ref === undefined) return { head: asCommit(text.trim()), branch: null };
  return { head: await readRef(commonDir, ref), branch: ref.replace(/^refs\/heads\//, "") };
}

/** `origin`, else the first there is. */
function remoteOf(config: GitConfig): GitFiles["remote"] {
  const names = remoteNames(config);
  const name = names.includes("origin") ? "origin" : names[0];
  const url = name === undefined ? null : (config.get(`remote.${name}.url`)?.[0] ?? null);
  return name === undefined || url === null ? null : { name, url };
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}
