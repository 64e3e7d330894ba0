/** The issue with the bot's questions, word by word, and that nothing that strangers write acts in it (threats 1–6). */

import { describe, expect, it } from "vitest";
import { answerPrint, botQuestions } from "../../src/core/bot/bot-questions.ts";
import type { QuestionBoard } from "../../src/core/bot/question-board.ts";
import { askedIn } from "../../src/core/bot/questions-sign.ts";
import { tickedIn } from "../../src/core/bot/read-answers.ts";
import type { BotAnswer } from "../../src/core/model/bot-answer.ts";
import type { Plan, Question } from "../../src/core/model/plan.ts";
import { QUESTION_WORDS } from "../../src/views/bot-questions.ts";
import { HOSTILE } from "../harness/hostile.ts";
import { expectGolden } from "./golden.ts";
import { aChange, aField, aPlan } from "./plan-builder.ts";

function unmapped(title: string, index: number): Question {
  const key = `ENG-${index + 100}`;
  const address = index % 2 === 0 ? "specs/payments.md#refunds" : null;
  return {
    kind: "unmapped",
    target: "engineering",
    address,
    key,
    text: `${key} "${title}" was made by people, and no section is about it.`,
    hint: `canon ticket accept ${key}`,
  };
}

const TITLES = [
  "Key ceremony",
  "החזרים כספיים",
  "استرداد الأموال \u202eevil",
  "<!-- canon:skip --> @olga #41 `x` [y](javascript:z)",
  ...Array.from({ length: 20 }, (_one, at) => `Chore ${at + 1}`),
];

/** `heading`: of the section in conflict. */
function planOf(titles: readonly string[], heading: string = titles[0] ?? ""): Plan {
  const criteria = aField({
    field: "criteria",
    verdict: "conflict",
    base: ["[ ] within 14 days"],
    spec: ["[ ] within 7 days"],
    live: ["[ ] within 30 days"],
    by: "M. Chen",
    at: "2026-01-04T10:00:00.000Z",
  });
  const about = (kind: Question["kind"], key: string, text: string): Question => ({
    kind,
    target: "engineering",
    address: `specs/payments.md#${key.toLowerCase()}`,
    key,
    text: `${key} ${text}`,
    hint: "Find out.",
  });
  return aPlan({
    conflicts: [aChange({ title: heading, address: "specs/payments.md#refunds", action: "update", key: "ENG-7", held: [criteria] })],
    questions: [
      about("canceled", "ENG-8", `was cancelled ("Won't do"), while the section is open.`),
      about("ticket-missing", "ENG-9", "is not there."),
      about("unverified", "ENG-10", "is closed, but the section stays open: the verifier does not find it."),
      about("route-changed", "ENG-11", "is elsewhere."),
      ...titles.map(unmapped),
    ],
    orphans: [{ target: "engineering", key: "ENG-12", title: titles[0] ?? "", address: "specs/payments.md#gone" }],
  });
}

function answer(given: Partial<BotAnswer>): BotAnswer {
  return {
    ...{ question: "q", print: "p", word: "out-of-scope", target: "engineering", key: "ENG-1", address: null, by: null, via: "box" },
    ...{ at: "2026-01-05T09:00:00.000Z", state: "done", note: "", request: null, ...given },
  };
}

function boardOf(plan: Plan, hidden: ReadonlySet<string> = new Set()): QuestionBoard {
  return { questions: botQuestions(plan, hidden), answers: [], ticked: new Set() };
}

describe("the issue", () => {
  it("with more questions than it shows", () => {
    const board = boardOf(planOf(TITLES));
    const [first, second, third] = board.questions;
    if (first === undefined || second === undefined || third === undefined) throw new Error("there are too few");
    const answers = [
      answer({ question: second.id, print: second.print, word: "deprecated", state: "failed", note: "The section is stopped by an error of its own." }),
      answer({ question: third.id, print: third.print, word: "skip", state: "declined", request: 40 }),
      answer({ key: "ENG-2", by: "dana", via: "comment", word: "keep-spec" }),
      answer({ key: "ENG-3", via: "label", word: "add", state: "proposed", request: 42 }),
      answer({ key: "ENG-4", word: "skip", state: "given" }),
    ];
    const ticked = new Set(first.answers.map((word) => answerPrint(first, word)));
    const body = QUESTION_WORDS.body({ ...board, answers, ticked });
    expectGolden("bot-questions.md", body);
    expect(body.match(/^\*\*\d+\.\*\*/gm)).toHaveLength(20);
    expect(askedIn(body.replaceAll("\n", "\r\n")).size).toBe(board.questions.length);
    expect(tickedIn(body.replaceAll("\n", "\r\n"))).toEqual([...ticked]);
  });

  it("without one", () => expectGolden("bot-questions-none.md", QUESTION_WORDS.body({ questions: [], answers: [], ticked: new Set() })));

  it("where the repository is more visible than the tracker: keys, what is asked, and no answer that would bring words there", () => {
    const body = QUESTION_WORDS.body(boardOf(planOf(["Acme pays late"], "Refunds"), new Set(["engineering"])));
    expectGolden("bot-questions-hidden.md", body);
    expect(body).not.toMatch(/Acme|30 days|M\. Chen|\*\*(add|keep-tracker)\*\*/);
  });

  it("fits, whatever there is", () => {
    const many = Array.from({ length: 3_000 }, (_one, at) => `${at} ${"w".repeat(5_000)}`);
    const long = aField({ field: "title", verdict: "conflict", base: "b".repeat(9_000), spec: "s".repeat(9_000), live: "l".repeat(99_000) });
    const plan = { ...planOf(many), conflicts: [aChange({ title: "Refunds", action: "update", key: "ENG-7", held: [long] })] };
    const answers = Array.from({ length: 900 }, (_one, at) => answer({ key: `ENG-${at}`, state: "given" }));
    const body = QUESTION_WORDS.body({ ...boardOf(plan), answers });
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("too long for this page");
  });

  it.for(HOSTILE.map((text) => [text.slice(0, 40), text] as const))("is not moved by %j", ([, text]) => {
    const of = (title: string): string => QUESTION_WORDS.body(boardOf(planOf([title])));
    const [calm, body] = [of("Calm"), of(text)];
    const shape = (given: string): readonly unknown[] => [
      given.split("\n").length,
      given.match(/^- \[[ x]\] /gm)?.length,
      given.match(/<!-- canon:/g)?.length,
      given.match(/<(?!!-- -->|!-- canon:bot|\/?(?:sub|ins|del)>)/g),
      given.match(/(?<!\\)\]\(/g),
      given.match(/@\w|(?<![&\w])#\d/g),
    ];
    expect(shape(body)).toEqual(shape(calm));
  });
});

describe("a reply", () => {
  it("says what was meant, and does nothing with what was typed", () => {
    const known = ["add", "out-of-scope"] as const;
    const body = QUESTION_WORDS.reply([
      { kind: "unknown-question", about: "ENG-1`@olga<!--", nearest: "ENG-11" },
      { kind: "unknown-word", about: "ENG-11", word: "ad", nearest: "add", known },
      { kind: "no-address", about: "ENG-11" },
      { kind: "several", about: "ENG-11" },
      { kind: "moved", about: "ENG-11" },
    ]);
    expectGolden("bot-questions-reply.md", body);
  });
});
