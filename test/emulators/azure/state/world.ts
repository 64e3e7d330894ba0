/** The emulated organisation: its projects, work items, tags and attachments, and the one way in which any of them changes. */

import type { EmulatorClock } from "../../kit/emulator-clock.ts";
import type { AzureBehaviour } from "../azure-options.ts";
import { DANA } from "./identity.ts";
import type { AzureIdentity } from "./identity.ts";
import { newest } from "./work-item.ts";
import type { ItemLink, Resource, Revision, WorkItem } from "./work-item.ts";

export interface AzureProject {
  readonly id: string;
  readonly name: string;
  /** Spelt as it was first used, by its lower-case form: the whole project spells a tag alike. */
  readonly tags: Map<string, string>;
}

export interface Attachment {
  readonly id: string;
  readonly fileName: string;
  readonly text: string;
}

/** What a write leaves behind: only what is given changes. */
export interface Change {
  readonly fields?: Revision["fields"];
  readonly formats?: Revision["formats"];
  readonly resources?: readonly Resource[];
  readonly addLinks?: readonly Pick<ItemLink, "source" | "target" | "type" | "comment">[];
  readonly removeLinks?: readonly ItemLink[];
}

export interface AzureWorld {
  readonly organization: string;
  readonly clock: EmulatorClock;
  readonly behaviour: AzureBehaviour;
  readonly projects: readonly AzureProject[];
  readonly attachments: Map<string, Attachment>;
  /** By id, in the order of creation. */
  readonly items: ReadonlyMap<number, WorkItem>;
  project(nameOrId: string): AzureProject | null;
  create(change: Change, by: AzureIdentity): WorkItem;
  write(item: WorkItem, change: Change, by: AzureIdentity): void;
  /** Takes it away for good. */
  destroy(item: WorkItem): void;
  nextResourceId(): number;
  nextCommentId(): number;
}

const PROJECTS = [
  ["6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c", "Payments"],
  ["aaee31d9-14cf-48b9-a92b-3f1446c13f80", "Web Shop"],
] as const;

export function azureWorld(clock: EmulatorClock, behaviour: AzureBehaviour): AzureWorld {
  const items = new Map<number, WorkItem>();
  const projects: readonly AzureProject[] = PROJECTS.map(([id, name]) => ({ id, name, tags: new Map() }));
  let lastItem = 999;
  let lastResource = 65_000;
  let lastComment = 50;

  /** Revisions of one item never share a moment: the vendor refuses dates that do not increase. */
  const moment = (item: WorkItem): number => Math.max(clock.now(), (item.revisions.at(-1)?.at ?? 0) + 1);

  const write = (item: WorkItem, change: Change, by: AzureIdentity): void => {
    const at = moment(item);
    const before = item.revisions.at(-1) ?? null;
    const isRevision = before === null || change.fields !== undefined || change.formats !== undefined || change.resources !== undefined;
    if (isRevision) {
      item.revisions.push({
        rev: (before?.rev ?? 0) + 1,
        at,
        by,
        fields: change.fields ?? before?.fields ?? {},
        formats: change.formats ?? before?.formats ?? {},
        resources: change.resources ?? before?.resources ?? [],
      });
    }
    const removedLinks = (change.removeLinks ?? []).map((link) => ({ ...link, removedAt: at }));
    const addedLinks = (change.addLinks ?? []).map((link) => ({ ...link, addedAt: at, removedAt: null }));
    const ends = new Set([item.id, ...[...removedLinks, ...addedLinks].flatMap(({ source, target }) => [source, target])]);
    for (const id of ends) {
      const end = id === item.id ? item : items.get(id);
      if (end === undefined) continue;
      const own = (link: ItemLink): boolean => link.source === id || link.target === id;
      const kept = end.links.filter((link) => !(change.removeLinks ?? []).some((gone) => isSame(gone, link)));
      end.links = [...kept, ...removedLinks.filter(own), ...addedLinks.filter(own)];
      const after = newest(end);
      const isOwn = end === item && isRevision;
      if (!isOwn && addedLinks.every((link) => !own(link)) && removedLinks.every((link) => !own(link))) continue;
      end.updates.push({
        rev: after.rev,
        at,
        by,
        before: isOwn ? before : after,
        after,
        addedLinks: addedLinks.filter(own),
        removedLinks: removedLinks.filter(own),
      });
    }
  };

  const world: AzureWorld = {
    organization: "fabrikam",
    clock,
    behaviour,
    projects,
    attachments: new Map(),
    items,
    project: (nameOrId) => projects.find(({ id, name }) => [id, name.toLowerCase()].includes(nameOrId.toLowerCase())) ?? null,
    create: (change, by) => {
      lastItem += 1;
      const item: WorkItem = { id: lastItem, revisions: [], updates: [], links: [], comments: [], deleted: null, hidden: false };
      // Its links name it as -1, for it had no id while they were checked.
      const named = (change.addLinks ?? []).map((link) => ({
        ...link,
        source: link.source === -1 ? item.id : link.source,
        target: link.target === -1 ? item.id : link.target,
      }));
      items.set(item.id, item);
      write(item, { ...change, addLinks: named }, by);
      return item;
    },
    write,
    destroy: (item) => {
      items.delete(item.id);
      for (const other of items.values()) other.links = other.links.filter(({ source, target }) => source !== item.id && target !== item.id);
    },
    nextResourceId: () => (lastResource += 1),
    nextCommentId: () => (lastComment += 1),
  };
  // Numbers count over the whole organisation: another team has used the last one, and Canon's account finds it.
  world.create({ fields: neighbour(clock.iso()) }, DANA);
  clock.advance(behaviour.searchLag);
  return world;
}

function neighbour(at: string): Revision["fields"] {
  const place = PROJECTS[1][1];
  return {
    "System.AreaPath": place,
    "System.TeamProject": place,
    "System.IterationPath": place,
    "System.WorkItemType": "Task",
    "System.State": "Closed",
    "System.Reason": "Completed",
    "System.CreatedDate": at,
    "System.CreatedBy": DANA.displayName,
    "System.Title": "Stock levels",
  };
}

function isSame(a: ItemLink, b: ItemLink): boolean {
  return a.source === b.source && a.target === b.target && a.type === b.type && a.addedAt === b.addedAt;
}
