/** What a patch makes of a work item's relations, and what the server refuses of it. */

import { azureType } from "../state/process.ts";
import { HIERARCHY, linksAt, newest, parentAt } from "../state/work-item.ts";
import type { ItemLink, Resource, Revision, WorkItem } from "../state/work-item.ts";
import type { AzureWorld, Change } from "../state/world.ts";
import { AzureRefusal, badRequest, noSuchWorkItem } from "./azure-refusal.ts";
import type { PatchStep } from "./patch-document.ts";
import { isVisible, linkType, relationsOf } from "./relations.ts";
import type { Related } from "./relations.ts";

type AddRelation = Extract<PatchStep, { readonly kind: "add-relation" }>;
type NewLink = NonNullable<Change["addLinks"]>[number];

export interface WrittenRelations {
  /** null: unchanged. */
  readonly resources: readonly Resource[] | null;
  readonly addLinks: readonly NewLink[];
  readonly removeLinks: readonly ItemLink[];
}

export interface RelationContext {
  readonly world: AzureWorld;
  /** null: is being created, and links call it -1. */
  readonly item: WorkItem | null;
  /** The type it has after the patch. */
  readonly type: string;
  readonly collection: string;
  readonly temporaryIds: ReadonlyMap<number, number>;
}

const RELATION_LIMIT = 1_000;
const ATTACHMENT_LIMIT = 100;
const NOW = Number.POSITIVE_INFINITY;

export function writeRelations(steps: readonly PatchStep[], before: Revision | null, context: RelationContext): WrittenRelations {
  const { item, world } = context;
  const original = item === null || before === null ? [] : relationsOf(item, before, NOW, world);
  let kept: readonly Related[] = original;
  const addLinks: NewLink[] = [];
  const byIndex = (index: number): Related => {
    const found = (world.behaviour.relationIndexes === "original" ? original : kept)[index];
    if (found === undefined || !kept.includes(found)) throw badRequest(`There is no relation at index ${index}.`, "InvalidPatchFieldNameException");
    return found;
  };
  const added: Resource[] = [];
  for (const step of steps) {
    if (step.kind === "remove-relation") {
      const gone = byIndex(step.index);
      kept = kept.filter((one) => one !== gone);
    } else if (step.kind === "comment-relation") {
      checkComment(step.comment, world);
      const old = byIndex(step.index);
      if (old.link === null) {
        kept = kept.map((one) => (one === old ? { link: null, resource: { ...old.resource, comment: step.comment } } : one));
      } else {
        kept = kept.filter((one) => one !== old);
        addLinks.push({ ...old.link, comment: step.comment });
      }
    }
  }
  const removeLinks = original.flatMap(({ link }) => (link !== null && !kept.some((one) => one.link === link) ? [link] : []));
  for (const step of steps) {
    if (step.kind !== "add-relation") continue;
    checkComment(step.comment, world);
    const type = linkType(step.rel);
    if (type === null) added.push(newResource(step, [...kept.flatMap(({ resource }) => resource ?? []), ...added], context));
    else addLinks.push(newLink(step, type, [...addLinks], removeLinks, context));
  }
  const resources = [...kept.flatMap(({ resource }) => resource ?? []), ...added];
  const links = kept.filter(({ link }) => link !== null).length + addLinks.length;
  if (links + resources.length > RELATION_LIMIT)
    throw badRequest(`A work item can have at most ${RELATION_LIMIT} links.`, "WorkItemLinksLimitExceededException");
  if (resources.filter(({ rel }) => rel === "AttachedFile").length > ATTACHMENT_LIMIT) {
    throw badRequest(`A work item can have at most ${ATTACHMENT_LIMIT} attachments.`, "WorkItemAttachmentLimitExceededException");
  }
  const isSame = resources.length === (before?.resources.length ?? 0) && resources.every((resource, index) => resource === before?.resources[index]);
  return { resources: isSame ? null : resources, addLinks, removeLinks };
}

function newLink(
  { url, comment }: AddRelation,
  { type, isReverse }: { readonly type: string; readonly isReverse: boolean },
  others: readonly NewLink[],
  removed: readonly ItemLink[],
  { world, item, type: ownType, collection, temporaryIds }: RelationContext,
): NewLink {
  const [, written] = /^(.*)\/_apis\/wit\/workitems\/(-?\d+)$/i.exec(url)?.slice(1) ?? [];
  if (written === undefined || !url.toLowerCase().startsWith(collection.toLowerCase()))
    throw badRequest(`"${url}" is not the address of a work item here.`, "ResourceLinkTargetUnspecifiedException");
  const id = Number(written) < 0 ? (temporaryIds.get(Number(written)) ?? Number(written)) : Number(written);
  const other = world.items.get(id);
  if (other === undefined || !isVisible(other)) throw noSuchWorkItem(id);
  const own = item?.id ?? -1;
  const [source, target] = isReverse ? [own, id] : [id, own];
  const isThere = (link: NewLink): boolean => link.type === type && link.source === source && link.target === target;
  const current = item === null ? [] : linksAt(item, NOW).filter((link) => !removed.includes(link));
  if ([...current, ...others].some(isThere))
    throw badRequest("A link of this type between the two work items exists already.", "WorkItemLinkAlreadyExistsException");
  if (type === HIERARCHY) {
    const child = isReverse ? item : other;
    const hasParent = child !== null && linksAt(child, NOW).some((link) => link.type === HIERARCHY && link.source === child.id && !removed.includes(link));
    if (hasParent || others.some((link) => link.type === HIERARCHY && link.source === source)) {
      throw badRequest(
        `TF201036: You cannot add a Parent link to work item ${source}: a work item can have only one Parent link.`,
        "WorkItemLinkAddExtraParentException",
      );
    }
    checkCircle(source, target, world);
    const typeOf = (end: number): string => (end === own ? ownType : String(newest(other).fields["System.WorkItemType"]));
    checkNesting(typeOf(target), typeOf(source), world);
  }
  return { source, target, type, comment };
}

function checkCircle(child: number, parent: number, world: AzureWorld): void {
  for (let at: number | null = parent; at !== null;) {
    if (at === child)
      throw badRequest(`TF201035: Work item ${child} cannot stand below ${parent}: the links would form a circle.`, "WorkItemLinkCircularException");
    const item = world.items.get(at);
    at = item === undefined ? null : parentAt(item, NOW);
  }
}

function checkNesting(parent: string, child: string, { behaviour }: AzureWorld): void {
  if (behaviour.nesting === "any") return;
  const [above, below] = [azureType(parent)?.level ?? null, azureType(child)?.level ?? null];
  if (above === null || below === null || above !== below + 1) {
    throw badRequest(`A ${child} cannot be a child of a ${parent}: they are not on adjoining backlog levels.`, "WorkItemLinkInvalidException");
  }
}

function newResource({ rel, url, comment, name }: AddRelation, others: readonly Resource[], { world }: RelationContext): Resource {
  const kind = (["Hyperlink", "ArtifactLink", "AttachedFile"] as const).find((one) => one === rel);
  if (kind === undefined) throw badRequest(`"${rel}" is no type of relation.`, "ResourceLinkNotFoundException");
  if (url.length > world.behaviour.linkUrlLimit)
    throw badRequest(`The address of a link is longer than ${world.behaviour.linkUrlLimit} characters.`, "ArgumentException");
  if (others.some((one) => one.rel === kind && one.url === url)) throw badRequest("Relation already exists.", "RelationAlreadyExistsException");
  const made = { id: world.nextResourceId(), rel: kind, url, comment, addedAt: world.clock.now() };
  switch (kind) {
    case "Hyperlink":
      if (!URL.canParse(url)) throw badRequest(`"${url}" is no address.`, "ArgumentException");
      return { ...made, name: null };
    case "ArtifactLink":
      if (!url.startsWith("vstfs:///") || name === null)
        throw badRequest("Unrecognized resource link: an artifact link needs a vstfs address and attributes.name.", "ArgumentException");
      return { ...made, name };
    case "AttachedFile": {
      const attachment = world.attachments.get(/\/_apis\/wit\/attachments\/([0-9a-f-]+)/i.exec(url)?.[1]?.toLowerCase() ?? "");
      if (attachment === undefined) throw new AzureRefusal(400, "WorkItemAttachmentNotFoundException", `There is no attachment at "${url}".`);
      return { ...made, name: name ?? attachment.fileName };
    }
  }
}

function checkComment(comment: string | null, { behaviour }: AzureWorld): void {
  if (comment !== null && comment.length > behaviour.linkCommentLimit) {
    throw badRequest(`The comment of a link is longer than ${behaviour.linkCommentLimit} characters.`, "ArgumentException");
  }
}
