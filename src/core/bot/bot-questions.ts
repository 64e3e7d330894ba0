/** The questions that the bot puts to people: those of a plan, its conflicts and its orphans, with the answers that need no terminal. */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import type { AnswerWord, BotAnswer } from "../model/bot-answer.ts";
import type { Change, Orphan, Plan, Question } from "../model/plan.ts";
import { withoutLive } from "./without-live.ts";

export type About =
  | { readonly kind: "question"; readonly question: Question }
  /** All fields of one section. */
  | { readonly kind: "conflict"; readonly change: Change }
  | { readonly kind: "orphan"; readonly orphan: Orphan };

export interface BotQuestion {
  /** Who it is about: the same question keeps it, whatever it says by now. */
  readonly id: string;
  /** What it says: an answer to something else is none. */
  readonly print: string;
  readonly target: string;
  readonly key: string | null;
  readonly address: string | null;
  readonly about: About;
  readonly answers: readonly AnswerWord[];
  /** Its ticket is less visible than the repository. */
  readonly hidden: boolean;
}

/**
 * Conflicts first: they hold something up. `hidden`: targets whose tickets are less visible than the repository. What is
 * asked shows nothing of them; the prints are made from the whole plan, so that nothing moves unnoticed.
 */
export function botQuestions(plan: Plan, hidden: ReadonlySet<string>): readonly BotQuestion[] {
  const shown = abouts(withoutLive(plan, hidden));
  const found = abouts(plan).map((about, at) => questionOf(about, shown[at] ?? about, hidden));
  return [...new Map(found.map((one) => [one.id, one] as const)).values()];
}

function abouts({ questions, conflicts, orphans }: Plan): readonly About[] {
  return [
    // Whose spec is older than the ticket needs no decision, but the newest specs.
    ...conflicts.filter(({ reason }) => reason !== "behind").map((change): About => ({ kind: "conflict", change })),
    ...questions.map((question): About => ({ kind: "question", question })),
    ...orphans.map((orphan): About => ({ kind: "orphan", orphan })),
  ];
}

function questionOf(about: About, shown: About, hidden: ReadonlySet<string>): BotQuestion {
  const { kind, target, key, address } = place(about);
  const answers = answersTo(about).filter((word) => !hidden.has(target) || !TELLS.includes(word));
  // Below which section a ticket of people stands may change: it is asked about all the same.
  const id = shortened([kind, target, key, kind === "unmapped" ? null : address]);
  return { ...{ id, target, key, address, about: shown }, print: shortened(said(about)), answers, hidden: hidden.has(target) };
}

/** Answers that write what a ticket says into a spec: never where more people read the spec than the ticket (threat 28). */
export const TELLS: readonly AnswerWord[] = ["add", "keep-tracker"];

function place(about: About): { readonly kind: string; readonly target: string; readonly key: string | null; readonly address: string | null } {
  switch (about.kind) {
    case "question":
      return about.question;
    case "conflict":
      return { kind: "conflict", target: about.change.target, key: about.change.key, address: about.change.address };
    case "orphan":
      return { ...about.orphan, kind: "orphan" };
  }
}

function said(about: About): readonly unknown[] {
  switch (about.kind) {
    case "question":
      // What a verifier says about it may be other words with every run.
      return [about.question.kind === "unverified" ? "" : about.question.text, about.question.address];
    case "conflict":
      return about.change.held.map(({ field, verdict, base, spec, live }) => [field, verdict, base, spec, live]);
    case "orphan":
      return [about.orphan.address];
  }
}

/** In the order in which they are offered; those of a section only where there is one. */
function answersTo(about: About): readonly AnswerWord[] {
  switch (about.kind) {
    case "conflict":
      return ["keep-spec", "keep-tracker"];
    case "orphan":
      return ["close", "forget"];
    case "question":
      return answersToQuestion(about.question);
  }
}

function answersToQuestion({ kind, address }: Question): readonly AnswerWord[] {
  switch (kind) {
    case "unmapped":
      return address === null ? ["out-of-scope"] : ["add", "out-of-scope"];
    case "ticket-missing":
    case "released":
      return ["recreate", "skip"];
    case "canceled":
      return ["deprecated", "open-again", "skip"];
    case "archived":
      return ["deprecated", "skip"];
    case "copy":
      return ["adopt", "skip"];
    // Only a verifier leaves it open: where people review, whoever merges has looked.
    case "unverified":
      return ["open-again"];
    case "level-changed":
    case "ticket-left":
      return ["skip"];
    // Moving closes a ticket of one tracker before the marker that names the other is merged: for a terminal.
    case "route-changed":
    // Which section it belongs to takes more words than a box has.
    case "claim":
    // The next run finds out by itself.
    case "in-doubt":
    // Whatever sets the field must be stopped where it is.
    case "flip-flop":
      return [];
  }
}

/** Behind a box, so that a tick means what its reader saw. */
export function answerPrint({ id, print }: Pick<BotQuestion, "id" | "print">, word: AnswerWord): string {
  return shortened([id, print, word]);
}

/** Nobody is asked about what somebody has answered and is still on its way, nor about the section that comes of it. */
export function unanswered(questions: readonly BotQuestion[], answers: readonly BotAnswer[]): readonly BotQuestion[] {
  const pending = answers.filter(isPending);
  const isTaken = ({ target, key, address }: BotQuestion): boolean =>
    pending.some((one) => one.target === target && (one.key === null || key === null ? one.address === address : one.key === key));
  return questions.filter((question) => !isTaken(question));
}

export function isPending({ state }: Pick<BotAnswer, "state">): boolean {
  return state === "given" || state === "proposed";
}

/** Hex, for it stands in a hidden comment, which two dashes would end. */
function shortened(parts: readonly unknown[]): string {
  return fingerprint(canonicalJson(parts)).slice(0, 16);
}
