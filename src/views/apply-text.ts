/** The end of an apply, for people: what went wrong, what it came to, and what to type next. */

import type { ApplyReport, ChangeResult } from "../core/model/apply-report.ts";
import { EXIT } from "../core/model/exit-code.ts";
import type { Change, Plan } from "../core/model/plan.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { besideTicket } from "./beside-ticket.ts";
import type { ApplyProgress } from "./apply-progress.ts";
import { STATE_ROLES } from "./apply-tree.ts";
import { outcomeCounts } from "./apply-words.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { STATE_GLYPHS } from "./glyphs.ts";
import type { Page } from "./paint.ts";
import { nextLines } from "./plan-text.ts";
import { summaryLines } from "./spread.ts";
import { count, took } from "./words.ts";
import { wrapRuns, wrapText } from "./wrap.ts";

/** What stands below the tree, or below the lines of a log. */
export function applyEnd(plan: Plan, report: ApplyReport, page: Page): string {
  const changes = new Map(plan.changes.map((change) => [change.digest, change]));
  const changeOf = (digest: string): Change | undefined => changes.get(digest);
  const of = (state: ChangeResult["state"]): readonly ChangeResult[] => report.results.filter((result) => result.state === state);
  const blocks = [
    problems("Failed", of("failed"), changeOf, page),
    problems("In doubt: the answer was lost", of("unknown"), changeOf, page),
    problems("Not tried", of("held"), changeOf, page),
    unmarkedLines(report, page),
    diagnosticsText(newDiagnostics(plan, report), page),
    [...endLines(report, outcomeCounts(report.results, changeOf), plan.commit !== null, page), ...undoLine(report, changeOf, page)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** What the plan said was read above it. */
function newDiagnostics(plan: Plan, report: ApplyReport): ApplyReport["diagnostics"] {
  const known = new Set(plan.diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
  return report.diagnostics.filter((diagnostic) => !known.has(JSON.stringify(diagnostic)));
}

function problems(heading: string, results: readonly ChangeResult[], changeOf: (digest: string) => Change | undefined, page: Page): readonly string[] {
  if (results.length === 0) return [];
  const said = results.map((result) => saidOf(result, changeOf(result.change)));
  return [`  ${page.paint("heading", heading)}`, ...said.flatMap((_, index) => problemLines(said, index, page))];
}

/** What is said of many in a row is said once, below the last of them. */
function problemLines(said: readonly Said[], index: number, page: Page): readonly string[] {
  const one = said[index];
  if (!one) return [];
  const { result, title } = one;
  const key = result.key === null ? [] : [{ text: `${cleanLine(result.key)}  `, role: "key" as const }];
  const head = [...key, { text: cleanLine(title), role: null }, { text: `  ${cleanLine(result.address)}`, role: "quiet" as const }];
  const [first = "", ...rest] = wrapRuns(head, page.columns - 4, page.paint);
  const isSaidBelow = said[index + 1]?.words.join("\n") === one.words.join("\n");
  const below = isSaidBelow ? [] : one.words.flatMap((text) => wrapText(cleanLine(text), page.columns - 4));
  return [`  ${page.paint(STATE_ROLES[result.state], STATE_GLYPHS[result.state])} ${first}`, ...[...rest, ...below].map((line) => `    ${line}`)];
}

interface Said {
  readonly result: ChangeResult;
  readonly title: string;
  /** Message and hint. */
  readonly words: readonly string[];
}

function saidOf(result: ChangeResult, change: Change | undefined): Said {
  const title = change?.title ?? result.address;
  const { message, hint, key } = result;
  return { result, title, words: [...(message === null ? [] : [besideTicket(message, key, title)]), ...(hint === null ? [] : [hint])] };
}

function unmarkedLines(report: ApplyReport, page: Page): readonly string[] {
  if (report.unmarked.length === 0) return [];
  const heading = wrapRuns(
    [
      { text: "Tickets whose marker could not be written", role: "heading" },
      { text: " (kept; the next run writes them)", role: "quiet" },
    ],
    page.columns - 2,
    page.paint,
  );
  return [
    ...heading.map((line) => `  ${line}`),
    ...report.unmarked.flatMap(({ address, key, why }) =>
      wrapText(`${cleanLine(key)}  ${cleanLine(address)}: ${cleanLine(why)}`, page.columns - 4).map((line) => `    ${line}`),
    ),
  ];
}

function endLines(report: ApplyReport, counts: readonly string[], inGit: boolean, page: Page): readonly string[] {
  const effort = report.requests === 0 ? "" : `${count(report.requests, "request")}, ${took(report.seconds)}`;
  const marked = report.marked.length === 0 ? [] : [`${count(report.marked.length, "spec")} marked`];
  const pulled = report.pulled.length === 0 ? [] : [`${count(report.pulled.length, "spec")} edited`];
  const words = counts.length === 0 ? ["Nothing to do: everything is as planned already"] : [...counts, ...marked, ...pulled];
  return [...summaryLines(words, effort, page), ...nextLines(nextAfter(report, inGit), page)];
}

/** What a mistaken apply made can be taken back. */
function undoLine({ run, results }: ApplyReport, changeOf: (digest: string) => Change | undefined, page: Page): readonly string[] {
  const hasCreated = results.some(({ change, state }) => state === "done" && changeOf(change)?.action === "create");
  return hasCreated ? [`  undo: ${page.paint("command", `canon undo ${run}`)}`] : [];
}

function nextAfter(report: ApplyReport, inGit: boolean): readonly string[] {
  const again = `canon apply carries on where run ${report.run} stopped`;
  switch (report.exitCode) {
    case EXIT.ok:
      return inGit && report.marked.length > 0 ? ["git diff, then commit the markers"] : [];
    case EXIT.partly:
      return [hasOpenEnds(report) ? again : "canon validate, and mend the errors above"];
    case EXIT.interrupted:
    case EXIT.unknown:
      return [again];
    case EXIT.stale:
      return ["canon plan"];
    default:
      return [];
  }
}

/** False where all that was planned is done, and only errors keep more from being planned. */
function hasOpenEnds({ results, unmarked }: ApplyReport): boolean {
  return unmarked.length > 0 || results.some(({ state }) => state !== "done");
}

/** What may or may not have happened when somebody leaves at once: everything that was sent and not answered. */
export function doubtText(plan: Plan, progress: ApplyProgress, page: Page): string {
  const open = plan.changes.filter((change) => progress.steps.get(change.digest)?.state === "running");
  const names = open.map(
    (change) =>
      `  ${page.paint("warn", STATE_GLYPHS.unknown)} ${change.key === null ? "" : `${page.paint("key", cleanLine(change.key))}  `}${cleanLine(change.title)}  ${page.paint("quiet", cleanLine(change.address))}`,
  );
  const head = open.length === 0 ? "Left. Nothing was under way." : "Left. In doubt, because no answer was waited for:";
  return `\n  ${page.paint("heading", head)}\n${names.map((name) => `${name}\n`).join("")}  next: ${page.paint("command", "canon apply")} finds out and carries on\n`;
}
