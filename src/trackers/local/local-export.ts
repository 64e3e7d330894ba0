/** A whole project as sorted JSON lines, and back: a backup that can be read, compared and committed. */

import * as z from "zod/mini";
import { canonicalJson } from "../../core/canonical-json.ts";
import { conflict, damaged, invalid } from "./local-client.ts";
import type { Row } from "./local-client.ts";
import { linkKind, maybeTextOf, numberOf, textOf } from "./local-map.ts";
import type { LocalSession } from "./local-session.ts";
import { baseSchema as base } from "../../io/base-schema.ts";
import { behaviourChange, parseBase, parseExtra, parseLabels, shape } from "./local-wire.ts";

const text = z.string();
const maybeText = z.nullable(text);

const ticketLine = z.object({
  kind: z.literal("ticket"),
  id: text,
  number: z.number(),
  key: text,
  revision: z.number(),
  title: text,
  type: text,
  status: text,
  labels: z.array(text),
  parent: maybeText,
  body: text,
  base: z.nullable(base),
  token: maybeText,
  extra: z.record(text, z.unknown()),
  createdAt: text,
  createdBy: text,
  updatedAt: text,
  updatedBy: text,
  archived: z.boolean(),
});

const line = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("project"), format: z.literal(1), key: text, counter: z.number(), shape, behaviour: behaviourChange }),
  ticketLine,
  z.object({ kind: z.literal("former-key"), key: text, ticket: text }),
  z.object({ kind: z.literal("comment"), ticket: text, note: maybeText, author: text, at: text, text }),
  z.object({ kind: z.literal("link"), ticket: text, url: text, title: text, link: z.enum(["pull-request", "parent", "other"]) }),
  z.object({ kind: z.literal("edit"), ticket: text, field: text, before: maybeText, after: maybeText, author: text, at: text }),
]);

type Line = z.infer<typeof line>;
type TicketLine = z.infer<typeof ticketLine>;

const OWN = "(SELECT id FROM ticket WHERE project = ?)";

export function exportLines(session: LocalSession): string {
  const { sql, project, counter, shape: projectShape, behaviour } = session;
  checkIntegrity(session);
  const rows = (from: string): readonly Row[] => sql.all(from, project);
  const lines: readonly Line[] = [
    { kind: "project", format: 1, key: project, counter, shape: projectShape, behaviour },
    ...rows("SELECT * FROM ticket WHERE project = ? ORDER BY number").map(ticketOut),
    ...rows("SELECT key, ticket FROM former_key WHERE project = ? ORDER BY key").map((row): Line => ({
      kind: "former-key",
      key: textOf(row, "key"),
      ticket: textOf(row, "ticket"),
    })),
    ...rows(`SELECT * FROM comment WHERE ticket IN ${OWN} ORDER BY seq`).map(commentOut),
    ...rows(`SELECT * FROM link WHERE ticket IN ${OWN} ORDER BY seq`).map(linkOut),
    ...rows(`SELECT * FROM edit WHERE ticket IN ${OWN} ORDER BY seq`).map(editOut),
  ];
  return lines.map((entry) => `${canonicalJson(entry)}\n`).join("");
}

/** Into an empty project; its key must be the one that was exported, because tickets carry it. */
export function importLines(session: LocalSession, source: string): number {
  const { sql, project, counter } = session;
  const lines = source.split("\n").flatMap((json, index) => (json.trim() === "" ? [] : [parseLine(json, index + 1)]));
  const [head, ...rest] = lines;
  if (head?.kind !== "project") throw invalid("The export does not begin with its project.", "Give a file made by canon local export.");
  if (head.key !== project) throw invalid(`The export is of the project ${head.key}, this is ${project}.`, "Set project: of the target to that key.");
  const second = rest.find((entry) => entry.kind === "project");
  if (second) throw invalid(`The export holds a second project: ${second.key}.`, "Import one project at a time.");
  if (counter > 0) throw conflict(`${project} already holds tickets.`, "Import into a new file: set path: of the target, or move the old file away.");
  const tickets = rest.filter((entry) => entry.kind === "ticket");
  for (const { id } of tickets) {
    if (sql.get("SELECT 1 FROM ticket WHERE id = ?", id))
      throw conflict(`The file already holds the ticket with the id ${id}.`, "Import into a file of its own.");
  }
  sql.run(
    "UPDATE project SET counter = ?, shape = ?, behaviour = ? WHERE key = ?",
    head.counter,
    canonicalJson(head.shape),
    canonicalJson(head.behaviour),
    project,
  );
  for (const ticket of tickets) ticketIn(session, ticket);
  for (const { id, parent } of tickets) if (parent !== null) sql.run("UPDATE ticket SET parent = ? WHERE id = ?", parent, id);
  for (const entry of rest) restIn(session, entry);
  return tickets.length;
}

/** A backup of a damaged file would only hide the damage. */
function checkIntegrity({ sql }: LocalSession): void {
  const found = sql.get("PRAGMA quick_check(1)")?.["quick_check"];
  if (found !== undefined && found !== "ok") throw damaged(String(found));
}

function parseLine(json: string, number: number): Line {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalid(`Line ${number} of the export is not JSON.`, "Give a file made by canon local export.");
  }
  const result = z.safeParse(line, value);
  if (!result.success)
    throw invalid(`Line ${number} of the export has another form: ${z.prettifyError(result.error)}`, "Give a file made by canon local export.");
  return result.data;
}

function ticketOut(row: Row): TicketLine {
  const stored = maybeTextOf(row, "base");
  return {
    kind: "ticket",
    id: textOf(row, "id"),
    number: numberOf(row, "number"),
    key: textOf(row, "key"),
    revision: numberOf(row, "revision"),
    title: textOf(row, "title"),
    type: textOf(row, "type"),
    status: textOf(row, "status"),
    labels: [...parseLabels(textOf(row, "labels"))],
    parent: maybeTextOf(row, "parent"),
    body: textOf(row, "body"),
    base: stored === null ? null : parseBase(stored),
    token: maybeTextOf(row, "token"),
    extra: parseExtra(textOf(row, "extra")),
    createdAt: textOf(row, "created_at"),
    createdBy: textOf(row, "created_by"),
    updatedAt: textOf(row, "updated_at"),
    updatedBy: textOf(row, "updated_by"),
    archived: numberOf(row, "archived") === 1,
  };
}

/** Without its parent, which may come later. */
function ticketIn({ sql, project }: LocalSession, ticket: TicketLine): void {
  sql.run(
    `INSERT INTO ticket (id, project, number, key, revision, title, type, status, labels, parent, body, base, token, extra, created_at, created_by, updated_at, updated_by, archived)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[ticket.id, project, ticket.number, ticket.key, ticket.revision, ticket.title, ticket.type, ticket.status, JSON.stringify(ticket.labels)],
    ...[
      ticket.body,
      ticket.base && JSON.stringify(ticket.base),
      ticket.token,
      JSON.stringify(ticket.extra),
      ticket.createdAt,
      ticket.createdBy,
      ticket.updatedAt,
      ticket.updatedBy,
      ticket.archived ? 1 : 0,
    ],
  );
}

function restIn({ sql, project }: LocalSession, entry: Line): void {
  switch (entry.kind) {
    case "project":
    case "ticket":
      return;
    case "former-key":
      return sql.run("INSERT INTO former_key (key, project, ticket) VALUES (?, ?, ?)", entry.key, project, entry.ticket);
    case "comment":
      return sql.run(
        "INSERT INTO comment (ticket, note, author, at, text) VALUES (?, ?, ?, ?, ?)",
        entry.ticket,
        entry.note,
        entry.author,
        entry.at,
        entry.text,
      );
    case "link":
      return sql.run("INSERT INTO link (ticket, url, title, kind) VALUES (?, ?, ?, ?)", entry.ticket, entry.url, entry.title, entry.link);
    case "edit":
      return sql.run(
        "INSERT INTO edit (ticket, field, before, after, author, at) VALUES (?, ?, ?, ?, ?, ?)",
        entry.ticket,
        entry.field,
        entry.before,
        entry.after,
        entry.author,
        entry.at,
      );
  }
}

function commentOut(row: Row): Line {
  return {
    kind: "comment",
    ticket: textOf(row, "ticket"),
    note: maybeTextOf(row, "note"),
    author: textOf(row, "author"),
    at: textOf(row, "at"),
    text: textOf(row, "text"),
  };
}

function linkOut(row: Row): Line {
  return { kind: "link", ticket: textOf(row, "ticket"), url: textOf(row, "url"), title: textOf(row, "title"), link: linkKind(textOf(row, "kind")) };
}

function editOut(row: Row): Line {
  return {
    kind: "edit",
    ticket: textOf(row, "ticket"),
    field: textOf(row, "field"),
    before: maybeTextOf(row, "before"),
    after: maybeTextOf(row, "after"),
    author: textOf(row, "author"),
    at: textOf(row, "at"),
  };
}
