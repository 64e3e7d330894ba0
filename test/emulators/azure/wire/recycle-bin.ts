/** What was deleted and can still be had back: invisible to every other API. */

import type { WireAnswer } from "../../kit/wire.ts";
import { newest } from "../state/work-item.ts";
import type { WorkItem } from "../state/work-item.ts";
import { noSuchWorkItem } from "./azure-refusal.ts";
import type { Call } from "./call.ts";
import { isDeletedJson, workItemJson } from "./work-item-json.ts";

export function listDeleted(call: Call): WireAnswer {
  const { world, collection, request } = call;
  const ids = request.query.get("ids")?.split(",").map(Number) ?? null;
  const found = [...world.items.values()].filter((item) => isHere(item, call) && (ids === null || ids.includes(item.id)));
  const value = found.map((item) => (ids === null ? { id: item.id, url: `${collection}/_apis/wit/recyclebin/${item.id}` } : isDeletedJson(item, collection)));
  return { status: 200, body: { count: value.length, value } };
}

export function getDeleted(call: Call): WireAnswer {
  return { status: 200, body: withResource(deletedItem(call), call) };
}

export function restore(call: Call): WireAnswer {
  const item = deletedItem(call);
  const body = withResource(item, call);
  item.deleted = null;
  return { status: 200, body };
}

export function destroyDeleted(call: Call): WireAnswer {
  call.world.destroy(deletedItem(call));
  return { status: 204, body: null };
}

function withResource(item: WorkItem, { world, collection }: Call): unknown {
  const shown = { fields: null, relations: true, links: false, formats: false };
  return { ...isDeletedJson(item, collection), resource: workItemJson(item, newest(item), Number.POSITIVE_INFINITY, shown, world, collection) };
}

function deletedItem(call: Call): WorkItem {
  const id = Number(call.values["id"]);
  const item = call.world.items.get(id);
  if (item === undefined || !isHere(item, call)) throw noSuchWorkItem(id);
  return item;
}

function isHere(item: WorkItem, { project }: Call): boolean {
  return item.deleted !== null && !item.hidden && (project === null || newest(item).fields["System.TeamProject"] === project.name);
}
