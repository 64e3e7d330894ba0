/** Writing a whole file so that nobody ever sees half of it, and never over what somebody else wrote meanwhile. */

import { join } from "node:path";
import { errorCode } from "./error-code.ts";
import type { Disk } from "./disk.ts";
import { isAlive } from "./is-alive.ts";

export type ReplaceResult =
  | { readonly ok: true }
  /** The file is as it was. `message` is a phrase that follows the file's name: "is read-only". */
  | { readonly ok: false; readonly why: "changed" | "link" | "read-only" | "no-space" | "other"; readonly message: string };

/** Succeeds only while the file holds `expected`. Temp file, fsync, check, rename. */
export async function replaceFile(disk: Disk, path: string, expected: Uint8Array, next: Uint8Array): Promise<ReplaceResult> {
  let temp: string | null = null;
  try {
    const refusal = await refusalOf(disk, path);
    if (refusal !== null) return refusal;
    temp = await disk.writeTemp(path, next);
    // Checked as late as possible: what is written between this line and the rename is lost, and that is microseconds.
    const changed = (await refusalOf(disk, path)) ?? (await changeOf(disk, path, expected));
    if (changed !== null) return changed;
    await disk.rename(temp, path);
    temp = null;
    return { ok: true };
  } catch (error) {
    return failure(error);
  } finally {
    if (temp !== null) await disk.remove(temp).catch(() => undefined);
  }
}

async function refusalOf(disk: Disk, path: string): Promise<ReplaceResult | null> {
  const facts = await disk.facts(path);
  if (facts === null) return { ok: false, why: "changed", message: "is gone" };
  if (facts.kind === "link") return { ok: false, why: "link", message: "is a symbolic link, and Canon never writes through one" };
  if (facts.kind !== "file") return { ok: false, why: "changed", message: "is no longer a file" };
  if (!facts.writable) return { ok: false, why: "read-only", message: "is read-only" };
  return null;
}

async function changeOf(disk: Disk, path: string, expected: Uint8Array): Promise<ReplaceResult | null> {
  const found = await disk.read(path);
  if (found !== null && Buffer.from(found).equals(expected)) return null;
  return { ok: false, why: "changed", message: "was changed by somebody else meanwhile" };
}

function failure(error: unknown): ReplaceResult {
  const code = errorCode(error);
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) return { ok: false, why: "no-space", message: "cannot be written: the disk is full" };
  if (["EACCES", "EPERM", "EROFS"].includes(code)) return { ok: false, why: "read-only", message: `cannot be written: its folder is read-only (${code})` };
  return { ok: false, why: "other", message: `cannot be written: ${error instanceof Error ? error.message : String(error)}` };
}

const LEFTOVER = /^\..+\.canon-(\d+)-[0-9a-f]{8}\.tmp$/;

/** Removes temp files that a dead run left in a folder; answers how many. */
export async function removeLeftovers(disk: Disk, folder: string): Promise<number> {
  let removed = 0;
  for (const name of await disk.list(folder)) {
    const pid = LEFTOVER.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await disk.remove(join(folder, name));
    removed += 1;
  }
  return removed;
}
