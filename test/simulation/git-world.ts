/** Two clones of one repository, a bare remote, and one tracker that pretends to be remote. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { connect, openLocalDesk } from "../../src/wiring.ts";
import { projectAt } from "../harness/project-at.ts";
import type { Dice } from "./dice.ts";
import { commitAll, git, mustGit } from "./git-people.ts";
import { localTrackerDesk } from "./local-tracker-desk.ts";
import { simClock } from "./sim-clock.ts";
import { editSpecs } from "./spec-people.ts";
import { configOf, drawSwitches } from "./switches.ts";
import { Ticks } from "./ticks.ts";
import { Words } from "./words.ts";
import { readSpecs, writeSpecs, type World } from "./world.ts";

export interface GitWorld {
  readonly clones: readonly [World, World];
  readonly remote: string;
  /** `lock: git`: a clone that lost its state learns from the lease what is under way. */
  readonly isLeased: boolean;
  readonly told: string;
  end(): Promise<void>;
}

/** All clones speak to one tracker, as they would to a real one. */
const SHARED = "../tracker.sqlite";
const shared: ConnectTracker = (target, context) => connect({ ...target, path: SHARED }, context);

export async function makeGitWorld(dice: Dice): Promise<GitWorld> {
  const root = await mkdtemp(join(tmpdir(), "canon-sim-git-"));
  const remote = join(root, "remote.git");
  const switches = drawSwitches(dice);
  const isLeased = dice.chance(0.5);
  mustGit(root, "init", "-q", "--bare", "-b", "main", remote);
  mustGit(root, "clone", "-q", remote, "a");
  const clock = simClock();
  const config = `${configOf(switches)}lock: ${isLeased ? "git" : "local"}\n`;
  const a = projectAt(join(root, "a"), { clock, connect: shared, env: process.env });
  mustGit(a.root, "checkout", "-q", "-b", "main");
  await a.write("canon.config.yaml", config);
  await a.write(".gitignore", ".canon/\n");
  const { config: parsed, parser } = await a.open();
  const [target] = parsed.targets;
  if (!target) throw new Error("the simulation has no target");
  const desk = await openLocalDesk({ ...target, path: SHARED }, { root: a.root, parser, env: { CANON_USER: "rio" }, now: () => clock.now() });
  await desk.behave({ ...switches.behaviour, embedded: false });
  const common = {
    connect: shared,
    desk: localTrackerDesk(desk, join(root, "tracker.sqlite"), parser),
    clock,
    words: new Words(),
    ticks: new Ticks(),
    switches,
    copies: new Set<string>(),
    unmarked: new Set<string>(),
    named: new Set<string>(),
    labels: [],
    isLate: false,
    isBeyond: false,
  };
  const first: World = { ...common, project: a, end: async () => undefined };
  await firstSpecs(first, dice);
  commitAll(a.root);
  mustGit(a.root, "push", "-q", "-u", "origin", "main");
  mustGit(root, "clone", "-q", remote, "b");
  const second: World = { ...first, project: projectAt(join(root, "b"), { clock, connect: shared, env: process.env }) };
  const end = async (): Promise<void> => {
    await desk.end();
    await rm(root, { recursive: true, force: true });
  };
  return { clones: [first, second], remote, isLeased, told: JSON.stringify({ switches, isLeased }), end };
}

async function firstSpecs(world: World, dice: Dice): Promise<void> {
  const pen = { dice, words: world.words };
  for (const edit of ["new-file", "new-file", "add-section", "add-section", "add-section"]) {
    const specs = await readSpecs(world);
    await writeSpecs(world, editSpecs(edit, specs.size === 0 ? new Map([["specs/none.md", ""]]) : specs, pen)?.files ?? []);
  }
  world.words.edited("specs", "", [...(await readSpecs(world)).values()].join("\n\n"), "the beginning");
}

/** The specs of the remote's default branch. */
export function mainText(remote: string): string {
  const paths = git(remote, "ls-tree", "-r", "--name-only", "main", "specs")
    .out.split("\n")
    .filter((path) => path.endsWith(".md"));
  return paths.map((path) => git(remote, "show", `main:${path}`).out).join("\n\n");
}
