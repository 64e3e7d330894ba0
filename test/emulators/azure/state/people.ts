/** Robin in the browser: the same rules of storage, none of the API's, and the workflow bent where the exam asks for it. */

import type { EmulatedPeople, EmulatedTicketView } from "../../kit/emulated-people.ts";
import { fromBrowser } from "../text/sanitize-html.ts";
import { joinTags, mergeTags, splitTags } from "../text/tags.ts";
import { azureDate, relationsOf } from "../wire/relations.ts";
import { addComment, changeComment, createWorkItem, updateWorkItem } from "../wire/write-work-item.ts";
import type { Writing } from "../wire/write-work-item.ts";
import type { PatchStep } from "../wire/patch-document.ts";
import { ROBIN } from "./identity.ts";
import { azureType } from "./process.ts";
import { HIERARCHY, linksAt, newest, parentAt } from "./work-item.ts";
import type { ItemComment, WorkItem } from "./work-item.ts";
import type { AzureWorld } from "./world.ts";

const NOW = Number.POSITIVE_INFINITY;

/** `collection` is asked for late: the emulator has no address before it listens. */
export function azurePeople(world: AzureWorld, collection: () => string): EmulatedPeople {
  const home = world.projects[0];
  const abroad = world.projects[1];
  if (home === undefined || abroad === undefined) throw new Error("the organisation has two projects");

  const find = (key: string): WorkItem => {
    const item = world.items.get(Number(key));
    if (item === undefined) throw new Error(`there is no work item ${key}`);
    return item;
  };
  // People in the browser bypass what the switches forbid to the account.
  const writing = (): Writing => ({
    world: {
      ...world,
      behaviour: { ...world.behaviour, mayWrite: true, mayCreateTags: true, workflow: "free", createsInAnyState: true, requiredFields: {}, formatSticks: true },
    },
    by: ROBIN,
    collection: collection(),
    bypasses: false,
    isDryRun: false,
    temporaryIds: new Map(),
  });
  const set = (field: string, value: unknown): PatchStep => ({ kind: "field", op: "replace", field, value });
  const below = (parent: string): PatchStep => ({
    kind: "add-relation",
    rel: `${HIERARCHY}-Reverse`,
    url: `${collection()}/_apis/wit/workItems/${parent}`,
    comment: null,
    name: null,
  });
  const write = (key: string, steps: readonly PatchStep[]): string => {
    updateWorkItem(find(key), steps, writing());
    return key;
  };
  const bodyOf = (item: WorkItem, body: string): readonly PatchStep[] => {
    const format = item.revisions.at(-1)?.formats["System.Description"] ?? "html";
    // The editor keeps the format that the text has; an empty one starts as HTML.
    return [set("System.Description", format === "markdown" ? body : fromBrowser(body)), { kind: "format", field: "System.Description", format }];
  };

  return {
    name: ROBIN.displayName,
    keys: () =>
      [...world.items.values()].filter((item) => item.deleted === null && newest(item).fields["System.TeamProject"] === home.name).map(({ id }) => String(id)),
    create: ({ title, body, type = "User Story", parent, status, labels = [] }) => {
      const steps: PatchStep[] = [set("System.Title", title)];
      if (body !== undefined) steps.push(set("System.Description", fromBrowser(body)));
      if (status !== undefined) steps.push(set("System.State", status));
      if (labels.length > 0) steps.push(set("System.Tags", labels.join("; ")));
      if (parent !== undefined) steps.push(below(parent));
      const item = createWorkItem(type, home, steps, {
        ...writing(),
        world: { ...writing().world, behaviour: { ...writing().world.behaviour, nesting: "any" } },
      });
      return String(item?.id);
    },
    edit: (key, { title, body, type, parent }) => {
      const item = find(key);
      const steps: PatchStep[] = [];
      if (title !== undefined) steps.push(set("System.Title", title));
      if (body !== undefined) steps.push(...bodyOf(item, body));
      if (type !== undefined) steps.push(set("System.WorkItemType", type));
      if (parent !== undefined) {
        const relations = relationsOf(item, newest(item), NOW, world);
        const index = relations.findIndex(({ link }) => link?.type === HIERARCHY && link.source === item.id);
        if (index !== -1) steps.push({ kind: "remove-relation", index });
        if (parent !== null) steps.push(below(parent));
      }
      return write(key, steps);
    },
    move: (key, status) => write(key, [set("System.State", status)]),
    label: (key, add, remove) => {
      const gone = new Set(remove.map((tag) => tag.toLowerCase()));
      const kept = splitTags(String(newest(find(key)).fields["System.Tags"] ?? "")).filter((tag) => !gone.has(tag.toLowerCase()));
      return write(key, [set("System.Tags", joinTags(mergeTags(kept, add)))]);
    },
    comment: (key, text) => {
      addComment(find(key), fromBrowser(text), "html", writing());
      return key;
    },
    // Comments are blocks of HTML; the first is reworded.
    reword: (key, text) => {
      const item = find(key);
      changeComment(item, lastComment(item), lastComment(item).text.replace(/<div>.*?<\/div>/s, `<div>${text}</div>`), writing());
      return key;
    },
    mimic: (key, from) => {
      addComment(find(key), lastComment(find(from)).text, "html", writing());
      return key;
    },
    // Azure DevOps archives nothing: what a team puts away goes into the recycle bin, from where it can be had back.
    archive: (key) => {
      find(key).deleted = { at: world.clock.now(), by: ROBIN };
      return key;
    },
    remove: (key) => {
      world.destroy(find(key));
      return key;
    },
    transfer: (key) => write(key, [set("System.TeamProject", abroad.name), set("System.AreaPath", abroad.name), set("System.IterationPath", abroad.name)]),
    // "Create copy of work item": tags, hyperlinks, attachments and the parent go along; it starts anew, and is related to what it was copied from.
    duplicate: (key) => {
      const original = find(key);
      const { fields, formats, resources } = newest(original);
      const parent = parentAt(original, NOW);
      const now = azureDate(world.clock.now());
      const anew = {
        "System.State": azureType(String(fields["System.WorkItemType"]))?.states[0]?.name ?? "New",
        "System.Reason": "New",
        "System.CreatedBy": ROBIN.displayName,
        "System.CreatedDate": now,
        "Microsoft.VSTS.Common.StateChangeDate": now,
      };
      const addLinks = [
        ...(parent === null ? [] : [{ source: -1, target: parent, type: HIERARCHY, comment: null }]),
        { source: -1, target: original.id, type: "System.LinkTypes.Related", comment: null },
      ];
      const copied = resources.map((resource) => ({ ...resource, id: world.nextResourceId() }));
      return String(world.create({ fields: { ...fields, ...anew }, formats, resources: copied, addLinks }, ROBIN).id);
    },
    hide: (key, hidden) => {
      find(key).hidden = hidden;
      return key;
    },
    show: (key) => viewOf(find(key)),
  };
}

function lastComment(item: WorkItem): ItemComment {
  const last = item.comments.findLast(({ isDeleted }) => !isDeleted);
  if (last === undefined) throw new Error("nobody has said anything");
  return last;
}

function viewOf(item: WorkItem): EmulatedTicketView {
  const { fields, resources } = newest(item);
  const parent = parentAt(item, NOW);
  const children = linksAt(item, NOW).filter((link) => link.type === HIERARCHY && link.target === item.id);
  return {
    key: String(item.id),
    title: String(fields["System.Title"] ?? ""),
    body: String(fields["System.Description"] ?? ""),
    type: String(fields["System.WorkItemType"]),
    status: String(fields["System.State"]),
    parent: parent === null ? null : String(parent),
    labels: splitTags(String(fields["System.Tags"] ?? "")),
    comments: item.comments.filter(({ isDeleted }) => !isDeleted).map(({ text }) => text),
    links: [
      ...children.map(({ source }) => `child ${source}`),
      ...resources.map(({ rel, url, comment }) => `${rel} ${url}${comment === null ? "" : ` ${comment}`}`),
    ],
  };
}
