/** Judges by Atlassian's own documents, repaired only where Jira is known to do otherwise. */

import { contractJson } from "../kit/contract-file.ts";
import { asObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import { openApiJudge } from "../kit/openapi-judge.ts";
import type { OpenApiJudge } from "../kit/openapi-judge.ts";
import type { JiraFlavour } from "./jira-options.ts";

const judges = new Map<JiraFlavour, OpenApiJudge | null>();

/** null where ../shared/contracts is missing. */
export function jiraJudge(flavour: JiraFlavour): OpenApiJudge | null {
  const known = judges.get(flavour);
  if (known !== undefined) return known;
  const made = flavour === "cloud" ? cloudJudge() : dataCenterJudge();
  judges.set(flavour, made);
  return made;
}

function cloudJudge(): OpenApiJudge | null {
  const document = contractJson("jira-cloud/swagger-v3.v3.full.json.gz");
  if (document === null) return null;
  const repaired = withNulls(asObject(document), "ChangeDetails");
  // A list where the document has one link: without a globalId all are answered.
  const links = withAnswer(repaired, "/rest/api/3/issue/{issueIdOrKey}/remotelink", "get", (schema) => ({ anyOf: [schema, { type: "array", items: schema }] }));
  return openApiJudge(links, { closeOpen: true });
}

/** Its generator wrote one item where a list is answered, and texts where any JSON stands. */
function dataCenterJudge(): OpenApiJudge | null {
  const document = contractJson("jira-dc/jira-software-dc-10.3.full.openapi.json.gz");
  if (document === null) return null;
  const mended = [
    ["EntityPropertyBean", { value: {} }],
    ["IssueBean", { properties: { type: "object" } }],
    ["PermissionJsonBean", { havePermission: { type: "boolean" } }],
    ["FieldOperation", { add: {}, set: {}, remove: {}, edit: {}, copy: {} }],
  ] as const;
  const list = (schema: unknown): JsonObject => ({ type: "array", items: schema });
  const page = (schema: unknown): JsonObject => ({
    type: "object",
    properties: {
      startAt: { type: "integer" },
      maxResults: { type: "integer" },
      total: { type: "integer" },
      isLast: { type: "boolean" },
      values: list(schema),
    },
  });
  let repaired = withNulls(asObject(document), "ChangeItemBean");
  for (const [name, properties] of mended) {
    repaired = withSchema(repaired, name, (bean) => ({ ...bean, properties: { ...asObject(bean["properties"]), ...properties } }));
  }
  for (const path of ["/api/2/field", "/api/2/project", "/api/2/project/{projectIdOrKey}/statuses", "/api/2/project/{projectIdOrKey}/components"]) {
    repaired = withAnswer(repaired, path, "get", (schema) => ({ anyOf: [schema, list(schema)] }));
  }
  for (const path of ["/api/2/issue/createmeta/{projectIdOrKey}/issuetypes", "/api/2/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}"]) {
    repaired = withAnswer(repaired, path, "get", page);
  }
  repaired = withAnswer(repaired, "/api/2/issue/{issueIdOrKey}/remotelink", "get", () => ({}));
  const property = asObject(asObject(asObject(repaired["paths"])["/api/2/issue/{issueIdOrKey}/properties/{propertyKey}"])["put"]);
  const free = { ...property, requestBody: { required: true, content: { "application/json": { schema: {} } } } };
  repaired = withOperation(repaired, "/api/2/issue/{issueIdOrKey}/properties/{propertyKey}", "put", free);
  return openApiJudge(repaired, {
    looseObjects: true,
    path: (path) => path.replace(/^\/rest/, ""),
    inAnswers: ["expand", "issueTypes", "components", "projectTypeKey"],
  });
}

function withSchema(document: JsonObject, name: string, change: (schema: JsonObject) => JsonObject): JsonObject {
  const components = asObject(document["components"]);
  const schemas = asObject(components["schemas"]);
  return { ...document, components: { ...components, schemas: { ...schemas, [name]: change(asObject(schemas[name])) } } };
}

/** History has null on the side where there was nothing; the documents call those texts only. */
function withNulls(document: JsonObject, name: string): JsonObject {
  return withSchema(document, name, (details) => {
    const properties = asObject(details["properties"]);
    const nullable = ["from", "fromString", "to", "toString"].map((one) => [one, { ...asObject(properties[one]), nullable: true }]);
    return { ...details, properties: { ...properties, ...Object.fromEntries(nullable) } };
  });
}

function withOperation(document: JsonObject, path: string, method: string, operation: JsonObject): JsonObject {
  const paths = asObject(document["paths"]);
  return { ...document, paths: { ...paths, [path]: { ...asObject(paths[path]), [method]: operation } } };
}

function withAnswer(document: JsonObject, path: string, method: string, change: (schema: unknown) => JsonObject): JsonObject {
  const operation = asObject(asObject(asObject(document["paths"])[path])[method]);
  const responses = asObject(operation["responses"]);
  const content = asObject(asObject(responses["200"])["content"]);
  const changed = { "application/json": { schema: change(asObject(content["application/json"])["schema"] ?? {}) } };
  return withOperation(document, path, method, { ...operation, responses: { ...responses, "200": { description: "", content: changed } } });
}
