/** A file of checked lines that only grows: what a journal and the claims are kept in, readable after any crash. */

import type { ZodMiniType } from "zod/mini";
import type { DiagnosticCode } from "../core/codes.ts";
import { fingerprint } from "../core/fingerprint.ts";
import type { Disk } from "./disk.ts";
import { StateError } from "./state-error.ts";

export interface CheckedLog<T> {
  readonly records: readonly T[];
  /** On the disk when it returns. After a failure nothing of it counts, and the next append begins where the last good line ended. */
  append(records: readonly T[]): Promise<void>;
}

export interface LogFile<T> {
  readonly path: string;
  /** The path as messages show it. */
  readonly shown: string;
  readonly schema: ZodMiniType<T>;
  /** For a line that does not read as what was written. */
  readonly code: DiagnosticCode;
  readonly hint: string;
}

/** Reads only; a torn end is cut by the first append. Throws a StateError for a line that is not as it was written. */
export async function openCheckedLog<T>(disk: Disk, file: LogFile<T>): Promise<CheckedLog<T>> {
  const facts = await disk.facts(file.path);
  if (facts !== null && facts.kind !== "file") throw new StateError(file.code, "Canon keeps a file here, and this is none.", { path: file.shown }, file.hint);
  const bytes = (await disk.read(file.path)) ?? new Uint8Array();
  const { records, length } = readLines(bytes, file);
  let good = length;
  let torn = bytes.length > length;
  const append = async (added: readonly T[]): Promise<void> => {
    if (added.length === 0) return;
    if (torn) await disk.truncate(file.path, good);
    const text = added.map(writeLine).join("");
    torn = true;
    await disk.append(file.path, text);
    torn = false;
    good += Buffer.byteLength(text);
    records.push(...added);
  };
  return { records, append };
}

/** One line: `{"sum":"0f1e2d3c4b5a6978","record":{…}}`, the sum taken over the text of the record. */
export function writeLine(record: unknown): string {
  const text = JSON.stringify(record);
  return `{"sum":"${sumOf(text)}","record":${text}}\n`;
}

/** Only what ends in a line end was ever promised: the rest is an append that a crash cut short. `length` is in bytes. */
function readLines<T>(bytes: Uint8Array, file: LogFile<T>): { records: T[]; length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = Buffer.from(bytes.subarray(0, length)).toString("utf8").split("\n");
  lines.pop();
  return { records: lines.map((line, index) => readLine(line, index + 1, file)), length };
}

function readLine<T>(line: string, number: number, file: LogFile<T>): T {
  const [, sum, text] = /^\{"sum":"([0-9a-f]{16})","record":(.*)\}$/s.exec(line) ?? [];
  if (sum === undefined || text === undefined || sumOf(text) !== sum) throw broken(file, number, "is damaged: its checksum does not match");
  const record = file.schema.safeParse(JSON.parse(text));
  if (!record.success) throw broken(file, number, "was written by another version of Canon");
  return record.data;
}

function broken<T>(file: LogFile<T>, line: number, what: string): StateError {
  return new StateError(file.code, `This line ${what}.`, { path: file.shown, line }, file.hint);
}

function sumOf(text: string): string {
  return fingerprint(text).slice(0, 16);
}
