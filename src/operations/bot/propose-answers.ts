/** Answers that change specs, as one pull request that is open at a time: further answers are further commits on it. */

import { TELLS } from "../../core/bot/bot-questions.ts";
import { ANSWERS, isStanding, type SpecChanges } from "../../core/bot/propose.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { AnswerWord, BotAnswer } from "../../core/model/bot-answer.ts";
import type { Proposal } from "../../core/model/bot-memory.ts";
import type { Forge } from "../../forges/forge.ts";
import { writeAnswers } from "./answered-specs.ts";
import type { BotWorld } from "./bot-world.ts";
import type { CommitWorkspace } from "./open-at-commit.ts";
import { bringUpToDate, openProposal, withdraw, type Stand } from "./proposal-requests.ts";
import type { Asked } from "./questions-issue.ts";
import { recall, remember } from "./remember.ts";

const IN_SPECS: readonly AnswerWord[] = ["add", "keep-tracker", "deprecated", "skip", "close", "forget"];

export function isProposed({ word }: Pick<BotAnswer, "word">): boolean {
  return IN_SPECS.includes(word);
}

/** `openAt`: gives a folder filled with the specs of `stand.base`. */
export async function proposeAnswers(asked: Asked, openAt: () => Promise<CommitWorkspace>, stand: Stand, world: BotWorld): Promise<void> {
  const { forge } = world;
  await takeBack(asked, forge);
  const memory = await recall(forge);
  const standing = memory.proposals.find(({ spec, state }) => spec === ANSWERS && isStanding(state)) ?? null;
  const merged = new Set(memory.proposals.flatMap(({ state, number }) => (state === "merged" ? [number] : [])));
  const answers = memory.questions.answers.filter(
    (one) => isProposed(one) && (one.state === "given" || (one.state === "proposed" && !merged.has(one.request ?? 0))),
  );
  // What cannot be read now is no reason to take anything back.
  if (answers.some(({ target }) => asked.unread.has(target))) return;
  if (answers.length === 0) return standing?.state === "open" ? void (await withdraw(standing, world)) : undefined;
  // Whoever works on its branch is not written over; what they leave goes on when they are done.
  if (standing?.state === "paused") return;
  const print = printOf(answers);
  // A run that opened one and did not live to remember: it is open by now, or closed.
  const declined =
    standing === null ? memory.proposals.find((one) => one.state === "declined" && one.print === print && answers.every(isBefore(one))) : undefined;
  if (declined !== undefined) return settleAll(answers, { state: "declined", request: declined.number }, forge);
  if (standing !== null && (await isUpToDate(standing, print, stand, forge))) return settleAll(answers, { state: "proposed", request: standing.number }, forge);
  const { files, changes, refused } = await writeAnswers(answers, await openAt());
  const written = answers.filter(({ question }) => !refused.has(question));
  for (const [question, note] of refused) await settle(forge, [question], { state: "failed", note });
  if (files.length === 0) {
    // The specs say so already.
    await settleAll(written, { state: "done" }, forge);
    if (standing !== null) await withdraw(standing, world);
    return;
  }
  const found: SpecChanges = { spec: ANSWERS, changes, print: printOf(written), answers: written };
  if (standing === null) await openProposal(found, files, { ...stand, reviewers: [] }, world);
  else await bringUpToDate(standing, found, files, stand, world);
  const request = (await recall(forge)).proposals.find(({ spec, state, print }) => spec === ANSWERS && isStanding(state) && print === found.print);
  if (request !== undefined) await settleAll(written, { state: "proposed", request: request.number }, forge);
}

/** Hosts count whole seconds. */
function isBefore({ openedAt }: Proposal): (answer: BotAnswer) => boolean {
  const second = (moment: string): number => Math.floor(Date.parse(moment) / 1_000);
  return ({ at }) => second(at) <= second(openedAt);
}

/** What nobody asks any more needs no answer; what says something else by now was not what they answered; what was closed was declined. */
async function takeBack({ questions: all, isWhole }: Asked, forge: Forge): Promise<void> {
  const { proposals, questions } = await recall(forge);
  const ended = new Map(proposals.flatMap(({ number, state }) => (isStanding(state) ? [] : [[number, state] as const])));
  for (const answer of questions.answers) {
    if (!isProposed(answer) || (answer.state !== "given" && answer.state !== "proposed")) continue;
    const end = answer.request === null ? undefined : ended.get(answer.request);
    // What became of its ticket is not known yet: the next canon bot apply looks.
    if (end === "merged") continue;
    const question = all.find(({ id }) => id === answer.question);
    if (question === undefined) {
      if (isWhole) await settle(forge, [answer.question], { state: "done" });
    } else if (end !== undefined) await settle(forge, [answer.question], { state: "declined" });
    else if (question.print !== answer.print) await settle(forge, [answer.question], { state: "failed", note: "What it is about has changed since." });
    else if (question.hidden && TELLS.includes(answer.word))
      await settle(forge, [answer.question], { state: "failed", note: "More people can read the repository than the ticket." });
  }
}

/** Reading tickets again for a proposal that stands as it should would cost every run as much as all of them. */
async function isUpToDate({ print, head }: Proposal, wanted: string, { base, prefix }: Stand, forge: Forge): Promise<boolean> {
  if (print !== wanted) return false;
  const stood = await forge.mergeBase(base, head);
  if (stood === base) return true;
  const touched = new Set(stood === null ? [] : await forge.changed(stood, head));
  return stood !== null && (await forge.changed(stood, base)).every((path) => !touched.has(path) || !path.startsWith(prefix));
}

/** What was answered, and to what: when one of them comes or goes it is another proposal. */
function printOf(answers: readonly BotAnswer[]): string {
  return fingerprint(canonicalJson(answers.map(({ question, print, word, address }) => [question, print, word, address])));
}

function settleAll(answers: readonly BotAnswer[], change: Partial<BotAnswer>, forge: Forge): Promise<void> {
  return settle(
    forge,
    answers.map(({ question }) => question),
    change,
  );
}

export async function settle(forge: Forge, questions: readonly string[], change: Partial<BotAnswer>): Promise<void> {
  await remember(forge, (memory) => {
    const known = memory.questions.answers;
    const answers = known.map((one) => {
      const isMeant = questions.includes(one.question) && (one.state === "given" || one.state === "proposed");
      const next = { ...one, ...change };
      return isMeant && canonicalJson(next) !== canonicalJson(one) ? next : one;
    });
    return answers.some((one, at) => one !== known[at]) ? { ...memory, questions: { ...memory.questions, answers } } : memory;
  });
}
