/** What one write means: checked against the rules first, so that a refusal writes nothing. */

import { randomUUID } from "node:crypto";
import { fingerprint } from "../../src/core/fingerprint.ts";
import type { Base } from "../../src/core/model/base.ts";
import type { TextFormat } from "../../src/core/text/text-format.ts";
import type { Draft, Link, Note, Patch, Step } from "../../src/trackers/tracker.ts";
import { trouble, type LoggedEdit, type OpenFolder } from "./folder-client.ts";
import { findTicket, SHAPE } from "./folder-map.ts";
import { revisionOf, type StoredTicket } from "./folder-ticket.ts";

export const TITLE_LIMIT = 255;
export const BODY_LIMIT = 1_000_000;

/** Who writes, when, and where. */
export interface Hand {
  readonly project: string;
  readonly author: string;
  readonly format: TextFormat;
  readonly now: () => string;
}

/** The id follows from the token, so that one token makes one ticket; a person's copy has an id of its own. */
export function idOf(token: string): string {
  return fingerprint(`folder-tracker ${token}`);
}

/** A person's draft has neither token nor base. */
export type NewTicket = Omit<Draft, "token" | "base"> & { readonly token: string | null; readonly base: Base | null };

export function createTicket(hand: Hand, folder: OpenFolder, draft: NewTicket): StoredTicket {
  const id = draft.token === null ? randomUUID() : idOf(draft.token);
  if (folder.tickets.some((ticket) => ticket.id === id))
    throw trouble("conflict", "A ticket with this token is there already.", "An earlier request made it: look it up.");
  const [field] = Object.keys(draft.extra);
  if (field !== undefined) throw trouble("invalid", `A folder has no field ${field}.`, `Take ${field} out of create_fields of this target.`);
  const parent = draft.parent === null ? null : existing(folder, draft.parent);
  const type = draft.type ?? SHAPE.nesting[parent?.type ?? ""]?.[parent ? 0 : 1] ?? "Story";
  const status = draft.status ?? SHAPE.initialStatus;
  checkTitle(draft.title);
  checkBody(draft.body);
  checkStatus(status);
  checkPlace(type, parent);
  const now = hand.now();
  const number = folder.nextNumber();
  const ticket: StoredTicket = {
    ...{ id, number, key: `${hand.project}-${number}`, former: [], title: draft.title, type, status, parent: parent?.key ?? null },
    ...{ labels: [...new Set(draft.labels)], archived: false, created: now, updated: now, updatedBy: hand.author, token: draft.token },
    base: draft.base && { ...draft.base, ticket: draft.base.ticket ?? id },
    ...{ comments: [], links: [], body: draft.body },
  };
  folder.save(ticket, []);
  return ticket;
}

export function updateTicket(hand: Hand, folder: OpenFolder, patch: Patch): StoredTicket {
  const ticket = writable(folder, patch.key, patch.expectRevision);
  const { title = ticket.title, type = ticket.type, body = ticket.body, base = ticket.base } = patch;
  const parent = patch.parent === undefined ? ticket.parent : patch.parent;
  if (patch.title !== undefined) checkTitle(title);
  if (patch.body !== undefined) checkBody(body);
  if (patch.type !== undefined || patch.parent !== undefined) checkPlace(type, parent === null ? null : existing(folder, parent), ticket, folder);
  const { add = [], remove = [] } = patch.labels ?? {};
  const labels = [...new Set([...ticket.labels.filter((label) => !remove.includes(label)), ...add])];
  return change(hand, folder, ticket, { title, type, parent, labels, body, base });
}

export function moveTicket(hand: Hand, folder: OpenFolder, step: Step): StoredTicket {
  const ticket = writable(folder, step.key, step.expectRevision);
  checkStatus(step.to);
  return change(hand, folder, ticket, { status: step.to, base: step.base ?? ticket.base });
}

/** One note per id: edited where ours has another text. Anybody may write an id into the file, so the author counts too. */
export function commentOn(hand: Hand, folder: OpenFolder, { key, id, text }: Note): StoredTicket {
  const ticket = writable(folder, key, null);
  const ours = ticket.comments.find((comment) => comment.id === id && comment.author === hand.author);
  if (ours?.text === text) return ticket;
  const comments = ours
    ? ticket.comments.map((comment) => (comment === ours ? { ...ours, text } : comment))
    : [...ticket.comments, { id, author: hand.author, at: hand.now(), text }];
  const next = { ...ticket, comments };
  folder.save(next, [edit(hand, ticket, "comment", ours?.text ?? null, text)]);
  return next;
}

export function linkTicket(hand: Hand, folder: OpenFolder, { key, url, title, kind }: Link): StoredTicket {
  const ticket = writable(folder, key, null);
  const others = ticket.links.filter((link) => link.url !== url);
  const next = { ...ticket, links: [...others, { url, title, kind }] };
  folder.save(next, others.length === ticket.links.length ? [edit(hand, ticket, "link", null, url)] : []);
  return next;
}

/** A base alone touches neither history nor the time of the last change: people see nothing of it. */
export function change(hand: Hand, folder: OpenFolder, ticket: StoredTicket, changed: Partial<StoredTicket>): StoredTicket {
  const next = { ...ticket, ...changed };
  const edits = editsOf(hand, ticket, next);
  if (edits.length === 0 && revisionOf(next) === revisionOf(ticket)) return ticket;
  const written = edits.length === 0 ? next : { ...next, updated: hand.now(), updatedBy: hand.author };
  folder.save(written, edits);
  return written;
}

export function writable(folder: OpenFolder, key: string, expectRevision: string | null): StoredTicket {
  const ticket = existing(folder, key);
  if (ticket.archived) throw trouble("invalid", `${ticket.key} is archived.`, "Set archived: false in its file, then run the command again.");
  if (expectRevision !== null && expectRevision !== revisionOf(ticket))
    throw trouble("conflict", `${ticket.key} was changed meanwhile.`, "Plan again and look at what changed.");
  return ticket;
}

function existing(folder: OpenFolder, key: string): StoredTicket {
  const ticket = findTicket(folder, key);
  if (!ticket) throw trouble("not-found", `The folder has no ticket ${key}.`, "Its file was removed or renamed: look into the folder.");
  return ticket;
}

function checkTitle(title: string): void {
  if (title.trim() === "" || [...title].length > TITLE_LIMIT) throw trouble("invalid", `A title has 1 to ${TITLE_LIMIT} characters.`, "Change the heading.");
}

function checkBody(body: string): void {
  if (body.length > BODY_LIMIT) throw trouble("invalid", `A body has at most ${BODY_LIMIT} characters.`, "Split the section.");
}

function checkStatus(status: string): void {
  const names = SHAPE.statuses.map(({ name }) => name);
  if (!names.includes(status)) throw trouble("invalid", `There is no status ${status}.`, `There are ${names.join(", ")}.`);
}

function checkPlace(type: string, parent: StoredTicket | null, ticket?: StoredTicket, folder?: OpenFolder): void {
  if (!SHAPE.types.includes(type)) throw trouble("invalid", `There is no type ${type}.`, `There are ${SHAPE.types.join(", ")}.`);
  const allowed = SHAPE.nesting[parent?.type ?? ""] ?? [];
  if (!allowed.includes(type)) {
    const where = parent === null ? "without a parent" : `below ${parent.key} (${parent.type})`;
    throw trouble("invalid", `No ${type} may stand ${where}.`, allowed.length === 0 ? "Nothing may." : `These may: ${allowed.join(", ")}.`);
  }
  for (let above = parent; above !== null; above = above.parent === null || !folder ? null : findTicket(folder, above.parent))
    if (above.id === ticket?.id) throw trouble("invalid", `${above.key} cannot stand below itself.`, "Choose another parent.");
}

function editsOf(hand: Hand, before: StoredTicket, after: StoredTicket): readonly LoggedEdit[] {
  const fields = [
    ["title", before.title, after.title],
    ["type", before.type, after.type],
    ["status", before.status, after.status],
    ["parent", before.parent, after.parent],
    ["labels", before.labels.join(", "), after.labels.join(", ")],
  ] as const;
  const edits = fields.filter(([, from, to]) => from !== to).map(([field, from, to]) => edit(hand, after, field, from, to));
  return before.body === after.body ? edits : [...edits, edit(hand, after, bodyField(hand, before.body, after.body), before.body, after.body)];
}

/** criteria: only those changed. */
function bodyField({ format }: Hand, before: string, after: string): "criteria" | "body" {
  const [was, is] = [format.parse(before), format.parse(after)].map(({ blocks }) => blocks.map(({ print }) => print).join());
  return was === is ? "criteria" : "body";
}

function edit(hand: Hand, { id, key }: StoredTicket, field: string, from: string | null, to: string | null): LoggedEdit {
  return { id, key, field, from, to, author: hand.author, at: hand.now() };
}
