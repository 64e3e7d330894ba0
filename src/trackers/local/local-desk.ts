/** The people's side of the local tracker: every edit goes through the same rules and history as Canon's own writes. */

import { randomUUID } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { StatusCategory } from "../../core/model/status.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { markdownFormat } from "../../core/text/markdown-format.ts";
import type { LocalBehaviour, LocalComment, LocalDesk, LocalFilter, LocalTicketEdit, LocalTicketInput, LocalTicketView } from "../local-desk.ts";
import { conflict, invalid, localClient, notFound } from "./local-client.ts";
import { editCriterion } from "./local-criteria.ts";
import { exportLines, importLines } from "./local-export.ts";
import { addFaults, listFaults } from "./local-faults.ts";
import { toComment, toFieldEdit, toLink } from "./local-map.ts";
import type { LocalOptions } from "./local-options.ts";
import { nextStatuses } from "./local-project.ts";
import type { LocalSession } from "./local-session.ts";
import { localStore } from "./local-store.ts";
import { addEdit, changeTicket, findTicket, insertTicket, ticketsWhere } from "./local-tickets.ts";
import { parseBehaviour, parseBehaviourChange } from "./local-wire.ts";
import { commentOn, createTicket, transitionTicket, updateTicket, writable } from "./local-writes.ts";

export function openDesk(options: LocalOptions): LocalDesk {
  const store = localStore(localClient(options.file, options.root), options, "browser");
  // Async, so that a refusal is a rejection and never a throw in the caller's own frame.
  const read = async <T>(work: (session: LocalSession) => T): Promise<T> => store.read(work);
  const write = async <T>(work: (session: LocalSession) => T): Promise<T> => store.write(work);
  return {
    identity: options.identity,
    project: options.project,
    list: (filter = {}) => read((session) => listTickets(session, filter)),
    show: (key) => read((session) => show(session, key)),
    statuses: () => read(({ shape }) => shape.statuses),
    create: (input) => write((session) => createAsPerson(session, input)),
    edit: (key, edit) => write((session) => editTicket(session, key, edit)),
    criterion: (key, edit) =>
      write((session) => updateTicket(session, { key, expectRevision: null, body: editCriterion(session.parser, writable(session, key, null).body, edit) })),
    move: (key, to) => write((session) => transitionTicket(session, { key, expectRevision: null, to, walk: false })),
    comment: (key, text) => write((session) => comment(session, key, text)),
    label: (key, labels) => write((session) => updateTicket(session, { key, expectRevision: null, labels })),
    close: (key, as = "done") => write((session) => transitionTicket(session, { key, expectRevision: null, to: firstStatus(session, as), walk: true })),
    reopen: (key) => write((session) => transitionTicket(session, { key, expectRevision: null, to: session.shape.initialStatus, walk: true })),
    archive: (key, archived) => write((session) => archive(session, key, archived)),
    transfer: (key, project) => write((session) => transfer(session, key, project)),
    duplicate: (key) => write((session) => duplicate(session, key)),
    remove: (key) => write((session) => session.sql.run("DELETE FROM ticket WHERE id = ?", existing(session, key).id)),
    behaviour: () => read(({ behaviour }) => behaviour),
    behave: (change) => write((session) => behave(session, change)),
    faults: () => read(listFaults),
    setFaults: (faults, { replace = false } = {}) => write((session) => addFaults(session, faults, replace)),
    exportProject: () => read(exportLines),
    importProject: (text) => write((session) => ({ tickets: importLines(session, text) })),
    end: async () => store.end(),
  };
}

function listTickets(session: LocalSession, { status, label, type, parent, archived = false }: LocalFilter): readonly Ticket[] {
  return ticketsWhere(session, "t.project = ?", [session.project]).filter(
    (ticket) =>
      (archived || !ticket.archived) &&
      (status === undefined || ticket.status.toLowerCase() === status.toLowerCase()) &&
      (label === undefined || ticket.labels.includes(label)) &&
      (type === undefined || ticket.type?.toLowerCase() === type.toLowerCase()) &&
      (parent === undefined || ticket.parent === parent),
  );
}

function show(session: LocalSession, key: string): LocalTicketView {
  const { sql, shape, behaviour, parser } = session;
  const ticket = existing(session, key);
  return {
    ticket,
    criteria: markdownFormat(parser)
      .parse(ticket.body)
      .criteria.map(({ text, checked }) => ({ text, checked })),
    children: ticketsWhere(session, "t.parent = ?", [ticket.id]).map((child) => child.key),
    comments: sql.all("SELECT * FROM comment WHERE ticket = ? ORDER BY seq", ticket.id).map(toComment),
    links: sql.all("SELECT * FROM link WHERE ticket = ? ORDER BY seq", ticket.id).map(toLink),
    history: sql.all("SELECT e.*, t.key FROM edit e JOIN ticket t ON t.id = e.ticket WHERE t.id = ? ORDER BY e.seq", ticket.id).map(toFieldEdit),
    next: nextStatuses(shape, behaviour, ticket.status),
  };
}

function createAsPerson(session: LocalSession, input: LocalTicketInput): Ticket {
  const { title, body = "", type = null, parent = null, status = null, labels = [] } = input;
  return createTicket(session, { title, body, type, parent, status, labels, token: null, base: null, extra: {} });
}

function editTicket(session: LocalSession, key: string, edit: LocalTicketEdit): Ticket {
  if (Object.values(edit).every((value) => value === undefined)) throw invalid("Nothing was given to edit.", "Give a title, a body, a type or a parent.");
  return updateTicket(session, { key, expectRevision: null, ...edit });
}

function comment(session: LocalSession, key: string, text: string): LocalComment {
  const ticket = commentOn(session, { key, id: null, text });
  const row = session.sql.get("SELECT * FROM comment WHERE ticket = ? ORDER BY seq DESC LIMIT 1", ticket.id);
  if (!row) throw notFound(key, session.project);
  return toComment(row);
}

function firstStatus({ shape, project }: LocalSession, category: StatusCategory): string {
  const status = shape.statuses.find((candidate) => candidate.category === category);
  if (!status) throw invalid(`${project} has no status that is ${category}.`);
  return status.name;
}

function archive(session: LocalSession, key: string, archived: boolean): Ticket {
  const ticket = existing(session, key);
  const edits = ticket.archived === archived ? [] : [{ field: "archived", from: String(ticket.archived), to: String(archived) }];
  return changeTicket(session, ticket, { archived }, edits);
}

/** Its children stay where they are: they keep their parent across projects, as on the trackers that allow it. */
function transfer(session: LocalSession, key: string, project: string): Ticket {
  const { sql } = session;
  const ticket = writable(session, key, null);
  if (!/^[A-Z][A-Z0-9_]*$/.test(project)) throw invalid(`${project} is no project key.`, "A key is capital letters and digits: OPS.");
  if (ticket.key.startsWith(`${project}-`)) throw conflict(`${ticket.key} is in ${project} already.`, "Name another project.");
  sql.run("INSERT INTO project (key, counter, shape, behaviour) VALUES (?, 0, ?, '{}') ON CONFLICT DO NOTHING", project, canonicalJson(session.shape));
  sql.run("UPDATE project SET counter = counter + 1 WHERE key = ?", project);
  sql.run(
    "UPDATE ticket SET project = ?, number = (SELECT counter FROM project WHERE key = ?), key = ? || '-' || (SELECT counter FROM project WHERE key = ?), revision = revision + 1 WHERE id = ?",
    ...[project, project, project, project, ticket.id],
  );
  sql.run("INSERT OR REPLACE INTO former_key (key, project, ticket) VALUES (?, ?, ?)", ticket.key, session.project, ticket.id);
  const moved = existing(session, ticket.key);
  addEdit(session, ticket.id, { field: "key", from: ticket.key, to: moved.key });
  return moved;
}

function duplicate(session: LocalSession, key: string): Ticket {
  const ticket = existing(session, key);
  return insertTicket(session, { ...ticket, id: randomUUID(), title: `${ticket.title} (copy)`.slice(0, 255), type: ticket.type ?? "Task", extra: {} });
}

function behave(session: LocalSession, change: Partial<LocalBehaviour>): LocalBehaviour {
  const known = Object.keys(session.behaviour);
  const unknown = Object.keys(change).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`There is no switch ${unknown}.`, `Did you mean ${nearestWord(unknown, known) ?? known.join(", ")}?`);
  const text = canonicalJson({ ...session.behaviour, ...parseBehaviourChange(change) });
  session.sql.run("UPDATE project SET behaviour = ? WHERE key = ?", text, session.project);
  return parseBehaviour(text);
}

function existing(session: LocalSession, key: string): Ticket {
  const ticket = findTicket(session, key);
  if (!ticket) throw notFound(key, session.project);
  return ticket;
}
