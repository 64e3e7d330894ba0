/** The past of a work item: its revisions whole, and its updates as differences with their author. */

import type { WireAnswer } from "../../kit/wire.ts";
import { identityJson } from "../state/identity.ts";
import type { Revision, Update, WorkItem } from "../state/work-item.ts";
import { AzureRefusal } from "./azure-refusal.ts";
import { readMoment } from "./call.ts";
import type { Call } from "./call.ts";
import { visibleItem } from "./read-work-items.ts";
import { azureDate, linkJson, resourceJson } from "./relations.ts";
import { fieldJson, workItemJson } from "./work-item-json.ts";

const PAGE = 200;

export function getUpdates(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const seen = item.updates.filter(({ at }) => at <= readMoment(call.world));
  return paged(
    seen.map((update, index) => updateJson(update, index + 1, item, call)),
    call,
  );
}

export function getRevisions(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const seen = item.revisions.filter(({ at }) => at <= readMoment(call.world));
  return paged(
    seen.map((revision) => revisionJson(revision, item, call)),
    call,
  );
}

export function getRevision(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const revision = item.revisions.find(({ rev }) => rev === Number(call.values["revision"]));
  if (revision === undefined)
    throw new AzureRefusal(404, "WorkItemIdRevisionNotFoundException", `TF401350: Work item ${item.id} has no revision ${call.values["revision"] ?? ""}.`);
  return { status: 200, body: revisionJson(revision, item, call) };
}

function revisionJson(revision: Revision, item: WorkItem, { world, collection }: Call): unknown {
  const shown = { fields: null, relations: true, links: false, formats: false };
  return {
    ...workItemJson(item, revision, revision.at, shown, world, collection),
    url: `${collection}/_apis/wit/workItems/${item.id}/revisions/${revision.rev}`,
  };
}

function updateJson({ rev, at, by, before, after, addedLinks, removedLinks }: Update, id: number, item: WorkItem, { collection }: Call): unknown {
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after.fields)]);
  const fields: Record<string, unknown> = {};
  const differ = (name: string, oldValue: unknown, newValue: unknown): void => {
    fields[name] = { ...(oldValue === undefined ? {} : { oldValue }), ...(newValue === undefined ? {} : { newValue }) };
  };
  for (const name of names) {
    const [old, now] = [before?.fields[name], after.fields[name]];
    if (old !== now)
      differ(name, old === undefined ? undefined : fieldJson(name, old, collection), now === undefined ? undefined : fieldJson(name, now, collection));
  }
  // Links alone make no revision, so nothing of the item's own changes then.
  if (before !== after) {
    differ("System.Rev", before?.rev, after.rev);
    differ("System.ChangedDate", before === null ? undefined : azureDate(before.at), azureDate(after.at));
    if (before?.by !== after.by)
      differ("System.ChangedBy", before === null ? undefined : identityJson(before.by, collection), identityJson(after.by, collection));
    const said = item.comments.find((comment) => comment.at === after.at);
    if (said !== undefined) differ("System.History", undefined, said.text);
  }
  const [was, is] = [before?.resources ?? [], after.resources];
  const added = [
    ...addedLinks.map((link) => linkJson(link, item.id, collection)),
    ...is.filter((one) => !was.some((old) => old.id === one.id)).map(resourceJson),
  ];
  const removed = [
    ...removedLinks.map((link) => linkJson(link, item.id, collection)),
    ...was.filter((old) => !is.some((one) => one.id === old.id)).map(resourceJson),
  ];
  const updated = is.filter((one) => was.some((old) => old.id === one.id && old !== one)).map(resourceJson);
  return {
    id,
    workItemId: item.id,
    rev,
    revisedBy: { ...identityJson(by, collection), name: `${by.displayName} <${by.uniqueName}>` },
    revisedDate: item.revisions.at(-1) === after ? "9999-01-01T00:00:00Z" : azureDate(item.revisions.find((one) => one.rev === rev + 1)?.at ?? at),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(added.length + removed.length + updated.length === 0
      ? {}
      : { relations: { ...(added.length ? { added } : {}), ...(removed.length ? { removed } : {}), ...(updated.length ? { updated } : {}) } }),
    url: `${collection}/_apis/wit/workItems/${item.id}/updates/${id}`,
  };
}

function paged(all: readonly unknown[], { request, strike }: Call): WireAnswer {
  const skip = Number(request.query.get("$skip") ?? 0);
  const top = Math.min(PAGE, Number(request.query.get("$top") ?? PAGE));
  const value = all.slice(skip, skip + top);
  return { status: 200, body: { count: value.length, value: strike.partial ? value.slice(0, Math.floor(value.length / 2)) : value } };
}
