/** The vendor's Swagger 2 documents, put right where its own examples and library show otherwise: each correction names what shows it. */

import { contractJson } from "../../kit/contract-file.ts";
import { asList, asObject, isObject } from "../../kit/json-value.ts";
import type { JsonObject } from "../../kit/json-value.ts";

const WORK_ITEMS = "azure-devops/wit-7.2-workItemTracking.json.gz";
const PROJECTS = "azure-devops/core-7.1-core.json.gz";

/** One document of both; null when ../shared/contracts is missing. 7.2 is 7.1 with multilineFieldsFormat added. */
export function azureSchema(): JsonObject | null {
  const [items, projects] = [contractJson(WORK_ITEMS), contractJson(PROJECTS)];
  if (!isObject(items) || !isObject(projects)) return null;
  const paths = { ...onePath(projects), ...onePath(items) };
  const definitions = { ...asObject(projects["definitions"]), ...asObject(items["definitions"]) };
  return {
    swagger: "2.0",
    paths: Object.fromEntries([...withoutOptionalPlaces(paths)].map(([path, item]) => [path, correctItem(item)])),
    definitions: { ...asObject(anything(definitions)), ...DEFINITIONS },
    parameters: Object.fromEntries(
      // Also accepted in the Accept header, where the vendor's library puts it.
      Object.entries({ ...asObject(projects["parameters"]), ...asObject(items["parameters"]) }).map(([name, one]) => [
        name,
        { ...asObject(one), required: false },
      ]),
    ),
  };
}

/** Enumerations are taken by name in any case and by number: the vendor's library sends numbers. */
const WORD = { anyOf: [{ type: "string", pattern: "^[A-Za-z]+$" }, { type: "integer" }] };

const DEFINITIONS: JsonObject = {
  // On the wire it is the map itself (every example).
  ReferenceLinks: { type: "object", additionalProperties: { type: "object", properties: { href: { type: "string" } } } },
  // `from` is null in POST__wit_workitems_create; a value is anything.
  JsonPatchOperation: {
    type: "object",
    required: ["op", "path"],
    properties: {
      op: { enum: ["add", "remove", "replace", "move", "copy", "test"] },
      path: { type: "string" },
      from: { "x-nullable": true, type: "string" },
      value: {},
    },
  },
  JsonPatchDocument: { type: "array", items: { $ref: "#/definitions/JsonPatchOperation" } },
  // `actions` is null in GET__wit_workItemTypes_Bug.
  WorkItemStateTransition: {
    type: "object",
    properties: { actions: { "x-nullable": true, type: "array", items: { type: "string" } }, to: { type: "string" } },
  },
  WorkItemBatchGetRequest: {
    type: "object",
    required: ["ids"],
    properties: {
      $expand: WORD,
      errorPolicy: WORD,
      asOf: { type: "string", format: "date-time" },
      fields: { type: "array", items: { type: "string" } },
      ids: { type: "array", items: { type: "integer", format: "int32" } },
    },
  },
};

/** `comments?format={format}` and its like are the same path with other parameters. */
function onePath(document: JsonObject): Readonly<Record<string, JsonObject>> {
  const paths: Record<string, JsonObject> = Object.fromEntries(Object.entries(asObject(document["paths"])).map(([path, item]) => [path, asObject(item)]));
  for (const [written, item] of Object.entries(asObject(document["x-ms-paths"]))) {
    const path = written.split("?")[0] ?? written;
    const known = { ...paths[path] };
    for (const [method, operation] of Object.entries(asObject(item))) {
      const before = known[method];
      known[method] = isObject(before) ? merged(before, asObject(operation)) : operation;
    }
    paths[path] = known;
  }
  return paths;
}

/** Required is only what both require. */
function merged(a: JsonObject, b: JsonObject): JsonObject {
  const [first, second] = [asList(a["parameters"]).map(asObject), asList(b["parameters"]).map(asObject)];
  const named = (list: readonly JsonObject[], one: JsonObject): JsonObject | undefined =>
    list.find((other) => other["name"] !== undefined && other["name"] === one["name"]);
  const isInBoth = (one: JsonObject): boolean => one["$ref"] !== undefined || (named(first, one) !== undefined && named(second, one) !== undefined);
  const all = [...first, ...second.filter((one) => named(first, one) === undefined)];
  return { ...a, parameters: all.map((one) => (isInBoth(one) ? one : { ...one, required: false })) };
}

/** The project may be left out where it is marked `x-ms-required: false`, and the team of a query always. */
function* withoutOptionalPlaces(paths: Readonly<Record<string, JsonObject>>): Iterable<readonly [string, JsonObject]> {
  for (const [path, item] of Object.entries(paths)) {
    yield [path, item];
    if (path.includes("/{team}")) {
      yield [path.replace("/{team}", ""), item];
      yield [path.replace("/{project}/{team}", ""), item];
    }
    const optional = Object.entries(item).filter(([, operation]) =>
      asList(asObject(operation)["parameters"]).some((one) => asObject(one)["name"] === "project" && asObject(one)["x-ms-required"] === false),
    );
    // The work items of an organisation share their ids; queries and fields are asked of all projects as well (the examples' addresses).
    if (optional.length > 0 && !path.includes("/{team}")) yield [path.replace("/{project}", ""), Object.fromEntries(optional)];
    else if (path.endsWith("/wit/fields") || path.includes("/wit/fields/") || path.includes("/wit/recyclebin")) yield [path.replace("/{project}", ""), item];
  }
}

function correctItem(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, correctOperation(asObject(operation))]));
}

function correctOperation(operation: JsonObject): JsonObject {
  const parameters = asList(operation["parameters"]).map((one) => {
    const parameter = asObject(one);
    if (parameter["in"] !== "query") return anything(parameter);
    return parameter["enum"] === undefined ? parameter : { ...parameter, enum: undefined, pattern: "^(?:[A-Za-z]+|[0-9]+)$" };
  });
  const responses = Object.fromEntries(Object.entries(asObject(operation["responses"])).map(([status, answer]) => [status, correctAnswer(asObject(answer))]));
  return { ...operation, parameters, responses };
}

/** A list comes as `{ count, value }` (every example), and `errorPolicy: omit` leaves nulls in it. */
function correctAnswer(answer: JsonObject): JsonObject {
  const schema = asObject(anything(answer["schema"]));
  if (schema["type"] !== "array") return answer["schema"] === undefined ? answer : { ...answer, schema };
  const items = { anyOf: [schema["items"], { type: "null" }] };
  return { ...answer, schema: { type: "object", required: ["count", "value"], properties: { count: { type: "integer" }, value: { type: "array", items } } } };
}

/** `{ "type": "object" }` alone stands for any value: fields, link attributes, old and new values (every example). */
function anything(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anything);
  if (!isObject(schema)) return schema;
  const isBare = schema["type"] === "object" && !["properties", "allOf", "additionalProperties"].some((key) => key in schema);
  if (isBare) return {};
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === "enum" ? value : anything(value)]));
}
