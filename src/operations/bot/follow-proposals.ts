/** Looks what became of the bot's pull requests: merged, declined, or taken over by a person, whose work is never written over. */

import { ANSWERS, isStanding, PROPOSAL_PREFIX } from "../../core/bot/propose.ts";
import { isWithdrawn, readProposalSign } from "../../core/bot/proposal-sign.ts";
import type { BotMemory, Proposal } from "../../core/model/bot-memory.ts";
import type { Forge, PullRequest } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { isOwnUpTo, lastOwn } from "./own-commits.ts";
import { recall, remember, remembered } from "./remember.ts";

export async function followProposals(world: BotWorld): Promise<BotMemory> {
  const { forge } = world;
  for (let attempt = 1; ; attempt += 1) {
    const known = await findUnknown(forge);
    await followStanding(world);
    const memory = await recall(forge);
    // Where the memory is lost meanwhile, nobody may think that nothing was proposed.
    const isKept = known.proposals.every(({ number }) => memory.proposals.some((one) => one.number === number));
    if (isKept || attempt === TRIES) return memory;
  }
}

const TRIES = 4;

async function followStanding({ forge, words }: BotWorld): Promise<void> {
  const { account, defaultBranch } = await forge.repository();
  const base = await forge.head(`refs/heads/${defaultBranch}`);
  for (const proposal of (await recall(forge)).proposals.filter(({ state }) => isStanding(state))) {
    const request = await remembered(proposal.number, forge);
    const change = request.state === "open" ? await follow(proposal, request, { base, paused: words.paused }, forge) : { state: endOf(request, account) };
    if (change !== null) await note(forge, proposal, change);
  }
}

/** What the bot did not close itself is declined. */
function endOf({ state, endedBy, body }: PullRequest, account: string): Proposal["state"] {
  if (state === "merged") return "merged";
  return endedBy === account && isWithdrawn(body) ? "withdrawn" : "declined";
}

/** On a line of its own: where the body quotes a ticket, every line begins with a sign. */
const PAUSED = /^<!-- canon:bot:paused -->$/m;

/** null: nothing is new. */
async function follow(
  proposal: Proposal,
  request: PullRequest,
  { base, paused }: { readonly base: string | null; readonly paused: string },
  forge: Forge,
): Promise<Partial<Proposal> | null> {
  const { commit } = request.head;
  // Who edits a text in a browser sends other line ends.
  const body = request.body.replaceAll("\r\n", "\n");
  const isKnown = commit === proposal.head;
  if (proposal.state === "paused") {
    const [before = "", words = ""] = body.split(PAUSED);
    const isTicked = /^- \[[xX]\] .*canon:resume/m.test(words);
    if (isKnown || isTicked) {
      await forge.editPullRequest(proposal.number, { body: `${before.trimEnd()}\n` });
      return { state: "open", head: commit };
    }
    if (words === "") await forge.editPullRequest(proposal.number, { body: pausedBody(body, paused) });
    return null;
  }
  if (isKnown) return null;
  if (base !== null && (await isOwnUpTo(forge, base, commit))) return { own: commit, head: commit };
  // After the memory was lost it may say so already.
  if (!PAUSED.test(body)) await forge.editPullRequest(proposal.number, { body: pausedBody(body, paused) });
  return { state: "paused" };
}

function pausedBody(body: string, paused: string): string {
  return `${body.trimEnd()}\n\n<!-- canon:bot:paused -->\n${paused}\n`;
}

/** Pull requests that a run opened and did not live to remember, all of them where the memory is lost; and declined ones that somebody opened again. */
async function findUnknown(forge: Forge): Promise<BotMemory> {
  const memory = await recall(forge);
  const { proposals } = memory;
  const { account, defaultBranch } = await forge.repository();
  const opened = proposals.map(({ openedAt }) => openedAt).toSorted();
  const since = opened.at(-MOST_AT_ONCE);
  const query = { headPrefix: PROPOSAL_PREFIX, author: account, ...(since === undefined ? {} : { since }) };
  const known = new Set(proposals.map(({ number }) => number));
  const all = await forge.pullRequests(query);
  const forgotten = all.filter(({ number, head }) => !known.has(number) && !head.fork);
  const base = forgotten.length === 0 ? null : await forge.head(`refs/heads/${defaultBranch}`);
  const found: Proposal[] = [];
  for (const request of forgotten) {
    const sign = readProposalSign(request.body);
    if (sign === null) continue;
    // What stands behind its last own commit is somebody's work: that pauses it.
    const own = base !== null && request.state === "open" ? await lastOwn(forge, base, request.head.commit) : "";
    const state = request.state === "open" ? "open" : endOf(request, account);
    found.push({ ...sign, branch: request.head.branch, number: request.number, own, head: own, state, addresses: [], openedAt: request.createdAt });
  }
  const isOpen = new Set(all.flatMap(({ number, state }) => (state === "open" ? [number] : [])));
  if (found.length === 0 && !proposals.some((one) => isOpenAgain(one, proposals, isOpen))) return memory;
  return remember(forge, (now) => {
    const kept = now.proposals.filter(({ number }) => !found.some((one) => one.number === number));
    const next = kept.map((one): Proposal => (isOpenAgain(one, now.proposals, isOpen) ? { ...one, state: "open" } : one));
    return { ...now, proposals: [...next, ...found] };
  });
}

/** Who opens it again takes their no back. Answers were asked anew, and a spec has one proposal at a time. */
function isOpenAgain({ number, state, spec }: Proposal, all: readonly Proposal[], isOpen: ReadonlySet<number>): boolean {
  return state === "declined" && isOpen.has(number) && spec !== ANSWERS && !all.some((one) => one.spec === spec && isStanding(one.state));
}

/**
 * More than a run can open. A memory that knows fewer may have been lost before one of them was noted: its newest entry
 * says nothing of older ones, so all are looked at.
 */
const MOST_AT_ONCE = 100;

export async function note(forge: Forge, { number }: Proposal, change: Partial<Proposal>): Promise<void> {
  await remember(forge, (memory) => ({ ...memory, proposals: memory.proposals.map((one) => (one.number === number ? { ...one, ...change } : one)) }));
}
