/** Runs a WIQL query: ids only, over an index that lags behind writes, and no more of them than the vendor hands out. */

import { asObject, asText } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import type { AzureField } from "../state/fields.ts";
import { parentAt, revisionAt } from "../state/work-item.ts";
import type { Revision, WorkItem } from "../state/work-item.ts";
import { splitTags } from "../text/tags.ts";
import { AzureRefusal, badRequest } from "./azure-refusal.ts";
import { searchMoment } from "./call.ts";
import type { Call } from "./call.ts";
import { azureDate } from "./relations.ts";
import { parseWiql } from "./wiql-parse.ts";
import type { WiqlCondition, WiqlValue } from "./wiql-parse.ts";

const WIQL_LENGTH = 32_000;
const DAY = 86_400_000;

interface Row {
  readonly item: WorkItem;
  readonly revision: Revision;
}

export function runWiql(call: Call): WireAnswer {
  const { world, request, collection } = call;
  const text = asText(asObject(request.json)["query"]);
  if (text === null) throw badRequest("The body must hold the query.", "ArgumentNullException");
  if (text.length > WIQL_LENGTH)
    throw badRequest(`The query is longer than ${WIQL_LENGTH} characters.`, "WorkItemTrackingQueryMaxWiqlTextLengthLimitExceededException");
  const query = parseWiql(text);
  const moment = query.asOf === null ? searchMoment(world) : Math.min(searchMoment(world), Date.parse(query.asOf));
  const precise = request.query.get("timePrecision") === "true";
  if (query.where !== null) checkDates(query.where, precise);
  const found: Row[] = [];
  for (const item of world.items.values()) {
    const revision = revisionAt(item, moment);
    if (revision === null || item.hidden || (item.deleted !== null && item.deleted.at <= moment)) continue;
    const row = { item, revision };
    if (query.where === null || holds(query.where, row, moment, call, precise)) found.push(row);
  }
  for (const { field, descending } of [...query.order].reverse()) {
    found.sort((a, b) => compareValues(valueOf(a, field, moment), valueOf(b, field, moment)) * (descending ? -1 : 1));
  }
  const { queryLimit } = world.behaviour;
  const top = Number(request.query.get("$top") ?? Number.POSITIVE_INFINITY);
  // The vendor refuses an answer that would be too large rather than cut it; $top asks for less.
  if (Math.min(found.length, top) > queryLimit) {
    const message = `VS402337: The number of work items returned exceeds the size limit of ${queryLimit}. Change the query to return fewer items.`;
    throw new AzureRefusal(400, "WorkItemTrackingQueryResultSizeLimitExceededException", message);
  }
  const ids = found.slice(0, top).map(({ item }) => item.id);
  return {
    status: 200,
    body: {
      queryType: "flat",
      queryResultType: "workItem",
      asOf: azureDate(world.clock.now()),
      columns: query.columns.map((field) => fieldReference(field, collection)),
      ...(query.order.length === 0
        ? {}
        : { sortColumns: query.order.map(({ field, descending }) => ({ field: fieldReference(field, collection), descending })) }),
      workItems: ids.map((id) => ({ id, url: `${collection}/_apis/wit/workItems/${id}` })),
    },
  };
}

function fieldReference({ referenceName, name }: AzureField, collection: string): unknown {
  return { referenceName, name, url: `${collection}/_apis/wit/fields/${referenceName}` };
}

function holds(condition: WiqlCondition, row: Row, moment: number, call: Call, precise: boolean): boolean {
  switch (condition.kind) {
    case "and":
      return condition.parts.every((part) => holds(part, row, moment, call, precise));
    case "or":
      return condition.parts.some((part) => holds(part, row, moment, call, precise));
    case "not":
      return !holds(condition.part, row, moment, call, precise);
    case "compare":
      return compares(condition, row, moment, call, precise);
  }
}

function compares({ field, operator, values }: Extract<WiqlCondition, { kind: "compare" }>, row: Row, moment: number, call: Call, precise: boolean): boolean {
  const held = normal(field, valueOf(row, field, moment), precise);
  const wanted = values.map((value) => normal(field, plain(value, call), precise));
  const [first = null] = wanted;
  const isTags = field.referenceName === "System.Tags";
  const contains = (): boolean => {
    const text = String(first ?? "").toLowerCase();
    // Of tags a whole one is meant; elsewhere a part of the text.
    return isTags ? splitTags(String(held ?? "")).some((tag) => tag.toLowerCase() === text) : String(held ?? "").includes(text);
  };
  const isUnder = (): boolean => String(held ?? "") === first || String(held ?? "").startsWith(`${String(first)}\\`);
  switch (operator) {
    case "=":
      return held === first;
    case "<>":
      return held !== first;
    case "<":
      return held !== null && compareValues(held, first) < 0;
    case "<=":
      return held !== null && compareValues(held, first) <= 0;
    case ">":
      return held !== null && compareValues(held, first) > 0;
    case ">=":
      return held !== null && compareValues(held, first) >= 0;
    case "in":
      return wanted.includes(held);
    case "not in":
      return !wanted.includes(held);
    case "contains":
      return contains();
    case "not contains":
      return !contains();
    case "under":
      return isUnder();
    case "not under":
      return !isUnder();
    case "is empty":
      return held === null;
    case "is not empty":
      return held !== null;
  }
}

function valueOf({ item, revision }: Row, field: AzureField, moment: number): string | number | boolean | null {
  switch (field.referenceName) {
    case "System.Id":
      return item.id;
    case "System.Rev":
      return revision.rev;
    case "System.Parent":
      return parentAt(item, moment);
    case "System.ChangedDate":
      return azureDate(revision.at);
    case "System.ChangedBy":
      return revision.by.displayName;
    default:
      return revision.fields[field.referenceName] ?? null;
  }
}

function plain(value: WiqlValue, { world, project, by }: Call): string | number {
  if (typeof value !== "object") return value;
  switch (value.macro) {
    case "@project":
      if (project === null) throw badRequest("@project needs a project in the address.", "WorkItemTrackingQueryException");
      return project.name;
    case "@me":
      return by.displayName;
    case "@today":
      return azureDate(Math.floor(world.clock.now() / DAY) * DAY + value.shift * DAY);
    default:
      throw badRequest(`The macro ${value.macro} is not known.`, "WorkItemTrackingQueryException");
  }
}

/** Texts compare in any case; dates to the day, unless the request asks for precise times. */
function normal(field: AzureField, value: string | number | boolean | null, precise: boolean): string | number | boolean | null {
  if (value === null || value === "") return null;
  switch (field.type) {
    case "dateTime": {
      const at = Date.parse(String(value));
      if (Number.isNaN(at)) throw badRequest(`"${String(value)}" is no date.`, "WorkItemTrackingQueryException");
      return precise ? at : Math.floor(at / DAY);
    }
    case "integer":
    case "double":
      return Number(value);
    case "treePath":
      return String(value).toLowerCase();
    case "string":
    case "plainText":
    case "html":
    case "history":
    case "identity":
    case "boolean":
      return typeof value === "string" ? value.toLowerCase() : value;
  }
}

function compareValues(a: string | number | boolean | null, b: string | number | boolean | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return (typeof a === "number" && typeof b === "number" ? a < b : String(a) < String(b)) ? -1 : 1;
}

/** The vendor takes a time of day in a date only where the request asks for precise times. */
function checkDates(condition: WiqlCondition, precise: boolean): void {
  if (precise) return;
  switch (condition.kind) {
    case "and":
    case "or":
      for (const part of condition.parts) checkDates(part, precise);
      return;
    case "not":
      checkDates(condition.part, precise);
      return;
    case "compare": {
      const values = condition.field.type === "dateTime" ? condition.values.filter((value) => typeof value === "string") : [];
      const timed = values.find((value) => /\d\d:\d\d/.test(value) && !/T00:00(:00(\.0+)?)?Z?$/.test(value));
      if (timed === undefined) return;
      throw badRequest(
        `You cannot supply a time with the date when running a query using date precision. The error is caused by «${timed}».`,
        "WorkItemTrackingQueryException",
      );
    }
  }
}
