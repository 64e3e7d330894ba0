/** The journal of a run: what was announced, sent and answered, on the disk before the next step is taken. */

import { join } from "node:path";
import type { JournalRecord } from "../core/model/journal-record.ts";
import { createsInDoubt, isSettled } from "../core/plan/in-doubt.ts";
import { openCheckedLog } from "./checked-log.ts";
import type { Disk } from "./disk.ts";
import { journalRecordSchema } from "./journal-schema.ts";
import { StateError } from "./state-error.ts";

export interface Journal {
  readonly run: string;
  readonly records: readonly JournalRecord[];
  /** On the disk when it returns. */
  append(...records: readonly JournalRecord[]): Promise<void>;
}

/** One line of `canon runs`. */
export interface RunSummary {
  readonly run: string;
  /** What the journal's first line says; null where the process died before it, or the file is damaged. */
  readonly start: Extract<JournalRecord, { kind: "run" }> | null;
  readonly end: Extract<JournalRecord, { kind: "end" }> | null;
  readonly created: number;
  readonly written: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Why the file cannot be read; null when it can. */
  readonly problem: StateError | null;
}

const RUN_FILE = /^([0-9a-f]{4,64})\.jsonl$/;

/** Opens a run's journal, new or old. Reads only; throws a StateError when it is damaged. */
export async function openJournal(disk: Disk, stateDir: string, run: string): Promise<Journal> {
  const finished = join(doneDir(stateDir), `${run}.jsonl`);
  const open = join(runsDir(stateDir), `${run}.jsonl`);
  const path = (await disk.facts(finished)) === null ? open : finished;
  const log = await openCheckedLog(disk, {
    path,
    shown: shownPath(stateDir, path),
    schema: journalRecordSchema,
    code: "journal-damaged",
    hint: `It tells which tickets run ${run} created. Restore it from a backup; or compare its last lines with the tracker, and move it away by hand once every ticket has its marker.`,
  });
  let ended = log.records.some(isEnd);
  let away = path === finished;
  const append = async (...records: readonly JournalRecord[]): Promise<void> => {
    if (away) throw new Error(`run ${run} has ended: nothing can be added to its journal`);
    if (log.records.length === 0) await disk.makeDir(runsDir(stateDir));
    await log.append(records);
    ended ||= records.some(isEnd);
    if (!ended || !isSettled(log.records)) return;
    away = true;
    await putAway(disk, stateDir, open, finished);
  };
  return { run, records: log.records, append };
}

/** Every run, newest first. A damaged file is a line with its problem. */
export async function listRuns(disk: Disk, stateDir: string): Promise<readonly RunSummary[]> {
  const runs = [...(await runsIn(disk, runsDir(stateDir))), ...(await runsIn(disk, doneDir(stateDir)))];
  const summaries: RunSummary[] = [];
  for (const run of new Set(runs)) summaries.push(await summarise(disk, stateDir, run));
  return summaries.sort((a, b) => compare(b.start?.at ?? "", a.start?.at ?? "") || compare(a.run, b.run));
}

/** Runs that died, or ended with creates in doubt, newest first; with all their records. None may be passed over before a create. */
export async function unfinishedRuns(disk: Disk, stateDir: string): Promise<readonly Journal[]> {
  const runs = await runsIn(disk, runsDir(stateDir));
  const journals = await Promise.all(runs.map((run) => openJournal(disk, stateDir, run)));
  return journals.filter(({ records }) => records.length > 0 && !isSettled(records)).sort((a, b) => compare(startOf(b), startOf(a)));
}

/** The newest of them. */
export async function unfinishedRun(disk: Disk, stateDir: string): Promise<Journal | null> {
  return (await unfinishedRuns(disk, stateDir))[0] ?? null;
}

/** Four hex digits, more where many are taken. `randomHex` answers that many random digits. */
export async function newRunId(disk: Disk, stateDir: string, randomHex: (digits: number) => string): Promise<string> {
  const taken = new Set([...(await runsIn(disk, runsDir(stateDir))), ...(await runsIn(disk, doneDir(stateDir)))]);
  for (let digits = 4; digits <= 64; digits += 1) {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const run = randomHex(digits);
      if (!taken.has(run)) return run;
    }
  }
  throw new Error("the source of randomness repeats itself");
}

/** Finished runs lie apart, so that looking for an unfinished one reads one or two files however many there were. */
async function putAway(disk: Disk, stateDir: string, open: string, finished: string): Promise<void> {
  await disk.makeDir(doneDir(stateDir));
  await disk.rename(open, finished);
}

async function runsIn(disk: Disk, folder: string): Promise<readonly string[]> {
  const names = await disk.list(folder);
  return names.flatMap((name) => RUN_FILE.exec(name)?.[1] ?? []);
}

async function summarise(disk: Disk, stateDir: string, run: string): Promise<RunSummary> {
  try {
    const { records } = await openJournal(disk, stateDir, run);
    const count = (kind: JournalRecord["kind"]): number => records.filter((record) => record.kind === kind).length;
    return {
      run,
      start: records.find((record) => record.kind === "run") ?? null,
      end: records.findLast((record) => record.kind === "end") ?? null,
      created: count("created"),
      written: count("written"),
      failed: count("failed"),
      inDoubt: createsInDoubt(records).length,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return { run, start: null, end: null, created: 0, written: 0, failed: 0, inDoubt: 0, problem: error };
  }
}

function isEnd({ kind }: JournalRecord): boolean {
  return kind === "end";
}

function startOf({ records }: Journal): string {
  return records.find((record) => record.kind === "run")?.at ?? "";
}

function runsDir(stateDir: string): string {
  return join(stateDir, "runs");
}

function doneDir(stateDir: string): string {
  return join(stateDir, "runs", "done");
}

function shownPath(stateDir: string, path: string): string {
  return `.canon/state${path.slice(stateDir.length).replaceAll("\\", "/")}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
