/** One line of a plan as data: glyph, ticket, title, a note beside it and details below it. */

import { ACTIONS, type Action } from "../core/model/action.ts";
import type { Change, FieldChange, FieldNote, Question } from "../core/model/plan.ts";
import type { Piece } from "../core/text/word-difference.ts";
import { ago } from "../core/text/ago.ts";
import { fieldDetails, fieldNote, listOf, said, textOf, type Detail } from "./field-details.ts";
import { newLines } from "./new-lines.ts";
import { GLYPHS } from "./glyphs.ts";
import type { Role } from "./paint.ts";
import { criteriaCount } from "./words.ts";

export interface Row {
  readonly kind: "change" | "conflict" | "question" | "observed";
  /** Digest of its change; "" where it has none. */
  readonly change: string;
  readonly depth: number;
  readonly glyph: string;
  readonly role: Role;
  /** Key of the ticket, or the type it will have. */
  readonly label: string;
  readonly title: string;
  /** Stands beside the title where there is room. */
  readonly note: readonly Piece[];
  readonly details: readonly Detail[];
}

const ROLES: Readonly<Record<Action, Role>> = {
  create: "create",
  update: "change",
  transition: "change",
  reparent: "change",
  adopt: "change",
  move: "change",
  close: "remove",
  forget: "remove",
  marker: "quiet",
  pull: "observed",
  noop: "quiet",
};

export function changeRow(change: Change, depth: number, now: string): Row {
  const sent = change.action === "create" ? [] : change.fields.flatMap((field) => fieldDetails(field, "to-ticket"));
  const written = change.action === "adopt" ? newLines(change) : [];
  const details = [...sent, ...change.pulled.flatMap((field) => pulledDetails(field, sent.length > 0, now)), ...written];
  const note = noteOf(change);
  return {
    kind: "change",
    change: change.digest,
    depth,
    glyph: ACTIONS[change.action],
    role: ROLES[change.action],
    label: change.key ?? change.type ?? "ticket",
    title: change.title,
    note: note === "" ? [] : [said(note)],
    details,
  };
}

/** `isBeside`: other fields of the row go the other way. */
function pulledDetails(field: FieldChange, isBeside: boolean, now: string): readonly Detail[] {
  const details = fieldDetails(field, "from-ticket");
  const note = field.note === undefined ? "" : ` (${FIELD_NOTES[field.note]})`;
  return details.map(({ label, pieces }, index) => ({
    label: isBeside && index === 0 ? `${ACTIONS.pull} ${label}` : label,
    pieces: index === details.length - 1 ? [...pieces, said(note + signature(field, now))] : pieces,
  }));
}

const FIELD_NOTES: Readonly<Record<FieldNote, string>> = {
  "only-on-ticket": "stays on the ticket",
  unverified: "not verified against code",
  verified: "verified",
};

/** What an action says beyond its fields. */
function noteOf(change: Change): string {
  switch (change.action) {
    case "create":
      return change.reason === "route-changed" ? joined("takes the place of the ticket it leaves", createNote(change)) : createNote(change);
    case "move":
      return movedFrom(change);
    case "adopt":
      return adoptNote(change);
    case "close":
      if (change.reason === "route-changed") return "closes: its section gets a ticket elsewhere";
      return closeNote(change);
    case "forget":
      return "is given back: Canon leaves it alone from now on";
    case "marker":
      return change.pulled.length > 0 ? "" : markerNote(change);
    case "noop":
      return "is as planned already";
    case "update":
    case "transition":
    case "reparent":
    case "pull":
      return change.from === null ? "" : movedFrom(change);
  }
}

function adoptNote({ held, edits }: Change): string {
  if (edits.length > 0) return "gets a section of its own";
  const fields = [...new Set(held.map(({ field }) => field))].join(", ");
  return fields === "" ? "is linked to this section" : `is linked to this section; both sides keep their ${fields}`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(GLYPHS.dot);
}

/** States that say something about a ticket that is only being made; the others are where every ticket starts. */
const TELLING_STATES = /progress|blocked|done|closed/i;

function createNote(change: Change): string {
  const criteria = listOf(valueOf(change, "criteria")).length;
  const status = textOf(valueOf(change, "status"));
  const parts = [
    change.reason === "ticket-missing" ? "in place of one that is gone" : "",
    change.parent !== null && "key" in change.parent ? `parent ${change.parent.key}` : "",
    criteria > 0 ? criteriaCount(criteria) : "",
    TELLING_STATES.test(status) ? status : "",
  ];
  return joined(...parts);
}

function valueOf(change: Change, name: FieldChange["field"]): FieldChange["spec"] {
  return change.fields.find((field) => field.field === name)?.spec ?? null;
}

/** "moved from specs/api.md", or the old section where only that changed. */
function movedFrom(change: Change): string {
  const [path, id] = splitAddress(change.address);
  const [oldPath, oldId] = splitAddress(change.from ?? change.address);
  if (oldPath !== path) return oldId === id ? `moved from ${oldPath}` : `moved from ${oldPath}#${oldId}`;
  return oldId === id ? "moved within its file" : `was #${oldId}`;
}

function closeNote({ reason }: Change): string {
  if (reason === "section-removed") return "closes: its section was removed";
  return reason === "undone" ? "closes: the run that created it is undone" : "closes: its section is deprecated";
}

function markerNote(change: Change): string {
  switch (change.reason) {
    case "marker-lost":
      return "its marker line comes back";
    case "base-missing":
      return "only what Canon remembers of it is renewed";
    case "undone":
      return "is given back already: its marker line goes";
    default:
      return change.splice === null ? "only what Canon remembers of it is renewed" : "only marker lines change";
  }
}

function splitAddress(address: string): readonly [string, string] {
  const at = address.lastIndexOf("#");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}

export function conflictRow(change: Change, system: string, now: string): Row {
  const fields = [...change.fields, ...change.held].filter((field) => field.verdict === "conflict" || field.verdict === "behind");
  const behind = fields.every((field) => field.verdict === "behind");
  const names = fields.map((field) => field.field).join(", ");
  const why = behind ? "the spec is older than the ticket" : fields.some((field) => field.base !== null) ? "both sides changed" : "spec and ticket differ";
  return {
    kind: "conflict",
    change: change.digest,
    depth: 0,
    glyph: GLYPHS.conflict,
    role: "decision",
    label: change.key ?? change.type ?? "ticket",
    title: change.title,
    note: [said(names === "" ? why : `${names}: ${why}`), said("   needs you")],
    details: behind ? [] : fields.flatMap((field) => conflictDetails(field, system, now, fields.length > 1)),
  };
}

/** The three values one below the other; texts and lists by their words, from the ticket's to the spec's. */
function conflictDetails(field: FieldChange, system: string, now: string, several: boolean): readonly Detail[] {
  if (field.field === "body" || field.field === "criteria")
    return [...fieldDetails(field, "to-ticket"), ...(field.by === undefined ? [] : [plainDetail(system, signature(field, now).trim())])];
  const name = (side: string): string => (several ? `${field.field} ${side}` : side);
  return [
    ...(field.base === null ? [] : [plainDetail(name("base"), textOf(field.base) || "none")]),
    plainDetail(name("spec"), textOf(field.spec) || "none"),
    plainDetail(name(system), `${textOf(field.live) || "none"}${signature(field, now)}`),
  ];
}

function plainDetail(label: string, text: string): Detail {
  return { label, pieces: [said(text)] };
}

/** " (M. Chen, yesterday)"; "" where nobody is known. */
export function signature(field: FieldChange, now: string): string {
  const parts = [field.by, field.at === undefined ? undefined : ago(field.at, now)].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

export function questionRow(question: Question): Row {
  return {
    kind: "question",
    change: "",
    depth: 0,
    glyph: GLYPHS.question,
    role: "decision",
    label: question.key === null || question.text.includes(question.key) ? "" : question.key,
    title: question.text,
    note: [],
    // Its words say "this section": which one that is stands below, as it is typed.
    details: [...(question.address === null ? [] : [plainDetail("", question.address)]), plainDetail("", question.hint)],
  };
}

export function observedRow(change: Change, now: string): Row {
  const fields = [...change.fields, ...change.held].filter((field) => field.verdict === "pull");
  const notes = fields.map((field) => [...fieldNote(field, "from-ticket"), said(signature(field, now))]);
  return {
    kind: "observed",
    change: change.digest,
    depth: 0,
    glyph: ACTIONS.pull,
    role: "observed",
    label: change.key ?? "",
    title: change.title,
    note: notes[0] !== undefined && notes.length === 1 ? notes[0] : [],
    details: notes.length === 1 ? [] : notes.map((pieces) => ({ label: "", pieces })),
  };
}
