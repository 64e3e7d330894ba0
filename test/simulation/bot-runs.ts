/** Runs of the bot's commands on the world, each in a fresh clone as a CI job does it: alone, two at a time, to their death, with people in between. */

import { join } from "node:path";
import { answerIssue } from "../../src/operations/bot/answer-issue.ts";
import { applyMerged } from "../../src/operations/bot/apply-merged.ts";
import type { BotWorld } from "../../src/operations/bot/bot-world.ts";
import { followProposals } from "../../src/operations/bot/follow-proposals.ts";
import { linkRequest } from "../../src/operations/bot/link-request.ts";
import { notifyFromBranch } from "../../src/operations/bot/notify-tickets.ts";
import { openBot } from "../../src/operations/bot/open-bot.ts";
import { planPullRequest } from "../../src/operations/bot/plan-pull-request.ts";
import { proposePulls } from "../../src/operations/bot/propose-pulls.ts";
import { failureDiagnostic } from "../../src/operations/failure-diagnostic.ts";
import { BOT_WORDS } from "../../src/views/bot-words.ts";
import { conduct, type Death, type Door } from "./bot-conductor.ts";
import { clockBehind, envBehind, forgeBehind, trackerBehind } from "./bot-doors.ts";
import { gitIn, SIM_ENV, type BotSimWorld } from "./bot-world.ts";
import type { Dice } from "./dice.ts";
import { Died } from "./mortal.ts";

/** What a schedule does. */
export const DAILY_KINDS: readonly RunKind[] = ["plan", "apply", "pull"];
/** Also what only events ask for. */
export const RUN_KINDS = ["plan", "apply", "pull", "answer", "follow", "link"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export interface RunManner {
  readonly deaths?: readonly (Death | null)[];
  readonly interlude?: { readonly after: number; readonly act: () => Promise<void> } | null;
}

export interface Ran {
  readonly told: string;
  /** Names of the writes that were let through. */
  readonly writes: readonly string[];
  readonly wrong: readonly string[];
  readonly facts: readonly string[];
}

export async function runBot(sim: BotSimWorld, kinds: readonly RunKind[], { deaths = [], interlude = null }: RunManner, dice: Dice): Promise<Ran> {
  const writes: string[] = [];
  const results = await conduct(
    kinds.map((kind, index) => (door) => runOne(sim, kind, index, door)),
    { deaths, interlude, clock: sim.clock, dice, seen: (_run, { name, isWrite }) => (isWrite ? void writes.push(name) : undefined) },
  );
  const isCalm = kinds.length === 1 && interlude === null && deaths.every((death) => death === null);
  const ends = results.map((result, index) => {
    const kind = kinds[index] ?? "plan";
    if (result.status === "fulfilled") return { told: `${kind}: ${result.value}`, wrong: [], fact: kind };
    const error: unknown = result.reason;
    const death = deaths[index] ?? null;
    if (error instanceof Died || death !== null) return { told: `${kind}: died ${String(error)}`, wrong: [], fact: "died" };
    const known = failureDiagnostic(error);
    const wrong = known === null || isCalm ? [`${kind} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`] : [];
    return { told: `${kind}: ${known?.message ?? String(error)}`, wrong, fact: "failed" };
  });
  return {
    told: `bot ${ends.map(({ told }) => told).join(" || ")}${writes.length === 0 ? "" : ` [${writes.join(" ")}]`}`,
    writes,
    wrong: ends.flatMap(({ wrong }) => wrong),
    facts: [...ends.map(({ fact }) => fact), ...writes, ...(kinds.length > 1 ? ["overlap"] : [])],
  };
}

let clones = 0;

async function runOne(sim: BotSimWorld, kind: RunKind, index: number, door: Door): Promise<string> {
  const folder = join(sim.root, `clone-${(clones += 1)}-${index}`);
  gitIn(sim.root, "clone", "-q", "-s", sim.remote, folder);
  const opened = await openBot({
    ...{ folder, env: envBehind(SIM_ENV, door), clock: clockBehind(sim.clock, door), connect: trackerBehind(sim.connect, door), words: BOT_WORDS },
    openForge: async () => forgeBehind(sim.stage.forge, door),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  return carryOut(kind, opened.world);
}

async function carryOut(kind: RunKind, bot: BotWorld): Promise<string> {
  switch (kind) {
    case "plan": {
      const numbers = (await bot.forge.pullRequests({ state: "open" })).map(({ number }) => number);
      const told: string[] = [];
      for (const number of numbers.toReversed()) told.push((await planPullRequest(number, bot)).message);
      return told.join("; ");
    }
    case "apply": {
      const { exitCode, message, markers } = await applyMerged(bot, new AbortController().signal);
      return `exit ${exitCode} ${message}${markers === null ? "" : ` markers ${markers.state}`}`;
    }
    case "pull": {
      const { proposed } = await proposePulls(bot);
      return proposed.map(({ spec, state, what }) => `${spec} ${state} ${what.replace(/^.*\//, "")}`).join("; ");
    }
    case "answer": {
      const [issue] = await bot.forge.threads({ author: (await bot.forge.repository()).account, label: "canon" });
      return issue === undefined ? "nobody asks" : (await answerIssue(issue.number, bot, new AbortController().signal)).message;
    }
    case "follow": {
      await followProposals(bot);
      return `${(await notifyFromBranch(bot)).tickets} told`;
    }
    case "link": {
      const linked: string[] = [];
      for (const { number } of await bot.forge.pullRequests({ state: "open" }))
        linked.push(...((await linkRequest(number, bot)) ?? []).map(({ keys }) => `#${number} on ${keys.join(" ")}`));
      return linked.join("; ");
    }
  }
}
