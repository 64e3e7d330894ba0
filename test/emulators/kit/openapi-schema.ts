/** Turns the schemas of OpenAPI 3 and Swagger 2 into JSON Schema that also refuses properties nobody declared. */

import type { Ajv2020 } from "ajv/dist/2020.js";
import { asList, asObject, asText, isObject, pointedTo } from "./json-value.ts";
import type { JsonObject } from "./json-value.ts";

export interface OpenApiSchemaOptions {
  readonly document: JsonObject;
  readonly ajv: Ajv2020;
  /** read-only properties are not required of requests, write-only ones not of answers. */
  readonly side: "request" | "answer";
  /** Property names that may occur anywhere though no schema names them. */
  readonly extra: readonly string[];
  /** `additionalProperties: true` beside named properties says nothing: some generators write it everywhere. */
  readonly closeOpen: boolean;
  /** A `type: object` that names no properties means any value: generators write it for a type they cannot name. */
  readonly looseObjects: boolean;
}

/** Translates one schema; what it refers to is registered with `ajv` once. */
export type TranslateSchema = (schema: unknown) => JsonObject;

const KEPT = ["const", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "format"] as const;

export function openApiSchema({ document, ajv, side, extra, closeOpen, looseObjects }: OpenApiSchemaOptions): TranslateSchema {
  const registered = new Map<string, string>();

  /** `closed`: refuse what it does not name. Parts of an `allOf` must not: they name only their share. */
  const register = (reference: string, closed: boolean): string => {
    const name = `${closed ? "closed" : "open"} ${reference}`;
    const known = registered.get(name);
    if (known !== undefined) return known;
    const id = `${side}-${closed ? "closed" : "open"}-${registered.size}`;
    registered.set(name, id);
    ajv.addSchema(translate(pointedTo(document, reference), closed), id);
    return id;
  };

  const isOpen = (schema: JsonObject): boolean =>
    "additionalProperties" in schema && !(closeOpen && schema["additionalProperties"] === true && isObject(schema["properties"]));

  /** Whether a schema, with all that it is composed of, names properties, allows any, or says nothing of them. */
  const naming = (given: unknown, seen: readonly unknown[]): "named" | "open" | "silent" => {
    const schema = asObject(given);
    if (seen.includes(given)) return "silent";
    const deeper = [...seen, given];
    const reference = asText(schema["$ref"]);
    if (reference !== null) return naming(pointedTo(document, reference), deeper);
    if (isOpen(schema)) return "open";
    const parts = asList(schema["allOf"]).map((part) => naming(part, deeper));
    const choices = [...asList(schema["anyOf"]), ...asList(schema["oneOf"])];
    // One free object among the choices makes any property possible.
    parts.push(...choices.map((choice) => (isFreeObject(choice) ? "open" : naming(choice, deeper))));
    if (Object.keys(asObject(schema["properties"])).length > 0) parts.push("named");
    return parts.includes("open") ? "open" : parts.includes("named") ? "named" : "silent";
  };

  const translate = (given: unknown, closed: boolean): JsonObject => {
    const schema = asObject(given);
    const reference = asText(schema["$ref"]);
    if (reference !== null) return orNull(schema, { $ref: register(reference, closed) });
    const made: Record<string, unknown> = {};
    for (const key of KEPT) if (schema[key] !== undefined) made[key] = schema[key];
    const isAnything = looseObjects && Object.keys(asObject(schema["properties"])).length === 0;
    const types = [schema["type"]].flat().filter((type) => typeof type === "string" && type !== "file" && !(isAnything && type === "object"));
    const nullable = schema["nullable"] === true || schema["x-nullable"] === true;
    if (types.length > 0) made["type"] = nullable ? [...new Set([...types, "null"])] : types;
    if (Array.isArray(schema["enum"])) made["enum"] = nullable ? [...new Set([...asList(schema["enum"]), null])] : schema["enum"];
    const pattern = asText(schema["pattern"]);
    if (pattern !== null && isPattern(pattern)) made["pattern"] = pattern;
    boundaries(schema, made);
    if (isObject(schema["properties"])) {
      made["properties"] = Object.fromEntries(Object.entries(schema["properties"]).map(([name, one]) => [name, translate(one, true)]));
    }
    const required = asList(schema["required"]).filter((name) => typeof name === "string" && !isHidden(asObject(schema["properties"])[name]));
    if (required.length > 0) made["required"] = required;
    const more = schema["additionalProperties"];
    if (isOpen(schema)) made["additionalProperties"] = typeof more === "boolean" ? more : translate(more, true);
    if (schema["items"] !== undefined) made["items"] = translate(schema["items"], true);
    if (schema["not"] !== undefined) made["not"] = translate(schema["not"], false);
    if (Array.isArray(schema["allOf"])) made["allOf"] = schema["allOf"].map((part) => translate(part, false));
    const choices = [...asList(schema["anyOf"]), ...asList(schema["oneOf"])];
    // Vendors' choices overlap, so "exactly one" would refuse what they themselves send.
    if (choices.length > 0) made["anyOf"] = choices.map((choice) => translate(choice, false));
    if (closed && naming(schema, []) === "named") {
      made["unevaluatedProperties"] = false;
      if (extra.length > 0) made["patternProperties"] = { [`^(?:${extra.map(escaped).join("|")})$`]: true };
    }
    return types.length > 0 ? made : orNull(schema, made);
  };

  const isHidden = (property: unknown): boolean => asObject(property)[side === "request" ? "readOnly" : "writeOnly"] === true;

  return (schema) => translate(schema, true);
}

function isFreeObject(given: unknown): boolean {
  const schema = asObject(given);
  return schema["type"] === "object" && !["properties", "allOf", "anyOf", "oneOf"].some((key) => key in schema);
}

function orNull(schema: JsonObject, made: JsonObject): JsonObject {
  return schema["nullable"] === true || schema["x-nullable"] === true ? { anyOf: [made, { type: "null" }] } : made;
}

/** OpenAPI 3.0 and Swagger 2 write `exclusiveMinimum: true` beside the minimum; JSON Schema has a number there. */
function boundaries(schema: JsonObject, made: Record<string, unknown>): void {
  for (const [plain, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const limit = schema[plain];
    const strict = schema[exclusive];
    if (typeof strict === "number") made[exclusive] = strict;
    if (typeof limit === "number") made[strict === true ? exclusive : plain] = limit;
  }
}

/** Some patterns are Java's: those are not judged. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
