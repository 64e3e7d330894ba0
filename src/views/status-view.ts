/** The one view model of `canon status`: text and Markdown show this, so they cannot disagree. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { SECTION_STATES, type SectionState, type StatusCounts, type StatusReport } from "../core/model/status-report.ts";
import { ago } from "../core/text/ago.ts";
import { count } from "./words.ts";

export interface StatusLine {
  readonly title: string;
  readonly path: string;
  /** One per column; "" for none. */
  readonly cells: readonly string[];
  /** The same in words, none left out that occurs: "2 draft", "criteria 5/14". */
  readonly words: readonly string[];
  /** What waits for a person: "1 conflict", "oldest 3 days ago". */
  readonly waiting: readonly string[];
  /** False where all of that can be brought into the specs without a decision. */
  readonly needsYou: boolean;
}

export interface StatusView {
  /** States that occur, and criteria where there are any. */
  readonly columns: readonly string[];
  readonly lines: readonly StatusLine[];
  /** The sums; null where there is one line only. */
  readonly total: StatusLine | null;
  readonly summary: readonly string[];
  readonly next: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface StatusContext {
  /** `specs.include`, for the words when nothing matches. */
  readonly include: readonly string[];
  /** The addresses that were asked for; none: everything. */
  readonly addresses: readonly string[];
}

const STATE_WORDS: Readonly<Record<SectionState, string>> = {
  draft: "draft",
  todo: "todo",
  in_progress: "in progress",
  blocked: "blocked",
  done: "done",
  deprecated: "deprecated",
  no_ticket: "no ticket",
};

export function statusView(report: StatusReport, context: StatusContext): StatusView {
  const { totals, specs, createdAt } = report;
  const states = SECTION_STATES.filter((state) => totals.states[state] > 0);
  const line = (counts: StatusCounts, title: string, path: string): StatusLine => ({
    title,
    path,
    cells: [...states.map((state) => numberOrNothing(counts.states[state])), ...(totals.criteria.total > 0 ? [ticked(counts)] : [])],
    words: [
      ...states.flatMap((state) => (counts.states[state] > 0 ? [`${counts.states[state]} ${STATE_WORDS[state]}`] : [])),
      ...(counts.criteria.total > 0 ? [`criteria ${ticked(counts)}`] : []),
    ],
    waiting: waitingWords(counts, createdAt),
    needsYou: counts.conflicts + counts.questions > 0,
  });
  return {
    columns: [...states.map((state) => STATE_WORDS[state]), ...(totals.criteria.total > 0 ? ["criteria"] : [])],
    lines: specs.map((spec) => line(spec, spec.title, spec.path)),
    total: specs.length > 1 ? line(totals, "all", "") : null,
    summary: summaryWords(report, context),
    next: nextSteps(report),
    diagnostics: report.diagnostics,
  };
}

function numberOrNothing(number: number): string {
  return number === 0 ? "" : String(number);
}

function ticked({ criteria }: StatusCounts): string {
  return criteria.total === 0 ? "" : `${criteria.checked}/${criteria.total}`;
}

function waitingWords({ conflicts, questions, drift, oldest }: StatusCounts, now: string): readonly string[] {
  return [
    ...(conflicts > 0 ? [count(conflicts, "conflict")] : []),
    ...(questions > 0 ? [count(questions, "question")] : []),
    ...(oldest === null ? [] : [`oldest ${ago(oldest.at, now)}`]),
    ...(drift > 0 ? [`${count(drift, "ticket")} changed in the tracker`] : []),
  ];
}

/** Nothing to tell is said in words, never by silence. */
function summaryWords({ specs, totals, pending, orphans, createdAt, diagnostics }: StatusReport, { include, addresses }: StatusContext): readonly string[] {
  if (specs.length === 0 && totals.conflicts + totals.questions === 0) {
    if (addresses.length > 0) return [`No section that would be a ticket matches ${addresses.join(", ")}.`];
    const failed = diagnostics.some(({ severity }) => severity === "error");
    return [failed ? "No section could be counted: see the errors above." : `No section of ${include.join(", ") || "the specs"} would be a ticket.`];
  }
  const waiting = waitingWords(totals, createdAt);
  return [
    count(specs.length, "spec"),
    count(totals.sections, "section"),
    ...(waiting.length === 0 ? ["nothing waits for you"] : waiting),
    ...(pending > 0 ? [`${count(pending, "change")} to apply`] : []),
    ...(orphans > 0 ? [`${count(orphans, "ticket")} without a section`] : []),
  ];
}

/** Nothing is offered that would show nothing. */
function nextSteps({ totals, pending, orphans, specs }: StatusReport): readonly string[] {
  const steps = [...(totals.drift + totals.conflicts > 0 ? ["canon drift"] : []), ...(totals.questions + pending + orphans > 0 ? ["canon plan"] : [])];
  return steps.length === 0 && specs.length === 0 ? ["canon list --all"] : steps;
}
