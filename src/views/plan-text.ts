/** A plan for people: the spec tree with decisions first, one line a ticket, what changed elsewhere, and what to type next. */

import { cleanLine, displayWidth, padText } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import type { ObservedGroup, OrphanGroup, PlanView, SpecGroup } from "./plan-view.ts";
import { layoutOf, rowLines, type Layout } from "./row-text.ts";
import { spread, summaryLines } from "./spread.ts";
import { count } from "./words.ts";
import { wrapParts, wrapRuns, wrapText, type Run } from "./wrap.ts";

export function planText(view: PlanView, page: Page): string {
  return [...planParts(view, page)].join("");
}

/** The same, part by part: the text of a hundred thousand sections would take more room than all the rest. */
export function* planParts(view: PlanView, page: Page): Generator<string> {
  let isFirst = true;
  for (const block of blocksOf(view, page)) {
    if (block.length === 0) continue;
    yield `${isFirst ? "" : "\n"}${block.join("\n")}\n`;
    isFirst = false;
  }
}

function* blocksOf(view: PlanView, page: Page): Generator<readonly string[]> {
  const layout = layoutOf(everyRow(view), page);
  for (const [index, group] of view.groups.entries())
    yield [...groupLines(group, layout, page), ...(index === view.groups.length - 1 ? inSyncLines(view, page) : [])];
  if (view.moreQuestions > 0) yield [quiet(page, `  ${GLYPHS.fold} ${count(view.moreQuestions, "more question")}: canon plan --json`)];
  for (const group of view.observed) yield observedLines(group, layout, page);
  for (const group of view.orphans) yield orphanLines(group, page);
  yield view.notes.flatMap((note) => noteLines(note, page));
  yield diagnosticsText(view.diagnostics, page);
  yield endLines(view, page);
}

function everyRow(view: PlanView): PlanView["groups"][number]["rows"] {
  return [...view.groups.flatMap((group) => [...group.decisions, ...group.rows]), ...view.observed.flatMap((group) => group.rows)];
}

export function groupLines(group: SpecGroup, layout: Layout, page: Page): string[] {
  const linesOf = (rows: SpecGroup["rows"]): readonly string[] => (rows.length === 0 ? [] : ["", ...rows.flatMap((row) => rowLines(row, layout, page))]);
  return [...headerLines(group, page), ...linesOf(group.decisions), ...linesOf(group.rows)];
}

/** Below the last spec; where nothing else is shown, the summary says it in words. */
function inSyncLines(view: PlanView, page: Page): readonly string[] {
  const where = view.groups.length > 1 || view.inSync.length > 1;
  return [
    ...(view.groups.length > 1 && view.inSync.length > 0 ? [""] : []),
    ...view.inSync.map(({ targetLabel, sections }) => quiet(page, `    ${GLYPHS.fold} ${sections} in sync${where ? ` with ${targetLabel}` : ""}`)),
  ];
}

/** `  Payments  specs/payments.md             jira ENG · as dana@acme` */
function headerLines(group: SpecGroup, page: Page): readonly string[] {
  const path = cleanLine(group.path);
  const title = cleanLine(group.title);
  const who = group.account === null ? "" : `${GLYPHS.dot}as ${cleanLine(group.account)}`;
  const left: readonly Run[] =
    title === ""
      ? [{ text: path, role: "heading" }]
      : [
          { text: title, role: "heading" },
          { text: `  ${path}`, role: "quiet" },
        ];
  return spread(left, `${group.targetLabel}${who}`, page);
}

function observedLines(group: ObservedGroup, layout: Layout, page: Page): string[] {
  const lines = [...headingLines(`Changed in ${group.targetLabel}`, "(not part of apply)", page)];
  lines.push(...group.rows.flatMap((row) => rowLines(row, layout, page)));
  if (group.apart > 0)
    lines.push(
      quiet(page, `    ${GLYPHS.fold} ${count(group.apart, "differs", "differ")} from the spec as both sides left ${group.apart === 1 ? "it" : "them"}`),
    );
  return lines;
}

function orphanLines(group: OrphanGroup, page: Page): string[] {
  const width = Math.max(...group.orphans.map((orphan) => displayWidth(orphan.key)));
  return [
    ...headingLines(`No section any more for these in ${group.targetLabel}`, "(left alone)", page),
    ...group.orphans.flatMap((orphan) => {
      const lead = `${padText(cleanLine(orphan.key), width)}  `;
      const lines = wrapRuns(
        [
          { text: cleanLine(orphan.title), role: null },
          { text: `  was ${cleanLine(orphan.address)}`, role: "quiet" },
        ],
        Math.max(12, page.columns - displayWidth(lead) - 4),
        page.paint,
      );
      return lines.map((line, index) => (index === 0 ? `  ${GLYPHS.orphan} ${page.paint("key", lead)}${line}` : " ".repeat(displayWidth(lead) + 4) + line));
    }),
  ];
}

function headingLines(heading: string, aside: string, page: Page): readonly string[] {
  return wrapRuns(
    [
      { text: heading, role: "heading" },
      { text: ` ${aside}`, role: "quiet" },
    ],
    page.columns - INDENT.length,
    page.paint,
  ).map((line) => INDENT + line);
}

function noteLines(note: string, page: Page): readonly string[] {
  return wrapText(note, page.columns - 4).map((line, index) => quiet(page, index === 0 ? `  ${line}` : `    ${line}`));
}

function endLines(view: PlanView, page: Page): readonly string[] {
  return [...summaryLines(view.summary.words, view.summary.effort, page), ...nextLines(view.next, page)];
}

/** `  next: canon apply · …` */
export function nextLines(steps: readonly string[], page: Page): readonly string[] {
  const lead = "next: ";
  return wrapParts(steps, page.columns - INDENT.length - lead.length).map(
    (line, index) => INDENT + (index === 0 ? lead : " ".repeat(lead.length)) + page.paint("command", line),
  );
}

const INDENT = "  ";

function quiet(page: Page, text: string): string {
  return page.paint("quiet", text);
}
