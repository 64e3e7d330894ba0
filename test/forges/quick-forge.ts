/**
 * A plain-git forge that starts few processes: it works in the bare repository itself, reads and moves references there, and
 * keeps what it read of commits, for they never change. How references move over a push is the exam's matter (test/forges).
 */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Forge } from "../../src/forges/forge.ts";
import { gitClient } from "../../src/forges/git/git-client.ts";
import { gitForgeOn } from "../../src/forges/git/git-forge.ts";
import { gitSession } from "../../src/forges/git/git-session.ts";
import { openTrees } from "../../src/forges/git/git-trees.ts";
import type { GitStage } from "./git-stage.ts";

/** Every reference and its commit: here nothing packs references. */
export function refsOf(remote: string, under: string = "refs"): ReadonlyMap<string, string> {
  const entries = readdirSync(join(remote, under), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".lock")).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.flatMap((file) => refIn(file, file.slice(remote.length + 1))).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function refIn(file: string, ref: string): readonly (readonly [string, string])[] {
  try {
    return [[ref, readFileSync(file, "utf8").trim()]];
  } catch {
    // Taken away meanwhile.
    return [];
  }
}

const NONE = "0".repeat(40);

export function quickForge({ remote, people, folder, account, now }: GitStage): Forge {
  const client = gitClient({ remote, work: remote, name: "acme/pay", env: process.env });
  const local: typeof client = {
    ...client,
    refs: async (_patterns, wanted) => new Map([...refsOf(remote)].filter(([ref]) => wanted(ref))),
    need: async (commits) => (commits.includes("") ? client.need(commits) : undefined),
    swap: async ({ ref, expected, next }) => {
      const { status } = spawnSync("git", ["update-ref", "--no-deref", ref, next ?? NONE, expected ?? NONE], { cwd: remote });
      return status === 0 ? { state: "done" } : { state: "moved", now: refsOf(remote).get(ref) ?? null };
    },
  };
  const parts = { trees: openTrees(local), folder: people.folder, folderPath: folder, account, name: "acme/pay", now: () => new Date(now()) };
  const forge = gitForgeOn(gitSession({ ...parts, client: local }));
  return { ...forge, ...keptCommits(forge) };
}

type Kept = "repository" | "paths" | "read" | "commits" | "changed" | "mergeBase";

/** What never changes is asked once. */
export function keptCommits(forge: Pick<Forge, Kept>): Pick<Forge, Kept> {
  return {
    repository: kept(forge.repository),
    paths: kept(forge.paths),
    read: kept(forge.read),
    commits: kept(forge.commits),
    changed: kept(forge.changed),
    mergeBase: kept(forge.mergeBase),
  };
}

/** What fails is asked again. */
function kept<A extends readonly unknown[], R>(ask: (...given: A) => Promise<R>): (...given: A) => Promise<R> {
  const known = new Map<string, R>();
  return async (...given) => {
    const question = JSON.stringify(given);
    const answer = known.get(question);
    if (answer !== undefined) return answer;
    const fresh = await ask(...given);
    known.set(question, fresh);
    return fresh;
  };
}
