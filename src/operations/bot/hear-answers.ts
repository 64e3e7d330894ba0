/** Reads what people answered in the issue: boxes, and commands in comments of those who may write. */

import { answerPrint, isPending, unanswered, type BotQuestion } from "../../core/bot/bot-questions.ts";
import { askedIn } from "../../core/bot/questions-sign.ts";
import { commandsIn, readCommand, tickedIn, type AnswerCommand, type Misread } from "../../core/bot/read-answers.ts";
import type { BotAnswer, BotQuestions } from "../../core/model/bot-answer.ts";
import type { Comment, Forge, Thread } from "../../forges/forge.ts";

interface SpokenComment {
  readonly id: string;
  readonly author: string;
  readonly commands: readonly AnswerCommand[];
}

export interface Spoken {
  /** Prints. Whoever may not write cannot edit the bot's text: the host itself keeps that. */
  readonly ticked: readonly string[];
  readonly comments: readonly SpokenComment[];
  /** What people could see when they spoke. */
  readonly seen: ReadonlyMap<string, string>;
  /** What the memory knows once all this was taken in. */
  readonly since: string | null;
  readonly heard: readonly string[];
}

/** null: nobody has said anything that concerns the bot. */
export async function hearAnswers(issue: Thread, { since, heard }: BotQuestions, forge: Forge): Promise<Spoken | null> {
  const { account } = await forge.repository();
  const all = await forge.comments(issue.number, since ?? undefined);
  // By when they were made: a comment that is edited later was carried out as it was.
  const fresh = all.filter(({ id, createdAt }) => (since === null || createdAt >= since) && !heard.includes(id));
  const spoken = fresh.filter(({ author }) => author !== account).map((one) => ({ ...one, commands: commandsIn(one.body) }));
  const asking = spoken.filter(({ commands }) => commands.length > 0);
  const ticked = tickedIn(issue.body);
  if (ticked.length + asking.length === 0) return null;
  const comments: SpokenComment[] = [];
  for (const one of asking) if (await mayAnswer(one.author, forge)) comments.push(one);
  return { ticked, comments, seen: askedIn(issue.body), ...heardUpTo(all) };
}

/** What has been heard once these were. */
export function heardUpTo(comments: readonly Comment[]): Heard {
  const since =
    comments
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1) ?? null;
  return { since, heard: comments.flatMap(({ id, createdAt }) => (createdAt === since ? [id] : [])) };
}

type Heard = Pick<BotQuestions, "since" | "heard">;

/**
 * `known` itself where as much was heard, or more: another run may have gone further, or the newest comment was taken away
 * and older ones edited.
 */
export function furtherOf(known: Heard, spoken: Heard): Heard {
  if (known.since === spoken.since) {
    const heard = [...new Set([...known.heard, ...spoken.heard])];
    return heard.length === known.heard.length ? known : { since: known.since, heard };
  }
  return known.since !== null && (spoken.since === null || spoken.since < known.since) ? known : spoken;
}

/** Comments that have their reply, among those of an issue. */
export function repliedTo(comments: readonly Comment[], account: string): ReadonlySet<string> {
  return new Set(comments.flatMap(({ author, body }) => (author === account ? (/^<!-- canon:bot:reply (\S+) -->/.exec(body)?.[1] ?? []) : [])));
}

async function mayAnswer(author: string, forge: Forge): Promise<boolean> {
  const permission = await forge.permissionOf(author);
  return permission === "write" || permission === "admin";
}

/** Its first line. */
export function replySign(id: string): string {
  return `<!-- canon:bot:reply ${id} -->`;
}

export interface Understood {
  readonly given: readonly BotAnswer[];
  readonly misread: readonly { readonly comment: string; readonly why: readonly Misread[] }[];
}

/** Where two answer the same, the first counts, and boxes before comments; two boxes of one question are no answer. */
export function understand({ ticked, comments, seen }: Spoken, all: readonly BotQuestion[], answers: readonly BotAnswer[], at: string): Understood {
  const open = unanswered(all, answers);
  const given = new Map<string, BotAnswer>();
  for (const question of open) {
    const [word, another] = question.answers.filter((one) => ticked.includes(answerPrint(question, one)));
    if (word !== undefined && another === undefined)
      given.set(question.id, { ...answerTo(question), word, address: question.address, by: null, via: "box", at });
  }
  const misread = comments.flatMap(({ id, author, commands }) => {
    const why = commands.flatMap((command): readonly Misread[] => {
      const read = readCommand(command, all, seen);
      // Who comes late finds the answer in the issue.
      if (!read.ok) return read.why.kind === "unknown-question" && isAnswered(command, answers) ? [] : [read.why];
      const { question, word, address } = read;
      if (open.includes(question) && !given.has(question.id)) given.set(question.id, { ...answerTo(question), word, address, by: author, via: "comment", at });
      return [];
    });
    return why.length === 0 ? [] : [{ comment: id, why }];
  });
  return { given: [...given.values()], misread };
}

export function answerTo({ id, print, target, key }: BotQuestion): Pick<BotAnswer, "question" | "print" | "target" | "key" | "state" | "note" | "request"> {
  return { question: id, print, target, key, state: "given", note: "", request: null };
}

function isAnswered({ about }: AnswerCommand, answers: readonly BotAnswer[]): boolean {
  return answers.some(({ key, address, state }) => state === "done" && (key?.toLowerCase() === about.toLowerCase() || address === about));
}

/** Of what is done only the last ones are kept; what came to nothing is not tried again unasked, so it is kept longer. */
const KEPT = { done: 30, failed: 300 } as const;

/** A new answer takes the place of one that came to nothing; what another run has heard meanwhile stands. */
export function withAnswers(known: readonly BotAnswer[], heard: readonly BotAnswer[]): readonly BotAnswer[] {
  const given = heard.filter(({ question }) => !known.some((one) => one.question === question && isPending(one)));
  const again = new Set(given.map(({ question }) => question));
  const done = known.filter(({ state }) => state === "done").slice(-KEPT.done);
  const failed = known.filter(({ state, question }) => (state === "failed" || state === "declined") && !again.has(question)).slice(-KEPT.failed);
  return [...known.filter((one) => isPending(one) || done.includes(one) || failed.includes(one)), ...given];
}
