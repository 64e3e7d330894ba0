/** `canon clean`: removes what can be made again, and nothing else. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "./workspace.ts";

/** Answers whether there was anything. `.canon/state` and the local tracker are data and stay. */
export async function cleanCache({ root, disk }: Pick<Workspace, "root" | "disk">): Promise<boolean> {
  const cache = join(root, ".canon", "cache");
  // Where .canon is a link, what lies behind it is not ours.
  if ((await disk.facts(join(root, ".canon")))?.kind !== "folder" || (await disk.facts(cache)) === null) return false;
  await rm(cache, { recursive: true, force: true });
  return true;
}
