/** The world of one sequence: a workspace, the desk where people edit tickets, a clock, and the ledger of words. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Ticket } from "../../src/core/model/ticket.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { connect } from "../../src/wiring.ts";
import { projectAt, type Project } from "../harness/project-at.ts";
import { simClock, type SimClock } from "./sim-clock.ts";
import { configOf, type Switches } from "./switches.ts";
import { Ticks } from "./ticks.ts";
import { wordsIn, Words } from "./words.ts";

export interface World {
  readonly project: Project;
  readonly connect: ConnectTracker;
  /** Absolute path of the tracker's file. */
  readonly file: string;
  readonly desk: LocalDesk;
  readonly clock: SimClock;
  readonly words: Words;
  readonly ticks: Ticks;
  readonly switches: Switches;
  /** Ids of the tickets that people made as copies of others. */
  readonly copies: Set<string>;
  /** Keys of tickets that a marker has named at any time. */
  readonly named: Set<string>;
  /** Labels that people put on tickets: id and label. */
  readonly labels: (readonly [id: string, label: string])[];
  /** True while a request may still land whose sender was told nothing. */
  isLate: boolean;
  /** True once a create landed later than D, as it may where client ids make D nothing: then the plan tells of a ticket too many. */
  isBeyond: boolean;
  end(): Promise<void>;
}

export async function makeWorld(switches: Switches): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), "canon-sim-"));
  const clock = simClock();
  const project = projectAt(root, { clock });
  await project.write("canon.config.yaml", configOf(switches));
  const desk = await project.desk();
  await desk.behave(switches.behaviour);
  const end = async (): Promise<void> => {
    await desk.end();
    await rm(root, { recursive: true, force: true });
  };
  return {
    project,
    connect,
    file: join(root, ".canon/local.sqlite"),
    desk,
    clock,
    words: new Words(),
    ticks: new Ticks(),
    switches,
    copies: new Set(),
    named: new Set(),
    labels: [],
    isLate: false,
    isBeyond: false,
    end,
  };
}

export type Specs = ReadonlyMap<string, string>;

export async function readSpecs({ project: { root } }: Pick<World, "project">): Promise<Specs> {
  const entries = await readdir(join(root, "specs"), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), "utf8")] as const)));
}

export async function writeSpecs({ project: { root } }: Pick<World, "project">, files: readonly (readonly [string, string | null])[]): Promise<void> {
  for (const [path, text] of files) {
    if (text === null) await rm(join(root, path), { force: true });
    else {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  }
}

/** A ticket with what stands beside its fields. */
export interface SeenTicket {
  readonly ticket: Ticket;
  readonly comments: readonly string[];
}

export async function readTickets({ desk, file }: World): Promise<ReadonlyMap<string, SeenTicket>> {
  const comments = sqlRows(file, "SELECT ticket, text FROM comment ORDER BY seq");
  const tickets = await desk.list({ archived: true });
  return new Map(
    tickets.map((ticket) => [ticket.id, { ticket, comments: comments.flatMap((row) => (row["ticket"] === ticket.id ? [String(row["text"])] : [])) }] as const),
  );
}

export function textOf({ ticket, comments }: SeenTicket): string {
  return [ticket.title, ticket.body, ticket.labels.join(" "), ...comments].join("\n\n");
}

/** Every word that stands in a spec or on a ticket. */
export function wordsOf(specs: Specs, tickets: ReadonlyMap<string, SeenTicket>): Set<string> {
  return new Set([...specs.values(), ...[...tickets.values()].map(textOf)].flatMap((text) => [...wordsIn(text)]));
}

export function runSql(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(statement);
  database.close();
}

function sqlRows(file: string, query: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
