/** The judge goes red when one field of a request, a query or an answer is misspelt, in both dialects. */

import { describe, expect, it } from "vitest";
import { contractJson } from "./contract-file.ts";
import { openApiJudge } from "./openapi-judge.ts";
import type { OpenApiJudge } from "./openapi-judge.ts";
import type { WireRequest } from "./wire.ts";

const TICKET = {
  type: "object",
  required: ["id", "title"],
  properties: {
    id: { type: "integer", readOnly: true },
    title: { type: "string", maxLength: 10 },
    note: { type: "string", nullable: true },
    parent: { allOf: [{ $ref: "#/components/schemas/Ticket" }, { type: "object", properties: { rank: { type: "integer" } } }] },
    free: { type: "object" },
  },
};

const JSON_TICKET = { "application/json": { schema: { $ref: "#/components/schemas/Ticket" } } };

const OPENAPI = {
  openapi: "3.0.3",
  paths: {
    "/tickets/{id}": {
      put: {
        parameters: [
          { name: "fields", in: "query", explode: false, schema: { type: "array", items: { type: "string", enum: ["id", "title"] } } },
          { name: "max", in: "query", schema: { type: "integer", maximum: 5 } },
        ],
        requestBody: { required: true, content: JSON_TICKET },
        responses: { 200: { description: "ok", content: JSON_TICKET }, 204: { description: "nothing" } },
      },
    },
    "/tickets/mine": { get: { responses: { 200: { description: "ok" } } } },
  },
  components: { schemas: { Ticket: TICKET } },
};

const SWAGGER = {
  swagger: "2.0",
  parameters: { version: { name: "api-version", in: "query", required: true, type: "string" } },
  paths: {
    "/{org}/items/${type}": {
      post: {
        consumes: ["application/json-patch+json"],
        parameters: [
          { $ref: "#/parameters/version" },
          { name: "body", in: "body", required: true, schema: { type: "array", items: { $ref: "#/definitions/Op" } } },
        ],
        responses: { 200: { description: "ok", schema: { $ref: "#/definitions/Op" } } },
      },
    },
  },
  definitions: { Op: { type: "object", properties: { op: { type: "string" }, path: { type: "string" } } } },
};

function request(method: string, address: string, json?: unknown, contentType = "application/json"): WireRequest {
  const url = new URL(address, "http://127.0.0.1");
  const text = json === undefined ? "" : JSON.stringify(json);
  return { method, path: url.pathname, query: url.searchParams, headers: { "content-type": contentType }, text, json };
}

const GOOD = { id: 1, title: "One" };

describe("OpenAPI 3", () => {
  const judge = openApiJudge(OPENAPI);
  const put = (address: string, json: unknown, answer: unknown = GOOD, status = 200): readonly string[] =>
    judge.judge(request("PUT", address, json), { status, body: answer });

  it("passes what the document allows: read-only fields left out, null where it may be, free objects", () => {
    expect(put("/tickets/1?fields=id,title&max=3", { title: "One", note: null, free: { any: 1 }, parent: { title: "P", rank: 1 } })).toEqual([]);
    expect(judge.judge(request("PUT", "/tickets/1", { title: "One" }), { status: 204, body: null })).toEqual([]);
    expect(judge.judge(request("GET", "/tickets/mine"), { status: 200, body: { whatever: 1 } })).toEqual([]);
  });

  it.each([
    ["a misspelt field of the body", put("/tickets/1", { title: "One", titel: "x" }), '("titel")'],
    ["one in a composed schema", put("/tickets/1", { title: "One", parent: { title: "P", ranc: 1 } }), '("ranc")'],
    ["a field of another type", put("/tickets/1", { title: 1 }), "/title must be string"],
    ["a missing field", put("/tickets/1", {}), "'title'"],
    ["a misspelt field of the answer", put("/tickets/1", { title: "One" }, { ...GOOD, titel: "x" }), '("titel")'],
    ["an answer without what it must have", put("/tickets/1", { title: "One" }, { title: "One" }), "'id'"],
    ["a status that is not listed", put("/tickets/1", { title: "One" }, GOOD, 201), "an answer 201 is unknown"],
    ["an unknown query parameter", put("/tickets/1?feilds=id", { title: "One" }), '"feilds" is unknown'],
    ["a query value that is not allowed", put("/tickets/1?fields=id,no", { title: "One" }), '"fields"'],
    ["a query value beyond its limit", put("/tickets/1?max=6", { title: "One" }), '"max"'],
    ["an unknown operation", judge.judge(request("PUT", "/ticket/1", {}), { status: 200, body: null }), "no such operation"],
    ["an unknown method", judge.judge(request("DELETE", "/tickets/1"), { status: 204, body: null }), "no such operation"],
    ["a missing body", judge.judge(request("PUT", "/tickets/1"), { status: 200, body: GOOD }), "the body is missing"],
    ["another content type", judge.judge(request("PUT", "/tickets/1", { title: "x" }, "text/plain"), { status: 200, body: GOOD }), "content type"],
  ])("refuses %s", (_what, problems, named) => {
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(named);
  });

  it("lets answers hold what its options name, and nothing else", () => {
    const lenient = openApiJudge(OPENAPI, { inAnswers: ["node.id"], query: ["debug"], path: (path) => path.replace("/rest", "") });
    const judged = (extra: object): readonly string[] =>
      lenient.judge(request("PUT", "/rest/tickets/1?debug=1", { title: "One" }), { status: 200, body: { ...GOOD, ...extra } });
    expect(judged({ "node.id": "x" })).toEqual([]);
    expect(judged({ nodexid: "x" })).toHaveLength(1);
    expect(lenient.template("PUT", "/rest/tickets/1")).toBe("/tickets/{id}");
  });

  it("closes objects that are open for no reason when told to", () => {
    const open = { ...OPENAPI, components: { schemas: { Ticket: { ...TICKET, additionalProperties: true } } } };
    const misspelt = request("PUT", "/tickets/1", { title: "One", titel: "x" });
    expect(openApiJudge(open).judge(misspelt, { status: 200, body: GOOD })).toEqual([]);
    expect(openApiJudge(open, { closeOpen: true }).judge(misspelt, { status: 200, body: GOOD })).toHaveLength(1);
  });
});

describe("Swagger 2", () => {
  const judge: OpenApiJudge = openApiJudge(SWAGGER);
  const post = (address: string, json: unknown, answer: unknown = { op: "add" }): readonly string[] =>
    judge.judge(request("POST", address, json, "application/json-patch+json"), { status: 200, body: answer });

  it("judges bodies, queries and answers by its own words", () => {
    expect(post("/acme/items/$Task?api-version=7.1", [{ op: "add" }])).toEqual([]);
    expect(post("/acme/items/$Task", [{ op: "add" }])[0]).toContain('"api-version" is missing');
    expect(post("/acme/items/$Task?api-version=7.1", [{ opp: "add" }])[0]).toContain('("opp")');
    expect(post("/acme/items/$Task?api-version=7.1", [], { opp: "add" })[0]).toContain('("opp")');
    expect(judge.judge(request("POST", "/acme/items/$Task?api-version=7.1", []), { status: 200, body: {} })[0]).toContain("content type");
  });
});

const GITHUB = contractJson("github/api.github.com.trimmed.openapi.json.gz");
const AZURE = contractJson("azure-devops/wit-7.2-workItemTracking.json.gz");

describe.skipIf(GITHUB === null || AZURE === null)("the vendors' documents (skipped where ../shared/contracts is missing)", () => {
  it("compiles every kind of schema they use", () => {
    const github = openApiJudge(GITHUB);
    const label = { id: 1, node_id: "x", url: "https://a.dev", name: "bug", description: null, color: "fff", default: false };
    expect(github.judge(request("GET", "/repos/a/b/labels/bug"), { status: 200, body: label })).toEqual([]);
    expect(github.judge(request("GET", "/repos/a/b/labels/bug"), { status: 200, body: { ...label, colour: "fff" } })[0]).toContain('("colour")');
    expect(github.template("GET", "/repos/a/b/contents/docs/a/b.md")).toBe("/repos/{owner}/{repo}/contents/{path}");
    const patch = [{ op: "add", path: "/fields/System.Title", value: "One" }];
    const azure = openApiJudge(AZURE);
    const made = request("POST", "/acme/pay/_apis/wit/workitems/$Task?api-version=7.2-preview.3", patch, "application/json-patch+json");
    expect(azure.judge(made, { status: 200, body: { id: 1, rev: 1, fields: { "System.Title": "One" } } })).toEqual([]);
    expect(azure.judge(made, { status: 200, body: { id: 1, revv: 1 } })[0]).toContain('("revv")');
  });
});
