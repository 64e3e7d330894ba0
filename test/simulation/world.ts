/** The world of one sequence: a workspace, the desk where people edit tickets, a clock, and the ledger of words. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { connect } from "../../src/wiring.ts";
import { projectAt, type Project } from "../harness/project-at.ts";
import type { Dice } from "./dice.ts";
import { localTrackerDesk } from "./local-tracker-desk.ts";
import { simClock, type SimClock } from "./sim-clock.ts";
import { configOf, drawSwitches, type Switches } from "./switches.ts";
import type { DeskTicket, TrackerDesk } from "./tracker-desk.ts";
import { Ticks } from "./ticks.ts";
import { wordsIn, Words } from "./words.ts";

export interface World {
  readonly project: Project;
  readonly connect: ConnectTracker;
  readonly desk: TrackerDesk;
  readonly clock: SimClock;
  readonly words: Words;
  readonly ticks: Ticks;
  readonly switches: Switches;
  /** Ids of the tickets that people made as copies of others. */
  readonly copies: Set<string>;
  /** Ids of the tickets off which people took Canon's mark: without its marker nobody can find such a one. */
  readonly unmarked: Set<string>;
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

/** Makes the world of a sequence: what kind of world it is, is drawn. */
export type MakeWorld = (dice: Dice) => Promise<World>;

export const makeLocalWorld: MakeWorld = async (dice) => {
  const switches = drawSwitches(dice);
  const root = await mkdtemp(join(tmpdir(), "canon-sim-"));
  const clock = simClock();
  const project = projectAt(root, { clock });
  await project.write("canon.config.yaml", configOf(switches));
  const desk = await project.desk();
  await desk.behave(switches.behaviour);
  const { parser } = await project.open();
  return worldOf({ project, connect, desk: localTrackerDesk(desk, join(root, ".canon/local.sqlite"), parser), clock, switches });
};

export function worldOf(parts: Pick<World, "project" | "connect" | "desk" | "clock" | "switches">): World {
  const end = async (): Promise<void> => {
    await parts.desk.end();
    await rm(parts.project.root, { recursive: true, force: true });
  };
  return {
    ...parts,
    words: new Words(),
    ticks: new Ticks(),
    copies: new Set(),
    unmarked: new Set(),
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

export type SeenTickets = ReadonlyMap<string, DeskTicket>;

export async function readTickets({ desk }: Pick<World, "desk">): Promise<SeenTickets> {
  return new Map((await desk.tickets()).map((ticket) => [ticket.id, ticket] as const));
}

export function textOf({ title, body, labels, comments }: DeskTicket): string {
  return [title, body, labels.join(" "), ...comments].join("\n\n");
}

/** Every word that stands in a spec or on a ticket. */
export function wordsOf(specs: Specs, tickets: SeenTickets): Set<string> {
  return new Set([...specs.values(), ...[...tickets.values()].map(textOf)].flatMap((text) => [...wordsIn(text)]));
}
