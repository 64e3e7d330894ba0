/** Rows of the local tracker's tables as the nouns of the model. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { LocalComment, LocalLink } from "../local-desk.ts";
import type { FieldEdit } from "../tracker.ts";
import { damaged } from "./local-client.ts";
import type { Row } from "./local-client.ts";
import { categoryOf } from "./local-project.ts";
import type { LocalShape } from "./local-project.ts";
import { parseLabels, readableBase } from "./local-wire.ts";

export function toTicket(row: Row, shape: LocalShape): Ticket {
  const status = textOf(row, "status");
  const base = maybeTextOf(row, "base");
  return {
    id: textOf(row, "id"),
    key: textOf(row, "key"),
    url: null,
    revision: String(numberOf(row, "revision")),
    title: textOf(row, "title"),
    type: textOf(row, "type"),
    status,
    category: categoryOf(shape, status),
    labels: parseLabels(textOf(row, "labels")),
    parent: maybeTextOf(row, "parent_key"),
    body: textOf(row, "body"),
    base: base === null ? null : readableBase(base),
    token: maybeTextOf(row, "token"),
    createdAt: textOf(row, "created_at"),
    createdByUs: null,
    updatedAt: textOf(row, "updated_at"),
    updatedBy: textOf(row, "updated_by"),
    archived: numberOf(row, "archived") === 1,
  };
}

export function toFieldEdit(row: Row): FieldEdit {
  return {
    key: textOf(row, "key"),
    field: textOf(row, "field"),
    from: maybeTextOf(row, "before"),
    to: maybeTextOf(row, "after"),
    author: textOf(row, "author"),
    at: textOf(row, "at"),
  };
}

export function toComment(row: Row): LocalComment {
  return { author: textOf(row, "author"), at: textOf(row, "at"), text: textOf(row, "text") };
}

export function toLink(row: Row): LocalLink {
  return { url: textOf(row, "url"), title: textOf(row, "title"), kind: linkKind(textOf(row, "kind")) };
}

export function linkKind(kind: string): LocalLink["kind"] {
  if (kind === "pull-request" || kind === "parent" || kind === "other") return kind;
  throw damaged(`a link of the kind ${kind}`);
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw damaged(`${column} is no text`);
  return value;
}

export function maybeTextOf(row: Row, column: string): string | null {
  const value = row[column];
  if (value !== null && typeof value !== "string") throw damaged(`${column} is no text`);
  return value;
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw damaged(`${column} is no number`);
  return value;
}
