/** The bot's questions as one issue: a box for each answer, what was answered, and nothing that moves while nobody does anything (threats 1–6). */

import { answerPrint, isPending, type BotQuestion } from "../core/bot/bot-questions.ts";
import { MOST_SHOWN, type QuestionBoard, type QuestionWords } from "../core/bot/question-board.ts";
import { askedSign, QUESTIONS_SIGN } from "../core/bot/questions-sign.ts";
import { answerSign, wordsFor, type Misread } from "../core/bot/read-answers.ts";
import type { AnswerWord, BotAnswer } from "../core/model/bot-answer.ts";
import type { Question } from "../core/model/plan.ts";
import { IGNORE_LABEL } from "../core/plan/unmapped.ts";
import { cleanLine, truncateText } from "../core/text/terminal-text.ts";
import { codeSpan, escapeMarkdown } from "./escape-markdown.ts";
import { GLYPHS } from "./glyphs.ts";
import { piecesMarkdown } from "./plan-markdown.ts";
import { conflictRow } from "./plan-row.ts";
import { count } from "./words.ts";

/** Hosts take 65,536 characters; the hidden last line may take half of them. */
const LONGEST = 30_000;
/** Of one question: what both sides say, and a title. */
const LONGEST_DETAILS = 6_000;
const LONGEST_TITLE = 300;
/** Answers that are over. */
const REMEMBERED = 10;
/** So far away that every moment is told by its date. */
const NEVER = "9999-12-31T00:00:00.000Z";

const INTRO =
  "Only a person can decide this. Tick **one** box of a question; who may write to this repository may answer, and Canon carries it out with its next run. Or write a comment that begins with `/canon answer`, as it stands below each question.";
const NOTHING = "There is nothing to decide now. Canon opens this again when there is.";

export const QUESTION_WORDS: QuestionWords = { title: "Canon: questions", body: questionsBody, reply: replyBody };

function questionsBody(board: QuestionBoard): string {
  const { questions, answers } = board;
  const blocks: string[] = [];
  let length = 0;
  for (const [at, question] of questions.slice(0, MOST_SHOWN).entries()) {
    const block = questionMarkdown(question, at + 1, board);
    length += block.length;
    if (length > LONGEST && at > 0) break;
    blocks.push(block);
  }
  const more = questions.length - blocks.length;
  return `${[
    `${QUESTIONS_SIGN}\n${questions.length === 0 ? NOTHING : INTRO}`,
    ...blocks,
    ...(more > 0 ? [`${GLYPHS.fold} and ${count(more, "more question")}: \`canon plan\` shows all.`] : []),
    ...answeredMarkdown(answers),
    askedSign(questions),
  ].join("\n\n")}\n`;
}

function questionMarkdown(question: BotQuestion, number: number, { ticked, answers }: QuestionBoard): string {
  const boxes = question.answers.map((word) => {
    const print = answerPrint(question, word);
    return `- [${ticked.has(print) ? "x" : " "}] **${word}**: ${meaning(word, question)} ${answerSign(print)}`;
  });
  const isTwice = question.answers.filter((word) => ticked.has(answerPrint(question, word))).length > 1;
  const failed = answers.findLast((one) => one.question === question.id && one.print === question.print && !isPending(one));
  const notes = [
    ...(isTwice ? ["**Two boxes are ticked here.** Leave one."] : []),
    ...(failed?.state === "failed"
      ? [
          `**${failed.word}** could not be carried out: ${question.hidden ? "`canon plan` at a terminal says what stands against it." : escapeMarkdown(failed.note)}`,
        ]
      : []),
    ...(failed?.state === "declined" ? [`${requestOf(failed)} (**${failed.word}**) was closed without merging.`] : []),
  ];
  const commands = wordsFor(question);
  const name = question.key ?? question.address ?? "";
  const hint =
    commands.length > 0
      ? `<sub>${commands.map((word) => codeSpan(`/canon answer ${name} ${word}${word === "add" ? ` ${question.address ?? "ADDRESS"}` : ""}`)).join(GLYPHS.dot)}</sub>`
      : "";
  return [`**${number}.** ${words(question)}`, ...(boxes.length > 0 ? [boxes.join("\n")] : []), ...notes, ...(hint === "" ? [] : [hint])].join("\n\n");
}

function words({ about, answers, address, hidden }: BotQuestion): string {
  switch (about.kind) {
    case "question": {
      const { kind, key, hint } = about.question;
      const text = hidden ? `${key ?? "A ticket"} ${PLAINLY[kind]}.` : about.question.text;
      const place = address === null ? "" : ` ${codeSpan(address)}`;
      return `${line(text)}${place}${answers.length === 0 ? ` ${line(hint)}` : ""}`;
    }
    case "conflict": {
      const { label, title, note, details } = conflictRow(about.change, "ticket", NEVER);
      const [fact = ""] = note.map(({ text }) => text);
      const lines = details.map((detail) => `  - ${detail.label === "" ? "" : `${escapeMarkdown(detail.label)}: `}${piecesMarkdown(detail.pieces)}`);
      const isLong = lines.join("\n").length > LONGEST_DETAILS;
      const shown = isLong ? [`  - What they say is too long for this page: ${codeSpan(`canon resolve ${about.change.address}`)} shows it.`] : lines;
      return [`${line(`${label} ${title}`)} ${codeSpan(about.change.address)}, ${line(fact)}`, ...(shown.length === 0 ? [] : ["", ...shown])].join("\n");
    }
    case "orphan": {
      const { key, title, address: was } = about.orphan;
      return `No section names ${line(`${key} ${title}`.trimEnd())} any more; it was ${codeSpan(was)}.`;
    }
  }
}

/** What is asked, in words that tell nothing of what stands on the ticket. */
const PLAINLY: Readonly<Record<Question["kind"], string>> = {
  "ticket-missing": "is not there, or not shown to this account",
  copy: "is a copy that a person made of another ticket",
  "route-changed": "is in another target than routing says",
  canceled: "was cancelled, while its section is not deprecated",
  archived: "was archived",
  claim: "was made for a section, and its marker never arrived",
  "in-doubt": "may have been made by an interrupted run",
  unverified: "is closed, and the verifier does not find it in the code",
  unmapped: "was made by people, and no section is about it",
  "level-changed": "has another type than its heading asks for",
  "ticket-left": "is in a project now that no target has",
  released: "was given back, and the section still names it",
  "flip-flop": "has a field that went back and forth between two values",
};

function line(text: string): string {
  return escapeMarkdown(truncateText(cleanLine(text), LONGEST_TITLE));
}

function meaning(word: AnswerWord, { address }: BotQuestion): string {
  switch (word) {
    case "add":
      return `it gets a section below ${codeSpan(address ?? "ADDRESS")}, as a pull request`;
    case "out-of-scope":
      return `it is none of Canon's; the ticket gets the label \`${IGNORE_LABEL}\``;
    case "keep-spec":
      return "the ticket gets what the spec says";
    case "keep-tracker":
      return "the spec gets what the ticket says, as a pull request";
    case "deprecated":
      return "the section is deprecated too, as a pull request";
    case "open-again":
      return "the ticket gets the status that the spec says";
    case "recreate":
      return "the section gets a new ticket";
    case "adopt":
      return "the copy becomes the section's own ticket";
    case "close":
      return "the ticket is closed; a tombstone at the end of the spec says so, as a pull request";
    case "forget":
      return "the ticket stays as it is, and Canon gives it back; a tombstone at the end of the spec says so, as a pull request";
    case "skip":
      return "both stay as they are; the section is skipped from now on, as a pull request";
  }
}

function answeredMarkdown(answers: readonly BotAnswer[]): readonly string[] {
  const pending = answers.filter(isPending);
  const shown = [...pending.slice(-MOST_SHOWN), ...answers.filter(({ state }) => state === "done").slice(-REMEMBERED)];
  if (shown.length === 0) return [];
  const more = pending.length > MOST_SHOWN ? [`- ${GLYPHS.fold} and ${count(pending.length - MOST_SHOWN, "more answer")} on their way`] : [];
  return [`#### Answered\n\n${[...shown.toReversed().map(answerMarkdown), ...more].join("\n")}`];
}

function answerMarkdown(answer: BotAnswer): string {
  const who = answer.by === null ? (answer.via === "label" ? "by a label on the ticket" : "by a tick") : `by ${escapeMarkdown(answer.by)}`;
  return `- ${escapeMarkdown(answer.key ?? answer.address ?? "")}: **${answer.word}**, ${who}, ${answer.at.slice(0, 10)}${result(answer)}`;
}

function result(answer: BotAnswer): string {
  switch (answer.state) {
    case "given":
      return `: waits for the next run of \`canon bot apply\``;
    case "proposed":
      return `: waits in ${requestOf(answer)}`;
    case "done":
      return answer.request === null ? "" : ` (${requestOf(answer)})`;
    case "failed":
    case "declined":
      return "";
  }
}

function requestOf({ request }: BotAnswer): string {
  return request === null ? "a pull request" : `#${request}`;
}

function replyBody(misread: readonly Misread[]): string {
  const more = misread.length - MOST_SHOWN;
  return `${[...misread.slice(0, MOST_SHOWN).map(misreadWords), ...(more > 0 ? [`${GLYPHS.fold} and ${count(more, "more command")} that Canon cannot read.`] : [])].join("\n")}\n`;
}

function misreadWords(why: Misread): string {
  const about = typed(why.about, "nothing");
  switch (why.kind) {
    case "unknown-question":
      return `Canon has no question about ${about}.${meant(why.nearest)} Write \`/canon answer KEY ANSWER\`, as it stands below each question.`;
    case "unknown-word":
      return `${typed(why.word, "no word")} is no answer about ${about}.${meant(why.nearest)} It takes ${why.known.map(codeSpan).join(", ") || "no answer here"}. Please write it in a new comment.`;
    case "no-address":
      return `Below which section shall ${about} be written? Write \`/canon answer ${truncateText(why.about, LONGEST_TITLE).replace(/[^\w#-]/g, "")} add specs/SPEC.md#SECTION\`; \`canon list\` shows the addresses.`;
    case "several":
      return `Several questions are about ${about}, in different trackers. Please tick a box instead.`;
    case "moved":
      return `What the question about ${about} says has changed since it was shown here, so nothing was done. Please read it again, and answer in a new comment.`;
  }
}

function typed(text: string, nothing: string): string {
  return codeSpan(text === "" ? nothing : truncateText(text, LONGEST_TITLE));
}

function meant(nearest: string | null): string {
  return nearest === null ? "" : ` Did you mean ${codeSpan(nearest)}?`;
}
