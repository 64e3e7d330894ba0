/** Carries out one patch of one work item, whoever sends it: a request, an element of a batch, or a person in the browser. */

import type { AzureIdentity } from "../state/identity.ts";
import { azureType } from "../state/process.ts";
import { newest } from "../state/work-item.ts";
import type { ItemComment, Revision, WorkItem } from "../state/work-item.ts";
import type { AzureProject, AzureWorld, Change } from "../state/world.ts";
import { sanitizeHtml } from "../text/sanitize-html.ts";
import { AzureRefusal, mayNotSave } from "./azure-refusal.ts";
import { checkRules, settleTags, writeFields } from "./field-rules.ts";
import type { PatchStep } from "./patch-document.ts";
import { writeRelations } from "./relation-rules.ts";
import { azureDate } from "./relations.ts";

export interface Writing {
  readonly world: AzureWorld;
  readonly by: AzureIdentity;
  readonly collection: string;
  readonly bypasses: boolean;
  readonly isDryRun: boolean;
  readonly temporaryIds: ReadonlyMap<number, number>;
}

/** The new work item; null when it was a dry run. */
export function createWorkItem(typeName: string, project: AzureProject, steps: readonly PatchStep[], writing: Writing): WorkItem | null {
  const { world, by } = writing;
  if (!world.behaviour.mayWrite) throw mayNotSave();
  const type = azureType(typeName);
  if (type === null) {
    const message = `VS402323: Work item type ${typeName} does not exist in project ${project.name} or you do not have permission to access it.`;
    throw new AzureRefusal(404, "WorkItemTypeNotFoundException", message);
  }
  const now = azureDate(world.clock.now());
  const initial = {
    "System.AreaPath": project.name,
    "System.TeamProject": project.name,
    "System.IterationPath": project.name,
    "System.WorkItemType": type.name,
    "System.State": type.states[0]?.name ?? "New",
    "System.Reason": "New",
    "System.CreatedDate": now,
    "System.CreatedBy": by.displayName,
    "Microsoft.VSTS.Common.StateChangeDate": now,
    "Microsoft.VSTS.Common.Priority": 2,
  };
  checkTests(steps, null);
  const { fields, formats, said } = writeFields(steps, { fields: initial, formats: {} }, world, writing.bypasses);
  checkRules(fields, null, world, writing.bypasses);
  const { resources, addLinks } = writeRelations(steps, null, { ...writing, item: null, type: type.name });
  const settled = settleTags(fields, project, world, writing.isDryRun);
  if (writing.isDryRun) return null;
  const item = world.create({ fields: settled, formats, resources: resources ?? [], addLinks }, by);
  if (said !== null) say(item, said, writing);
  return item;
}

export function updateWorkItem(item: WorkItem, steps: readonly PatchStep[], writing: Writing): void {
  const { world, by } = writing;
  if (!world.behaviour.mayWrite) throw mayNotSave();
  const before = newest(item);
  checkTests(steps, before);
  const { fields, formats, said } = writeFields(steps, before, world, writing.bypasses);
  checkRules(fields, before.fields, world, writing.bypasses);
  const { resources, addLinks, removeLinks } = writeRelations(steps, before, { ...writing, item, type: String(fields["System.WorkItemType"]) });
  const project = world.project(String(fields["System.TeamProject"]));
  if (project === null) throw new Error(`work item ${item.id} is in no project`);
  const settled = settleTags(fields, project, world, writing.isDryRun);
  if (writing.isDryRun) return;
  const stepped = settled["System.State"] === before.fields["System.State"] ? settled : { ...settled, ...newState(settled, steps, world) };
  const hasFields = said !== null || !isSame(stepped, before.fields);
  const hasFormats = !isSame(formats, before.formats);
  if (!hasFields && !hasFormats && resources === null && addLinks.length + removeLinks.length === 0) return;
  const change: Change = {
    ...(hasFields ? { fields: stepped } : {}),
    ...(hasFormats ? { formats } : {}),
    ...(resources === null ? {} : { resources }),
    addLinks,
    removeLinks,
  };
  world.write(item, change, by);
  if (said !== null) say(item, said, writing);
}

/** A comment is a revision too: it moves rev and ChangedDate, as System.History always did. */
export function addComment(item: WorkItem, text: string, format: ItemComment["format"], { world, by }: Pick<Writing, "world" | "by">): ItemComment {
  world.write(item, { fields: newest(item).fields }, by);
  const comment: ItemComment = { id: world.nextCommentId(), version: 1, text: sanitizeHtml(text), format, by, at: newest(item).at, isDeleted: false };
  item.comments = [...item.comments, comment];
  return comment;
}

/** [M] Like a new one, it makes a revision. */
export function changeComment(item: WorkItem, old: ItemComment, text: string, { world, by }: Pick<Writing, "world" | "by">): ItemComment {
  world.write(item, { fields: newest(item).fields }, by);
  const next: ItemComment = { ...old, text: sanitizeHtml(text), version: old.version + 1 };
  item.comments = item.comments.map((one) => (one === old ? next : one));
  return next;
}

function say(item: WorkItem, text: string, { world, by }: Writing): void {
  const comment: ItemComment = { id: world.nextCommentId(), version: 1, text: sanitizeHtml(text), format: "html", by, at: newest(item).at, isDeleted: false };
  item.comments = [...item.comments, comment];
}

function checkTests(steps: readonly PatchStep[], before: Revision | null): void {
  for (const step of steps) {
    if (step.kind !== "test") continue;
    const name = step.path.startsWith("/fields/") ? step.path.slice("/fields/".length) : null;
    const value = step.path === "/rev" ? (before?.rev ?? 0) : name === null ? undefined : (before?.fields[name] ?? null);
    if (value !== step.value) {
      const message = `VS403351: Test Operation for path ${step.path} failed, value ${String(value)} was not equal to test value ${String(step.value)}.`;
      throw new AzureRefusal(412, "TestPatchOperationFailedException", message);
    }
  }
}

function newState(fields: Revision["fields"], steps: readonly PatchStep[], world: AzureWorld): Revision["fields"] {
  const saysWhy = steps.some((step) => step.kind === "field" && step.field === "System.Reason");
  return {
    "Microsoft.VSTS.Common.StateChangeDate": azureDate(world.clock.now()),
    ...(saysWhy ? {} : { "System.Reason": `Moved to state ${String(fields["System.State"])}` }),
  };
}

function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
