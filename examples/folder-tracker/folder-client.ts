/** The door to the folder: whole files in and out, one writer at a time, and the only maker of TrackerErrors. */

import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import { realDisk } from "../../src/io/disk.ts";
import { errorCode } from "../../src/io/error-code.ts";
import { takeLock } from "../../src/io/lock.ts";
import { StateError } from "../../src/io/state-error.ts";
import type { LocalOperation } from "../../src/trackers/local-desk.ts";
import { TrackerError, type TrackerErrorKind } from "../../src/trackers/tracker-error.ts";
import type { FieldEdit } from "../../src/trackers/tracker.ts";
import { parseTicket, printTicket, type StoredTicket } from "./folder-ticket.ts";

export type LoggedEdit = FieldEdit & { readonly id: string };

export interface Folder {
  /** In the order of creation. */
  readonly tickets: readonly StoredTicket[];
  /** Files that are no tickets any more: with one of them, absence proves nothing. */
  readonly broken: readonly string[];
  readonly edits: () => readonly LoggedEdit[];
}

export interface OpenFolder extends Folder {
  /** Never given before: a removed ticket's number stays its own. */
  nextNumber(): number;
  save(ticket: StoredTicket, edits: readonly LoggedEdit[]): void;
  remove(key: string): void;
}

/** `operation` is for whoever stands in between: tests aim faults by it. */
export interface FolderClient {
  read<T>(operation: LocalOperation, work: (folder: Folder) => T): Promise<T>;
  /** One answer for each element, in order. An element that throws a TrackerError wrote nothing and stops no other. */
  write<E, T>(operation: LocalOperation, elements: readonly E[], work: (folder: OpenFolder, element: E) => T): Promise<readonly (T | TrackerError)[]>;
}

const PATIENCE = 10_000;
const PAUSE = 20;

export function folderClient(path: string): FolderClient {
  return {
    read: async (_operation, work) => guarded(path, () => work(load(path))),
    write: async (operation, elements, work) => {
      guarded(path, () => mkdirSync(path, { recursive: true }));
      const release = await alone(path, operation);
      try {
        return guarded(path, () => {
          const folder = open(path);
          return elements.map((element) => caught(() => work(folder, element)));
        });
      } finally {
        await release();
      }
    },
  };
}

function load(path: string): Folder {
  const tickets: StoredTicket[] = [];
  const broken: string[] = [];
  for (const name of existsSync(path) ? readdirSync(path) : []) {
    if (!name.endsWith(".md")) continue;
    const ticket = parseTicket(readFileSync(join(path, name), "utf8"));
    if (ticket === null) broken.push(name);
    else tickets.push(ticket);
  }
  const log = join(path, "history.log");
  return {
    tickets: tickets.sort((a, b) => a.number - b.number),
    broken,
    edits: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").flatMap(editIn) : []),
  };
}

const loggedEdit = z.object({
  ...{ id: z.string(), key: z.string(), field: z.string(), from: z.nullable(z.string()), to: z.nullable(z.string()) },
  ...{ author: z.string(), at: z.string() },
});

/** A process that died may have left half a line. */
function editIn(line: string): readonly LoggedEdit[] {
  try {
    const edit = z.safeParse(loggedEdit, JSON.parse(line));
    return edit.success ? [edit.data] : [];
  } catch {
    return [];
  }
}

/** Every file is written aside and renamed: a reader sees the old one or the new one. */
function open(path: string): OpenFolder {
  const { broken, edits, tickets } = load(path);
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const counter = join(path, "counter");
  const replace = (name: string, text: string, flush: boolean): void => {
    const file = join(path, name);
    writeFileSync(`${file}.new`, text, { flush });
    renameSync(`${file}.new`, file);
  };
  return {
    get tickets() {
      return [...byId.values()];
    },
    broken,
    edits,
    nextNumber: () => {
      const given = existsSync(counter) ? Number(readFileSync(counter, "utf8")) : 0;
      const number = Math.max(given, ...[...byId.values()].map((ticket) => ticket.number)) + 1;
      // Before the ticket: a crash in between wastes a number, and gives none twice.
      replace("counter", String(number), false);
      return number;
    },
    save: (ticket, made) => {
      const before = byId.get(ticket.id);
      replace(`${ticket.key}.md`, printTicket(ticket), true);
      if (before && before.key !== ticket.key) renameSync(join(path, `${before.key}.md`), join(path, `.${before.key}.moved`));
      if (made.length > 0) appendFileSync(join(path, "history.log"), made.map((edit) => `${JSON.stringify(edit)}\n`).join(""));
      byId.set(ticket.id, ticket);
    },
    remove: (key) => {
      const ticket = [...byId.values()].find((one) => one.key === key);
      if (!ticket) return;
      renameSync(join(path, `${key}.md`), join(path, `.${key}.removed`));
      byId.delete(ticket.id);
    },
  };
}

/** The lock falls with its process, however that ends. */
async function alone(path: string, command: string): Promise<() => Promise<void>> {
  const disk = realDisk();
  for (let waited = 0; ; waited += PAUSE) {
    const taken = await takeLock(disk, join(path, ".lock"), { command, now: new Date() }).catch((error: unknown) => {
      throw error instanceof StateError ? trouble("unavailable", `The folder ${path} cannot be locked.`, "Check its permissions and the disk.") : error;
    });
    if (taken.ok) return () => taken.lock.release();
    if (waited >= PATIENCE) throw trouble("unavailable", `The folder ${path} is held by another process.`, "Wait for it to end, then run the command again.");
    await sleep(PAUSE);
  }
}

function caught<T>(work: () => T): T | TrackerError {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrackerError || errorCode(error) === "") throw error;
    throw trouble("unavailable", `The folder ${path} cannot be read or written (${errorCode(error)}).`, "Check the path, its permissions and the disk.");
  }
}

export function trouble(kind: TrackerErrorKind, message: string, hint: string): TrackerError {
  return new TrackerError(kind, message, { hint });
}
