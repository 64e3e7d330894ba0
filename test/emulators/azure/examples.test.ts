/** The vendor's official examples: the judge takes them as they stand, and the emulator's answers have all that they show. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractJson } from "../kit/contract-file.ts";
import { asList, asObject, asText, isObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import { azureClient, field, relation } from "./azure-client.ts";
import type { AzureClient } from "./azure-client.ts";
import { startAzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulator } from "./azure-emulator.ts";
import { azureJudge } from "./judge/azure-judge.ts";

const PATCHES = ["", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "validate_only"];
const EXAMPLES: readonly (readonly [string, string])[] = [
  ["POST", "workItems/POST__wit_workitems_create"],
  ...PATCHES.map((name) => ["PATCH", `workItems/PATCH__wit_workitems__taskId_${name}`] as const),
  ["GET", "workItems/GET__wit_WorkItems_id"],
  ["GET", "workItems/GET__wit_WorkItems_ids-_ids___expand-all"],
  ["POST", "workItemsBatch/POST__wit_WorkItemsBatch_ids-_ids__fields-_columns_"],
  ["GET", "workItemTypeStates/GET__workitem_type_states"],
  ["GET", "workItemTypes/GET__wit_workItemTypes_Bug"],
];

const { judge, unjudged } = azureJudge();

function example(name: string): JsonObject {
  return asObject(contractJson(`azure-devops/examples-7.1/${name}.json`));
}

function answerOf(name: string): unknown {
  return asObject(asObject(asObject(example(name)["responses"])["200"]))["body"];
}

describe.skipIf(unjudged !== null)(`official examples${unjudged === null ? "" : ` (skipped: ${unjudged})`}`, () => {
  let emulator: AzureEmulator;
  let client: AzureClient;
  beforeAll(async () => {
    emulator = await startAzureEmulator();
    client = azureClient(emulator);
  });
  afterAll(() => emulator.close());

  it.each(EXAMPLES)("%s %s passes the judge", (method, name) => {
    const url = new URL(asText(example(name)["x-ms-vss-request-url"]) ?? "");
    const sent = asObject(example(name)["parameters"])["body"] ?? undefined;
    const contentType = Array.isArray(sent) ? "application/json-patch+json" : "application/json";
    const text = sent === undefined ? "" : JSON.stringify(sent);
    const body = answerOf(name);
    expect(isObject(body)).toBe(true);
    const found = judge(
      { method, path: url.pathname, query: url.searchParams, headers: { "content-type": contentType }, text, json: sent },
      { status: 200, body },
    );
    expect(found).toEqual([]);
  });

  it("a new work item has every property of the example, and every field but those of another process", async () => {
    const { body } = await client.send("POST", "/Payments/_apis/wit/workitems/$Task?api-version=7.1", [field("System.Title", "Sample task")], {
      contentType: "application/json-patch+json",
    });
    const shown = asObject(answerOf("workItems/POST__wit_workitems_create"));
    for (const key of Object.keys(shown)) expect(Object.keys(body)).toContain(key);
    for (const key of Object.keys(asObject(shown["fields"]))) expect(Object.keys(body.fields)).toContain(key);
    const author = asObject(asObject(shown["fields"])["System.ChangedBy"]);
    for (const key of Object.keys(author)) expect(Object.keys(asObject(body.fields["System.ChangedBy"]))).toContain(key);
  });

  it("a hyperlink has every attribute of the example", async () => {
    const { body } = await client.send(
      "POST",
      "/Payments/_apis/wit/workitems/$Task?$expand=relations&api-version=7.1",
      [field("System.Title", "x"), relation("Hyperlink", "https://a.dev")],
      { contentType: "application/json-patch+json" },
    );
    const shown = asList(asObject(answerOf("workItems/PATCH__wit_workitems__taskId_8"))["relations"]).map(asObject);
    const link = shown.find(({ rel }) => rel === "Hyperlink");
    for (const key of Object.keys(asObject(link?.["attributes"]))) expect(Object.keys(asObject(asObject(body.relations?.[0])["attributes"]))).toContain(key);
  });

  it("the states of a Bug have the form of the example", async () => {
    const { body } = await client.send("GET", "/Payments/_apis/wit/workitemtypes/Bug/states?api-version=7.1");
    const [first] = asList(asObject(answerOf("workItemTypeStates/GET__workitem_type_states"))["value"]);
    expect(body.value[0]).toEqual(first);
    expect(body.value.map((state) => asObject(state)["name"])).toEqual(["New", "Active", "Resolved", "Closed"]);
  });
});
