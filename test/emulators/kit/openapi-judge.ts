/** Judges requests and answers by a vendor's OpenAPI 3 or Swagger 2 document: what the document does not know is a violation. */

import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { asObject, asText } from "./json-value.ts";
import { openApiOperations } from "./openapi-operations.ts";
import type { Operation, QueryParameter } from "./openapi-operations.ts";
import { openApiSchema } from "./openapi-schema.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";

export interface OpenApiJudgeOptions {
  /** The path as the document writes it (a prefix added or taken away); null: not for this document, so not judged. */
  readonly path?: (path: string) => string | null;
  /** Query parameters that any operation takes though the document forgets them. */
  readonly query?: readonly string[];
  /** Property names that answers, or requests, may hold anywhere though the document forgets them. */
  readonly inAnswers?: readonly string[];
  readonly inRequests?: readonly string[];
  /** Refuse unknown properties also where the document says `additionalProperties: true` beside named ones. */
  readonly closeOpen?: boolean;
  /** Take a bare `type: object` for "any value". Always so in Swagger 2, whose generators mean it. */
  readonly looseObjects?: boolean;
}

/** Keep one per process: it compiles each operation when it is first met. */
export interface OpenApiJudge {
  judge(request: WireRequest, answer: WireAnswer): readonly string[];
  /** The document's path for a request, with its `{names}`; null when it has none. */
  template(method: string, path: string): string | null;
}

interface Validators {
  readonly query: ReadonlyMap<string, ValidateFunction>;
  readonly body: ValidateFunction | null;
  readonly answers: Map<string, ValidateFunction | null>;
}

export function openApiJudge(document: unknown, options: OpenApiJudgeOptions = {}): OpenApiJudge {
  const root = asObject(document);
  const find = openApiOperations(root);
  const pathOf = options.path ?? ((path: string) => path);
  const freeQuery = new Set(options.query ?? []);
  const closeOpen = options.closeOpen ?? false;
  const looseObjects = options.looseObjects ?? root["swagger"] !== undefined;
  const same = { document: root, closeOpen, looseObjects };
  const ajv = lenientAjv(false);
  // Values in an address are text: "50" is a fine integer there.
  const queryAjv = lenientAjv(true);
  const ofRequest = openApiSchema({ ...same, ajv, side: "request", extra: options.inRequests ?? [] });
  const ofQuery = openApiSchema({ ...same, ajv: queryAjv, side: "request", extra: [] });
  const ofAnswer = openApiSchema({ ...same, ajv, side: "answer", extra: options.inAnswers ?? [] });
  const compiled = new Map<Operation, Validators>();

  const validators = (operation: Operation): Validators => {
    const known = compiled.get(operation);
    if (known) return known;
    const made: Validators = {
      query: new Map(operation.query.map(({ name, schema }) => [name, queryAjv.compile({ type: "object", properties: { value: ofQuery(schema) } })])),
      body: operation.body === null || operation.body.schema === null ? null : ajv.compile(ofRequest(operation.body.schema)),
      answers: new Map(),
    };
    compiled.set(operation, made);
    return made;
  };

  const judgeQuery = (operation: Operation, { query }: WireRequest): readonly string[] => {
    const problems: string[] = [];
    for (const name of new Set(query.keys())) {
      const parameter = operation.query.find((one) => one.name === name);
      const validate = validators(operation).query.get(name);
      if (!parameter || !validate) {
        if (!freeQuery.has(name)) problems.push(`the query parameter "${name}" is unknown`);
      } else if (!validate({ value: queryValue(parameter, query.getAll(name)) })) problems.push(`the query parameter "${name}": ${words(validate.errors)}`);
    }
    for (const { name, required } of operation.query) if (required && !query.has(name)) problems.push(`the query parameter "${name}" is missing`);
    return problems;
  };

  const judgeBody = (operation: Operation, request: WireRequest): readonly string[] => {
    if (operation.body === null) return request.text === "" ? [] : ["a body where none is taken"];
    if (request.text === "") return operation.body.required ? ["the body is missing"] : [];
    const contentType = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (!acceptsType(operation.body.contentTypes, contentType))
      return [`the content type "${contentType}" is not taken: ${operation.body.contentTypes.join(", ")}`];
    const validate = validators(operation).body;
    if (!validate) return [];
    if (request.json === undefined) return ["the body is no JSON"];
    return validate(request.json) ? [] : [`the body: ${words(validate.errors)}`];
  };

  const judgeAnswer = (operation: Operation, { status, body }: WireAnswer): readonly string[] => {
    if (status === 204 || status === 304) return body === null ? [] : [`a body in an answer ${status}`];
    const declared = [String(status), `${Math.floor(status / 100)}XX`, "default"].find((one) => operation.answers.has(one));
    // Documents list few of the errors that every operation can answer; a success that is not listed is a mistake.
    if (declared === undefined) return status >= 400 ? [] : [`an answer ${status} is unknown here: ${[...operation.answers.keys()].join(", ")}`];
    const schema = operation.answers.get(declared) ?? null;
    if (schema === null) return [];
    const { answers } = validators(operation);
    let validate = answers.get(declared) ?? null;
    if (validate === null) {
      validate = ajv.compile(ofAnswer(schema));
      answers.set(declared, validate);
    }
    // What goes over the wire is judged: JSON leaves out what is undefined.
    return validate(typeof body === "string" ? body : JSON.parse(JSON.stringify(body))) ? [] : [`the answer ${status}: ${words(validate.errors)}`];
  };

  return {
    template: (method, path) => {
      const known = pathOf(path);
      return known === null ? null : (find(method, known)?.template ?? null);
    },
    judge: (request, answer) => {
      const path = pathOf(request.path);
      if (path === null) return [];
      const operation = find(request.method, path);
      if (operation === null) return ["the vendor's schema has no such operation"];
      return [...judgeQuery(operation, request), ...judgeBody(operation, request), ...judgeAnswer(operation, answer)];
    },
  };
}

function lenientAjv(coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, ...(coerceTypes ? { coerceTypes: "array" } : {}) });
  addFormats.default(ajv, { mode: "fast" });
  return ajv;
}

function acceptsType(declared: readonly string[], sent: string): boolean {
  return declared.length === 0 || declared.some((one) => one === "*/*" || one.split(";")[0]?.trim().toLowerCase() === sent);
}

function queryValue({ schema, commas }: QueryParameter, values: readonly string[]): unknown {
  const isList = [schema["type"]].flat().includes("array");
  return isList ? values.flatMap((value) => (commas ? value.split(",") : [value])) : values[0];
}

function words(errors: readonly ErrorObject[] | null | undefined): string {
  const told = (errors ?? []).slice(0, 3).map(({ instancePath, message, params }) => {
    const name = asText(asObject(params)["unevaluatedProperty"] ?? asObject(params)["additionalProperty"]);
    return `${instancePath || "it"} ${message}${name === null ? "" : ` ("${name}")`}`;
  });
  return told.join("; ");
}
