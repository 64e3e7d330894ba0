/** Finds the operation of an OpenAPI 3 or Swagger 2 document that a request is, whatever the dialect. */

import { asList, asObject, asText, isObject, pointedTo } from "./json-value.ts";
import type { JsonObject } from "./json-value.ts";

export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonObject;
  /** Several values stand in one, with commas between. */
  readonly commas: boolean;
}

export interface Operation {
  readonly method: string;
  /** The path with its `{names}`. */
  readonly template: string;
  readonly query: readonly QueryParameter[];
  /** null: takes none. A null schema: takes one that is not judged. */
  readonly body: { readonly required: boolean; readonly contentTypes: readonly string[]; readonly schema: unknown } | null;
  /** By status, `4XX` or `default`; null where no JSON is declared. */
  readonly answers: ReadonlyMap<string, unknown>;
}

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"] as const;

interface Route {
  readonly pattern: RegExp;
  /** Characters that are not names: the more, the closer the match. */
  readonly literal: number;
  readonly operation: Operation;
}

export function openApiOperations(document: JsonObject): (method: string, path: string) => Operation | null {
  const isSwagger = document["swagger"] !== undefined;
  const resolve = (given: unknown): JsonObject => {
    const object = asObject(given);
    const reference = asText(object["$ref"]);
    return reference === null ? object : asObject(pointedTo(document, reference));
  };
  const routes: Route[] = [];
  for (const [template, item] of [...Object.entries(asObject(document["paths"])), ...Object.entries(asObject(document["x-ms-paths"]))]) {
    for (const method of METHODS) {
      const operation = asObject(item)[method];
      if (!isObject(operation)) continue;
      const parameters = [...asList(asObject(item)["parameters"]), ...asList(operation["parameters"])].map(resolve);
      routes.push({
        pattern: pathPattern(template, parameters),
        literal: template.replaceAll(/\{[^}]*\}/g, "").length,
        operation: {
          method: method.toUpperCase(),
          template,
          query: parameters.filter((parameter) => parameter["in"] === "query").map(queryParameter),
          body: isSwagger ? swaggerBody(operation, parameters, document) : openApiBody(operation, resolve),
          answers: new Map(Object.entries(asObject(operation["responses"])).map(([status, one]) => [status, answerSchema(resolve(one), isSwagger)])),
        },
      });
    }
  }
  routes.sort((a, b) => b.literal - a.literal);
  return (method, path) => routes.find(({ operation, pattern }) => operation.method === method && pattern.test(path))?.operation ?? null;
}

function pathPattern(template: string, parameters: readonly JsonObject[]): RegExp {
  const source = template.split(/(\{[^}]*\})/).map((part) => {
    if (!part.startsWith("{")) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const parameter = parameters.find(({ name, in: place }) => place === "path" && `{${String(name)}}` === part);
    return parameter?.["x-multi-segment"] === true ? ".+" : "[^/]+";
  });
  return new RegExp(`^${source.join("")}/?$`, "i");
}

function queryParameter(parameter: JsonObject): QueryParameter {
  return {
    name: String(parameter["name"]),
    required: parameter["required"] === true,
    schema: isObject(parameter["schema"]) ? parameter["schema"] : parameter,
    commas: parameter["explode"] === false || (parameter["schema"] === undefined && parameter["collectionFormat"] !== "multi"),
  };
}

function openApiBody(operation: JsonObject, resolve: (given: unknown) => JsonObject): Operation["body"] {
  if (operation["requestBody"] === undefined) return null;
  const body = resolve(operation["requestBody"]);
  const contentTypes = Object.keys(asObject(body["content"]));
  return { required: body["required"] === true, contentTypes, schema: jsonSchema(body) };
}

function swaggerBody(operation: JsonObject, parameters: readonly JsonObject[], document: JsonObject): Operation["body"] {
  const body = parameters.find((parameter) => parameter["in"] === "body");
  const contentTypes = asList(operation["consumes"] ?? document["consumes"]).filter((type) => typeof type === "string");
  return body ? { required: body["required"] === true, contentTypes, schema: body["schema"] ?? null } : null;
}

function answerSchema(answer: JsonObject, isSwagger: boolean): unknown {
  return isSwagger ? (answer["schema"] ?? null) : jsonSchema(answer);
}

function jsonSchema(body: JsonObject): unknown {
  const json = Object.entries(asObject(body["content"])).find(([type]) => /json|\*\/\*/.test(type));
  return asObject(json?.[1])["schema"] ?? null;
}
