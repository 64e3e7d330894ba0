/** A work item as the emulated organisation keeps it: revisions of its fields, links between items beside them, and what was said. */

import type { AzureIdentity } from "./identity.ts";

/** Identities stand as their display names; dates as ISO 8601. */
export type FieldValue = string | number | boolean;
export type TextFormat = "html" | "markdown";
export type ResourceKind = "Hyperlink" | "ArtifactLink" | "AttachedFile";

/** A relation to something that is no work item: part of a revision, so changing one makes a new one. */
export interface Resource {
  readonly id: number;
  readonly rel: ResourceKind;
  readonly url: string;
  readonly comment: string | null;
  readonly name: string | null;
  readonly addedAt: number;
}

/** A link between two work items. It makes no revision of either: the vendor's examples answer the same `rev` before and after. */
export interface ItemLink {
  /** The end that holds the reverse side: the child of a hierarchy. */
  readonly source: number;
  readonly target: number;
  /** Without direction: `System.LinkTypes.Hierarchy`. */
  readonly type: string;
  readonly comment: string | null;
  readonly addedAt: number;
  readonly removedAt: number | null;
}

export interface Revision {
  readonly rev: number;
  readonly at: number;
  readonly by: AzureIdentity;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly formats: Readonly<Record<string, TextFormat>>;
  readonly resources: readonly Resource[];
}

export interface ItemComment {
  readonly id: number;
  readonly version: number;
  readonly text: string;
  readonly format: TextFormat;
  readonly by: AzureIdentity;
  readonly at: number;
  readonly isDeleted: boolean;
}

/** One entry of the item's history: a revision, a change of its links, or both. */
export interface Update {
  readonly rev: number;
  readonly at: number;
  readonly by: AzureIdentity;
  readonly before: Revision | null;
  readonly after: Revision;
  readonly addedLinks: readonly ItemLink[];
  readonly removedLinks: readonly ItemLink[];
}

export interface WorkItem {
  readonly id: number;
  readonly revisions: Revision[];
  readonly updates: Update[];
  links: readonly ItemLink[];
  comments: readonly ItemComment[];
  /** In the recycle bin since then. */
  deleted: { readonly at: number; readonly by: AzureIdentity } | null;
  /** Under an area path that the account may not see. */
  hidden: boolean;
}

/** The newest revision at a moment; null when there was none yet. */
export function revisionAt(item: WorkItem, at: number): Revision | null {
  return item.revisions.findLast((revision) => revision.at <= at) ?? null;
}

export function newest(item: WorkItem): Revision {
  const last = item.revisions.at(-1);
  if (last === undefined) throw new Error(`work item ${item.id} has no revision`);
  return last;
}

export function linksAt(item: WorkItem, at: number): readonly ItemLink[] {
  return item.links.filter((link) => link.addedAt <= at && (link.removedAt === null || link.removedAt > at));
}

export const HIERARCHY = "System.LinkTypes.Hierarchy";

export function parentAt(item: WorkItem, at: number): number | null {
  return linksAt(item, at).find((link) => link.type === HIERARCHY && link.source === item.id)?.target ?? null;
}
