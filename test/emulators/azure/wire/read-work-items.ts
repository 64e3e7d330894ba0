/** Reading work items: one, several by address, or up to 200 by `workitemsbatch`, as they stood when reads last caught up. */

import { asList, asObject, asText } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import { azureField } from "../state/fields.ts";
import { newest, revisionAt } from "../state/work-item.ts";
import type { WorkItem } from "../state/work-item.ts";
import { AzureRefusal, badRequest, noSuchWorkItem } from "./azure-refusal.ts";
import { readMoment } from "./call.ts";
import type { Call } from "./call.ts";
import { isVisible } from "./relations.ts";
import { workItemJson } from "./work-item-json.ts";
import type { Shown } from "./work-item-json.ts";

const READ_LIMIT = 200;
const EXPANDS = ["none", "relations", "fields", "links", "all"] as const;

export function getWorkItem(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const { query } = call.request;
  return { status: 200, body: shownItem(item, shownBy(call, query.get("fields")?.split(",") ?? null, query.get("$expand")), call, query.get("asOf")) };
}

export function getWorkItems(call: Call): WireAnswer {
  const { query } = call.request;
  const ids = (query.get("ids") ?? "")
    .split(",")
    .filter((id) => id.trim() !== "")
    .map(Number);
  const shown = shownBy(call, query.get("fields")?.split(",") ?? null, query.get("$expand"));
  return { status: 200, body: listed(ids, shown, query.get("errorPolicy"), query.get("asOf"), call) };
}

export function readBatch(call: Call): WireAnswer {
  const body = asObject(call.request.json);
  const ids = asList(body["ids"]).map(Number);
  const fields = body["fields"] === undefined || body["fields"] === null ? null : asList(body["fields"]).map(String);
  const shown = shownBy(call, fields, body["$expand"]);
  return { status: 200, body: listed(ids, shown, body["errorPolicy"], asText(body["asOf"]), call) };
}

/** As an answer to a write shows it. */
export function writtenItem(item: WorkItem, call: Call): unknown {
  const shown = shownBy(call, null, call.request.query.get("$expand"));
  const relations = shown.relations || (call.world.behaviour.relationsUnasked && !call.request.query.has("$expand"));
  return workItemJson(item, newest(item), Number.POSITIVE_INFINITY, { ...shown, relations, links: true }, call.world, call.collection);
}

/** By id, where the account may see it, and in the project of the address if it names one. */
export function visibleItem(call: Call, written: string): WorkItem {
  const id = Number(written);
  const item = call.world.items.get(id);
  const revision = item === undefined ? null : revisionAt(item, readMoment(call.world));
  if (item === undefined || revision === null || !isVisible(item)) throw noSuchWorkItem(id);
  if (call.project !== null && newest(item).fields["System.TeamProject"] !== call.project.name) throw noSuchWorkItem(id);
  return item;
}

function listed(ids: readonly number[], shown: Shown, errorPolicy: unknown, asOf: string | null, call: Call): unknown {
  if (ids.length === 0 || ids.some((id) => !Number.isInteger(id) || id < 1))
    throw badRequest("The parameter 'ids' must hold the ids of work items.", "ArgumentException");
  if (ids.length > READ_LIMIT) {
    const message = `VS403474: You requested a total of ${ids.length} work items which exceeds the limit of ${READ_LIMIT} work items. Please adjust the list to include fewer work items.`;
    throw new AzureRefusal(400, "WorkItemPageSizeExceededException", message);
  }
  const omits = enumWord(errorPolicy, ["", "fail", "omit"]) === "omit";
  const value: unknown[] = [];
  for (const id of ids) {
    try {
      value.push(shownItem(visibleItem(call, String(id)), shown, call, asOf));
    } catch (error) {
      if (!omits || !(error instanceof AzureRefusal)) throw error;
      if (call.world.behaviour.omitLeavesNulls) value.push(null);
    }
  }
  // A page that ends early: `count` still tells how many there should be.
  return { count: value.length, value: call.strike.partial ? value.slice(0, Math.floor(value.length / 2)) : value };
}

function shownItem(item: WorkItem, shown: Shown, { world, collection }: Call, asOf: string | null): unknown {
  const moment = asOf === null ? readMoment(world) : Math.min(readMoment(world), Date.parse(asOf));
  const revision = revisionAt(item, moment);
  if (revision === null) throw noSuchWorkItem(item.id);
  return workItemJson(item, revision, moment, shown, world, collection);
}

function shownBy({ world, version }: Call, fields: readonly string[] | null, expand: unknown): Shown {
  const word = enumWord(expand, EXPANDS);
  if (fields !== null && fields.length > 0 && word !== "none" && word !== "links") {
    throw new AzureRefusal(400, "ConflictingParametersException", "The expand parameter can not be used with the fields parameter.");
  }
  for (const name of fields ?? []) {
    if (azureField(name.trim()) === null)
      throw new AzureRefusal(400, "WorkItemTrackingFieldDefinitionNotFoundException", `TF51535: Cannot find field ${name}.`);
  }
  return {
    fields: fields === null || fields.length === 0 ? null : fields.map((name) => name.trim()),
    relations: word === "relations" || word === "all",
    links: word === "links" || word === "all",
    formats: world.behaviour.formatsBefore72 || (version?.number ?? 0) >= 7.2,
  };
}

/** The vendor takes its enumerations by name, in any case, and by number. */
function enumWord(given: unknown, words: readonly string[]): string {
  if (given === undefined || given === null || given === "") return words[0] ?? "";
  const written = typeof given === "string" ? given.toLowerCase() : JSON.stringify(given);
  const word = /^\d+$/.test(written) ? words[Number(written)] : words.find((one) => one === written);
  if (word === undefined) throw badRequest(`The value '${written}' is not one of ${words.join(", ")}.`, "ArgumentException");
  return word;
}
