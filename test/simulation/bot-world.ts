/** The world of the bot in one sequence: a code host with people, a local tracker that pretends to be remote, and a clock. */

import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { connect, openLocalDesk } from "../../src/wiring.ts";
import type { ForgePerson, ForgeStage } from "../forges/stage.ts";
import { projectAt } from "../harness/project-at.ts";
import type { Dice } from "./dice.ts";
import { localTrackerDesk } from "./local-tracker-desk.ts";
import type { SimClock } from "./sim-clock.ts";
import { refsOf } from "../forges/quick-forge.ts";
import { editSpecs } from "./spec-people.ts";
import { worldOf, type Specs, type World } from "./world.ts";

export interface BotSwitches {
  readonly onMoved: "stop" | "apply";
  readonly markers: "commit" | "pull-request";
  readonly open: number;
  readonly perHour: number;
  readonly protects: boolean;
  /** People hear of proposals on their tickets. */
  readonly notifies: boolean;
}

export interface BotSimWorld {
  readonly stage: ForgeStage;
  /** The bare repository. */
  readonly remote: string;
  /** The tracker, and the ledgers; its project is a clone to look from. */
  readonly world: World;
  readonly local: LocalDesk;
  readonly clock: SimClock;
  readonly connect: ConnectTracker;
  readonly people: readonly [ForgePerson, ForgePerson];
  /** May read and comment, and nothing else. */
  readonly stranger: ForgePerson;
  readonly switches: BotSwitches;
  readonly root: string;
  /** Of the default branch. */
  tip(): string;
  /** Brings the clone to look from to the tip of the default branch. */
  catchUp(): void;
  end(): Promise<void>;
}

export interface BotStagePlace {
  readonly stage: ForgeStage;
  readonly remote: string;
}

export const SIM_ENV: Readonly<Record<string, string | undefined>> = { ...process.env, CANON_USER: "canon[bot]" };

export function gitIn(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

export async function makeBotWorld({ stage, remote }: BotStagePlace, dice: Dice): Promise<BotSimWorld> {
  const root = await mkdtemp(join(tmpdir(), "canon-sim-bot-"));
  const clock = stageClock(stage);
  const switches = drawBotSwitches(dice);
  const file = join(root, "tracker.sqlite");
  const shared: ConnectTracker = (target, context) => connect({ ...target, path: file }, context);
  const [dana, eli, rita] = [await stage.person("dana"), await stage.person("eli"), await stage.person("rita", "read")];
  await dana.push("main", [
    { path: "canon.config.yaml", content: botConfig({ ...switches, onMoved: "apply" }) },
    { path: ".gitignore", content: ".canon/\n" },
    { path: "specs/payments.md", content: null },
  ]);
  // Housekeeping would take most of the time.
  gitIn(remote, "config", "receive.autogc", "false");
  const look = join(root, "look");
  gitIn(root, "clone", "-q", remote, look);
  const project = projectAt(look, { clock, connect: shared, env: process.env });
  const { config, parser } = await project.open();
  const [target] = config.targets;
  if (target === undefined) throw new Error("the simulation has no target");
  const local = await openLocalDesk({ ...target, path: file }, { root: look, parser, env: { CANON_USER: "rio" }, now: () => clock.now() });
  await local.behave({ embedded: false, workflow: dice.pick("free", "free", "strict"), rewrites: dice.pick("none", "none", "github") });
  const plain = { behaviour: {}, settle: 0, owners: {}, includeDone: false };
  const world = worldOf({ project, connect: shared, desk: localTrackerDesk(local, file, parser), clock, switches: plain });
  let specs: Specs = new Map([["specs/none.md", ""]]);
  for (const edit of ["new-file", "new-file", "new-file", "add-section", "add-section", "add-section"]) {
    const made = editSpecs(edit, specs, { dice, words: world.words });
    specs = new Map([...specs, ...(made?.files ?? [])].flatMap(([path, text]) => (text === null || path === "specs/none.md" ? [] : [[path, text] as const])));
  }
  await dana.push(
    "main",
    [...specs].map(([path, content]) => ({ path, content })),
  );
  world.words.edited("host", "", [...specs.values()].join("\n\n"), "the beginning");
  if (switches.protects) await stage.protect("main");
  return {
    ...{ stage, remote, world, local, clock, connect: shared, people: [dana, eli], stranger: rita, switches, root },
    tip: () => refsOf(remote, "refs/heads").get("refs/heads/main") ?? "",
    catchUp: () => {
      gitIn(look, "fetch", "-q", "origin", "main");
      gitIn(look, "reset", "-q", "--hard", "FETCH_HEAD");
    },
    end: async () => {
      await world.end();
      await rm(root, { recursive: true, force: true });
      await stage.end();
    },
  };
}

function drawBotSwitches(dice: Dice): BotSwitches {
  return {
    onMoved: dice.pick("stop", "apply"),
    markers: dice.pick("commit", "commit", "pull-request"),
    open: dice.pick(1, 2, 5, 5),
    perHour: dice.pick(1, 2, 2),
    protects: dice.chance(0.15),
    notifies: dice.chance(0.5),
  };
}

export function botConfig({ onMoved, markers, open, perHour, notifies }: BotSwitches): string {
  return `id: sim
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
limits: { create: 200, close: 200 }
ticket_systems:
  main: { system: local, project: PAY, settle: 0s, transitions: walk }
bot: { enabled: true, on_moved: ${onMoved}, markers: ${markers}, limits: { open: ${open}, per_hour: ${perHour} }, notify: { ticket: ${String(notifies)} } }
`;
}

/** The host's clock; waiting takes no time. */
function stageClock(stage: ForgeStage): SimClock {
  const advance = (milliseconds: number): void => void stage.pass(milliseconds);
  return {
    now: () => new Date(stage.now()),
    monotonic: () => Date.parse(stage.now()),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      advance(milliseconds);
    },
    advance,
  };
}
