/** The bot's memory on `refs/canon/bot`: read, changed and written by compare-and-swap, so that runs that overlap forget nothing of each other. */

import { NO_MEMORY, type BotMemory } from "../../core/model/bot-memory.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Forge, PullRequest } from "../../forges/forge.ts";
import { parseBotMemory, printBotMemory } from "../../io/bot-memory-schema.ts";

const REF = "refs/canon/bot";
const FILE = "bot.json";
/** Runs that overlap write a handful of times; more is something else than bad luck. */
const TRIES = 8;

interface Known {
  readonly commit: string | null;
  readonly memory: BotMemory;
}

export async function recall(forge: Forge): Promise<BotMemory> {
  return (await read(forge)).memory;
}

/** `change` is asked again where another run wrote meanwhile; it answers the same value where there is nothing to write. */
export async function remember(forge: Forge, change: (memory: BotMemory) => BotMemory): Promise<BotMemory> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { commit, memory } = await read(forge);
    const next = change(memory);
    if (next === memory) return memory;
    const files = [{ path: FILE, text: printBotMemory(next) }];
    const outcome = await forge.commit({ ref: REF, expected: commit, parent: null, files, message: "Canon's memory\n\nCanon-Bot: memory\n" });
    if (outcome.state === "done") return next;
  }
  throw new ForgeError("conflict", `Canon's memory on ${REF} changed ${TRIES} times while it was written.`, {
    hint: "Run it again; let bot runs of one repository not overlap.",
  });
}

/** A pull request that the memory names. Numbers are never given back, so one that is not there was another repository's. */
export async function remembered(number: number, forge: Forge): Promise<PullRequest> {
  try {
    return await forge.pullRequest(number);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== "not-found") throw error;
    throw new ForgeError("not-found", `Canon's memory on ${REF} names pull request ${number}, and there is none, or this account may not see it.`, {
      hint: `If this repository was copied from another one, take that memory away: git push origin :${REF}`,
      cause: error,
    });
  }
}

async function read(forge: Forge): Promise<Known> {
  const commit = await forge.head(REF);
  if (commit === null) return { commit, memory: NO_MEMORY };
  const written = await textIn(commit, forge);
  return { commit, memory: (written === null ? null : parseBotMemory(written)) ?? NO_MEMORY };
}

/** null: there is none, or what somebody put there is no text. */
async function textIn(commit: string, forge: Forge): Promise<string | null> {
  try {
    return (await forge.read(commit, [FILE])).get(FILE) ?? null;
  } catch (error) {
    if (error instanceof ForgeError && error.kind === "invalid") return null;
    throw error;
  }
}
