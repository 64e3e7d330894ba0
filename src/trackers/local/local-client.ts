/** The door to the local tracker's file: opens it lazily, runs transactions, and makes every `TrackerError`. */

import { existsSync, lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { systemReason } from "../../io/system-refusal.ts";
import { TrackerError } from "../tracker-error.ts";
import { APPLICATION_ID, migration, SCHEMA_VERSION } from "./local-schema.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Statements on an open file, inside a transaction. */
export interface Sql {
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  /** What `take` makes of each row: rows are let go one by one, because keeping tens of thousands costs more than reading them. */
  map<T>(take: (row: Row) => T, sql: string, ...values: readonly SQLInputValue[]): readonly T[];
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  run(sql: string, ...values: readonly SQLInputValue[]): void;
}

export interface LocalClient {
  /** null where there is no file yet: reading never makes one. */
  read<T>(work: (sql: Sql) => T): T | null;
  /** All of it or nothing; waits for other writers. */
  write<T>(work: (sql: Sql) => T): T;
  end(): void;
}

/** Milliseconds to wait for another writer. */
const PATIENCE = 10_000;

export function localClient(file: string, root?: string): LocalClient {
  let open: { readonly database: DatabaseSync; readonly sql: Sql } | null = null;
  const shown = root === undefined ? file : relative(root, file).split(sep).join("/");

  const connect = (): NonNullable<typeof open> => {
    if (open) return open;
    const database = new DatabaseSync(file, { timeout: PATIENCE });
    try {
      prepare(database, shown);
    } catch (error) {
      database.close();
      throw error;
    }
    open = { database, sql: cachedSql(database) };
    return open;
  };

  const transaction = <T>(begin: string, work: (sql: Sql) => T): T => {
    const { database, sql } = connect();
    database.exec(begin);
    try {
      const result = work(sql);
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  return {
    read: (work) =>
      guarded(shown, () => {
        if (!open && root !== undefined) refuseOutside(file, root, shown);
        return isThere(file) ? transaction("BEGIN", work) : null;
      }),
    write: (work) =>
      guarded(shown, () => {
        if (!open && root !== undefined) refuseOutside(file, root, shown);
        if (!open) mkdirSync(dirname(file), { recursive: true });
        return transaction("BEGIN IMMEDIATE", work);
      }),
    end: () => {
      open?.database.close();
      open = null;
    },
  };
}

/** Of a path that reads as one inside. Links are looked at as they are now: of what is not there yet, its nearest folder counts. */
function refuseOutside(file: string, root: string, shown: string): void {
  if (!isInside(root, file)) return;
  let there = file;
  while (!existsSync(there) && !isLink(there) && dirname(there) !== there) there = dirname(there);
  const real = existsSync(there) ? realpathSync.native(there) : null;
  if (real !== null && isInside(realpathSync.native(root), real)) return;
  throw new TrackerError(
    "forbidden",
    `The local tracker ${shown} is reached by a symbolic link that leads ${real === null ? "nowhere" : `out of the workspace, to ${real}`}.`,
    {
      hint: "Put a file or folder of the workspace in its place, or set path: of this target to another file.",
    },
  );
}

function isInside(root: string, path: string): boolean {
  return relative(root, path).split(sep)[0] !== "..";
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function isThere(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}

function prepare(database: DatabaseSync, file: string): void {
  const found = database
    .prepare(
      "SELECT (SELECT user_version FROM pragma_user_version) AS version, (SELECT application_id FROM pragma_application_id) AS application, (SELECT count(*) FROM sqlite_schema) AS tables",
    )
    .get();
  const version = Number(found?.["version"]);
  const tables = Number(found?.["tables"]);
  if (tables > 0 && Number(found?.["application"]) !== APPLICATION_ID) {
    throw new TrackerError("unavailable", `${file} is a database, but not one of Canon's.`, { hint: "Set path: of this target to another file." });
  }
  if (version > SCHEMA_VERSION) {
    throw new TrackerError("unavailable", `${file} was written by a newer Canon (format ${version}; this one knows ${SCHEMA_VERSION}).`, {
      hint: "Upgrade Canon.",
    });
  }
  database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  if (version === SCHEMA_VERSION) return;
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("BEGIN IMMEDIATE");
  // Another process may have been faster.
  const now = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (now < SCHEMA_VERSION) database.exec(migration(now));
  database.exec("COMMIT");
}

function cachedSql(database: DatabaseSync): Sql {
  const statements = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known) return known;
    const made = database.prepare(text);
    statements.set(text, made);
    return made;
  };
  return {
    all: (text, ...values) => statement(text).all(...values),
    map: (take, text, ...values) => Array.from(statement(text).iterate(...values), take),
    get: (text, ...values) => statement(text).get(...values),
    run: (text, ...values) => void statement(text).run(...values),
  };
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof TrackerError ? error : (fromSqlite(file, error) ?? fromFileSystem(file, error) ?? error);
  }
}

/** Primary result codes of SQLite; extended ones carry them in the low byte. */
const SQLITE: Readonly<Record<number, readonly [message: string, hint: string]>> = {
  5: ["is held by another process", "Wait for it to end, or stop it, then run the command again."],
  6: ["is held by another process", "Wait for it to end, or stop it, then run the command again."],
  8: ["may not be written", "Give yourself write permission for the file and its folder."],
  10: ["cannot be read or written: the disk reports an error", "Check the disk, then run the command again."],
  11: ["is damaged", "Put it aside and restore a backup, or canon local import an export of it."],
  13: ["cannot grow: the disk is full", "Free some space, then run the command again: nothing of this write was kept."],
  14: ["cannot be opened", "Check that it is a file, and the permissions of its folder."],
  19: ["was given the same thing twice, or a thing that belongs to nothing", "Give a file made by canon local export, as it was made."],
  26: ["is not a local tracker: it holds something else, or is damaged", "Put it aside and restore a backup, or set path: of this target to another file."],
};

function fromSqlite(file: string, error: unknown): TrackerError | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  const [what, hint] = SQLITE[error.errcode & 0xff] ?? [`answered: ${error.message}`, "Run the command again; if it stays, restore a backup."];
  return new TrackerError("unavailable", `The local tracker ${file} ${what}.`, { hint, cause: error });
}

function fromFileSystem(file: string, error: unknown): TrackerError | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  return new TrackerError("unavailable", `The local tracker ${file} cannot be reached: ${systemReason(error)}.`, {
    hint: "Check the path and its permissions.",
    cause: error,
  });
}

/** A row or a stored document is not what this version writes. */
export function damaged(what: string): TrackerError {
  return new TrackerError("unavailable", `The local tracker is damaged: ${what}.`, {
    hint: "Put the file aside and restore a backup, or canon local import an export of it.",
  });
}

export function invalid(message: string, hint?: string): TrackerError {
  return new TrackerError("invalid", message, hint === undefined ? {} : { hint });
}

export function notFound(key: string, project: string): TrackerError {
  return new TrackerError("not-found", `${project} has no ticket ${key}.`, { hint: "canon local list shows those there are." });
}

export function conflict(message: string, hint: string): TrackerError {
  return new TrackerError("conflict", message, { hint });
}

export function unavailable(message: string): TrackerError {
  return new TrackerError("unavailable", message, { hint: "Run the command again." });
}

export function forbidden(message: string): TrackerError {
  return new TrackerError("forbidden", message, { hint: "A fault was set on this local tracker: canon local behave shows them." });
}

export function rateLimited(ms: number): TrackerError {
  return new TrackerError("rate-limited", "Too many requests.", { retryAfter: ms / 1000 });
}

export function unknownOutcome(message: string): TrackerError {
  return new TrackerError("unknown-outcome", message, { hint: "Run the command again: it finds out what became of the request." });
}
