/** What one write means: checked against the project's rules first, then carried out. Refusals are thrown before anything is written. */

import { randomUUID } from "node:crypto";
import type { Base } from "../../core/model/base.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { markdownFormat } from "../../core/text/markdown-format.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import type { Draft, Link, Note, Patch, Step } from "../tracker.ts";
import { conflict, invalid, notFound } from "./local-client.ts";
import { BODY_LIMIT, mayNest, nextStatuses, pathBetween, TITLE_LIMIT } from "./local-project.ts";
import { rewriteText, rewriteTitle } from "./local-rewrites.ts";
import type { LocalSession } from "./local-session.ts";
import { addEdit, changeTicket, findTicket, insertTicket, ticketsWhere } from "./local-tickets.ts";
import type { Edit, TicketChange } from "./local-tickets.ts";

/** A draft of Canon has a token and a base, a person's has neither. */
export type NewDraft = Omit<Draft, "token" | "base"> & { readonly token: string | null; readonly base: Base | null };

export function createTicket(session: LocalSession, draft: NewDraft): Ticket {
  const { shape, behaviour, project } = session;
  if (behaviour.clientIds && draft.token !== null && ticketsWithToken(session, draft.token).length > 0) {
    throw conflict(`${project} already has a ticket with this token.`, "It was created by an earlier request; look it up by its token.");
  }
  const type = draft.type ?? typeBelow(session, draft.parent);
  checkType(session, type);
  const parent = draft.parent === null ? null : parentOf(session, draft.parent, type);
  const status = draft.status ?? shape.initialStatus;
  checkStatus(session, status);
  if (status !== shape.initialStatus && !nextStatuses(shape, behaviour, shape.initialStatus).includes(status)) {
    throw invalid(
      `A new ticket cannot stand in ${status}: from ${shape.initialStatus} the workflow leads to ${list(nextStatuses(shape, behaviour, shape.initialStatus))}.`,
      "Create it without a status, then walk.",
    );
  }
  return insertTicket(session, {
    id: randomUUID(),
    title: titleOf(session, draft.title),
    body: bodyOf(session, draft.body),
    type,
    status,
    parent,
    labels: [...new Set(draft.labels)],
    base: draft.base,
    token: draft.token,
    extra: draft.extra,
  });
}

export function updateTicket(session: LocalSession, patch: Patch): Ticket {
  const ticket = writable(session, patch.key, patch.expectRevision);
  const type = patch.type ?? ticket.type;
  const parent = patch.parent ?? null;
  if (patch.type !== undefined) checkTypeChange(session, ticket, patch.type, patch.parent === undefined ? ticket.parent : parent);
  const change: TicketChange = {
    ...(patch.title === undefined ? {} : { title: titleOf(session, patch.title) }),
    ...(patch.type === undefined ? {} : { type: patch.type }),
    ...(patch.parent === undefined ? {} : { parent: parent === null ? null : parentOf(session, parent, type ?? "", ticket) }),
    ...(patch.labels === undefined ? {} : { labels: relabelled(ticket.labels, patch.labels) }),
    ...(patch.body === undefined ? {} : { body: bodyOf(session, patch.body) }),
    ...(patch.base === undefined ? {} : { base: patch.base }),
  };
  return changeTicket(session, ticket, change, editsOf(session, ticket, change));
}

export function transitionTicket(session: LocalSession, step: Step): Ticket {
  const { shape, behaviour } = session;
  let ticket = writable(session, step.key, step.expectRevision);
  checkStatus(session, step.to);
  const path = pathBetween(shape, behaviour, ticket.status, step.to);
  const next = nextStatuses(shape, behaviour, ticket.status);
  if (path === null) throw invalid(`${ticket.key}: the workflow has no way from ${ticket.status} to ${step.to}.`, `It leads to ${list(next)}.`);
  if (path.length > 1 && !step.walk) {
    throw invalid(
      `${ticket.key}: the workflow has no step from ${ticket.status} to ${step.to}.`,
      `It leads to ${list(next)}. transitions: walk takes the way over ${list(path.slice(0, -1))}.`,
    );
  }
  for (const status of path) ticket = changeTicket(session, ticket, { status }, [{ field: "status", from: ticket.status, to: status }]);
  return step.base === undefined ? ticket : changeTicket(session, ticket, { base: step.base }, []);
}

/** One note per id, whose text is the last that was sent. A person's comment has no id, so none can be taken for a note. */
export function commentOn(session: LocalSession, note: Omit<Note, "id"> & { readonly id: string | null }): Ticket {
  const { sql, author, now, behaviour, by, parser } = session;
  const ticket = writable(session, note.key, null);
  if (note.text.trim() === "") throw invalid("A comment needs words.");
  const text = rewriteText(note.text, behaviour.rewrites, by, parser);
  const standing = note.id === null ? undefined : sql.get("SELECT text FROM comment WHERE ticket = ? AND note = ?", ticket.id, note.id);
  if (standing) {
    if (standing["text"] === text) return ticket;
    sql.run("UPDATE comment SET text = ? WHERE ticket = ? AND note = ?", text, ticket.id, note.id);
    addEdit(session, ticket.id, { field: "comment", from: String(standing["text"]), to: text });
    return ticket;
  }
  sql.run("INSERT INTO comment (ticket, note, author, at, text) VALUES (?, ?, ?, ?, ?)", ticket.id, note.id, author, now, text);
  addEdit(session, ticket.id, { field: "comment", from: null, to: text });
  return ticket;
}

export function linkTicket(session: LocalSession, link: Link): Ticket {
  const { sql } = session;
  const ticket = writable(session, link.key, null);
  if (sql.get("SELECT 1 FROM link WHERE ticket = ? AND url = ? AND title = ? AND kind = ?", ticket.id, link.url, link.title, link.kind)) return ticket;
  sql.run(
    "INSERT INTO link (ticket, url, title, kind) VALUES (?, ?, ?, ?) ON CONFLICT (ticket, url) DO UPDATE SET title = excluded.title, kind = excluded.kind",
    ...[ticket.id, link.url, link.title, link.kind],
  );
  addEdit(session, ticket.id, { field: "link", from: null, to: link.url });
  return ticket;
}

export function ticketsWithToken(session: LocalSession, token: string, above = 0): readonly Ticket[] {
  // The + keeps SQLite from reading the whole project instead of looking the token up.
  return ticketsWhere(session, "+t.project = ? AND t.token = ? AND t.number > ?", [session.project, token, above]);
}

/** A revision is compared only where the project does so. */
export function writable(session: LocalSession, key: string, expectRevision: string | null): Ticket {
  const ticket = findTicket(session, key);
  if (!ticket) throw notFound(key, session.project);
  if (ticket.archived) throw invalid(`${ticket.key} is archived.`, `canon local archive ${ticket.key} --undo brings it back.`);
  if (session.behaviour.conditionalWrite && expectRevision !== null && expectRevision !== ticket.revision) {
    throw conflict(`${ticket.key} was changed meanwhile: it is at revision ${ticket.revision}, not ${expectRevision}.`, "Plan again and look at what changed.");
  }
  return ticket;
}

function checkType({ shape, project }: LocalSession, type: string): void {
  if (!shape.types.includes(type)) throw invalid(`${project} has no type ${type}.`, didYouMean(type, shape.types));
}

/** What a ticket becomes when nobody says. */
function typeBelow(session: LocalSession, parent: string | null): string {
  const { shape } = session;
  const above = parent === null ? null : findTicket(session, parent);
  return (above && shape.nesting[above.type ?? ""]?.[0]) ?? shape.types.find((type) => type === "Task") ?? shape.types[0] ?? "Task";
}

function checkStatus({ shape, project }: LocalSession, status: string): void {
  const names = shape.statuses.map(({ name }) => name);
  if (!names.includes(status)) throw invalid(`${project} has no status ${status}.`, didYouMean(status, names));
}

function didYouMean(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return `${near === null ? "" : `Did you mean ${near}? `}There are ${list(known)}.`;
}

/** The key the parent has now. */
function parentOf(session: LocalSession, key: string, type: string, child?: Ticket): string {
  const { shape, behaviour, project } = session;
  const parent = findTicket(session, key);
  if (!parent) throw notFound(key, project);
  if (!mayNest(shape, behaviour, parent.type ?? "", type)) {
    const below = shape.nesting[parent.type ?? ""] ?? [];
    throw invalid(
      `${project} takes no ${type} below ${parent.key} (${parent.type}).`,
      below.length > 0 ? `Below ${parent.type} it takes ${list(below)}.` : "Leave it without a parent.",
    );
  }
  for (let above: Ticket | null = parent; above; above = above.parent === null ? null : findTicket(session, above.parent)) {
    if (above.id === child?.id) throw invalid(`${child.key} cannot stand below itself.`);
  }
  return parent.key;
}

/** Looks upwards only: a tree that moves a level changes parents first, and its children are out of place for a moment. */
function checkTypeChange(session: LocalSession, ticket: Ticket, type: string, parent: string | null): void {
  checkType(session, type);
  if (type !== ticket.type && !session.behaviour.convertsTypes)
    throw invalid(`${session.project} makes no ${type} of a ${ticket.type ?? "ticket"}.`, "Give the heading its old depth, or make a new ticket.");
  if (type !== ticket.type && parent !== null) parentOf(session, parent, type, ticket);
}

function titleOf({ behaviour }: LocalSession, title: string): string {
  if (title.trim() === "") throw invalid("A ticket needs a title.");
  if ([...title].length > TITLE_LIMIT) throw invalid(`The title is longer than ${TITLE_LIMIT} characters.`, "Shorten it.");
  return rewriteTitle(title, behaviour.rewrites);
}

function bodyOf({ behaviour, by, parser }: LocalSession, body: string): string {
  if (body.length > BODY_LIMIT) throw invalid(`The body is longer than ${BODY_LIMIT} characters.`, "Split the section.");
  return rewriteText(body, behaviour.rewrites, by, parser);
}

/** Labels of other people stay. */
function relabelled(labels: readonly string[], change: { readonly add: readonly string[]; readonly remove: readonly string[] }): readonly string[] {
  const gone = new Set(change.remove);
  return [...new Set([...labels.filter((label) => !gone.has(label)), ...change.add])];
}

/** What history says of a change: fields that kept their value are not in it; criteria are told apart from the rest of a body. */
function editsOf(session: LocalSession, ticket: Ticket, change: TicketChange): readonly Edit[] {
  const edits: Edit[] = [];
  const note = (field: string, from: string | null, to: string | null): void => {
    if (from !== to) edits.push({ field, from, to });
  };
  if (change.title !== undefined) note("title", ticket.title, change.title);
  if (change.type !== undefined) note("type", ticket.type, change.type);
  if (change.parent !== undefined) note("parent", ticket.parent, change.parent);
  if (change.labels !== undefined) note("labels", ticket.labels.join(", "), change.labels.join(", "));
  if (change.body !== undefined && change.body !== ticket.body) edits.push(...bodyEdits(session, ticket.body, change.body));
  return edits;
}

function bodyEdits({ parser }: LocalSession, from: string, to: string): readonly Edit[] {
  const format = markdownFormat(parser);
  const [before, after] = [format.parse(from), format.parse(to)];
  const [linesBefore, linesAfter] = [before, after].map(({ criteria }) => criteria.map(({ text, checked }) => `[${checked ? "x" : " "}] ${text}`).join("\n"));
  const criteria: Edit[] = linesBefore === linesAfter ? [] : [{ field: "criteria", from: linesBefore ?? "", to: linesAfter ?? "" }];
  const same = before.blocks.map(({ print }) => print).join() === after.blocks.map(({ print }) => print).join();
  return same && criteria.length > 0 ? criteria : [...criteria, { field: "body", from, to }];
}

function list(words: readonly string[]): string {
  return words.length === 0 ? "nothing" : words.join(", ");
}
