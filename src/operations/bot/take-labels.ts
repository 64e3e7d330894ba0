/** Labels that people put on tickets are answers to the bot's questions as well. */

import { isPending, type BotQuestion } from "../../core/bot/bot-questions.ts";
import type { BotAnswer } from "../../core/model/bot-answer.ts";
import type { BotWorld } from "./bot-world.ts";
import { answerTo, withAnswers } from "./hear-answers.ts";
import { withQuestions } from "./questions-turn.ts";
import { recall, remember } from "./remember.ts";

export async function takeLabels(all: readonly BotQuestion[], { forge, clock }: BotWorld): Promise<void> {
  const { answers } = (await recall(forge)).questions;
  const labelled = all.flatMap((question): readonly BotAnswer[] => {
    const isAsked = question.about.kind === "question" && question.about.question.labelled === "add" && question.answers.includes("add");
    const isKnown = answers.some((one) => one.question === question.id && (isPending(one) || one.print === question.print));
    if (!isAsked || isKnown) return [];
    return [{ ...answerTo(question), address: question.address, word: "add", by: null, via: "label", at: clock.now().toISOString() }];
  });
  if (labelled.length > 0) await remember(forge, (memory) => withQuestions({ answers: withAnswers(memory.questions.answers, labelled) })(memory));
}
