/** What people did to a ticket since Canon last wrote to it, for those who would close it. */

import { shortPrint } from "../fingerprint.ts";
import { NO_PARENT, type Base } from "../model/base.ts";
import type { Ticket } from "../model/ticket.ts";
import { ago } from "../text/ago.ts";
import type { TextFormat } from "../text/text-format.ts";
import type { KnownEdit } from "./annotate-plan.ts";
import { hasLabel } from "./has-label.ts";
import { canonicalBody, canonicalCriteria } from "./spec-text.ts";

export interface Watch {
  /** Of this very ticket; null where the tracker did not tell. */
  readonly edits: readonly KnownEdit[] | null;
  /** Who Canon is there. */
  readonly account: string | null;
  readonly format: TextFormat;
  readonly now: string;
}

/** In words that follow its key; null: nobody touched it. */
export function whyTouched(ticket: Ticket, base: Base, { edits, account, format, now }: Watch): string | null {
  if (edits === null) return "what people did to it cannot be read";
  const edit = edits.findLast((one) => one.author !== account || isRemark(one));
  if (edit) return `${edit.author} ${deedOf(edit)}, ${ago(edit.at, now)}`;
  if (ticket.updatedBy !== null && ticket.updatedBy !== account) return `${ticket.updatedBy} changed it, ${ago(ticket.updatedAt, now)}`;
  const moved = movedField(ticket, base, format);
  return moved === null ? null : `its ${moved} was changed on the ticket`;
}

/** No run that creates a ticket writes these. */
function isRemark({ field }: KnownEdit): boolean {
  return field === "comment" || field === "link";
}

function deedOf({ field }: KnownEdit): string {
  if (field === "comment") return "commented";
  return field === "link" ? "linked it" : `changed its ${field}`;
}

/** The first field that is not as the tracker had it when Canon last wrote to it; by whose hand, it need not know. */
function movedField(ticket: Ticket, { fields, text }: Base, format: TextFormat): string | null {
  const { title, type, parent, status, labels } = fields;
  if (title && format.canonicalTitle(title.echo ?? title.spec) !== format.canonicalTitle(ticket.title)) return "title";
  if (type && type.echo !== null && type.echo !== ticket.type) return "type";
  if (parent && (parent.echo ?? parent.spec ?? NO_PARENT) !== (ticket.parent ?? NO_PARENT)) return "parent";
  if (status && status.echo !== null && status.echo !== ticket.status) return "status";
  if (labels?.echo?.some((label) => !hasLabel(ticket.labels, label))) return "labels";
  if (text === shortPrint(ticket.body)) return null;
  const live = format.parse(ticket.body);
  if (fields.criteria && fields.criteria.echo !== canonicalCriteria(live)) return "criteria";
  return fields.body && fields.body.echo.whole !== canonicalBody(live) ? "text" : null;
}
