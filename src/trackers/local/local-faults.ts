/** Faults set on a project: each strikes once, at the element or call it was set for, in whichever process comes to it. */

import type { LocalFault, LocalOperation } from "../local-desk.ts";
import { numberOf, textOf } from "./local-map.ts";
import type { LocalSession } from "./local-session.ts";
import type { Sql } from "./local-client.ts";
import { parseFault } from "./local-wire.ts";

/** A fault that strikes now: its time is filled in. */
export type StrikingFault = LocalFault & { readonly ms: number };

const DEFAULT_MS = 1000;

/** Counts one element or call of `operation`; the fault it meets is used up. */
export function takeFault(session: LocalSession, operation: LocalOperation): StrikingFault | null {
  const { sql, project } = session;
  const waiting = faultRows(sql, project).filter(({ fault }) => fault.operation === operation);
  if (waiting.length === 0) return null;
  sql.run("UPDATE fault SET nth = nth - 1 WHERE project = ? AND operation = ?", project, operation);
  const struck = waiting.find(({ fault }) => fault.nth === 1);
  if (!struck) return null;
  sql.run("DELETE FROM fault WHERE seq = ?", struck.seq);
  // Two set for the same moment: the second strikes at the next one.
  sql.run("UPDATE fault SET nth = 1 WHERE project = ? AND operation = ? AND nth < 1", project, operation);
  return { ...struck.fault, ms: struck.fault.ms ?? DEFAULT_MS };
}

/** Looking is cheap, so a read without faults stays a read. */
export function hasFault(session: LocalSession, operation: LocalOperation): boolean {
  return session.sql.get("SELECT 1 FROM fault WHERE project = ? AND operation = ? LIMIT 1", session.project, operation) !== undefined;
}

export function listFaults(session: LocalSession): readonly LocalFault[] {
  return faultRows(session.sql, session.project).map(({ fault }) => fault);
}

export function addFaults({ sql, project }: LocalSession, faults: readonly LocalFault[], replace: boolean): void {
  if (replace) sql.run("DELETE FROM fault WHERE project = ?", project);
  for (const fault of faults.map(parseFault)) {
    sql.run(
      "INSERT INTO fault (project, operation, nth, kind, ms) VALUES (?, ?, ?, ?, ?)",
      project,
      fault.operation,
      fault.nth,
      fault.kind,
      fault.ms ?? DEFAULT_MS,
    );
  }
}

function faultRows(sql: Sql, project: string): readonly { readonly seq: number; readonly fault: LocalFault }[] {
  const rows = sql.all("SELECT seq, operation, nth, kind, ms FROM fault WHERE project = ? ORDER BY nth, seq", project);
  return rows.map((row) => ({
    seq: numberOf(row, "seq"),
    fault: parseFault({ operation: textOf(row, "operation"), nth: numberOf(row, "nth"), kind: textOf(row, "kind"), ms: numberOf(row, "ms") }),
  }));
}
