/** The relations of a work item, links to other items before resources, in the order that indexes in a patch refer to. */

import { HIERARCHY, linksAt } from "../state/work-item.ts";
import type { ItemLink, Resource, Revision, WorkItem } from "../state/work-item.ts";
import type { AzureWorld } from "../state/world.ts";

export type Related = { readonly link: ItemLink; readonly resource: null } | { readonly link: null; readonly resource: Resource };

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  [HIERARCHY]: ["Child", "Parent"],
  "System.LinkTypes.Related": ["Related", "Related"],
  "System.LinkTypes.Dependency": ["Successor", "Predecessor"],
  "System.LinkTypes.Duplicate": ["Duplicate", "Duplicate Of"],
};

/** `rel` without its direction, and whether it is the reverse side; null for what links no work items. */
export function linkType(rel: string): { readonly type: string; readonly isReverse: boolean } | null {
  const [, type = "", direction] = /^(.+?)(-forward|-reverse)?$/i.exec(rel) ?? [];
  const known = Object.keys(NAMES).find((one) => one.toLowerCase() === type.toLowerCase());
  if (known === undefined) return null;
  // Related has no direction, all others need one.
  if ((known === "System.LinkTypes.Related") !== (direction === undefined)) return null;
  return { type: known, isReverse: direction?.toLowerCase() === "-reverse" };
}

/** Links to items that the account may not see, or that were deleted, are not shown. */
export function relationsOf(item: WorkItem, revision: Revision, at: number, world: AzureWorld): readonly Related[] {
  const links = linksAt(item, at).filter((link) => isVisible(world.items.get(otherEnd(link, item.id))));
  return [...links.map((link) => ({ link, resource: null })), ...revision.resources.map((resource) => ({ link: null, resource }))];
}

export function otherEnd(link: ItemLink, id: number): number {
  return link.source === id ? link.target : link.source;
}

export function isVisible(item: WorkItem | undefined): boolean {
  return item !== undefined && item.deleted === null && !item.hidden;
}

export function linkJson(link: ItemLink, id: number, collection: string): Readonly<Record<string, unknown>> {
  const isReverse = link.source === id;
  const isRelated = link.type === "System.LinkTypes.Related";
  return {
    rel: isRelated ? link.type : `${link.type}-${isReverse ? "Reverse" : "Forward"}`,
    url: `${collection}/_apis/wit/workItems/${otherEnd(link, id)}`,
    attributes: { isLocked: false, ...(link.comment === null ? {} : { comment: link.comment }), name: NAMES[link.type]?.[isReverse ? 1 : 0] ?? link.type },
  };
}

export function resourceJson({ id, rel, url, comment, name, addedAt }: Resource): Readonly<Record<string, unknown>> {
  const date = azureDate(addedAt);
  return {
    rel,
    url,
    attributes: {
      authorizedDate: date,
      id,
      resourceCreatedDate: date,
      resourceModifiedDate: date,
      revisedDate: "9999-01-01T00:00:00Z",
      ...(comment === null ? {} : { comment }),
      ...(name === null ? {} : { name }),
    },
  };
}

/** The vendor writes fractions of a second without the noughts at their end. */
export function azureDate(at: number): string {
  return new Date(at).toISOString().replace(/\.?0*Z$/, "Z");
}
