/** Edits one criterion in the text of a ticket, as a person does in an editor: everything else stays byte for byte. */

import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import { oneLine, ticketCriteria } from "../../core/text/ticket-criteria.ts";
import type { TicketCriterion } from "../../core/text/ticket-criteria.ts";
import { CRITERIA_HEADING, ticketLayout } from "../../core/text/ticket-layout.ts";
import type { Range, TicketLayout } from "../../core/text/ticket-layout.ts";
import type { CriterionEdit } from "../local-desk.ts";
import { invalid } from "./local-client.ts";

export function editCriterion(parser: MarkdownParser, body: string, edit: CriterionEdit): string {
  const layout = ticketLayout(parser, body);
  const criteria = ticketCriteria(layout);
  // The layout's text has an empty first line of its own.
  return edited(layout, criteria, edit).slice(1);
}

function edited(layout: TicketLayout, criteria: readonly TicketCriterion[], edit: CriterionEdit): string {
  const { text } = layout;
  switch (edit.kind) {
    case "add":
      return added(layout, criteria, `[ ] ${wordsOf(edit.text)}`);
    case "tick":
    case "untick": {
      const { box } = chosen(criteria, edit.which);
      return replaced(text, box, `[${edit.kind === "tick" ? "x" : " "}]${box.start === box.end ? " " : ""}`);
    }
    case "reword":
      return replaced(text, chosen(criteria, edit.which).words, ` ${wordsOf(edit.text)}`);
    case "remove": {
      const { item } = chosen(criteria, edit.which);
      const start = text.lastIndexOf("\n", item.start - 1);
      return replaced(text, { start, end: item.end }, "");
    }
  }
}

/** Below the last one, with its bullet; where there is none yet, under a heading above the footer. */
function added({ text, heading, footer }: TicketLayout, criteria: readonly TicketCriterion[], task: string): string {
  const last = criteria.at(-1);
  if (last) {
    const indent = text.slice(text.lastIndexOf("\n", last.item.start - 1) + 1, last.item.start);
    const bullet = /^[-+*]/.exec(text.slice(last.item.start))?.[0] ?? "-";
    return inserted(text, last.item.end, `\n${indent}${bullet} ${task}`);
  }
  if (heading) return inserted(text, heading.position?.end.offset ?? text.length, `\n\n- ${task}`);
  const section = `## ${CRITERIA_HEADING}\n\n- ${task}`;
  return footer ? inserted(text, footer.start, `${section}\n\n`) : `${text.trimEnd()}${text.trim() === "" ? "\n" : "\n\n"}${section}`;
}

function chosen(criteria: readonly TicketCriterion[], which: string): TicketCriterion {
  const numbered = /^\d+$/.test(which) ? criteria[Number(which) - 1] : undefined;
  if (numbered) return numbered;
  const exact = criteria.filter(({ text }) => text === which);
  const found = exact.length > 0 ? exact : criteria.filter(({ text }) => text.toLowerCase().includes(which.toLowerCase()));
  const [only] = found;
  if (only && found.length === 1) return only;
  const list = criteria.map(({ text }, index) => `${index + 1} ${text}`).join("; ");
  throw invalid(
    found.length === 0 ? `No criterion has the number or the words "${which}".` : `${found.length} criteria have the words "${which}".`,
    criteria.length === 0 ? "This ticket has no criteria yet." : `They are: ${list}.`,
  );
}

function wordsOf(text: string): string {
  const words = oneLine(text);
  if (words === "") throw invalid("A criterion needs words.");
  return words;
}

function inserted(text: string, at: number, piece: string): string {
  return replaced(text, { start: at, end: at }, piece);
}

function replaced(text: string, { start, end }: Range, piece: string): string {
  return text.slice(0, start) + piece + text.slice(end);
}
