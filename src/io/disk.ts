/** The file system as Canon writes it: few operations, each durable when it returns, so that tests can stop the process between any two. */

import { constants } from "node:fs";
import { access, lstat, mkdir, open, readdir, readFile, rename, rm, truncate } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { errorCode } from "./error-code.ts";

export interface PathFacts {
  /** Of the path itself: a link is a link, wherever it leads. */
  readonly kind: "file" | "folder" | "link" | "other";
  readonly writable: boolean;
  readonly mode: number;
}

export interface Disk {
  /** null: there is nothing. */
  read(path: string): Promise<Uint8Array | null>;
  facts(path: string): Promise<PathFacts | null>;
  /** Names in a folder, sorted; none where there is no folder. */
  list(folder: string): Promise<readonly string[]>;
  /** A new file beside `path`, with its mode and on the disk when this returns; answers its name. */
  writeTemp(path: string, bytes: Uint8Array): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  /** Makes the file where there is none; never through a link. */
  append(path: string, text: string): Promise<void>;
  truncate(path: string, bytes: number): Promise<void>;
  /** Nothing to remove is fine. */
  remove(path: string): Promise<void>;
  makeDir(path: string): Promise<void>;
}

export function realDisk(): Disk {
  return { read, facts, list, writeTemp, rename: renameDurably, append, truncate: truncateDurably, remove, makeDir };
}

async function read(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

async function facts(path: string): Promise<PathFacts | null> {
  try {
    const found = await lstat(path);
    const kind = found.isFile() ? "file" : found.isDirectory() ? "folder" : found.isSymbolicLink() ? "link" : "other";
    // The bits are asked first: for root, access() says yes to a read-only file.
    const writable = (found.mode & 0o222) !== 0 && (kind === "link" || (await mayWrite(path)));
    return { kind, writable, mode: found.mode & 0o7777 };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

async function mayWrite(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

async function writeTemp(path: string, bytes: Uint8Array): Promise<string> {
  const temp = join(dirname(path), tempName(basename(path)));
  const mode = (await facts(path))?.mode;
  try {
    const file = await open(temp, "wx", mode);
    try {
      await file.writeFile(bytes);
      // The mode given to open is cut by the umask.
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(temp, { force: true });
    throw named(error, path);
  }
  return temp;
}

async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

async function append(path: string, text: string): Promise<void> {
  const fresh = (await facts(path)) === null;
  // O_NOFOLLOW is missing on Windows.
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags);
  try {
    await file.writeFile(text, "utf8");
    await file.datasync();
  } catch (error) {
    throw named(error, path);
  } finally {
    await file.close();
  }
  if (fresh) await syncFolder(dirname(path));
}

async function truncateDurably(path: string, bytes: number): Promise<void> {
  await truncate(path, bytes);
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
}

async function makeDir(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}

/** Makes the names in a folder durable. Some systems cannot open or sync a folder: there the rename itself must do. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!["EINVAL", "EPERM", "EISDIR", "ENOTSUP", "EACCES", "EBADF"].includes(errorCode(error))) throw error;
  }
}

/** What fails on an open file does not say which file it was. */
function named(error: unknown, path: string): unknown {
  return error instanceof Error && !("path" in error) ? Object.assign(error, { path }) : error;
}

function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(errorCode(error));
}

/** `.payments.md.canon-4711-9f2c01ab.tmp`: hidden, never taken for a spec, and it says whose it is. */
function tempName(name: string): string {
  return `.${name}.canon-${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
}
