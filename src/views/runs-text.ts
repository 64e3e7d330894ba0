/** Past runs, newest first, one line each. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT } from "../core/model/exit-code.ts";
import type { JournalRecord } from "../core/model/journal-record.ts";
import { cleanLine, padText } from "../core/text/terminal-text.ts";
import { ago } from "../core/text/ago.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Page, Role } from "./paint.ts";
import { wrapParts } from "./wrap.ts";

export interface RunLine {
  readonly run: string;
  readonly start: Extract<JournalRecord, { kind: "run" }> | null;
  readonly end: Extract<JournalRecord, { kind: "end" }> | null;
  readonly created: number;
  readonly written: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Its journal cannot be read, so the numbers say nothing. */
  readonly damaged?: boolean;
  readonly running?: boolean;
}

export function runsText(runs: readonly RunLine[], diagnostics: readonly Diagnostic[], now: string, page: Page): string {
  if (runs.length === 0 && diagnostics.length === 0) return `  ${page.paint("heading", "No runs yet.")} canon apply makes the first.\n`;
  const width = Math.max(0, ...runs.map((run) => whenOf(run, now).length));
  const lines = runs.flatMap((run) => runLines(run, now, width, page));
  return `${[...lines, ...(diagnostics.length > 0 ? ["", ...diagnosticsText(diagnostics, page)] : [])].join("\n")}\n`;
}

/** `3f2a  2h ago  done  7 created`, and below it what was typed. */
function runLines(run: RunLine, now: string, width: number, page: Page): readonly string[] {
  const lead = `  ${page.paint("key", run.run.padEnd(4))}  ${whenOf(run, now).padEnd(width)}  `;
  const indent = 2 + Math.max(4, run.run.length) + 2 + width + 2;
  const [role, state] = stateOf(run);
  const parts = [
    ...(run.created > 0 ? [`${run.created} created`] : []),
    ...(run.written > 0 ? [`${run.written} written`] : []),
    ...(run.failed > 0 ? [`${run.failed} failed`] : []),
    ...(run.inDoubt > 0 ? [`${run.inDoubt} in doubt`] : []),
  ];
  const outcome = run.damaged === true ? ["what it wrote is not known"] : parts.length === 0 ? ["nothing written"] : parts;
  const command = cleanLine(run.start?.command ?? "");
  const beside = page.columns - indent - LONGEST_STATE - 2;
  const below = [...(beside < 24 ? wrapParts(outcome, page.columns - indent) : []), ...(command === "" ? [] : [page.paint("quiet", command)])];
  const first = beside < 24 ? page.paint(role, state) : `${page.paint(role, padText(state, LONGEST_STATE))}  ${outcome.join(" · ")}`;
  return [lead + first, ...below.map((line) => " ".repeat(indent) + line)];
}

const LONGEST_STATE = "interrupted".length;

function whenOf({ start }: RunLine, now: string): string {
  return start === null ? "" : ago(start.at, now);
}

function stateOf({ end, inDoubt, damaged, running }: RunLine): readonly [Role, string] {
  if (damaged === true) return ["bad", "unreadable"];
  if (end === null) return running === true ? ["good", "at work"] : ["bad", "cut off"];
  if (inDoubt > 0) return ["warn", "in doubt"];
  if (end.exitCode === EXIT.ok) return ["good", "done"];
  if (end.exitCode === EXIT.error) return ["bad", "failed"];
  return end.exitCode === EXIT.interrupted ? ["warn", "interrupted"] : ["warn", "partly"];
}
