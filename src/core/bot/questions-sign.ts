/** Hidden lines of the issue with the bot's questions: what finds it again, and what its readers could see. Read only from the bot's own text. */

import type { BotQuestion } from "./bot-questions.ts";

/** Its first line. */
export const QUESTIONS_SIGN = "<!-- canon:bot:questions -->";

/** More than this nobody answers before some are gone. */
const MOST = 800;

/** Those that its last line has room for. */
export function listed<Q extends Pick<BotQuestion, "id" | "print">>(questions: readonly Q[]): readonly Q[] {
  return questions.slice(0, MOST);
}

/** The last line: all questions that there were when it was written, also those that it only counts. */
export function askedSign(questions: readonly Pick<BotQuestion, "id" | "print">[]): string {
  const pairs = listed(questions).map(({ id, print }) => ` ${id}:${print}`);
  return `<!-- canon:bot:asked${pairs.join("")} -->`;
}

/** What each of them said, by its id. */
export function askedIn(body: string): ReadonlyMap<string, string> {
  const [, list = ""] = /^<!-- canon:bot:asked(.*?) -->$/m.exec(body.replaceAll("\r\n", "\n")) ?? [];
  return new Map(list.split(" ").flatMap((pair) => (pair.includes(":") ? [[pair.slice(0, 16), pair.slice(17)] as const] : [])));
}
