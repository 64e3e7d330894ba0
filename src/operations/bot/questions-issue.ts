/** The one issue with the bot's questions: made when there is one, edited in place, closed when there is none left. */

import { botQuestions, unanswered, type BotQuestion } from "../../core/bot/bot-questions.ts";
import { flipQuestions } from "../../core/bot/flips.ts";
import { askedIn, listed, QUESTIONS_SIGN } from "../../core/bot/questions-sign.ts";
import { tickedIn } from "../../core/bot/read-answers.ts";
import { hiddenTargets } from "../../core/bot/visible-targets.ts";
import { isWholePlan, unreadTargets } from "../../core/bot/whole-plan.ts";
import type { Config } from "../../core/model/config.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Forge, Thread } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { heardUpTo } from "./hear-answers.ts";
import { inTurn, withQuestions } from "./questions-turn.ts";
import { recall, remember } from "./remember.ts";

const LABEL = "canon";

/** What the issue says by now; null: there is none, and none is needed. */
export interface KeptQuestions {
  /** null: the host takes no issues here, so that nobody can be asked. */
  readonly url: string | null;
  /** Questions that nobody has answered. */
  readonly open: number;
}

/** By its remembered number, else among the bot's own: the text of others is never taken for it (threat 7). */
export async function findIssue(forge: Forge, number: number | null): Promise<Thread | null> {
  const { account, takesThreads } = await forge.repository();
  if (!takesThreads) return null;
  const remembered = number === null ? null : await forge.readThread(number);
  if (remembered?.author === account) return remembered;
  return (await forge.threads({ author: account, label: LABEL })).find(({ body }) => body.startsWith(QUESTIONS_SIGN)) ?? null;
}

/** What is asked now. */
export interface Asked {
  /** Answered or not. */
  readonly questions: readonly BotQuestion[];
  /** False: there may be more of them. */
  readonly isWhole: boolean;
  /** Targets about whose tickets too little is known. */
  readonly unread: ReadonlySet<string>;
}

/** Those of the plan. */
export async function questionsOf(plan: Plan, config: Config, { forge }: Pick<BotWorld, "forge">): Promise<Asked> {
  const hidden = hiddenTargets(config, (await forge.repository()).visibility);
  return { questions: botQuestions(plan, hidden), isWhole: isWholePlan(plan, config), unread: unreadTargets(plan, config) };
}

/** Says what is open. `settled`: ids of questions that need no answer any more; `read`: prints of ticked boxes that were. */
export async function keepQuestions(
  planned: Plan,
  config: Config,
  { forge, clock, words }: BotWorld,
  { settled, read }: { readonly settled: ReadonlySet<string>; readonly read: ReadonlySet<string> } = NOTHING_ANSWERED,
): Promise<KeptQuestions | null> {
  const memory = await recall(forge);
  const known = memory.questions;
  const plan = { ...planned, questions: [...planned.questions, ...flipQuestions(planned.changes, memory, clock.now().getTime())] };
  const all = await questionsOf(plan, config, { forge });
  const open = unanswered(
    all.questions.filter(({ id }) => !settled.has(id)),
    known.answers,
  );
  const bodyWith = (ticked: ReadonlySet<string>): string => words.questions.body({ questions: open, answers: known.answers, ticked });
  const found = await findIssue(forge, known.thread);
  if (found === null) {
    if (open.length === 0) return null;
    const { takesThreads } = await forge.repository();
    return { url: takesThreads ? await openIssue(words.questions.title, bodyWith(new Set()), { forge, clock }) : null, open: open.length };
  }
  if (found.number !== known.thread) await adopt(found, forge);
  const before = found.body.replaceAll("\r\n", "\n");
  const asked = askedIn(before);
  const explained = new Set([...settled, ...all.questions.map(({ id }) => id), ...known.answers.map(({ question }) => question)]);
  const told = { url: found.url, open: open.length };
  // What could not be read is no answer.
  if (!all.isWhole && [...asked.keys()].some((id) => !explained.has(id))) return told;
  const body = bodyWith(new Set(tickedIn(before).filter((print) => !read.has(print))));
  // Closed by somebody else, it stays so until there is a question that was not in it.
  const isOpen = found.open ? open.length > 0 : listed(open).some(({ id }) => !asked.has(id));
  const edit = { ...(body.trimEnd() === before.trimEnd() ? {} : { body }), ...(isOpen === found.open ? {} : { open: isOpen }) };
  if (Object.keys(edit).length > 0) await forge.editThread(found.number, edit);
  return told;
}

const NOTHING_ANSWERED = { settled: new Set<string>(), read: new Set<string>() };

/** Answers its address. */
async function openIssue(title: string, body: string, world: Pick<BotWorld, "forge" | "clock">): Promise<string> {
  let url = "";
  await inTurn(world, async ({ thread }) => {
    // Also after a run that opened it and did not live to remember.
    const issue = (await findIssue(world.forge, thread)) ?? (await world.forge.openThread({ title, body, labels: [LABEL] }));
    url = issue.url;
    return { thread: issue.number };
  });
  return url;
}

/** Its memory was lost: which comments were carried out nobody knows, so none of them is. */
async function adopt({ number }: Thread, forge: Forge): Promise<void> {
  const heard = heardUpTo(await forge.comments(number));
  await remember(forge, withQuestions({ thread: number, ...heard }));
}
