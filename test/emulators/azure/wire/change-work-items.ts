/** Requests that write work items: create, update, delete, and a `$batch` of creates and updates with one answer for each. */

import { asObject, asText } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import { newest } from "../state/work-item.ts";
import { askedVersion } from "./api-version.ts";
import { AzureRefusal, badRequest, mayNotSave, noSuchProject, refusalBody } from "./azure-refusal.ts";
import type { Call } from "./call.ts";
import { readPatch } from "./patch-document.ts";
import type { PatchStep } from "./patch-document.ts";
import { visibleItem, writtenItem } from "./read-work-items.ts";
import { isDeletedJson } from "./work-item-json.ts";
import { createWorkItem, updateWorkItem } from "./write-work-item.ts";
import type { Writing } from "./write-work-item.ts";

const NO_IDS: ReadonlyMap<number, number> = new Map();
const ELEMENT = /^(?:\/([^/?]+))?\/_apis\/wit\/workitems\/(?:(?:\$|%24)([^/?]+)|(\d+))(?:\?(.*))?$/i;

export function createOne(call: Call): WireAnswer {
  checkContentType(call);
  return { status: 200, body: create(call, readPatch(call.request.json), NO_IDS).body };
}

export function updateOne(call: Call): WireAnswer {
  checkContentType(call);
  return { status: 200, body: update(call, readPatch(call.request.json), NO_IDS) };
}

export function deleteOne(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const destroys = call.request.query.get("destroy") === "true";
  if (!call.world.behaviour.mayDelete)
    throw new AzureRefusal(403, "PermissionDeniedException", "The current user does not have permissions to delete work items.");
  item.deleted = { at: call.world.clock.now(), by: call.by };
  const body = isDeletedJson(item, call.collection);
  if (destroys) call.world.destroy(item);
  return { status: 200, body };
}

export function runBatch(call: Call): WireAnswer {
  const elements = call.request.json;
  const { batchLimit, batchReferences } = call.world.behaviour;
  if (!Array.isArray(elements) || elements.length === 0) throw badRequest("The batch holds no request.", "InvalidBatchWorkItemUpdateJsonException");
  if (elements.length > batchLimit)
    throw badRequest(`The batch holds ${elements.length} requests, more than ${batchLimit}.`, "InvalidBatchWorkItemUpdateJsonException");
  const temporaryIds = new Map<number, number>();
  const value = elements.map((given, index) => {
    if (call.strike.refused.has(index)) return elementAnswer(403, refusalBody(mayNotSave()));
    try {
      const { call: own, steps } = readElement(given, call);
      if (own.values["type"] === undefined) return elementAnswer(200, update(own, steps, batchReferences ? temporaryIds : NO_IDS));
      const made = create(own, steps, batchReferences ? temporaryIds : NO_IDS);
      for (const step of steps) if (step.kind === "temporary-id" && made.id !== null) temporaryIds.set(step.id, made.id);
      return elementAnswer(200, made.body);
    } catch (error) {
      if (!(error instanceof AzureRefusal)) throw error;
      return elementAnswer(error.status, refusalBody(error));
    }
  });
  return { status: 200, body: { count: value.length, value } };
}

/** Each answer stands in the batch as text, as if it had come alone. */
function elementAnswer(code: number, body: unknown): unknown {
  return { code, headers: { "Content-Type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}

function readElement(given: unknown, call: Call): { readonly call: Call; readonly steps: readonly PatchStep[] } {
  const { method, uri, headers, body } = asObject(given);
  if (method !== "PATCH") throw badRequest(`A batch takes PATCH only, not "${String(method)}".`, "InvalidBatchWorkItemUpdateJsonException");
  const [, project, type, id, search = ""] = ELEMENT.exec(asText(uri) ?? "") ?? [];
  if (type === undefined && id === undefined)
    throw badRequest(`"${String(uri)}" is no address of a work item below the organization.`, "InvalidBatchWorkItemUpdateJsonException");
  const contentType = asText(Object.entries(asObject(headers)).find(([name]) => name.toLowerCase() === "content-type")?.[1]) ?? "";
  if (!contentType.toLowerCase().startsWith("application/json-patch+json")) throw wrongContentType(contentType);
  const query = new URLSearchParams(search);
  if (!query.has("api-version")) throw badRequest("An element of a batch needs its own api-version.", "VssVersionNotSpecifiedException");
  const own = { ...call.request, query, headers: {} };
  const found = project === undefined ? null : call.world.project(decodeURIComponent(project));
  if (project !== undefined && found === null) throw noSuchProject(decodeURIComponent(project));
  const values = type === undefined ? { id: id ?? "" } : { type: decodeURIComponent(type) };
  return { call: { ...call, request: own, project: found, values, version: askedVersion(own) }, steps: readPatch(body) };
}

function create(call: Call, steps: readonly PatchStep[], temporaryIds: ReadonlyMap<number, number>): { readonly id: number | null; readonly body: unknown } {
  if (call.project === null) throw badRequest("A work item is created in a project: its name belongs in the address.");
  const writing = writingOf(call, temporaryIds);
  const item = createWorkItem(call.values["type"] ?? "", call.project, steps, writing);
  if (item !== null) return { id: item.id, body: writtenItem(item, call) };
  return { id: null, body: { id: -1, rev: -1, fields: { "System.TeamProject": call.project.name }, url: `${call.collection}/_apis/wit/workItems/-1` } };
}

function update(call: Call, steps: readonly PatchStep[], temporaryIds: ReadonlyMap<number, number>): unknown {
  const item = visibleItem(call, call.values["id"] ?? "");
  updateWorkItem(item, steps, writingOf(call, temporaryIds));
  return { ...asObject(writtenItem(item, call)), rev: newest(item).rev };
}

function writingOf({ world, by, collection, request }: Call, temporaryIds: ReadonlyMap<number, number>): Writing {
  const bypasses = request.query.get("bypassRules") === "true";
  if (bypasses && !world.behaviour.mayBypassRules) {
    throw new AzureRefusal(403, "PermissionDeniedException", "The current user does not have permission to bypass rules on work item updates.");
  }
  return { world, by, collection, bypasses, isDryRun: request.query.get("validateOnly") === "true", temporaryIds };
}

function checkContentType({ request }: Call): void {
  const sent = request.headers["content-type"] ?? "";
  if (!sent.toLowerCase().startsWith("application/json-patch+json")) throw wrongContentType(sent);
}

function wrongContentType(sent: string): AzureRefusal {
  return new AzureRefusal(
    415,
    "VssRequestContentTypeNotSupportedException",
    `The request indicated a Content-Type of "${sent}" for method type "PATCH" which is not supported. Valid content types for this method are: application/json-patch+json.`,
  );
}
