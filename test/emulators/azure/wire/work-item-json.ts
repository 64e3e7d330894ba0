/** A work item as answers show it: all its fields or those asked for, relations and links only where they are expanded. */

import { identityJson } from "../state/identity.ts";
import { newest, parentAt } from "../state/work-item.ts";
import type { Revision, WorkItem } from "../state/work-item.ts";
import type { AzureWorld } from "../state/world.ts";
import type { AzureIdentity } from "../state/identity.ts";
import { DANA, ROBIN } from "../state/identity.ts";
import { azureField } from "../state/fields.ts";
import { azureDate, isVisible, linkJson, relationsOf, resourceJson } from "./relations.ts";
import type { Related } from "./relations.ts";

export interface Shown {
  /** null: all. */
  readonly fields: readonly string[] | null;
  readonly relations: boolean;
  readonly links: boolean;
  readonly formats: boolean;
}

const IDENTITIES: ReadonlyMap<string, AzureIdentity> = new Map([DANA, ROBIN].map((person) => [person.displayName, person]));

export function workItemJson(
  item: WorkItem,
  revision: Revision,
  at: number,
  shown: Shown,
  world: AzureWorld,
  collection: string,
): Readonly<Record<string, unknown>> {
  const url = `${collection}/_apis/wit/workItems/${item.id}`;
  const fields = fieldsJson(item, revision, at, world, collection);
  const wanted = shown.fields?.map((name) => azureField(name)?.referenceName ?? name);
  const relations = shown.relations ? relationsOf(item, revision, at, world).map((related) => relationJson(related, item.id, collection)) : [];
  return {
    id: item.id,
    rev: revision.rev,
    fields: wanted === undefined ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name))),
    ...(shown.formats && wanted === undefined && Object.keys(revision.formats).length > 0 ? { multilineFieldsFormat: revision.formats } : {}),
    ...(relations.length > 0 ? { relations } : {}),
    ...(shown.links && wanted === undefined ? { _links: linksOf(url, collection, item.id, String(revision.fields["System.WorkItemType"])) } : {}),
    url,
  };
}

export function relationJson(related: Related, id: number, collection: string): Readonly<Record<string, unknown>> {
  return related.link === null ? resourceJson(related.resource) : linkJson(related.link, id, collection);
}

/** All fields of a revision, with those that are computed. */
export function fieldsJson(item: WorkItem, revision: Revision, at: number, world: AzureWorld, collection: string): Readonly<Record<string, unknown>> {
  const parent = parentAt(item, at);
  const written = Object.entries(revision.fields).map(([name, value]) => [name, fieldJson(name, value, collection)] as const);
  return {
    "System.Id": item.id,
    "System.Rev": revision.rev,
    ...Object.fromEntries(written),
    "System.ChangedDate": azureDate(revision.at),
    "System.ChangedBy": identityJson(revision.by, collection),
    "System.CommentCount": item.comments.filter((comment) => !comment.isDeleted && comment.at <= at).length,
    ...(parent !== null && isVisible(world.items.get(parent)) ? { "System.Parent": parent } : {}),
  };
}

export function fieldJson(name: string, value: unknown, collection: string): unknown {
  if (azureField(name)?.type !== "identity" || typeof value !== "string") return value;
  const person = IDENTITIES.get(value);
  return person === undefined ? { displayName: value, id: "00000000-0000-0000-0000-000000000000", uniqueName: value } : identityJson(person, collection);
}

export function isDeletedJson(item: WorkItem, collection: string): Readonly<Record<string, unknown>> {
  const { fields } = newest(item);
  return {
    id: item.id,
    type: fields["System.WorkItemType"],
    name: fields["System.Title"],
    project: fields["System.TeamProject"],
    deletedDate: azureDate(item.deleted?.at ?? 0),
    deletedBy: item.deleted?.by.displayName ?? "",
    code: 200,
    url: `${collection}/_apis/wit/recyclebin/${item.id}`,
  };
}

function linksOf(url: string, collection: string, id: number, type: string): Readonly<Record<string, { readonly href: string }>> {
  return {
    self: { href: url },
    workItemUpdates: { href: `${url}/updates` },
    workItemRevisions: { href: `${url}/revisions` },
    workItemComments: { href: `${url}/comments` },
    html: { href: `${collection}/_workitems/edit/${id}` },
    workItemType: { href: `${collection}/_apis/wit/workItemTypes/${encodeURIComponent(type)}` },
    fields: { href: `${collection}/_apis/wit/fields` },
  };
}
