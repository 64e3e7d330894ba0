/** Work items as tickets. */

import type { Ticket } from "../../core/model/ticket.ts";
import { htmlBody, markdownBody } from "./azure-body.ts";
import { categoryIn, type AzureProject } from "./azure-project.ts";
import { readStore } from "./azure-store.ts";
import { labelsOf } from "./azure-tags.ts";
import { nameOf, type WireItem } from "./azure-wire.ts";

const PARENT = "System.LinkTypes.Hierarchy-Reverse";

export function toTicket(item: WireItem, project: AzureProject, collection: string, archived = false): Ticket {
  const { fields, id } = item;
  const { token, base, lastChange } = readStore(item);
  const type = fields["System.WorkItemType"];
  const status = fields["System.State"];
  // A base alone is nobody's news: what it wrote over stands beside it.
  const own = lastChange?.rev === item.rev ? lastChange : null;
  return {
    id: String(id),
    key: String(id),
    url: `${collection}/_workitems/edit/${id}`,
    revision: revisionOf(item),
    title: fields["System.Title"] ?? "",
    type,
    status,
    category: categoryIn(project, type, status),
    labels: labelsOf(fields["System.Tags"]),
    parent: parentOf(item)?.toString() ?? null,
    body: bodyOf(item),
    base,
    token,
    createdAt: utc(fields["System.CreatedDate"]),
    createdByUs: null,
    updatedAt: own?.at ?? utc(fields["System.ChangedDate"]),
    updatedBy: own ? own.by : nameOf(fields["System.ChangedBy"]),
    archived,
  };
}

/** A link to a parent makes no revision of its own (examples PATCH taskId 3 to 5), so the parent is a part of what is compared. */
export function revisionOf(item: WireItem): string {
  const parent = parentOf(item);
  return parent === null ? String(item.rev) : `${item.rev}/${parent}`;
}

/** The vendor's part of a revision. */
export function revOf(revision: string): number {
  return Number.parseInt(revision, 10);
}

export function parentOf({ relations, fields }: WireItem): number | null {
  if (relations === undefined) return fields["System.Parent"] ?? null;
  const url = relations.find(({ rel }) => rel === PARENT)?.url;
  return url === undefined ? (fields["System.Parent"] ?? null) : idIn(url);
}

/** Of the address of a work item; null where it is none. */
export function idIn(url: string): number | null {
  const id = /\/workitems\/(\d+)$/i.exec(url)?.[1];
  return id === undefined ? null : Number(id);
}

/** Of a key; null where it can be none of Azure's, whose numbers have 32 bits. */
export function idOf(key: string): number | null {
  const id = /^\d{1,10}$/.test(key) ? Number(key) : 0;
  return id >= 1 && id <= 2_147_483_647 ? id : null;
}

export function bodyOf({ fields, multilineFieldsFormat: formats }: Pick<WireItem, "fields" | "multilineFieldsFormat">): string {
  const text = fields["System.Description"] ?? "";
  return formats?.["System.Description"]?.toLowerCase() === "markdown" ? markdownBody(text) : htmlBody(text);
}

export function utc(date: string): string {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) ? date : at.toISOString();
}
