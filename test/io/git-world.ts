/** A bare remote and clones of it, made with real git. */

import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { readRepository, type Repository } from "../../src/io/git.ts";
import { openLog } from "../../src/io/log.ts";
import { tempFolder } from "./temp-folder.ts";

export const GLOBS: readonly string[] = ["specs/**/*.md"];

export function git(folder: string, ...args: readonly string[]): string {
  const run = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  expect(`${run.stderr} ${run.status}`, `git ${args.join(" ")}`).toMatch(/ 0$/);
  return run.stdout.trim();
}

export async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Writes, commits, and answers the commit. */
export async function commit(folder: string, path: string, text: string): Promise<string> {
  await write(folder, path, text);
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", `change ${path}`);
  return git(folder, "rev-parse", "HEAD");
}

export interface World {
  readonly root: string;
  readonly remote: string;
  readonly a: string;
  readonly b: string;
  /** The first commit, on main and pushed. */
  readonly first: string;
}

export async function world(): Promise<World> {
  const root = await tempFolder();
  const [remote, a, b] = [join(root, "remote.git"), join(root, "a"), join(root, "b")];
  git(root, "init", "-q", "--bare", "-b", "main", remote);
  git(root, "clone", "-q", remote, a);
  git(a, "checkout", "-q", "-b", "main");
  const first = await commit(a, "specs/pay.md", "# Pay\n");
  git(a, "push", "-q", "-u", "origin", "main");
  git(root, "clone", "-q", remote, b);
  return { root, remote, a, b, first };
}

/** Opens a repository and counts the processes it starts. */
export async function open(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<{ repository: Repository; processes: string[] }> {
  const processes: string[] = [];
  const log = openLog(
    "git",
    (text) => text,
    (line) => void processes.push(line),
  );
  const repository = await readRepository(folder, { env, log });
  if (repository === null) throw new Error(`${folder} is no repository`);
  return { repository, processes };
}
