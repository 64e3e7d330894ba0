/** One section with its ticket: where it belongs and why, what is planned, and every field with its verdict. */

import type { Reason } from "../core/model/action.ts";
import type { Explanation } from "../core/model/explanation.ts";
import type { Change, FieldChange, PlanValue } from "../core/model/plan.ts";
import type { Verdict } from "../core/model/verdict.ts";
import { cleanLine, padText } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { fieldDetails, textOf } from "./field-details.ts";
import { NOT_ITEM_WORDS } from "./not-item-words.ts";
import type { Page } from "./paint.ts";
import { signature } from "./plan-row.ts";
import { spread } from "./spread.ts";
import { splitLines, wrapPieces, wrapText } from "./wrap.ts";

const REASONS: Readonly<Record<Reason, string>> = {
  "new-section": "the section has no ticket yet",
  "spec-edited": "the spec changed since both sides last agreed",
  "ticket-edited": "the ticket changed since both sides last agreed",
  "both-edited": "spec and ticket both changed since they last agreed",
  moved: "the section stands elsewhere than when its ticket was last written",
  "section-removed": "a removed marker says that the section is gone",
  "ticket-missing": "the tracker does not show the ticket of the marker",
  "route-changed": "routing sends the section to another target than its ticket is in",
  behind: "the spec here is older than what was last written",
  "evidence-found": "the code shows that the section is done",
  "marker-lost": "its ticket is known, and its marker line is missing",
  adopted: "a person said that the ticket is the section's",
  undone: "the run that created the ticket is taken back",
  "base-missing": "the ticket does not say what both sides last agreed on",
};

const FOUND: Readonly<Record<NonNullable<Explanation["foundBy"]>, string>> = {
  adopt: "as a person said",
  marker: "found by its marker",
  claim: "known from an earlier run, its marker is not in the spec yet",
  token: "found by the token it carries",
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  converged: "in sync",
  push: "the spec changed: apply writes it",
  pull: "the ticket changed: apply leaves it alone",
  apart: "differs as both sides left it: nothing is written",
  conflict: "both changed: nothing is written until they agree",
  behind: "the spec is older than the ticket: nothing is written",
};

const MARGIN = "  ";

export function explanationText(explanation: Explanation, now: string, page: Page): string {
  const { change, questions, fields } = explanation;
  const shown = change?.action === "create" ? change.fields : fields;
  const blocks = [
    headLines(explanation, page),
    [...ticketLine(explanation, page), ...planLine(explanation, page)],
    diagnosticsText(explanation.problems, page),
    ...questions.map(({ text, hint }) => [...sentence(`Question: ${text}`, page), ...sentence(hint, page)]),
    shown.filter(({ verdict }) => verdict === "converged").length === shown.length && shown.length > 0 && change === null
      ? [`${MARGIN}In sync: ${shown.map(({ field }) => field).join(", ")}`]
      : [],
    ...shown
      .filter(({ verdict }) => change?.action === "create" || verdict !== "converged")
      .map((field) => fieldLines(field, change, explanation.target?.system ?? "live", now, page)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function headLines({ title, address, line, target, chosenBy }: Explanation, page: Page): readonly string[] {
  const at = address.lastIndexOf("#");
  const left = [
    { text: cleanLine(title), role: "heading" as const },
    { text: `  ${cleanLine(`${address.slice(0, at)}:${line} ${address.slice(at)}`)}`, role: "quiet" as const },
  ];
  return [
    ...spread(left, target === null ? "" : `${target.system} ${target.project}`, page),
    ...(target === null ? [] : sentence(`${target.name}, chosen by ${chosenBy}`, page).map((text) => page.paint("quiet", text))),
  ];
}

function ticketLine({ key, url, foundBy, reason, problems }: Explanation, page: Page): readonly string[] {
  if (key === null) return sentence(reason === null ? "No ticket yet." : `No ticket: ${NOT_ITEM_WORDS[reason]}.`, page);
  const unfound = isStopped(problems) ? "named by its marker; the section is stopped by an error" : "named by its marker, and not shown by the tracker";
  const found = foundBy === null ? unfound : FOUND[foundBy];
  return [...wrapText(`${cleanLine(key)}  ${found}`, page.columns - 2).map((text) => MARGIN + text), ...(url === null ? [] : [`${MARGIN}${cleanLine(url)}`])];
}

function isStopped(problems: Explanation["problems"]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

function planLine({ change, foundBy, reason, questions }: Explanation, page: Page): readonly string[] {
  if (change === null) return foundBy === null || reason !== null || questions.length > 0 ? [] : sentence("Nothing is planned: spec and ticket agree.", page);
  if (change.action === "pull") return sentence(`Nothing is planned: ${REASONS[change.reason]}, and apply leaves that alone.`, page);
  const waits = change.after.length === 0 ? "" : `, after ${change.after.join(", ")}`;
  const from = change.from === null ? "" : `, from ${change.from}`;
  return sentence(`Planned: ${change.action}${from}${waits}, because ${REASONS[change.reason]}.`, page);
}

function fieldLines(field: FieldChange, change: Change | null, system: string, now: string, page: Page): readonly string[] {
  const isNew = change?.action === "create";
  const head = `${MARGIN}${page.paint("key", field.field)}  ${page.paint("quiet", isNew ? "is sent with the ticket" : `${VERDICTS[field.verdict]}${cleanLine(signature(field, now))}`)}`;
  // Bodies are known by fingerprint, which tells people nothing.
  if (isNew) return field.field === "body" ? [head] : [head, ...valueLines("", field.spec, page)];
  if (field.field === "body" || field.field === "criteria")
    return [
      head,
      ...fieldDetails(field, field.verdict === "pull" ? "from-ticket" : "to-ticket", true).flatMap((detail) =>
        splitLines(detail.pieces)
          .flatMap((line) => wrapPieces(line, page.columns - 4, page.paint))
          .map((line) => MARGIN + MARGIN + line),
      ),
    ];
  const width = Math.max(4, system.length);
  return [
    head,
    ...valueLines(padText("base", width), field.base, page),
    ...valueLines(padText("spec", width), field.spec, page),
    ...valueLines(padText(system, width), field.live, page),
  ];
}

function valueLines(name: string, value: PlanValue, page: Page): readonly string[] {
  const lead = name === "" ? "" : `${name}  `;
  const entries = value !== null && typeof value !== "string" && value.length > 0 ? value : [textOf(value) || "none"];
  const lines = entries.flatMap((entry) => wrapText(cleanLine(entry), page.columns - 4 - lead.length));
  return lines.map((line, index) => `${MARGIN}${MARGIN}${index === 0 ? page.paint("quiet", lead) : " ".repeat(lead.length)}${line}`);
}

function sentence(text: string, page: Page): readonly string[] {
  return wrapText(cleanLine(text), page.columns - 2).map((line) => MARGIN + line);
}
