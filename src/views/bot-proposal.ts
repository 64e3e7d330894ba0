/** A proposal as a pull request: what people changed on which ticket, who and when, and the very lines that the spec gets. Ticket text does nothing here (threats 1–6). */

import { pathOfAddress } from "../core/address.ts";
import { STATUSES, type SpecChanges } from "../core/bot/propose.ts";
import type { BotAnswer } from "../core/model/bot-answer.ts";
import type { Change, FieldChange, LineEdit } from "../core/model/plan.ts";
import { cleanLine, truncateText } from "../core/text/terminal-text.ts";
import { codeSpan, escapeMarkdown } from "./escape-markdown.ts";
import { fieldDetails } from "./field-details.ts";
import { GLYPHS } from "./glyphs.ts";
import { piecesMarkdown } from "./plan-markdown.ts";
import { count } from "./words.ts";

/** Characters; hosts take 65,536, and what is hidden in front of it and behind it counts too. */
const LONGEST = 58_000;
/** GitHub takes 256. */
const LONGEST_TITLE = 250;

/**
 * Only words of specs: a title goes into mails and lists, where nothing is escaped. No keys: where a title, a branch or a
 * commit names a ticket, the tracker's own integration takes the merge for its work, and moves it (Linear to Done, Jira by
 * its rules).
 */
export function proposalTitle({ spec, changes, answers }: SpecChanges): string {
  if (answers !== undefined) return `Canon: ${count(answers.length, "answer")} to its questions`;
  const tickets = count(new Set(changes.flatMap(({ key }) => key ?? [])).size, "ticket");
  const title = spec === STATUSES ? `Canon: statuses of ${tickets}` : `Canon: what changed on ${tickets}, in ${spec}`;
  return truncateText(cleanLine(title), LONGEST_TITLE);
}

const ANSWERED =
  "This is what people answered to Canon's questions, as far as it changes specs. Merging it carries it out, and tickets follow; closing it asks again.";

function answerMarkdown({ key, address, word, by }: BotAnswer): string {
  return `- ${escapeMarkdown(key ?? "")} **${word}** ${codeSpan(address ?? "")}${by === null ? "" : `, by ${escapeMarkdown(by)}`}`;
}

export function proposalBody({ changes, answers }: SpecChanges): string {
  const changed =
    "People changed this on tickets. Merging it brings their change into the spec; closing it leaves the spec as it is, and the same change is not proposed again.";
  const intro = answers === undefined ? changed : `${ANSWERED}\n\n${answers.map(answerMarkdown).join("\n")}`;
  const blocks = changes.map(changeMarkdown);
  const kept: string[] = [];
  let length = intro.length;
  for (const block of blocks) {
    length += block.length + 2;
    if (length > LONGEST) break;
    kept.push(block);
  }
  const cut = blocks.length - kept.length;
  return `${[intro, ...kept, ...(cut > 0 ? [`${GLYPHS.fold} and ${count(cut, "more ticket")}: see the files.`] : [])].join("\n\n")}\n`;
}

function changeMarkdown(change: Change): string {
  const head = `#### ${escapeMarkdown(change.key ?? "")} ${escapeMarkdown(change.title)} ${codeSpan(pathOfAddress(change.address))}`;
  const facts = change.pulled.flatMap(fieldMarkdown);
  const lines = change.edits.map(editMarkdown).join("\n");
  return `${head}\n\n${facts.join("\n")}${lines === "" ? "" : `\n\n${fenced(lines)}`}`;
}

function fieldMarkdown(field: FieldChange): readonly string[] {
  const details = fieldDetails(field, "from-ticket");
  const note = field.note === "unverified" ? " (not verified against code: merging says that it is done)" : "";
  return details.map(({ label, pieces }, index) => {
    const name = label === "" ? "" : `${label}: `;
    return `- ${name}${piecesMarkdown(pieces)}${index === details.length - 1 ? note + signature(field) : ""}`;
  });
}

function signature({ by, at }: FieldChange): string {
  const parts = [...(by === undefined ? [] : [escapeMarkdown(by)]), ...(at === undefined ? [] : [at.slice(0, 10)])];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function editMarkdown({ line, before, after }: LineEdit): string {
  return [`@@ line ${line} @@`, ...before.map((text) => `-${cleanLine(text)}`), ...after.map((text) => `+${cleanLine(text)}`)].join("\n");
}

/** Longer than any run of backticks within, so that no line of it ends the fence. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
