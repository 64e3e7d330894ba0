/** Judges every request and answer by the vendor's Swagger documents, and by hand what they leave out: refusals, and `$batch`. */

import { asList, asObject, asText, isObject } from "../../kit/json-value.ts";
import { openApiJudge } from "../../kit/openapi-judge.ts";
import type { OpenApiJudge } from "../../kit/openapi-judge.ts";
import type { Vendor, WireAnswer, WireRequest } from "../../kit/wire.ts";
import { azureSchema } from "./azure-schema.ts";

/** In no document: what the library asks first, who is asking, backlog levels, and the batch. */
const UNDOCUMENTED = /\/_apis\/(?:connectiondata|resourceareas|work\/backlogconfiguration|wit\/(?:\$|%24)batch)$/i;
/** The vendor takes these requests for no requests of its APIs, or says itself that they are malformed. */
const NOT_JUDGED: readonly number[] = [203, 400, 401, 403, 405, 415];

let known: OpenApiJudge | null | undefined;

export function azureJudge(): Pick<Vendor, "judge" | "unjudged"> {
  // Once per process: compiling is dear, and the documents do not change.
  if (known === undefined) {
    const schema = azureSchema();
    known = schema === null ? null : openApiJudge(schema, { path: (path) => path.replace(/%24/gi, "$") });
  }
  const documents = known;
  return {
    unjudged: documents === null ? "../shared/contracts/azure-devops is missing: requests and answers were not judged by the vendor's Swagger documents" : null,
    judge: (request, answer) => [
      ...(documents === null ? [] : byDocument(documents, request, answer)),
      ...refusalProblems(answer),
      ...batchProblems(documents, request, answer),
    ],
  };
}

function byDocument(documents: OpenApiJudge, request: WireRequest, answer: WireAnswer): readonly string[] {
  if (request.method === "OPTIONS" || UNDOCUMENTED.test(request.path) || NOT_JUDGED.includes(answer.status)) return [];
  // No such address: the answer says so already.
  if (answer.status === 404 && documents.template(request.method, request.path) === null) return [];
  // Files are bytes: the documents describe them as text in JSON.
  if (/\/wit\/attachments/i.test(request.path)) return request.method === "GET" ? [] : documents.judge({ ...request, json: "" }, answer);
  return documents.judge(request, answer);
}

function refusalProblems({ status, headers, body }: WireAnswer): readonly string[] {
  if (status < 400 || headers?.["content-type"] !== undefined) return [];
  const { message, typeKey, typeName, errorCode, eventId } = asObject(body);
  const isWhole = [message, typeKey, typeName].every((one) => typeof one === "string") && [errorCode, eventId].every((one) => typeof one === "number");
  return isWhole ? [] : [`the answer ${status} has not the form of a refusal`];
}

const ELEMENT_KEYS: readonly string[] = ["method", "uri", "headers", "body"];

/** By FACTS.md: elements in, as many answers out, each judged as if it had come alone. */
function batchProblems(documents: OpenApiJudge | null, request: WireRequest, answer: WireAnswer): readonly string[] {
  if (!/\/_apis\/wit\/(?:\$|%24)batch$/i.test(request.path) || answer.status !== 200) return [];
  const elements = asList(request.json);
  const { count, value } = asObject(answer.body);
  const problems: string[] = [];
  for (const name of request.query.keys())
    if (!["api-version", "bypassRules", "suppressNotifications"].includes(name)) problems.push(`the query parameter "${name}" is unknown in a batch`);
  if (count !== elements.length || asList(value).length !== elements.length) problems.push("a batch has one answer for each element");
  for (const [index, element] of elements.entries()) {
    const given = asObject(element);
    for (const name of Object.keys(given)) if (!ELEMENT_KEYS.includes(name)) problems.push(`element ${index} has an unknown "${name}"`);
    problems.push(...elementProblems(documents, request, given, asList(value)[index]).map((problem) => `element ${index}: ${problem}`));
  }
  return problems;
}

function elementProblems(documents: OpenApiJudge | null, request: WireRequest, given: Readonly<Record<string, unknown>>, answered: unknown): readonly string[] {
  const { code, headers, body } = asObject(answered);
  if (typeof code !== "number" || !isObject(headers) || typeof body !== "string") return ["its answer lacks code, headers or body"];
  const parsed: unknown = JSON.parse(body);
  const answer: WireAnswer = { status: code, body: parsed };
  const [path = "", search = ""] = (asText(given["uri"]) ?? "").split("?");
  const isCreate = /\/workitems\/(?:\$|%24)/i.test(path);
  const headersOf = Object.fromEntries(Object.entries(asObject(given["headers"])).map(([name, text]) => [name.toLowerCase(), String(text)]));
  const alone: WireRequest = {
    method: isCreate ? "POST" : "PATCH",
    path: `/${request.path.split("/")[1] ?? ""}${path}`,
    query: new URLSearchParams(search),
    headers: headersOf,
    text: JSON.stringify(given["body"]),
    json: given["body"],
  };
  return [...refusalProblems(answer), ...(documents === null ? [] : byDocument(documents, alone, answer))];
}
