/**
 * The door to the folder of pull requests: whole files, written beside and renamed, and one writer at a time. The lock is
 * SQLite's, as the workspace's is (src/io/lock.ts): it falls with its process. Work under it never waits for anything.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ZodMiniType } from "zod/mini";
import { errorCode } from "../../io/error-code.ts";
import { systemReason } from "../../io/system-refusal.ts";
import { ForgeError } from "../forge-error.ts";

export interface FolderClient {
  /** null: there is no such file. */
  read<T>(path: string, schema: ZodMiniType<T>): T | null;
  /** Names without their ending; none where there is no folder. */
  list(path: string): readonly string[];
  write(path: string, value: unknown): void;
  remove(path: string): void;
  /** Waits for other processes; `work` must not be async. */
  locked<T>(work: () => T): T;
}

/** Milliseconds to wait for another writer. */
const PATIENCE = 10_000;
const ENDING = ".json";

export function folderClient(folder: string): FolderClient {
  const at = (path: string): string => join(folder, `${path}${ENDING}`);
  return {
    read: (path, schema) => attempt(() => readJson(at(path), schema)),
    list: (path) => attempt(() => namesIn(join(folder, path))),
    write: (path, value) => attempt(() => writeWhole(at(path), `${JSON.stringify(value, null, 2)}\n`)),
    remove: (path) => attempt(() => rmSync(at(path), { force: true })),
    locked: (work) => {
      const lock = attempt(() => takeLock(folder));
      try {
        return work();
      } finally {
        lock.close();
      }
    },
  };
}

export function notFound(what: string): ForgeError {
  return new ForgeError("not-found", `There is no ${what}.`, { hint: "It may have been deleted: read again what there is." });
}

export function invalid(message: string, hint: string): ForgeError {
  return new ForgeError("invalid", message, { hint });
}

export function forbidden(message: string, hint: string): ForgeError {
  return new ForgeError("forbidden", message, { hint });
}

function takeLock(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, "lock"), { timeout: PATIENCE });
  try {
    database.exec("BEGIN IMMEDIATE");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function readJson<T>(path: string, schema: ZodMiniType<T>): T | null {
  const text = textIn(path);
  if (text === null) return null;
  const parsed = schema.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  throw invalid(`${path} is damaged.`, "Put it back as it was, or remove the file.");
}

function textIn(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((name) => (name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : []));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Only the holder of the lock writes, so one name for what is not whole yet is enough, and the next writer clears it away. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temp = `${path}.tmp`;
  writeFileSync(temp, text);
  renameSync(temp, path);
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ForgeError) throw error;
    throw new ForgeError("unavailable", `The folder of pull requests cannot be used: ${systemReason(error)}.`, {
      hint: "Check that it may be read and written, then run the same command again.",
      cause: error,
    });
  }
}
