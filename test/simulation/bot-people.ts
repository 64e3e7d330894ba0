/** What people do around the bot: at the code host, on its branches, and at the tracker. */

import type { PullRequest } from "../../src/forges/forge.ts";
import type { PushedFile } from "../forges/stage.ts";
import { ticked } from "../forges/stage.ts";
import { labelAnswer, tickAnswer, troubleIssue, typeAnswer } from "./bot-answering.ts";
import { openCode } from "./bot-coding.ts";
import type { BotPlay } from "./bot-play.ts";
import { fileAt, sightOf, specsAt, textInSight } from "./bot-sight.ts";
import { gitIn, type BotSimWorld } from "./bot-world.ts";
import { editSpecs, SPEC_EDITS } from "./spec-people.ts";
import { editTicket, TICKET_EDITS } from "./ticket-people.ts";
import { readTickets, textOf } from "./world.ts";

type Deed = (play: BotPlay) => Promise<string | null>;

const OWN_SPEC_EDITS = SPEC_EDITS.filter((edit) => !["copy-section", "delete-marker", "change-depth"].includes(edit));
/** Most of all what the bot proposes. */
const OWN_TICKET_EDITS: readonly string[] = [
  ...TICKET_EDITS.filter((edit) => !["type", "clone"].includes(edit)),
  ...["add-task", "add-task", "add-task", "reword-task", "reword-task", "remove-task", "tick-task", "tick-task", "status", "status"],
];

export const BOT_DEEDS: Readonly<Record<string, Deed>> = {
  feature: openFeature,
  more: pushMore,
  main: pushToMain,
  merge: (play) => end(play, "merge", () => true),
  "merge-bot": (play) => end(play, "merge", (request) => isBots(play, request)),
  close: (play) => end(play, "close", () => true),
  "close-bot": (play) => end(play, "close", (request) => isBots(play, request)),
  reopen,
  "bot-branch": pushToBots,
  tick,
  body: editBody,
  comment,
  "bot-comment": troubleComment,
  ticket: editOneTicket,
  "new-ticket": newTicket,
  "lose-memory": loseMemory,
  code: (play) => openCode(play, (branch, files, message) => push(play, branch, files, { message })),
  "tick-answer": tickAnswer,
  "type-answer": typeAnswer,
  "label-answer": labelAnswer,
  issue: troubleIssue,
  fork: openFork,
  wait: async ({ sim, dice }) => {
    const hours = dice.pick(0.1, 1, 2, 25);
    sim.clock.advance(hours * 3_600_000);
    return `${hours} hours pass`;
  },
};

/** null: nothing could be done. */
export async function playDeed(kind: string, play: BotPlay): Promise<string | null> {
  return inSight(play, async () => (await (BOT_DEEDS[kind] ?? BOT_DEEDS["wait"])?.(play)) ?? null);
}

/** Somebody's own deed at the code host: what leaves everybody's sight by it, they took away themselves. */
export async function inSight({ sim }: BotPlay, act: () => Promise<string | null>): Promise<string | null> {
  const { remote, stage, world } = sim;
  const before = await sightOf(sim);
  const told = await act();
  if (told === null) return null;
  const after = await sightOf(sim);
  world.words.edited("host", textInSight(before, remote), textInSight(after, remote), told);
  // What still stands on a branch of the bot alone goes with it.
  const [had, has] = [before, after].map((sight) => textInSight(sight, remote, stage.account));
  world.words.edited("host", had ?? "", has ?? "", told);
  return told;
}

function isBots({ sim }: BotPlay, { author }: PullRequest): boolean {
  return author === sim.stage.account;
}

function somebody({ sim, dice }: BotPlay): BotSimWorld["people"][number] {
  return dice.pick(...sim.people);
}

async function some({ sim, dice }: BotPlay, wanted: (request: PullRequest) => boolean): Promise<PullRequest | undefined> {
  return dice.maybe((await sim.stage.forge.pullRequests({})).filter(wanted));
}

/** Some edits of a commit's specs; null: there was nothing to do. */
function edited({ sim, dice }: BotPlay, commit: string, most: number): { readonly files: readonly PushedFile[]; readonly told: string } | null {
  const before = specsAt(sim.remote, commit);
  let texts = new Map(before);
  const told: string[] = [];
  for (let left = 1 + dice.below(most); left > 0; left -= 1) {
    const change = editSpecs(dice.maybe(OWN_SPEC_EDITS) ?? "", texts, { dice, words: sim.world.words });
    if (change === null) continue;
    told.push(change.told);
    texts = new Map([...texts, ...change.files].flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
    for (const [path, text] of change.files) if (text === null) texts.delete(path);
  }
  const files = [...new Set([...before.keys(), ...texts.keys()])]
    .filter((path) => before.get(path) !== texts.get(path))
    .map((path) => ({ path, content: texts.get(path) ?? null }));
  return files.length === 0 ? null : { files, told: told.join(", and ") };
}

async function push(
  play: BotPlay,
  branch: string,
  files: readonly PushedFile[],
  options: { readonly onto?: string; readonly message?: string } = {},
): Promise<void> {
  const { sim, ledger } = play;
  ledger.pushed(sim.remote, branch, await somebody(play).push(branch, files, options), true);
}

async function openFeature(play: BotPlay): Promise<string | null> {
  const { sim } = play;
  const change = edited(play, sim.tip(), 3);
  if (change === null) return null;
  const branch = `feature-${sim.world.words.fresh()}`;
  await push(play, branch, change.files);
  const number = await somebody(play).open({ title: branch, head: branch });
  return `#${number} is opened: ${change.told}`;
}

/** A stranger's: it reaches the repository only where somebody merges it. */
async function openFork(play: BotPlay): Promise<string | null> {
  const { sim } = play;
  const change = edited(play, sim.tip(), 2);
  if (change === null) return null;
  const branch = `fork-${sim.world.words.fresh()}`;
  const number = await sim.stranger.openFromFork({ title: branch, branch, files: change.files });
  return `#${number} is opened from a fork: ${change.told}`;
}

async function pushMore(play: BotPlay): Promise<string | null> {
  const { sim, dice } = play;
  const request = await some(play, (one) => one.state === "open" && !one.head.fork && !isBots(play, one));
  const change = request && edited(play, request.head.commit, 2);
  if (!request || !change) return null;
  const isForced = dice.chance(0.3);
  await push(play, request.head.branch, change.files, isForced ? { onto: gitIn(sim.remote, "rev-parse", `${request.head.commit}~1`) } : {});
  return `#${request.number} gets ${isForced ? "by force " : ""}${change.told}`;
}

async function pushToMain(play: BotPlay): Promise<string | null> {
  const change = edited(play, play.sim.tip(), 2);
  if (change === null) return null;
  await push(play, "main", change.files);
  return `main: ${change.told}`;
}

async function end(play: BotPlay, how: "merge" | "close", wanted: (request: PullRequest) => boolean): Promise<string | null> {
  const request = await some(play, (one) => one.state === "open" && wanted(one));
  return request === undefined ? null : endOne(play, request, how);
}

/** null: it cannot be merged. */
export async function endOne(play: BotPlay, request: PullRequest, how: "merge" | "close"): Promise<string | null> {
  const { sim, ledger, dice } = play;
  const { number, head } = request;
  const person = somebody(play);
  if (how === "merge") {
    const commit = await person.merge(number, dice.pick("merge", "squash")).catch(() => null);
    if (commit === null) return null;
    ledger.pushed(sim.remote, "main", commit, true);
  } else {
    await person.close(number);
    ledger.declined(request);
  }
  const isDeleted = !head.fork && dice.chance(0.4);
  if (isDeleted) {
    await person.deleteBranch(head.branch);
    ledger.pushed(sim.remote, head.branch, null, true);
  }
  return `#${number} (${head.branch}) is ${how === "merge" ? "merged" : "closed"}${isDeleted ? ", its branch deleted" : ""}`;
}

async function reopen(play: BotPlay): Promise<string | null> {
  const { sim, ledger } = play;
  const { branches, requests } = await sightOf(sim);
  const openHeads = new Set(requests.flatMap(({ state, head }) => (state === "open" ? [head.branch] : [])));
  const request = await some(play, ({ state, head }) => state === "closed" && !head.fork && branches.has(head.branch) && !openHeads.has(head.branch));
  if (request === undefined) return null;
  await somebody(play).reopen(request.number);
  ledger.openedAgain(request);
  return `#${request.number} is opened again`;
}

async function pushToBots(play: BotPlay): Promise<string | null> {
  const { sim, ledger, dice } = play;
  const request = await some(play, (one) => one.state === "open" && isBots(play, one));
  if (request === undefined) return null;
  const { branch, commit } = request.head;
  const what = dice.pick("commit", "commit", "amend", "rebase", "force", "delete");
  const parent = gitIn(sim.remote, "rev-parse", `${commit}~1`);
  const message = gitIn(sim.remote, "show", "-s", "--format=%B", commit);
  switch (what) {
    case "commit":
    case "amend": {
      const change = edited(play, commit, 1);
      if (change === null) return null;
      const files = what === "commit" ? change.files : [...changedFrom(sim, parent, commit, change.files), ...change.files];
      await push(play, branch, files, what === "commit" ? {} : { onto: parent, message });
      return `#${request.number} (${branch}): a person ${what}s ${change.told}`;
    }
    case "rebase": {
      const base = gitIn(sim.remote, "merge-base", "main", commit);
      // The very same once more is nobody's work.
      if (base === sim.tip()) return null;
      await push(play, branch, changedFrom(sim, base, commit, []), { onto: sim.tip(), message });
      return `#${request.number} (${branch}) is rebased by a person`;
    }
    case "force":
      await push(play, branch, [{ path: `${sim.world.words.fresh()}.txt`, content: "mine\n" }], { onto: sim.tip() });
      return `#${request.number} (${branch}) is somebody's own by force`;
    case "delete":
      await somebody(play).deleteBranch(branch);
      ledger.pushed(sim.remote, branch, null, true);
      ledger.declined(request);
      return `${branch} of #${request.number} is deleted`;
  }
}

/** Without those that are given. */
function changedFrom({ remote }: BotSimWorld, from: string, to: string, without: readonly PushedFile[]): readonly PushedFile[] {
  const paths = gitIn(remote, "diff", "--name-only", "--no-renames", from, to).split("\n");
  const there = new Set(gitIn(remote, "ls-tree", "-r", "--name-only", to).split("\n"));
  return paths
    .filter((path) => path !== "" && !without.some((one) => one.path === path))
    .map((path) => ({ path, content: there.has(path) ? fileAt(remote, to, path) : null }));
}

async function tick(play: BotPlay): Promise<string | null> {
  const request = await some(play, ({ state, body }) => state === "open" && body.includes("- [ ] Go on"));
  if (request === undefined) return null;
  const body = ticked(request.body, "Go on");
  await somebody(play).edit(request.number, { body: play.dice.chance(0.5) ? body.replaceAll(/\r?\n/g, "\r\n") : body });
  return `the box of #${request.number} is ticked`;
}

async function editBody(play: BotPlay): Promise<string | null> {
  const request = await some(play, (one) => one.state === "open" && isBots(play, one));
  if (request === undefined) return null;
  const body = play.dice.pick(`${request.body}\nThanks!\n`, request.body.replaceAll(/\r?\n/g, "\r\n"));
  await somebody(play).edit(request.number, { body });
  return `the text of #${request.number} is edited`;
}

async function comment(play: BotPlay): Promise<string | null> {
  const { dice } = play;
  const request = await some(play, () => true);
  if (request === undefined) return null;
  const many = dice.chance(0.05) ? 300 : 1 + dice.below(3);
  for (let left = many; left > 0; left -= 1)
    await somebody(play).comment(request.number, dice.pick(`Note ${left}`, "<!-- canon:bot:plan -->\n### Canon: merging this changes no ticket\n"));
  return `${many} comments on #${request.number}`;
}

async function troubleComment(play: BotPlay): Promise<string | null> {
  const { sim, dice } = play;
  const request = await some(play, () => true);
  const mine = request && dice.maybe((await sim.stage.forge.comments(request.number)).filter(({ author }) => author === sim.stage.account));
  if (!request || !mine) return null;
  const isGone = dice.chance(0.5);
  if (isGone) await somebody(play).deleteComment(mine.id);
  else await somebody(play).editComment(mine.id, `${mine.body}\nI wrote into this.\n`);
  return `the bot's comment on #${request.number} is ${isGone ? "deleted" : "written into"}`;
}

async function editOneTicket({ sim, dice }: BotPlay): Promise<string | null> {
  const { world } = sim;
  const before = await readTickets(world);
  const change = await editTicket(dice.maybe(OWN_TICKET_EDITS) ?? "", world.desk, { dice, words: world.words });
  if (change === null) return null;
  const [was, is] = [before.get(change.id), (await readTickets(world)).get(change.id)];
  if (was && is) world.words.edited(change.id, textOf(was), textOf(is), change.told);
  return `ticket: ${change.told}`;
}

async function newTicket({ sim, dice }: BotPlay): Promise<string | null> {
  const { world, local } = sim;
  const parent = dice.maybe((await world.desk.tickets()).filter(({ archived }) => !archived));
  if (parent === undefined) return null;
  const title = `Ticket ${world.words.fresh()}`;
  const made = await local.create({ title, parent: parent.key }).catch(() => null);
  if (made === null) return null;
  world.words.edited(made.id, "", title, "a new ticket");
  return `ticket: ${made.key} is new below ${parent.key}`;
}

async function loseMemory({ sim, ledger }: BotPlay): Promise<string | null> {
  const { forge } = sim.stage;
  const stands = await forge.head("refs/canon/bot");
  if (stands === null) return null;
  await forge.move("refs/canon/bot", stands, null);
  ledger.hasLostMemory = true;
  return "the bot's memory is lost";
}
