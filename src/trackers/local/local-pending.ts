/** Requests whose sender was told nothing: they are carried out later, by whoever comes by, even after the sender's death. */

import { TrackerError } from "../tracker-error.ts";
import { textOf } from "./local-map.ts";
import type { LocalSession } from "./local-session.ts";
import type { Sql } from "./local-client.ts";
import { parseRequest } from "./local-wire.ts";
import type { LocalRequest } from "./local-wire.ts";
import { carryOut } from "./local-requests.ts";

export function delay({ sql, project, author, now }: LocalSession, request: LocalRequest, ms: number): void {
  const due = new Date(Date.parse(now) + ms).toISOString();
  sql.run("INSERT INTO pending (project, due, author, request) VALUES (?, ?, ?, ?)", project, due, author, JSON.stringify(request));
}

export function hasDue(sql: Sql, project: string, now: string): boolean {
  return sql.get("SELECT 1 FROM pending WHERE project = ? AND due <= ? LIMIT 1", project, now) !== undefined;
}

/** In the order in which they fall due. One that is refused is lost, as its sender hears nothing either way. */
export function deliverDue(session: LocalSession): void {
  const { sql, project, now } = session;
  for (const row of sql.all("SELECT author, request FROM pending WHERE project = ? AND due <= ? ORDER BY due, seq", project, now)) {
    try {
      carryOut({ ...session, author: textOf(row, "author"), by: "api" }, parseRequest(textOf(row, "request")));
    } catch (error) {
      if (!(error instanceof TrackerError) || error.kind === "unavailable") throw error;
    }
  }
  sql.run("DELETE FROM pending WHERE project = ? AND due <= ?", project, now);
}
