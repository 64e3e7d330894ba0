/** Carries out what people answered to the bot's questions: each answer once, and its result is shown where it was asked. */

import { answerPrint } from "../../core/bot/bot-questions.ts";
import type { BotAnswer } from "../../core/model/bot-answer.ts";
import type { Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import type { Thread } from "../../forges/forge.ts";
import { planTickets } from "../plan.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { carryAnswer } from "./carry-answer.ts";
import { followProposals } from "./follow-proposals.ts";
import { furtherOf, hearAnswers, repliedTo, replySign, understand, withAnswers, type Spoken } from "./hear-answers.ts";
import { openAtCommit, type CommitWorkspace } from "./open-at-commit.ts";
import { isProposed, proposeAnswers, settle } from "./propose-answers.ts";
import { findIssue, keepQuestions, questionsOf, type Asked } from "./questions-issue.ts";
import { inTurn, withQuestions } from "./questions-turn.ts";
import { recall, remember } from "./remember.ts";
import { settleMerged } from "./settle-merged.ts";

/** The clone, at the tip of the default branch. */
export interface AnswerPlace {
  readonly workspace: Workspace;
  readonly head: string;
  readonly prefix: string;
}

/** The same as a run of canon bot pull asks about. */
const ASKING: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD, direction: "back", vouches: true };

/** How many were carried out, or are proposed. Asks no tracker where nobody has said anything. */
export async function answerQuestions(place: AnswerPlace, world: BotWorld, signal: AbortSignal): Promise<number> {
  const { forge } = world;
  await settleMerged(place.workspace, world, signal);
  const { questions: known } = await recall(forge);
  if (known.thread === null) return 0;
  const issue = await findIssue(forge, known.thread);
  const spoken = issue?.number === known.thread ? await hearAnswers(issue, known, forge) : null;
  if (spoken === null && !known.answers.some(({ state }) => state === "given")) return 0;
  const { workspace } = place;
  const plan = await planTickets(workspace, { selection: ASKING, anyBranch: false });
  const asked = await questionsOf(plan, workspace.config, world);
  if (issue !== null && spoken !== null) await take(issue, spoken, asked, world);
  const given = (await recall(forge)).questions.answers.filter(({ state }) => state === "given");
  const settled = new Set<string>();
  for (const answer of given.filter((one) => !isProposed(one))) if (await carry(answer, asked, workspace, world, signal)) settled.add(answer.question);
  if (given.some(isProposed)) {
    await followProposals(world);
    await propose(asked, place, world);
  }
  // A box whose answer came to nothing is open again; one that nobody could read stays ticked.
  await keepQuestions(plan, workspace.config, world, {
    settled,
    read: new Set(given.map((one) => answerPrint({ id: one.question, print: one.print }, one.word))),
  });
  return given.length;
}

/** Remembered before any of it is carried out: a run that dies on the way leaves it to the next one. */
async function take(issue: Thread, spoken: Spoken, { questions, isWhole }: Asked, world: BotWorld): Promise<void> {
  const { forge, clock, words } = world;
  const { answers } = (await recall(forge)).questions;
  const at = clock.now().toISOString();
  const all = understand(spoken, questions, answers, at);
  // What they answered may be one of those that cannot be seen now: their comments wait, boxes do not.
  const waits = !isWhole && all.misread.some(({ why }) => why.some(({ kind }) => kind === "unknown-question"));
  const { given, misread } = waits ? understand({ ...spoken, comments: [] }, questions, answers, at) : all;
  if (misread.length > 0)
    await inTurn(world, async ({ since: from }) => {
      const { account } = await forge.repository();
      const replied = repliedTo(await forge.comments(issue.number, from ?? undefined), account);
      for (const { comment, why } of misread)
        if (!replied.has(comment)) await forge.comment(issue.number, `${replySign(comment)}\n${words.questions.reply(why)}`);
      return {};
    });
  await remember(forge, (memory) => {
    const known = memory.questions;
    const upTo = waits ? known : furtherOf(known, spoken);
    return given.length === 0 && upTo === known
      ? memory
      : withQuestions({ since: upTo.since, heard: upTo.heard, answers: withAnswers(known.answers, given) })(memory);
  });
}

/** True where nobody needs to be asked any more. */
async function carry(answer: BotAnswer, { questions, isWhole }: Asked, workspace: Workspace, { forge }: BotWorld, signal: AbortSignal): Promise<boolean> {
  const question = questions.find(({ id }) => id === answer.question);
  if (question === undefined && !isWhole) return false;
  if (question !== undefined && question.print !== answer.print) {
    await settle(forge, [answer.question], { state: "failed", note: "What it is about has changed since." });
    return false;
  }
  // An earlier run carried it out and did not live to say so, or somebody else did.
  const { state, note } = question === undefined ? { state: "done" as const, note: "" } : await carryAnswer(answer, workspace, signal);
  await settle(forge, [answer.question], { state, note });
  return state === "done";
}

async function propose(asked: Asked, { head, prefix }: AnswerPlace, world: BotWorld): Promise<void> {
  const { defaultBranch } = await world.forge.repository();
  const opened: CommitWorkspace[] = [];
  try {
    await proposeAnswers(
      asked,
      async () => {
        const at = await openAtCommit(world, head);
        if (!at.ok) throw new Error(`the configuration of ${head} was there a moment ago`);
        opened.push(at.at);
        await at.at.fill(head);
        return at.at;
      },
      { base: head, defaultBranch, prefix },
      world,
    );
  } finally {
    for (const at of opened) await at.remove();
  }
}
