/**
 * The lock of a workspace: one run writes at a time. The kernel keeps it, through SQLite, because a lock file that a
 * dead process left can only be taken over safely by whoever already holds a lock: here there is nothing to take over,
 * it falls with its process, however that ends, and no process id is ever guessed at.
 */

import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { number, object, string, type ZodMiniType } from "zod/mini";
import type { Disk } from "./disk.ts";
import { isAlive } from "./is-alive.ts";
import { StateError } from "./state-error.ts";
import { systemReason } from "./system-refusal.ts";

/** For people: what `canon lock show` and the refusal of a second run say. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** As it was typed: "canon apply". */
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface Lock {
  release(): Promise<void>;
}

export type LockResult =
  | { readonly ok: true; readonly lock: Lock }
  /** Exit 7. `holder` is null in the moment before it has told its name. */
  | { readonly ok: false; readonly holder: LockHolder | null; readonly message: string; readonly hint: string };

const holderSchema: ZodMiniType<LockHolder> = object({ pid: number(), host: string(), command: string(), since: string() });

/** A connection that is garbage collected gives its lock up. */
const held = new Set<DatabaseSync>();

/** Milliseconds: who only looks whether it is free holds the lock for a moment too. */
const PATIENCE = 100;

/** Waits for nobody who writes. Throws a StateError where no lock can be had at all. */
export async function takeLock(disk: Disk, stateDir: string, who: { readonly command: string; readonly now: Date }): Promise<LockResult> {
  await disk.makeDir(stateDir);
  const path = join(stateDir, "lock");
  const facts = await disk.facts(path);
  if (facts !== null && facts.kind !== "file") throw noLock("it is no file");
  const connection = tryLock(path, PATIENCE);
  if (connection === null) return refusal(await readHolder(disk, stateDir));
  held.add(connection);
  const release = async (): Promise<void> => {
    if (!held.delete(connection)) return;
    await disk.remove(holderPath(stateDir)).catch(() => undefined);
    connection.close();
  };
  try {
    await writeHolder(disk, stateDir, { pid: process.pid, host: hostname(), command: who.command, since: who.now.toISOString() });
  } catch (error) {
    await release();
    throw error;
  }
  return { ok: true, lock: { release } };
}

/** Who holds the lock now; null when it is free or its holder is not known yet. */
export async function lockHolder(disk: Disk, stateDir: string): Promise<LockHolder | null> {
  const path = join(stateDir, "lock");
  if ((await disk.facts(path)) === null) return null;
  const connection = tryLock(path, 0);
  if (connection === null) return readHolder(disk, stateDir);
  connection.close();
  return null;
}

const SQLITE_BUSY = 5;
/** Primary result codes of SQLite, in our words. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [8, "it may not be written"],
  [13, "the disk is full"],
  [14, "it cannot be opened"],
]);

/** The file stays empty: an open write transaction that never writes is the lock. null: another process has it. */
function tryLock(path: string, timeout: number): DatabaseSync | null {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(path, { timeout });
    connection.exec("BEGIN IMMEDIATE");
    return connection;
  } catch (error) {
    connection?.close();
    const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : null;
    if (code === SQLITE_BUSY) return null;
    throw noLock(REASONS.get(code ?? -1) ?? systemReason(error), error);
  }
}

function noLock(what: string, cause?: unknown): StateError {
  const path = ".canon/state/lock";
  return new StateError(
    "lock-unusable",
    `The lock of the workspace cannot be taken: ${what}.`,
    { path },
    "Check that .canon/state is a folder you may write to, on a local disk; the file itself may be removed while no canon runs.",
    cause,
  );
}

function refusal(holder: LockHolder | null): LockResult {
  if (holder === null) return { ok: false, holder, message: "Another canon is writing in this workspace.", hint: "Wait until it is done and try again." };
  const message = `${holder.command} is writing in this workspace since ${holder.since.replace("T", " ").replace(/(?:\.\d+)?Z$/, " UTC")} (process ${holder.pid} on ${holder.host}).`;
  return { ok: false, holder, message, hint: "Wait until it is done and try again; if it hangs, end that process: its lock falls with it." };
}

function holderPath(stateDir: string): string {
  return join(stateDir, "lock.json");
}

async function writeHolder(disk: Disk, stateDir: string, holder: LockHolder): Promise<void> {
  const path = holderPath(stateDir);
  await disk.rename(await disk.writeTemp(path, Buffer.from(`${JSON.stringify(holder)}\n`)), path);
}

/** What stands there may be of a run that died, while the next has the lock and not yet its name written: only for words. */
async function readHolder(disk: Disk, stateDir: string): Promise<LockHolder | null> {
  const bytes = await disk.read(holderPath(stateDir));
  if (bytes === null) return null;
  try {
    const holder = holderSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return holder.success && !isDead(holder.data) ? holder.data : null;
  } catch {
    return null;
  }
}

function isDead({ pid, host }: LockHolder): boolean {
  return host === hostname() && !isAlive(pid);
}
