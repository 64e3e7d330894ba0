/** Reads what people answered: the boxes they ticked in the bot's own text, and commands in their comments. */

import type { AnswerWord } from "../model/bot-answer.ts";
import { nearestWord } from "../text/nearest-word.ts";
import type { BotQuestion } from "./bot-questions.ts";

/** The end of a line with a box. Text of tickets brings none: there every `<` is written out. */
export function answerSign(print: string): string {
  return `<!-- canon:bot:answer ${print} -->`;
}

/** Prints of the answers whose boxes are ticked. Who edits a text in a browser sends other line ends. */
export function tickedIn(body: string): readonly string[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(/^[-*] \[[xX]\] .*<!-- canon:bot:answer ([0-9a-f]{16}) -->[ \t]*$/gm)].flatMap(([, print]) => print ?? []);
}

export interface AnswerCommand {
  /** As it was typed: a key, or an address. */
  readonly about: string;
  readonly word: string;
  /** What stands behind the word. */
  readonly more: string;
}

/** Each on a line of its own, its first: what is quoted or told of is none. */
export function commandsIn(comment: string): readonly AnswerCommand[] {
  const lines = withoutCode(comment).matchAll(/^\/canon[ \t]+answer(?:[ \t]+(\S+))?(?:[ \t]+(\S+))?[ \t]*(.*)$/gm);
  return [...lines].map(([, about = "", word = "", more = ""]) => ({ about, word, more: more.trim() }));
}

function withoutCode(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/^(`{3,}|~{3,})[^]*?(?:^\1|$(?![^]))/gm, "");
}

export type ReadAnswer =
  | { readonly ok: true; readonly question: BotQuestion; readonly word: AnswerWord; readonly address: string | null }
  | { readonly ok: false; readonly why: Misread };

export type Misread =
  | { readonly kind: "unknown-question"; readonly about: string; readonly nearest: string | null }
  | { readonly kind: "unknown-word"; readonly about: string; readonly word: string; readonly nearest: string | null; readonly known: readonly AnswerWord[] }
  | { readonly kind: "no-address"; readonly about: string }
  | { readonly kind: "several"; readonly about: string }
  | { readonly kind: "moved"; readonly about: string };

/** `seen`: what each question said, by its id, where its reader saw it. */
export function readCommand({ about, word, more }: AnswerCommand, questions: readonly BotQuestion[], seen: ReadonlyMap<string, string>): ReadAnswer {
  const typed = about.toLowerCase();
  const meant = questions.filter(({ key, address }) => key?.toLowerCase() === typed || (address !== null && address === about));
  const names = questions.flatMap(({ key, address }) => key ?? address ?? []);
  if (meant.length === 0) return { ok: false, why: { kind: "unknown-question", about, nearest: nearestWord(about, names) } };
  const known = [...new Set(meant.flatMap(wordsFor))];
  const [question, ...others] = meant.filter((one) => wordsFor(one).some((answer) => answer === word.toLowerCase()));
  const found = known.find((answer) => answer === word.toLowerCase());
  if (question === undefined || found === undefined) return { ok: false, why: { kind: "unknown-word", about, word, nearest: nearestWord(word, known), known } };
  // Trackers may use the same key for tickets that have nothing to do with each other.
  if (others.some(({ target }) => target !== question.target)) return { ok: false, why: { kind: "several", about } };
  if ((seen.get(question.id) ?? question.print) !== question.print) return { ok: false, why: { kind: "moved", about } };
  const address = found === "add" && more !== "" ? more : question.address;
  if (found === "add" && (address === null || !address.includes("#"))) return { ok: false, why: { kind: "no-address", about } };
  return { ok: true, question, word: found, address };
}

/** A comment can name the section that a box cannot. */
export function wordsFor({ about, answers, hidden }: Pick<BotQuestion, "about" | "answers" | "hidden">): readonly AnswerWord[] {
  const isUnmapped = about.kind === "question" && about.question.kind === "unmapped";
  return isUnmapped && !hidden && !answers.includes("add") ? ["add", ...answers] : answers;
}
