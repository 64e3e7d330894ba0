/** Tickets that were looked up lately, in `.canon/cache/tickets`: a second look within an hour asks nobody. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../core/fingerprint.ts";

/** Milliseconds. */
const HOUR = 3_600_000;

export interface CachedText {
  readonly text: string;
  /** ISO 8601, UTC: when it was asked for. */
  readonly at: string;
}

/** null: there is none, it is older than an hour, or it cannot be read; then the tracker is asked. */
export async function readCached(root: string, name: string, now: Date): Promise<CachedText | null> {
  try {
    const lines = await readFile(fileOf(root, name), "utf8");
    const end = lines.indexOf("\n");
    const at = lines.slice(0, end);
    const age = now.getTime() - Date.parse(at);
    return end > 0 && age >= 0 && age < HOUR ? { text: lines.slice(end + 1), at } : null;
  } catch {
    return null;
  }
}

/** A cache that cannot be written is none: the next look asks again. */
export async function writeCached(root: string, name: string, text: string, now: Date): Promise<void> {
  try {
    await mkdir(join(root, ".canon", "cache", "tickets"), { recursive: true });
    await writeFile(fileOf(root, name), `${now.toISOString()}\n${text}`);
  } catch {
    return;
  }
}

function fileOf(root: string, name: string): string {
  return join(root, ".canon", "cache", "tickets", `${fingerprint(name)}.json`);
}
