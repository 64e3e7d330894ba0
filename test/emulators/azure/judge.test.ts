/** The judge of the Azure DevOps emulator goes red on one misspelt field, in requests, answers, and the elements of a batch. */

import { describe, expect, it } from "vitest";
import type { WireAnswer, WireRequest } from "../kit/wire.ts";
import { azureJudge } from "./judge/azure-judge.ts";

const { judge, unjudged } = azureJudge();

function request(method: string, address: string, body?: unknown, contentType = "application/json"): WireRequest {
  const url = new URL(address, "http://127.0.0.1");
  const text = body === undefined ? "" : JSON.stringify(body);
  return { method, path: url.pathname, query: url.searchParams, headers: { "content-type": contentType }, text, json: body };
}

const PATCH = "application/json-patch+json";
const CREATE = "/fabrikam/Payments/_apis/wit/workitems/$Task?api-version=7.1";
const TITLE = [{ op: "add", path: "/fields/System.Title", value: "A" }];
const ITEM = { id: 1, rev: 1, fields: { "System.Title": "A" }, url: "http://x/1" };
const BATCH = "/fabrikam/_apis/wit/workitemsbatch?api-version=7.2-preview.1";
const ok = (body: unknown): WireAnswer => ({ status: 200, body });

describe.skipIf(unjudged !== null)(`the judge of the Azure DevOps emulator${unjudged === null ? "" : ` (skipped: ${unjudged})`}`, () => {
  it("finds nothing wrong with what the vendor's documents describe", () => {
    expect(judge(request("POST", CREATE, TITLE, PATCH), ok(ITEM))).toEqual([]);
    expect(judge(request("POST", BATCH, { ids: [1], $expand: "relations", errorPolicy: "omit" }), ok({ count: 1, value: [ITEM] }))).toEqual([]);
    expect(
      judge(request("POST", "/fabrikam/Payments/_apis/wit/wiql?api-version=7.1", { query: "SELECT" }), ok({ queryType: "flat", workItems: [{ id: 1 }] })),
    ).toEqual([]);
  });

  it.each([
    ["a field of a request", request("POST", BATCH, { ids: [1], $expnd: "relations" }), ok({ count: 0, value: [] })],
    ["a type in a request", request("POST", BATCH, { ids: ["1"] }), ok({ count: 0, value: [] })],
    ["a query parameter", request("POST", `${CREATE}&validateOnlyy=true`, TITLE, PATCH), ok(ITEM)],
    ["an operation of a patch", request("POST", CREATE, [{ op: "put", path: "/fields/System.Title", value: "A" }], PATCH), ok(ITEM)],
    ["a field of a patch", request("POST", CREATE, [{ op: "add", path: "/fields/System.Title", valu: "A" }], PATCH), ok(ITEM)],
    ["the content type", request("POST", CREATE, TITLE), ok(ITEM)],
    ["a field of an answer", request("POST", CREATE, TITLE, PATCH), ok({ ...ITEM, revv: 1 })],
    ["a type in an answer", request("POST", CREATE, TITLE, PATCH), ok({ ...ITEM, id: "1" })],
    ["a field of an item in a list", request("POST", BATCH, { ids: [1] }), ok({ count: 1, value: [{ ...ITEM, relation: [] }] })],
    ["the form of a list", request("POST", BATCH, { ids: [1] }), ok([ITEM])],
    ["a field of a relation", request("POST", CREATE, TITLE, PATCH), ok({ ...ITEM, relations: [{ rel: "Hyperlink", uri: "x" }] })],
    ["an address", request("GET", "/fabrikam/_apis/wit/workitemz/1?api-version=7.1"), ok(ITEM)],
    ["the form of a refusal", request("GET", "/fabrikam/_apis/wit/workitems/1?api-version=7.1"), { status: 404, body: { error: "no" } }],
  ])("goes red on %s", (_, sent, answer) => {
    expect(judge(sent, answer)).not.toEqual([]);
  });

  const element = (given: object) => ({
    method: "PATCH",
    uri: "/_apis/wit/workitems/1?api-version=7.1",
    headers: { "Content-Type": PATCH },
    body: TITLE,
    ...given,
  });
  const answered = (given: object, code = 200) => ({ code, headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) });
  const BATCH_ADDRESS = "/fabrikam/_apis/wit/$batch?api-version=7.1";

  it("judges the elements of a batch as if each had come alone", () => {
    expect(judge(request("PATCH", BATCH_ADDRESS, [element({})]), ok({ count: 1, value: [answered(ITEM)] }))).toEqual([]);
    for (const [given, answer] of [
      [element({ heders: {} }), answered(ITEM)],
      [element({ uri: "/_apis/wit/workitems/1?api-version=7.1&expand=all" }), answered(ITEM)],
      [element({ body: [{ op: "add", path: "/rev", valu: 1 }] }), answered(ITEM)],
      [element({}), answered({ ...ITEM, field: {} })],
      [element({}), answered({ error: "no" }, 412)],
      [element({}), { ...answered(ITEM), body: ITEM }],
    ] as const) {
      expect(judge(request("PATCH", BATCH_ADDRESS, [given]), ok({ count: 1, value: [answer] }))).not.toEqual([]);
    }
    expect(judge(request("PATCH", BATCH_ADDRESS, [element({})]), ok({ count: 0, value: [] }))).not.toEqual([]);
  });
});
