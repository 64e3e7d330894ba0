/**
 * Where the bot lives in tests: a plain-git forge that starts few processes, with people, and a local tracker that pretends
 * to be remote. Every run of the bot works in a fresh clone of the default branch, as a CI job does.
 */

import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Forge } from "../../src/forges/forge.ts";
import { applyMerged, type AppliedMerge } from "../../src/operations/bot/apply-merged.ts";
import type { BotWorld } from "../../src/operations/bot/bot-world.ts";
import { openBot } from "../../src/operations/bot/open-bot.ts";
import { planPullRequest, type Reviewed } from "../../src/operations/bot/plan-pull-request.ts";
import { proposePulls, type Proposed } from "../../src/operations/bot/propose-pulls.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { openDesk } from "../../src/trackers/local/local-desk.ts";
import { connect } from "../../src/wiring.ts";
import { BOT_WORDS } from "../../src/views/bot-words.ts";
import { systemClock, type Clock } from "../../src/io/clock.ts";
import { skippingClock } from "../harness/skipping-clock.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import { gitStage, type GitStage } from "../forges/git-stage.ts";
import { quickForge } from "../forges/quick-forge.ts";
import type { ForgePerson, PushedFile } from "../forges/stage.ts";
import { git } from "../io/git-world.ts";
import { tempFolder } from "../io/temp-folder.ts";

export const CONFIG = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY, settle: 0s }
bot: { enabled: true }
`;

export const SPEC = "specs/payments.md";

export interface BotStage {
  readonly stage: GitStage;
  /** A person who may write. */
  readonly dana: ForgePerson;
  /** Requests that reached the tracker, by operation, since the stage began. */
  readonly asked: () => number;
  /** The bot in a fresh clone; `forge` stands between it and the host. */
  readonly bot: (options?: RunOptions) => Promise<BotWorld>;
  readonly plan: (number: number, options?: RunOptions) => Promise<Reviewed>;
  readonly apply: (options?: RunOptions) => Promise<AppliedMerge>;
  readonly pull: (options?: RunOptions) => Promise<readonly Proposed[]>;
  /** Somebody at the tracker. */
  readonly atDesk: <T>(act: (desk: LocalDesk) => Promise<T>) => Promise<T>;
  /** A file as a branch has it. */
  readonly text: (path: string, branch?: string) => Promise<string>;
  /** Comments of the bot on it. */
  readonly said: (number: number) => Promise<readonly string[]>;
}

export interface RunOptions {
  readonly forge?: (forge: Forge) => Forge;
  /** The clone stands at this commit instead of the tip. */
  readonly at?: string;
  /** The tracker does not answer. */
  readonly isDown?: boolean;
  /** Stands before the tracker. */
  readonly connects?: (connect: ConnectTracker) => ConnectTracker;
  /** Waiting takes its time. */
  readonly waits?: boolean;
}

/** A repository that does not know Canon. */
export function withoutConfig(files: Files): Files {
  return { "canon.config.yaml": null, ".gitignore": null, ...files };
}

const unreachable: ConnectTracker = async () => ({ ok: false, message: "Nobody answers.", hint: "Wait." });

/** null: there is no such file. */
type Files = Readonly<Record<string, string | null>>;

export async function botStage(files: Files = {}): Promise<BotStage> {
  const stage = await gitStage();
  onTestFinished(() => stage.end());
  const root = await tempFolder();
  const shared = join(root, "tracker.sqlite");
  let asked = 0;
  const counted: ConnectTracker = async (target, context) => {
    asked += 1;
    return connect({ ...target, path: shared }, context);
  };
  // Waiting takes no time, unless a test is about it.
  const skipping = skippingClock();
  const clock: Clock = { ...skipping, now: () => new Date(stage.now()) };
  const dana = await stage.person("dana");
  const base: readonly PushedFile[] = Object.entries({ "canon.config.yaml": CONFIG, ".gitignore": ".canon/\n", ...files }).map(([path, content]) => ({
    path,
    content,
  }));
  await dana.push("main", base, { message: "Canon" });
  let clones = 0;
  const bot = async ({ forge = (one) => one, at, isDown = false, connects = (one) => one, waits = false }: RunOptions = {}): Promise<BotWorld> => {
    const folder = join(root, `clone-${(clones += 1)}`);
    git(root, "clone", "-q", stage.remote, folder);
    if (at !== undefined) git(folder, "checkout", "-q", at);
    const opened = await openBot({
      ...{
        folder,
        env: { ...process.env, CANON_USER: "canon[bot]" },
        clock: waits ? { ...clock, monotonic: () => systemClock.monotonic(), sleep: systemClock.sleep } : clock,
        connect: isDown ? unreachable : connects(counted),
        words: BOT_WORDS,
      },
      openForge: async () => forge(quickForge(stage)),
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
    return opened.world;
  };
  const atDesk = async <T>(act: (desk: LocalDesk) => Promise<T>): Promise<T> => {
    const identity = `local:${shared}/PAY`;
    const desk = openDesk({ file: shared, root, identity, project: "PAY", parser: await loadParser(), author: "rio", now: () => clock.now() });
    try {
      return await act(desk);
    } finally {
      await desk.end();
    }
  };
  await atDesk((desk) => desk.behave({ embedded: false }));
  return {
    stage,
    dana,
    asked: () => asked,
    bot,
    atDesk,
    plan: async (number, options) => planPullRequest(number, await bot(options)),
    apply: async (options) => applyMerged(await bot(options), new AbortController().signal),
    pull: async (options) => (await proposePulls(await bot(options))).proposed,
    text: async (path, branch = "main") => {
      const head = (await stage.forge.head(`refs/heads/${branch}`)) ?? "";
      return (await stage.forge.read(head, [path])).get(path) ?? "";
    },
    said: async (number) => (await stage.forge.comments(number)).filter(({ author }) => author === stage.account).map(({ body }) => body),
  };
}
