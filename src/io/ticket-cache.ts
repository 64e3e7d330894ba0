/** Tickets that were looked up lately, in `.canon/cache/tickets`: a second look within an hour asks nobody. Never through a link: a repository may bring one along. */

import { join } from "node:path";
import { fingerprint } from "../core/fingerprint.ts";
import type { Disk } from "./disk.ts";

/** Milliseconds. */
const HOUR = 3_600_000;

const FOLDERS = [".canon", ".canon/cache", ".canon/cache/tickets"] as const;

export interface CachedText {
  readonly text: string;
  /** ISO 8601, UTC: when it was asked for. */
  readonly at: string;
}

/** null: there is none, it is older than an hour, or it cannot be read; then the tracker is asked. */
export async function readCached(disk: Disk, root: string, name: string, now: Date): Promise<CachedText | null> {
  try {
    if (!(await isWithin(disk, root))) return null;
    const file = fileOf(root, name);
    const bytes = (await disk.facts(file))?.kind === "file" ? await disk.read(file) : null;
    const lines = Buffer.from(bytes ?? []).toString("utf8");
    const end = lines.indexOf("\n");
    const at = lines.slice(0, end);
    const age = now.getTime() - Date.parse(at);
    return end > 0 && age >= 0 && age < HOUR ? { text: lines.slice(end + 1), at } : null;
  } catch {
    return null;
  }
}

/** A cache that cannot be written is none: the next look asks again. */
export async function writeCached(disk: Disk, root: string, name: string, text: string, now: Date): Promise<void> {
  try {
    if (!(await isWithin(disk, root))) return;
    await disk.makeDir(join(root, ".canon", "cache", "tickets"));
    const file = fileOf(root, name);
    // Renamed over whatever stands there: a link by that name is replaced, not followed.
    await disk.rename(await disk.writeTemp(file, Buffer.from(`${now.toISOString()}\n${text}`)), file);
  } catch {
    return;
  }
}

/** False where a folder on the way is a link, or no folder. */
async function isWithin(disk: Disk, root: string): Promise<boolean> {
  const kinds = await Promise.all(FOLDERS.map(async (folder) => (await disk.facts(join(root, folder)))?.kind ?? "folder"));
  return kinds.every((kind) => kind === "folder");
}

function fileOf(root: string, name: string): string {
  return join(root, ".canon", "cache", "tickets", `${fingerprint(name)}.json`);
}
